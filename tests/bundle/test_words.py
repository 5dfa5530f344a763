"""Words are compared without case, accents and markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sendbook.bundle.words import BREAK, CHAINED, as_one, asked_for, fold, plain_text, searchable, searchable_page

#: What pages are made of, and what could make the words of one section run on into the next.
_PIECES = st.sampled_from(
    [
        *("<section id='a'>", "<section>", "</section>", "<SECTION>", "<p>", "</p>", "<svg>", "</svg>", "<style"),
        *("</style >", "<template><section>", "</template>", "<!--", "-->", "<", ">", "&am", "p;", "&amp;", "&lt;"),
        *("O'Brien", "O\u2019Brien-Shaw", "well-being", "Núñez", "हिन्दी-भाषा", "word", "a", "-", "'", " ", "\n"),
        *("\u00a0", "\u00ad", "\u0301"),
    ]
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łukasz", "lukasz"),
        ("NÚÑEZ", "nunez"),
        ("Straße", "strasse"),
        ("O'Brien-Smith", "o brien smith"),
        ("Đặng", "dang"),
        ("Øst", "ost"),
        ("王小明", "王小明"),
        ("12:30", "12 30"),
    ],
)
def test_a_name_is_found_however_it_is_typed(written, folded):
    assert fold(written) == folded


def test_markup_drawings_and_scripts_are_not_text():
    page = "<h1 class='x'>Plan &amp; targets</h1><svg><title>bars</title></svg><script>var a</script><p>Reads</p>"
    assert plain_text(page).split() == ["Plan", "&", "targets", "Reads"]


def test_every_kept_word_has_a_space_before_it():
    assert searchable("(Reading) age, 7") == " reading age 7"
    assert searchable(" - ") == ""


@pytest.mark.parametrize("around", ["{}", "{}.", "({}),", "\u201c{}!\u201d", "'{}'", "-{}-", "{}\u2026", "\u00a0{}?"])
def test_a_chained_word_is_kept_as_one_whatever_marks_are_around_it(around):
    assert " obrien" in searchable(around.format("O'Brien"))
    assert "|" not in searchable(around.format("Reading"))


def test_each_word_is_asked_for_once():
    assert asked_for("b A b a") == ((" b",), (" a",))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("obrien", "O'Brien"),
        ("OBrien", "O\u2019Brien"),
        ("o'brien", "O\u2019Brien"),
        ("O\u02bcBrien", "o brien"),
        ("o\u2018brien", "OBrien"),
        ("o brien", "O'Brien"),
        ("O'Brien", "the O'Brien-Shaw family"),
        ("dangelo", "D'Angelo"),
        ("smith jones", "Smith-Jones"),
        ("Smith-Jones", "Smith Jones"),
        ("smithjones", "Smith\u2010Jones"),
        ("Smith\u2011Jones", "SmithJones"),
        ("Lukasz", "Łukasz"),
        ("ŁUKASZ", "lukasz"),
        ("soren", "Søren"),
        ("Strasse", "Straße"),
        ("STRASSE", "straße"),
        ("aesa", "Æsa"),
        ("istanbul", "İstanbul"),
        ("ISIL", "\u0131\u015f\u0131l"),
        ("I\u015f\u0131l", "isil"),
        ("zoe", "Zoe\u0308"),
        ("Zoë", "ZOE"),
        ("naive", "na\u00efve"),
        ("wellbeing", "well-being"),
        ("well-being", "wellbeing"),
        ("software", "soft\u00adware"),
        ("dys", "dyslexia"),
        ("हिन्दी", "हिन्दी भाषा"),
    ],
)
def test_however_a_name_is_typed_it_is_found(typed: str, written: str):
    kept = searchable(written)
    assert all(any(form in kept for form in forms) for forms in asked_for(typed))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("obrian", "O'Brien"),
        ("smith jones", "Smith"),
        ("Smith-Jones", "Jones Smith"),
        ("brienshaw", "O'Brien Shaw"),
        ("exia", "dyslexia"),
        ("art", "start"),
    ],
)
def test_a_near_name_is_not_found(typed: str, written: str):
    kept = searchable(written)
    assert not all(any(form in kept for form in forms) for forms in asked_for(typed))


def test_a_very_long_word_takes_no_time():
    """One that begins anew at each letter would take minutes."""
    assert len(searchable("a" * 300_000 + " b-" * 1000)) > 300_000


@pytest.mark.parametrize("typed", ["\u200d-\u200d", "\u0301'\u0301", "\u00ad\u2019\u00ad\u2019\u00ad"])
def test_accents_and_joiners_without_a_letter_are_no_word(typed: str):
    """As a word they would be the beginning of every other, and find every page."""
    assert asked_for(typed) == ()
    assert asked_for(f"{typed} ruler") == ((" ruler",),)
    assert searchable(f"{typed} ruler").split(" |")[0].split() == ["ruler"]
    assert not searchable(typed).strip(" |")


def _searchable_word_by_word(text: str) -> str:
    """The same without any haste: every chained word looked for in all of the text."""
    chained = dict.fromkeys(filter(None, (as_one(found[0]) for found in CHAINED.finditer(text))))
    return " ".join(["", *fold(text).split(), *([BREAK.strip(), *chained] if chained else [])])


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_the_words_of_a_page_are_those_of_its_text_wherever_its_sections_end(markup: str):
    assert searchable_page(markup) == searchable(plain_text(markup)) == _searchable_word_by_word(plain_text(markup))


def test_sections_that_were_escaped_already_are_not_escaped_again():
    page = Markup("<h1>Plan</h1><section class='a'><p>Reads</p></section>")
    assert searchable_page(page) == " plan reads"


@given(st.text(max_size=60))
def test_no_chained_word_of_any_text_is_passed_over(text: str):
    assert searchable(text) == _searchable_word_by_word(text)
