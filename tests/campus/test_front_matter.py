"""Splitting a handbook page, with lines counted from the top of the page."""

from __future__ import annotations

import codecs

import pytest

from sendbook.campus.front_matter import front_positions, split


def test_a_page_is_its_fields_and_its_body() -> None:
    page = split(b"---\nid: roles\ntitle: Who does what\n---\n\n# Roles\n\n---\ntext\n", "handbook/02-roles.md")
    assert page.front == {"id": "roles", "title": "Who does what"}
    assert page.body == "\n# Roles\n\n---\ntext\n"
    assert page.body_line == 5
    assert page.problems == ()


def test_line_ends_of_windows_are_read_alike() -> None:
    page = split(b"---\r\nid: a\r\n---\r\nOne\r\nTwo\r\n", "handbook/a.md")
    assert (page.front, page.body, page.body_line) == ({"id": "a"}, "One\nTwo\n", 4)


def test_a_body_may_be_missing() -> None:
    assert split(b"---\nid: a\n---", "handbook/a.md").body == ""


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        (b"# No fields\n", "no-front-matter", 1),
        (b"", "no-front-matter", 1),
        (b" ---\nid: a\n---\n", "no-front-matter", 1),
        (b"---\nid: a\n", "front-matter-open", 1),
        (b"---\nid: a\nid: b\n---\n", "duplicate-key", 3),
        (b"---\n---\n", "empty", None),
        (b"---\nid: a\n---\ncaf\xe9\n", "not-utf-8", 4),
        ("---\nid: a\n---\n".encode("utf-16"), "not-utf-8", 1),
        (b"---\nid: a\n---\nbell\x07\n", "control-character", 4),
        (b"x" * (1024 * 1024 + 1), "too-large", None),
    ],
)
def test_what_is_wrong_with_a_page_is_told_with_its_own_line(source: bytes, code: str, line: int | None) -> None:
    page = split(source, "handbook/a.md")
    assert [(problem.code, problem.line) for problem in page.problems] == [(code, line)]
    assert page.front == {}


def test_places_of_fields_are_those_in_the_page() -> None:
    places = front_positions(b"---\nid: a\neditions:\n  - staff\n---\nbody: no\n")
    assert {pointer: place.line for pointer, place in places.items()} == {
        "": 2,
        "/id": 2,
        "/editions": 3,
        "/editions/0": 4,
    }


def test_the_mark_that_windows_editors_put_in_front_changes_nothing() -> None:
    page = b"---\nid: a\n---\nText\n"
    assert split(codecs.BOM_UTF8 + page, "a.md") == split(page, "a.md")
    assert front_positions(codecs.BOM_UTF8 + page) == front_positions(page)
