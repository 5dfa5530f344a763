"""An excerpt is a line of the page with what was asked for marked, and never the end of one line with the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.bundle.excerpt import LONGEST, excerpt_of, lines_of, marked
from sendbook.bundle.words import asked_for

PAGE = """<h1>Sam's plan</h1><p>Year 7</p><h2>Needs</h2>
<table><tr><th>Need</th><td>Dyslexia</td></tr><tr><th>Since</th><td>2024</td></tr></table>
<ul><li>Finds <b>spelling</b> hard, and copying from the board.</li><li>Likes chess.</li></ul>
<svg><title>dyslexia drawn</title></svg><script>var spelling</script>"""


def said(markup: str, question: str, title: str = "Sam's plan") -> str:
    """The excerpt with what is marked in brackets."""
    return "".join(f"[{text}]" if hit else text for text, hit in excerpt_of(markup, title, asked_for(question)))


def test_lines_end_where_those_of_the_page_do_and_a_row_is_one():
    assert list(lines_of(PAGE)) == [
        "Sam's plan",
        "Year 7",
        "Needs",
        "Need · Dyslexia",
        "Since · 2024",
        "Finds spelling hard, and copying from the board.",
        "Likes chess.",
    ]


@pytest.mark.parametrize(
    ("question", "excerpt"),
    [
        ("dyslexia", "Need · [Dyslexia]"),
        ("spell", "Finds [spelling] hard, and copying from the board."),
        ("copying SPELLING", "Finds [spelling] hard, and [copying] from the board."),
        ("dyslexia chess", "Need · [Dyslexia] … Likes [chess]."),
        ("sam chess", "Likes [chess]."),
        ("sam plan", ""),
        ("chess drawn", "Likes [chess]."),
    ],
)
def test_the_line_that_holds_most_is_shown_and_one_with_what_it_lacks(question: str, excerpt: str):
    assert said(PAGE, question) == excerpt


def test_a_long_line_is_cut_between_words_around_the_hit():
    long = f"<p>{'before ' * 40}dyslexia {'after ' * 40}</p>"
    found = said(long, "dyslexia")
    assert found.startswith("… before ")
    assert "[dyslexia]" in found
    assert found.endswith(" after …")
    assert len(found) < LONGEST + 10


@pytest.mark.parametrize(
    "line",
    [
        "\u5b57" * 300,
        "before " * 40 + "\u5b57" * 300,
        "x/" * 150 + "\u5b57" * 20,
        "x/" * 150 + "\u5b57 " + "after " * 40,
    ],
    ids=["no space at all", "none after", "none before", "none until after"],
)
def test_a_long_line_without_spaces_is_cut_all_the_same_and_shows_the_hit(line: str):
    """As Chinese is written, or a long address."""
    found = said(f"<p>{line}</p>", "\u5b57")
    assert "[\u5b57" in found
    assert len(found) < LONGEST + 10


@pytest.mark.parametrize(
    ("text", "question", "shown"),
    [
        ("Pat O\u2019Brien-Shaw reads", "obrien", "Pat [O\u2019Brien-Shaw] reads"),
        ("Pat O Brien reads", "o'brien", "Pat [O] [Brien] reads"),
        ("Or O, then Brien", "o'brien", "Or O, then Brien"),
        ("(Łukasz)", "lukasz", "([Łukasz])"),
        ("dyslexia/reading", "read", "dyslexia/[reading]"),
        ("art start", "art", "[art] start"),
        ("हिन्दी भाषा", "हिन्दी", "[हिन्दी] भाषा"),
    ],
)
def test_whole_words_are_marked(text: str, question: str, shown: str):
    assert "".join(f"[{one}]" if hit else one for one, hit in marked(text, asked_for(question))) == shown


@given(st.text(max_size=60), st.text(max_size=12))
def test_marking_changes_no_letter(text: str, question: str):
    assert "".join(run.text for run in marked(text, asked_for(question))) == text
