"""What is late in the records of a case, by what their schemas say: rules word it, and ask for no day themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sendbook.campus.dues import Due
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.ways import Way
from sendbook.checks.case import Case
from sendbook.checks.documents import DocumentCase
from sendbook.deadlines.deadline import Deadline, School, deadlines_under


class Date(NamedTuple):
    """A date of a kind that something is owed by, by its way, or ``within`` a time after it as the schema writes it."""

    kind: str
    way: Way
    within: str = ""


def date_of(kind: Kind, due: Due) -> Date:
    """Returns the date that a due of a kind counts from, as rules name those of which they ask in their own words."""
    return Date(kind.name, due.since.way, within=due.within.written if due.within is not None else "")


def late_at(case: Case | DocumentCase, asked: Date) -> Iterator[tuple[Record, Deadline]]:
    """Yields what is late by the dues of one date of a kind, each with its record."""
    kind = case.campus.registry.kinds[asked.kind]
    return (found for due in kind.dues if date_of(kind, due) == asked for found in late_under(case, kind, due))


def late_under(case: Case | DocumentCase, kind: Kind, due: Due) -> Iterator[tuple[Record, Deadline]]:
    """Yields what is late by one due of a kind, in the student's records or in those that belong to no student."""
    of_student = case.records if kind.of_student and isinstance(case, Case) else None
    school = school_of(case)
    for record in case.campus.of_kind(kind.name) if of_student is None else of_student:
        if record.kind == kind.name:
            for deadline in deadlines_under(due, kind, record, school):
                if deadline.is_late(case.on):
                    yield record, deadline


def school_of(case: Case | DocumentCase) -> School:
    """Returns what days are counted by on the case's campus."""
    return School(terms=case.terms, house_rules=case.house_rules)
