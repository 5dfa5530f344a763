"""Finds what is wrong with single texts of a record: its letters, or what was typed into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sendbook.access.projection import A_MAPPING
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.shape import Positions, finding_at

#: Whether a text may have the fault, whatever its place; asked first, as hardly any has.
May = Callable[[str], object]
#: What a text at a pointer has of the fault, for the reader's own screen; None if it has nothing of it.
Found = Callable[[str, str], str | None]


def warnings_in_texts(
    record: Record,
    kind: Kind,
    positions: Callable[[], Positions],
    *,
    may: May,
    found: Found,
    code: str,
    message: str,
    remedy: str,
) -> Iterator[Finding]:
    """A warning for each text of a record in which something is found."""
    if not any(may(text) for text in texts_of(record.data)):
        return
    where = positions()
    for leaf in kind.leaves(record.data):
        seen = found(leaf.value, leaf.pointer) if isinstance(leaf.value, str) else None
        if seen is not None:
            yield finding_at(
                record,
                where,
                leaf.pointer,
                code=code,
                message=message,
                remedy=remedy,
                found=seen,
                severity=Severity.WARNING,
                parts=((record.kind, leaf.part),) if leaf.part else (),
            )


def texts_of(value: Any) -> Iterator[str]:
    """Every text of a record's data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, A_MAPPING):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
