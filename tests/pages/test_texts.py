"""A record's text is shown as it was typed: lines stay lines, and lists are lists whatever their marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from sendbook.campus.typed_text import Piece, in_lines, is_in_lines, lines_in, pieces
from sendbook.documents.kinds import canonical
from sendbook.pages.texts import as_lines, prose

LISTED = {"ordered": False, "start": 1, "items": ["a pump", "a pen"]}


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "• ",
            "•\t",
            "•",
            "· ",
            "·\t",
            "·\xa0\xa0 ",
            "o\t",
            "o   ",
            "o\xa0\xa0\xa0",
            "§\t",
            "Ø\t",
            "▪ ",
            "● ",
            "■ ",
            "➢ ",
            "✓ ",
        ),
        *("\uf0b7 ", "\uf0b7\t", "\uf0b7", "\uf0a7 ", "\uf0d8\t", "\uf0fc ", "\uf076 ", "\uf0a8\t"),
        *("- ", "* ", "\u2013 ", "\u2014 "),
    ],
)
def test_bullets_copied_from_a_word_processor_are_a_list(mark: str) -> None:
    text = f"Bring:\n{mark}a pump\n{mark}a pen\nThen we start."
    assert pieces(text) == ["Bring:", LISTED, "Then we start."]
    assert prose(text) == "<p>Bring:</p><ul><li>a pump</li><li>a pen</li></ul><p>Then we start.</p>"
    assert as_lines(text) == "Bring:<br>• a pump<br>• a pen<br>Then we start."


@pytest.mark.parametrize(
    "text", ["Bring: • a pump • a pen", "Bring:\uf0b7 a pump \uf0b7 a pen", "Bring:\n\n- a pump\n\n- a pen"]
)
def test_bullets_in_one_line_or_apart_are_one_list(text: str) -> None:
    assert pieces(text.replace(":\uf0b7", ": \uf0b7")) == ["Bring:", LISTED]


@pytest.mark.parametrize(("text", "start"), [("1. a\n2. b", 1), ("1) a\n2) b", 1), ("3. a\n4. b", 3)])
def test_numbers_are_a_list_from_the_number_it_begins_with(text: str, start: int) -> None:
    assert pieces(text) == [{"ordered": True, "start": start, "items": ["a", "b"]}]
    begins = f'<ol start="{start}">' if start > 1 else "<ol>"
    assert prose(text) == f"{begins}<li>a</li><li>b</li></ol>"


def test_an_entry_goes_on_in_lines_further_in() -> None:
    assert pieces("- a pump\n  for the ball\n- a pen") == [{**LISTED, "items": ["a pump for the ball", "a pen"]}]


@pytest.mark.parametrize(
    "text",
    ["Reads well", "5. December", "40 \u2013 60 minutes", "- only a dash", "co-operates o\tk", "a * b * c", "a • b"],
)
def test_a_line_alone_is_a_paragraph_as_before(text: str) -> None:
    assert prose(text) == f"<p>{escape(text)}</p>"


def test_lines_of_an_address_stay_lines_and_blank_lines_part_paragraphs() -> None:
    assert prose("12 High Street\nLarkfield\n\nRing twice.") == "<p>12 High Street<br>Larkfield</p><p>Ring twice.</p>"


def test_nothing_typed_is_markup() -> None:
    text = "<b>\n- <script>alert(1)</script>\n1. & so"
    assert "<script" not in prose(text) + as_lines(text)
    assert "&lt;script&gt;" in prose(text)
    assert as_lines(Markup("<b>a</b>")) == "<b>a</b>"


NESTED = {"ordered": False, "start": 1, "items": ["a ball"]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *[("- ", "  - "), ("- ", "\t- "), ("* ", "    * "), ("• ", "  ◦ "), ("1. ", "   - ")],
        *[("•\t", "o\t"), ("\uf0b7\t", "o\t"), ("·\t", "o   "), ("o\t", "\uf0a7\t"), ("● ", "○ "), ("· ", "§\t")],
    ],
)
def test_a_list_within_a_list_is_one_by_how_far_in_it_is_or_by_the_bullets_of_word(first: str, second: str) -> None:
    text = f"{first}a pump\n{second}a ball\n{first.replace('1', '2')}a pen"
    (made,) = pieces(text)
    assert isinstance(made, dict)
    assert made["items"] == [{"text": "a pump", "lists": [NESTED]}, "a pen"]
    kind = "ol" if made["ordered"] else "ul"
    assert prose(text) == f"<{kind}><li>a pump<ul><li>a ball</li></ul></li><li>a pen</li></{kind}>"
    mark = ("1.", "2.") if made["ordered"] else ("•", "•")
    assert as_lines(text) == f"{mark[0]} a pump<br>\xa0\xa0\xa0\u2013 a ball<br>{mark[1]} a pen"


def test_a_list_within_a_list_may_be_numbered_go_on_and_be_followed_by_another() -> None:
    text = "- a pump\n  1. blow\n     gently\n  2. stop\n  - rest\n      - well\n- a pen\nThen we start."
    steps = {"ordered": True, "start": 1, "items": ["blow gently", "stop"]}
    rest = {"ordered": False, "start": 1, "items": ["rest", "well"]}  # a third level is of the second
    assert pieces(text) == [
        {**LISTED, "items": [{"text": "a pump", "lists": [steps, rest]}, "a pen"]},
        "Then we start.",
    ]


@pytest.mark.parametrize(
    "text", ["- a pump\n - a pen", " - a pump\n- a pen", "• a pump\n- a pen", "o\ta pump\n•\ta pen"]
)
def test_a_space_too_many_or_another_mark_begins_no_list_within(text: str) -> None:
    assert pieces(text) == [LISTED]


def test_one_bullet_within_a_line_stays_where_it_is() -> None:
    assert pieces("\uf0b7 a pump\nRing \uf0b7 the office") == [
        {**LISTED, "items": ["a pump"]},
        "Ring \uf0b7 the office",
    ]
    assert pieces("Bring: \uf0b7 a pump\n\uf0b7 a pen") == ["Bring:", LISTED]
    assert pieces("\uf04a Well done") == ["\uf04a Well done"], "Wingdings' smiling face is no bullet"


def _words(found: list[Piece]) -> list[str]:
    """Every word of pieces, in their order."""
    made: list[str] = []
    for one in found:
        if isinstance(one, str):
            made += one.split()
        else:
            made += _words(one["items"] if "items" in one else [one["text"], *one["lists"]])
    return made


@given(
    st.lists(st.lists(st.sampled_from(["word", "a<b", "x."]), max_size=3).map(" ".join), min_size=2, max_size=6),
    st.data(),
)
def test_every_word_is_shown_once_in_its_order(rows: list[str], draw: st.DataObject) -> None:
    marks = st.sampled_from(["", "- ", "• ", "1. ", "2) ", "o\t", "  ", "  - ", "\t1. ", "\uf0b7 "])
    text = "\n".join(f"{draw.draw(marks)}{row}" if row else "" for row in rows)
    assert _words(pieces(text)) == " ".join(rows).split()
    assert re.sub(r"[•\u2013]|\d\.", "", in_lines(text)).split() == " ".join(rows).split()
    assert in_lines(in_lines(text)) == in_lines(text)


_TEXTS = st.text(st.sampled_from('a \n\\\t"•\u25aa\uf0b7\u2013é- '), max_size=6)
_DATA = st.recursive(
    _TEXTS | st.none() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(_DATA)
def test_data_that_is_known_to_be_in_lines_has_no_text_that_would_be_another(data: object) -> None:
    if is_in_lines(canonical(data).decode()):
        assert lines_in(data) == data


@pytest.mark.parametrize(
    ("text", "known"), [("a pump", True), ("\u201ca\u201d", True), ("a\nb", False), ("• a", False)]
)
def test_only_new_lines_and_copied_bullets_need_a_closer_look(text: str, known: bool) -> None:
    assert is_in_lines(canonical({"text": [text]}).decode()) is known
