"""A ruled line, a page of spaces or a word without an end is read once, and not again from each of its signs.

Read again from each, one such line in a letter would hold a build up for minutes; these would not come to an end.
"""

from __future__ import annotations

import pytest

from sendbook.campus.long_texts import long_text_at
from sendbook.campus.quoting import line_in_quotes
from sendbook.campus.stand_ins import stand_in
from sendbook.campus.typed_text import in_lines
from sendbook.campus.unseen import unseen_lines
from sendbook.checks.leaks.addresses import is_house
from sendbook.checks.leaks.spelling import as_contact
from sendbook.checks.log_paths import text_in_log
from sendbook.checks.typed_tables import holds_table

LONG, A_SENTENCE = 100_000, 10_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "begin", ["office@larkfield.example ", "Ask at ", "at the office dot ", "one in ", "12 in the "]
)
@pytest.mark.parametrize("sign", [" ", "-", "_", "(", "'", "\n", "a-", "a.", "at ", "a@"])
def test_a_run_without_an_end_is_looked_through_for_contact_details(begin: str, sign: str) -> None:
    text = begin + sign * (LONG // len(sign))
    assert len(as_contact(text)) == len(text)


@pytest.mark.parametrize("sign", [" ", "\n", "\0", "th "])
def test_what_follows_a_number_may_be_long(sign: str) -> None:
    assert is_house("Acacia Avenue 12", sign * (LONG // len(sign))) in (True, False)


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["-", "_", "(", "a", "1", "x@", "a/", "a.", "handbook/", "handbook/a "])
def test_a_run_without_an_end_is_looked_through_for_paths(sign: str) -> None:
    text = sign * (A_SENTENCE // len(sign))
    assert len(text_in_log(text)) <= len(text)
    assert text_in_log(f"{text} handbook/amara-okafor.md").endswith("handbook")


@pytest.mark.slow
@pytest.mark.parametrize("begin", ["", "a", "a: ", "- a\n", "| a |\n"])
@pytest.mark.parametrize(
    "sign", [" ", "\t", "\N{NO-BREAK SPACE}", "\N{BULLET}", "\N{BULLET} ", "o  ", "-", "|", "|-", "- "]
)
def test_a_run_without_an_end_is_looked_through_for_lists_and_tables(begin: str, sign: str) -> None:
    text = begin + sign * (LONG // len(sign)) + "x \N{BULLET} y"
    assert in_lines(text).endswith("y")
    assert holds_table(f"{text}|") is (begin.startswith("|") and sign.startswith("|"))


@pytest.mark.parametrize("begin", ["note: x", "- x", "note:", "-"])
def test_a_run_of_spaces_in_a_torn_line_is_read_once(begin: str) -> None:
    line = begin + " " * LONG + "y"
    assert line_in_quotes(line) == ""
    found = long_text_at(["notes:", line, "  goes on"] if begin.startswith("-") else [line, "goes on"], 1)
    assert found is not None
    assert found.text[-1] == "goes on"


def test_many_comments_at_the_beginning_of_a_picture_are_read_once() -> None:
    comments = b"<!-- layer -->\n" * A_SENTENCE
    assert stand_in(comments + b"<svg/>", "picture") is None
    assert stand_in(comments + b"<!doctype html><p>Not found", "picture") is not None


@pytest.mark.parametrize("mark", ["\u200e", "\u200b", "\u202e", "\U000e0041"])
def test_many_invisible_characters_are_each_found(mark: str) -> None:
    found = list(unseen_lines(f"a{mark}\n" * A_SENTENCE))
    assert [(line, column) for line, column, _ in found] == [(line, 2) for line in range(1, A_SENTENCE + 1)]
