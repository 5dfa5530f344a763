"""What a student's records owe by when, as plain data for the lists of a home page.

Made from one projection, so that nobody is told of a deadline who does not see all that it rests on. Which of them is
late or comes soon is worked out where a page for a day is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sendbook.campus.defaults import house_rules
from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.terms import Terms
from sendbook.deadlines.deadline import Deadline, Owing, School, deadlines_of
from sendbook.kinds.all_kinds import ALL_KINDS, WITH_PAGES
from sendbook.kinds.places import place_of_entry
from sendbook.pages.own_kinds import OwnRecord, say_in
from sendbook.pages.own_student_kinds import place_of_record
from sendbook.pages.reading import Reading

_END_WITH_SUPPORT = frozenset(kind.name for kind in ALL_KINDS if kind.ends_with_support)
_NO_CALENDAR = Terms(terms=(), bank_holidays=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A record of a projection as deadlines are worked out from it."""

    id: str
    data: Mapping[str, Any]


def owed_facts(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yields everything that is still owed: by when, what, where it is read, and by whom ("" if by nobody here).

    ``review`` is true of what is not owed any more once the student's support has ended, ``result`` of what stays owed
    if it was due by then.
    """
    records = [record for record in _records(reading) if record.kind.dues]
    school = _school(reading, records)
    who = Owing(campus=reading.around.campus, student=reading.one(STUDENT), since=reading.around.term_start)
    for record in records:
        over = record.kind.name in _END_WITH_SUPPORT
        for one in _deadlines(record, reading, school, who):
            path = _place(record, one, reading)
            if path and not one.done:
                yield {
                    "by": one.by.isoformat(),
                    "what": one.what,
                    "path": path,
                    "owner": one.owed_by if one.owed_by in reading.around.staff else "",
                    "review": over and one.due.until is None,
                    "result": over and one.due.until is not None,
                }


def _records(reading: Reading) -> Iterator[OwnRecord]:
    """Yields the records in force, with their kinds: what is being drafted next to one owes nothing yet."""
    for name, records in reading.records.items():
        kind = reading.around.kinds.get(name)
        if kind is not None:
            yield from (OwnRecord(kind=kind, path=one.path, data=one.data) for one in records if not one.is_draft)


def _school(reading: Reading, records: list[OwnRecord]) -> School:
    """Returns what days are counted by; the calendar is only made where a period asks for it."""
    if not any(due.within for record in records for due in record.kind.dues):
        return School(terms=_NO_CALENDAR)
    campus = reading.around.campus
    return School(
        terms=Terms.from_campus(campus), house_rules=house_rules(reading.around.kinds[CAMPUS].defaults, campus)
    )


def _deadlines(record: OwnRecord, reading: Reading, school: School, who: Owing) -> Iterator[Deadline]:
    held = _Held(id=record.path, data=record.data)
    return deadlines_of([(record.kind, held)], school, seen=reading.parts, owing=who, say=say_in(reading, record))


def _place(record: OwnRecord, one: Deadline, reading: Reading) -> str:
    """Returns where it is read on the student's pages; "" where these readers find it nowhere."""
    if record.kind.name in WITH_PAGES:
        return place_of_entry(record.path, one.steps, reading)
    return place_of_record(reading, record)
