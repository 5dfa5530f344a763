"""What the campus's own records owe by when, for the lists of a home page: steps of a plan, reviews, licences, papers.

Made of the records as the reader sees them, record by record: they may see more of one than of another, and nobody is
told of a deadline who does not see all that it rests on. What leads to no page of the reader's is on no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sendbook.campus.defaults import house_rules
from sendbook.campus.foundation import CAMPUS
from sendbook.campus.records import Record
from sendbook.campus.terms import Terms
from sendbook.deadlines.deadline import Owing, School, deadlines_of
from sendbook.pages.campus_page import CampusPage, CampusReading, Owed
from sendbook.pages.own_kinds import OwnRecord, called_in, say_in


def owed_on_campus(reading: CampusReading, pages: Sequence[CampusPage[Any]]) -> Iterator[Owed]:
    """Yields everything that is still owed; ``pages`` are those that the reader has."""
    around = reading.around
    school: School | None = None
    for page in pages:
        if page.owes is not None:
            yield from page.owes(reading)
        kind = around.kinds.get(page.kind)
        if kind is not None and kind.dues and not kind.of_student:
            school = school or School(
                terms=Terms.from_campus(around.campus),
                house_rules=house_rules(around.kinds[CAMPUS].defaults, around.campus),
            )
            for record in (one for one in reading.records if one.kind == kind.name):
                yield from _owed_by(record, page, reading, school)


def _owed_by(record: Record, page: CampusPage[Any], reading: CampusReading, school: School) -> Iterator[Owed]:
    around = reading.around
    kind, own = around.kinds[record.kind], OwnRecord(kind=around.kinds[record.kind], path=record.id, data=record.data)
    found = deadlines_of(
        [(kind, record)],
        school,
        seen=reading.parts_in.get(record.id, frozenset()),
        owing=Owing(campus=around.campus),
        say=say_in(reading, own),
    )
    for one in found:
        path = page.place(reading, record, one.steps) if page.place is not None else page.path
        if path and not one.done:
            owed_by = one.owed_by if one.owed_by in around.staff else ""
            yield Owed(by=one.by, what=one.what, of=called_in(reading, own), path=path, owed_by=owed_by)
