"""Finds characters in a record that nobody sees, with line, column and code, so that they can be typed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sendbook.access.projection import A_MAPPING
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.strict_yaml import Position
from sendbook.campus.unseen import OVERRIDES, REMEDY, Unseen, first_unseen
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.shape import Positions, finding_at, pointer_of

Source = Callable[[Record], bytes]


def check_unseen(
    record: Record, kind: Kind, positions: Callable[[], Positions], source: Source | None
) -> Iterator[Finding]:
    """A finding for each text and each field's name with such a character; only what writes backwards is an error."""
    if all(first_unseen(text) is None for text in _texts_alone(record.data)):
        return
    unseen = [(pointer, one) for pointer, text in _texts(record.data, "") if (one := first_unseen(text)) is not None]
    where = positions()
    lines = source(record).decode(errors="replace").split("\n") if source is not None else []
    parts = {leaf.pointer: leaf.part for leaf in kind.leaves(record.data)}
    for pointer, one in unseen:
        part = parts.get(pointer)
        yield finding_at(
            record,
            _placed(where, pointer, one, lines),
            pointer,
            code=one.code,
            message=one.message,
            remedy=REMEDY,
            severity=Severity.ERROR if one.char in OVERRIDES else Severity.WARNING,
            parts=((record.kind, part),) if part else (),
        )


def _texts_alone(value: Any) -> Iterator[str]:
    """The same texts and names as `_texts`, without their places: in nearly every record none is asked for."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, A_MAPPING):
            yield from map(str, one)
            waiting += one.values()


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Every text and every field's name, with its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            place = f"{pointer}{pointer_of([key])}"
            yield place, str(key)
            yield from _texts(inner, place)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{pointer}/{index}")


def _placed(where: Positions, pointer: str, one: Unseen, lines: list[str]) -> Positions:
    """The places, with that of the character itself for its text, where it is typed as such in the file."""
    begin = where.get(pointer)
    if begin is None:
        return where
    after = min((place.line for place in where.values() if place.line > begin.line), default=len(lines) + 1)
    for number in range(begin.line, max(after, begin.line + 1)):
        line = lines[number - 1] if number <= len(lines) else ""
        first = begin.column - 1 if number == begin.line else 0
        at = line.find(one.char, first)
        if at >= 0:
            return {**where, pointer: Position(number, at + 1)}
    return where
