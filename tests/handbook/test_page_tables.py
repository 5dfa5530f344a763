"""Tables of the handbook: reached by the keyboard, and cards on a phone where they are wide."""

from __future__ import annotations

import re

import pytest

from sendbook.handbook.page_tables import boxed


def _table(columns: list[str], *rows: list[str]) -> str:
    head = "".join(f"<th>{column}</th>" for column in columns)
    body = "".join(f"<tr>\n{''.join(f'<td>{cell}</td>' for cell in row)}\n</tr>" for row in rows)
    return f"<table>\n<thead>\n<tr>\n{head}\n</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def test_a_table_of_three_columns_stays_a_table_on_a_phone() -> None:
    made = boxed(_table(["When", "What", "Who"], ["June", "review", "SENDCo"]))
    assert 'tabindex="0" aria-label="Table: When, What, Who"><table class="sb-table">' in made
    assert "sb-stack" not in made
    assert "data-label" not in made


@pytest.mark.parametrize(
    ("rows", "cards"),
    [
        ((["Who", "ab", "c" * 16],), False),  # 3 + 2 + 16 letters: as many as fit 320 px with three columns
        ((["Who", "ab", "c" * 17],), True),
        ((["abcdefghijk", "ab", "c"], ["a", "bcdefghijk", "c"]), True),  # the longest of each column, wherever it is
        ((["<strong>Who</strong>", '<a href="/a-very-long-address/">ab</a>', "c" * 16],), False),  # tags are no letters
        ((["Who &amp; how", "ab", "a-level GCSE re-sit-exams"],), False),  # a line may end at a space and at a hyphen
        ((["Who", "ab", "a" * 16 + "<br>" + "b" * 16],), False),  # nor does a word go on over the end of a line
        ((["Who", "ab", "23\u00a0November\u00a02026"],), False),
        ((["Who", "abc", "23\u00a0November\u00a02026 d"],), True),  # a date is kept whole
    ],
)
def test_a_table_whose_words_a_narrow_phone_cannot_show_side_by_side_becomes_cards(
    rows: tuple[list[str], ...], *, cards: bool
) -> None:
    """Read from the words, so that the fonts of a device have no say in it."""
    assert ("sb-stack" in boxed(_table(["A", "B", "C"], *rows))) is cards


def test_two_columns_have_the_room_of_the_third() -> None:
    assert "sb-stack" not in boxed(_table(["A", "B"], ["a" * 12, "b" * 11]))
    assert "sb-stack" in boxed(_table(["A", "B"], ["a" * 12, "b" * 12]))


def test_a_table_of_four_columns_becomes_cards_that_name_each_column() -> None:
    """The first cell is the card's title; what was a column's head stands before every other cell."""
    made = boxed(
        _table(["What", "How", "Who &amp; when", "State"], ["path", "steps", "head", "done"], ["a", "b", "c", "d"])
    )
    assert '<table class="sb-table sb-stack" role="table">' in made
    assert '<td role="cell">path</td><td role="cell" data-label="How">steps</td>' in made
    assert '<td role="cell" data-label="Who &amp; when">c</td><td role="cell" data-label="State">d</td>' in made


def test_cards_are_still_a_table_for_anybody_who_hears_them() -> None:
    made = boxed(_table(["a", "b", "c", "d"], ["1", "2", "3", "4"]))
    assert re.findall(r'role="(\w+)"', made) == [
        *("group", "table", "rowgroup", "row", *["columnheader"] * 4),
        *("rowgroup", "row", *["cell"] * 4),
    ]


def test_a_header_cell_says_once_that_it_heads_a_column() -> None:
    made = boxed('<table><thead><tr><th>A</th><th align="right">B</th></tr></thead><tbody></tbody></table>')
    assert '<th scope="col">A</th><th scope="col" align="right">B</th>' in made


def test_a_row_with_more_cells_than_the_table_has_columns_keeps_them() -> None:
    made = boxed(_table(["a", "b", "c", "d"], ["1", "2", "3", "4", "5"]))
    assert '<td role="cell">5</td>' in made
