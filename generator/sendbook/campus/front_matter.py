"""Splits a handbook page into its front matter, read as strictly as a record, and its Markdown body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sendbook.campus.problems import Problem
from sendbook.campus.strict_yaml import Position, parse, positions, too_large
from sendbook.campus.yaml_words import character_problem, unreadable, without_mark

_OPENING = re.compile(rb"---[ \t]*(?:\r\n|\n|\Z)")
_CLOSING = re.compile(rb"^---[ \t]*(?:\r\n|\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's fields and its text.

    ``body`` has plain line ends; ``body_line`` is the line, from 1, on which it begins. Where the fields can't be read,
    ``front`` is empty.
    """

    front: dict[str, Any]
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def split(source: bytes, path: str) -> Page:
    """A page's parts, with line numbers counted from the top of the page."""
    source = without_mark(source)
    refused = too_large(len(source), path) or unreadable(source, path) or character_problem(source, path)
    if refused:
        return Page(front={}, body="", body_line=1, problems=(refused,))
    bounds = _front_bounds(source)
    if isinstance(bounds, str):
        return Page(front={}, body=_text(source), body_line=1, problems=(_problem(bounds, path),))
    begin, end, body_begin = bounds
    parsed = parse(source[begin:end], path)
    return Page(
        front=parsed.data or {},
        body=_text(source[body_begin:]),
        body_line=source.count(b"\n", 0, body_begin) + 1,
        problems=tuple(problem.moved_down(1) for problem in (*parsed.problems, *parsed.lost)),
    )


def front_positions(source: bytes) -> dict[str, Position]:
    """Where each value of the front matter is in the page, by JSON pointer."""
    source = without_mark(source)
    bounds = _front_bounds(source)
    if isinstance(bounds, str):
        return {"": Position(1, 1)}
    found = positions(source[bounds[0] : bounds[1]])
    return {pointer: Position(place.line + 1, place.column) for pointer, place in found.items()}


def _front_bounds(source: bytes) -> tuple[int, int, int] | str:
    """Where the fields begin and end and the body begins; or the code of what is wrong."""
    opening = _OPENING.match(source)
    if opening is None:
        return "no-front-matter"
    closing = _CLOSING.search(source, opening.end())
    if closing is None:
        return "front-matter-open"
    return opening.end(), closing.start(), closing.end()


def _problem(code: str, path: str) -> Problem:
    if code == "no-front-matter":
        message = "The page does not begin with its fields between two lines of three dashes."
        return Problem(code, path, 1, 1, message, "Begin it with ---, the page's id, title and other fields, and ---.")
    return Problem(
        code, path, 1, 1, "The page's fields are never closed.", "Put a line of three dashes after the last field."
    )


def _text(body: bytes) -> str:
    return body.decode().replace("\r\n", "\n").replace("\r", "\n")
