"""Words are compared without case, accents and markup."""

import pytest

from sendbook.bundle.words import fold, plain_text, searchable, words_of


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


def test_words_are_distinct_and_sorted():
    assert words_of("b A b a") == ("a", "b")
