"""Works out what each reader may see of the campus's own records, for the pages made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sendbook.access.parts import ALL, Part, Parts
from sendbook.access.people import Reader
from sendbook.access.shared import Whos, grants_on, whos_of
from sendbook.access.views import shared_view
from sendbook.campus.digests import digest_of
from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.roll import on_roll
from sendbook.pages.campus_page import CampusReading, NamedStudent
from sendbook.site.build.readings import reading_for
from sendbook.site.build.shared_campus import SharedCampus, persons_in
from sendbook.site.readers.facts import facts_of_reading


class CampusReadings:
    """The campus as its readers see it, in one build: parts are the same for all who may be called the same."""

    def __init__(self, common: SharedCampus) -> None:
        self._common = common
        self._parts: dict[Whos, tuple[frozenset[Part], frozenset[Part]]] = {}
        self._by_record: dict[Whos, dict[str, frozenset[Part]]] = {}

    def of(
        self,
        reader: Reader,
        named: Mapping[str, NamedStudent],
        visible: Mapping[str, Parts],
        facts: Iterable[Mapping[str, Any]] = (),
        *,
        sees_students: bool = False,
    ) -> CampusReading:
        """What a reader sees; ``named`` and ``visible`` are, by id, the students in these records whom they may see,
        and the parts they see of each. ``facts`` are those of all students whom they may see, ``sees_students`` says
        whether there are any.
        """
        common = self._common
        parts, whole = self._parts_of(whos_of(reader, common.on, common.basis))
        seen = shared_view(common.shown, reader, common.on, visible, basis=common.basis).campus
        return CampusReading(
            around=common.around(reader.id).surroundings,
            on=common.on,
            manner=manner_of(reader, common.on),
            records=tuple(seen.records.values()),
            linked=common.around(reader.id).records,
            parts=parts,
            whole=whole,
            parts_in=self._parts_in(whos_of(reader, common.on, common.basis)),
            named=named,
            family=dict(self._family(reader, seen)),
            leading=_leading(facts, common.on) if reader.works_on(common.on) else {},
            sees_students=sees_students,
        )

    def opened_to(self, whos: Whos) -> str:
        """Returns a digest of what grants open to those who may be called so, the parts of students' records among
        them that are theirs of any student.
        """
        parts, whole = self._parts_of(whos)
        in_records = [[record, sorted(found)] for record, found in sorted(self._parts_in(whos).items())]
        return digest_of([sorted(parts), sorted(whole), in_records])

    def _family(self, reader: Reader, seen: Campus) -> Iterator[tuple[str, str]]:
        """The members of families whom records of the campus's own kinds name, as far as the reader may know them."""
        common = self._common
        around = common.around(reader.id)
        own = (record for kind in common.own_campus_kinds for record in seen.of_kind(kind.name))
        for person in dict.fromkeys(one for record in own for one in persons_in(record.data)):
            name = common.family_name(around, person)
            if name is not None:
                yield person, name

    def _parts_of(self, whos: Whos) -> tuple[frozenset[Part], frozenset[Part]]:
        if whos not in self._parts:
            whole = frozenset(self._whole(whos))
            self._parts[whos] = whole.union(self._of_a_record(whos)), whole
        return self._parts[whos]

    def _parts_in(self, whos: Whos) -> dict[str, frozenset[Part]]:
        """What is granted of each record that can owe something: of another one of its kind it may be more."""
        if whos not in self._by_record:
            basis, shown = self._common.basis, self._common.shown
            owing = [one for one in shown.records.values() if basis.kinds[one.kind].dues]
            self._by_record[whos] = {one.id: frozenset(self._granted(one, whos)) for one in owing}
        return self._by_record[whos]

    def _of_a_record(self, whos: Whos) -> Iterator[Part]:
        """What is granted of at least one record of a kind."""
        common = self._common
        for record in (*common.shared.of_kind(CAMPUS), *common.shown.records.values()):
            yield from self._granted(record, whos)

    def _granted(self, record: Record, whos: Whos) -> Iterator[Part]:
        """What is granted of one record."""
        basis = self._common.basis
        kind = basis.kinds[record.kind]
        for grant in grants_on(record, kind, whos, "", "read", basis):
            yield from ((kind.name, part) for part in grant.parts_of(kind) & kind.parts)

    def _whole(self, whos: Whos) -> Iterator[Part]:
        """What is granted whole, of every record of a kind in any state."""
        basis = self._common.basis
        grants = [
            grant
            for who in whos
            for grant in basis.policy.grants_to(who)
            if grant.action == "read" and grant.states is None and not grant.of
        ]
        for kind in basis.kinds.values():
            if any(ALL in grant.parts_of(kind) for grant in grants):
                yield from ((kind.name, part) for part in kind.parts)


def reading_of_campus(common: SharedCampus, reader: Reader, students: Mapping[str, Campus]) -> CampusReading | None:
    """What one reader sees of the campus's own records, for one paper; None for somebody who is no reader today.

    ``students`` are the records of those who may be named in what is asked for. On a site the same is taken from what
    is remembered of each (`reader_site.py`), and so is what leads to the campus's records, which no paper says.
    """
    if not whos_of(reader, common.on, common.basis):
        return None
    named, parts = {}, {}
    for student, own in students.items():
        reading = reading_for(common, own, student, reader.id)
        if reading is not None:
            named[student] = named_student(facts_of_reading(reading), common.on)
            parts[student] = reading.parts
    return CampusReadings(common).of(reader, named, parts, sees_students=bool(named))


def manner_of(reader: Reader, on: date) -> str:
    """To whom pages about the campus speak: ``staff``, ``family`` or ``student``."""
    return "staff" if reader.works_on(on) else "student" if reader.student else "family"


def _leading(facts: Iterable[Mapping[str, Any]], on: date) -> dict[str, tuple[tuple[str, str], ...]]:
    """The students whose records lead to one of the campus's, by that record's id and in the order of their names."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(facts, key=lambda one: (str(one["full_name"]).casefold(), str(one["id"]))):
        for record, url in one.get("leads_to", {}).items() if not on_roll(one).has_left(on) else ():
            found.setdefault(record, []).append((url, one["full_name"]))
    return {record: tuple(students) for record, students in found.items()}


def named_student(facts: Mapping[str, Any], on: date) -> NamedStudent:
    """A student as records of the campus name them, by the facts of a projection."""
    return NamedStudent(name=facts["name"], full_name=facts["full_name"], has_left=on_roll(facts[STUDENT]).has_left(on))
