"""What is late in the records of a case, by what their schemas say: rules word it, and ask for no day themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sendbook.campus.dues import Due
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.ways import Way
from sendbook.checks.case import Case
from sendbook.deadlines.deadline import Deadline, School, deadlines_under


class Date(NamedTuple):
    """A date of a kind that is itself the last day for something, by its way."""

    kind: str
    way: Way


def late_at(case: Case, asked: Date) -> Iterator[tuple[Record, Deadline]]:
    """Yields what is late by the dues of one date of a kind, each with its record."""
    kind = case.campus.registry.kinds[asked.kind]
    return (
        found
        for due in kind.dues
        if due.since.way == asked.way and not due.within
        for found in late_under(case, kind, due)
    )


def late_under(case: Case, kind: Kind, due: Due) -> Iterator[tuple[Record, Deadline]]:
    """Yields what is late by one due of a kind, in the student's records or in those that belong to no student."""
    records = case.records if kind.of_student else case.campus.of_kind(kind.name)
    school = school_of(case)
    for record in (one for one in records if one.kind == kind.name):
        for deadline in deadlines_under(due, kind, record, school):
            if deadline.is_late(case.on):
                yield record, deadline


def school_of(case: Case) -> School:
    """Returns what days are counted by on the case's campus."""
    return School(terms=case.terms, house_rules=case.house_rules)
