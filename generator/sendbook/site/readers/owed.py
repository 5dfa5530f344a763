"""What a student's records owe by when, as plain data for the lists of a home page.

Made from one projection, so that nobody is told of a deadline who does not see all that it rests on. Which of them is
late or comes soon is worked out where a page for a day is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sendbook.campus.defaults import house_rules
from sendbook.campus.foundation import STUDENT
from sendbook.campus.terms import Terms
from sendbook.deadlines.deadline import Deadline, Owing, School, deadlines_of
from sendbook.kinds.page_order import WITH_PAGES
from sendbook.pages.own_kinds import OwnRecord, own_records, place_of_record, say_in
from sendbook.pages.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A record of a projection as deadlines are worked out from it."""

    id: str
    data: Mapping[str, Any]


def owed_facts(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yields everything that is still owed: by when, what, where it is read, and by whom ("" if by nobody here)."""
    owing = [record for record in own_records(reading, WITH_PAGES) if record.kind.dues]
    if not owing:
        return
    around = reading.around
    school = School(
        terms=Terms.from_campus(around.campus), house_rules=house_rules(around.kinds["campus"].defaults, around.campus)
    )
    who = Owing(campus=around.campus, student=reading.one(STUDENT), since=around.term_start)
    for record in owing:
        for one in _deadlines(record, reading, school, who):
            if not one.done:
                yield {
                    "by": one.by.isoformat(),
                    "what": one.what,
                    "path": place_of_record(reading, record),
                    "owner": one.owed_by if one.owed_by in around.staff else "",
                }


def _deadlines(record: OwnRecord, reading: Reading, school: School, who: Owing) -> Iterator[Deadline]:
    held = _Held(id=record.path, data=record.data)
    return deadlines_of([(record.kind, held)], school, seen=reading.parts, owing=who, say=say_in(reading, record))
