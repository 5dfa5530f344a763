"""One projection of one student, as the sections of a page read it.

A reading holds the reduced records by kind and nothing else: what the projection lacks is simply empty here. It
also knows how to speak: of the student by name to staff and family, and as "I" to the student. Of kinds it knows the
student's own record alone: what a plan or a meeting means is for those kinds to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sendbook.campus.foundation import STUDENT
from sendbook.campus.links import Links, Target
from sendbook.campus.words import lowered, sentence
from sendbook.pages.changed_days import NOTHING_CHANGED, WhatChanged
from sendbook.pages.charts import Drawings
from sendbook.pages.linked import record_in
from sendbook.pages.surroundings import Surroundings

#: What lists and home pages need of a student, as plain as JSON.
Facts = dict[str, Any]

#: What a section shows, by the function that says it.
Shows = dict[Callable[..., Any], Any]

#: Where records are kept that are to take the place of one in force.
DRAFTS = "drafts/"

#: The days on which something in a record comes to its end.
Ends = Callable[[Mapping[str, Any]], Iterable[str]]
#: The day of a meeting that a record is of; None if it is of none, or if what was agreed there is not agreed yet.
MetOn = Callable[[Mapping[str, Any]], str | None]

_NOTHING: Mapping[str, Any] = {}


class Projected(Protocol):
    """What `access` hands over for a student: reduced records by id, the parts granted, and to what kind of reader."""

    @property
    def student(self) -> str: ...
    @property
    def records(self) -> Mapping[str, Any]: ...
    @property
    def parts(self) -> frozenset[tuple[str, str]]: ...
    @property
    def manner(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSees:
    """A person on the list by name of those who can see a student: why, what and until when (None: no end in sight)."""

    who: str
    because: str
    parts: tuple[str, ...]
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRecord:
    """A record of the student, reduced: the name of its kind, its place in the student's folder without the ending,
    and the mapping its schema describes.
    """

    kind: str
    path: str
    data: Mapping[str, Any]

    @property
    def is_draft(self) -> bool:
        """Whether it is being drafted, next to the one in force."""
        return self.path.startswith(DRAFTS)


#: The address of what a link leads to on the pages of a reading; "" where these readers have no page of it.
Where = Callable[["Reading", Target], str]


def _nowhere(_reading: Reading, _target: Target) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The student's records in this projection, by the names of their kinds.

    Pages about what is being drafted read the draft of a kind in the place of the record in force: ``drafted`` names
    that kind, "" on all other pages.

    ``over_by`` is the last day in them on which something came to its end before the day of the build, "" if nothing
    has: what ended by then is over. A page so changes when an entry of its own ends, and on no other day.
    ``drawn`` is what was drawn of their entries, for all readings of the student in the same surroundings.

    ``where`` says on which of the student's pages a link leads to something: pages of kinds don't know each other.
    """

    id: str
    manner: str
    parts: frozenset[tuple[str, str]]
    around: Surroundings
    records: Mapping[str, tuple[StudentRecord, ...]] = field(default_factory=dict)
    drafted: str = ""
    family: Mapping[str, str] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    contacts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seen_by: tuple[WhoSees, ...] = ()
    told: WhatChanged = NOTHING_CHANGED
    over_by: str = ""
    where: Where = field(default=_nowhere, repr=False, compare=False)
    drawn: Drawings = field(default_factory=Drawings, repr=False, compare=False)
    shown: Shows = field(default_factory=dict, repr=False, compare=False)

    def has(self, part: tuple[str, str]) -> bool:
        """Whether the projection grants a part of a kind."""
        return part in self.parts

    def one(self, kind: str) -> Mapping[str, Any]:
        """The data of the record of a kind that each student has one of; empty where the projection has none."""
        drafts = kind == self.drafted
        for record in self.records.get(kind, ()):
            if record.is_draft == drafts:
                return record.data
        return _NOTHING

    def all(self, kind: str) -> tuple[Mapping[str, Any], ...]:
        """The data of every record of a kind, without those that are being drafted; on a draft's page, of these."""
        drafts = kind == self.drafted
        return tuple(record.data for record in self.records.get(kind, ()) if record.is_draft == drafts)

    def draft(self, kind: str) -> Mapping[str, Any]:
        """The data of the record of a kind that is being drafted; empty where these readers see none."""
        return next((record.data for record in self.records.get(kind, ()) if record.is_draft), _NOTHING)

    def at(self, path: str) -> StudentRecord | None:
        """The record at a place in the student's folder; None where the projection holds none there."""
        return next((one for records in self.records.values() for one in records if one.path == path), None)

    @property
    def whose(self) -> str:
        """The student whose records these are."""
        return self.id

    @property
    def links(self) -> Links:
        """The links among all records of the projection and what surrounds it, found out once."""
        made: Links = self.once(_links)
        return made

    def place(self, target: Target) -> str:
        """The address of what a link leads to; "" where these readers have no page of it."""
        return self.where(self, target)

    @property
    def home(self) -> str:
        """The path of the student's first page."""
        return f"/students/{self.id}/"

    @property
    def known_as(self) -> str:
        """The name the student uses; the id where even the name is not granted."""
        return str(self.once(_known_as))

    @property
    def full_name(self) -> str:
        name = self.one(STUDENT).get("name")
        return str(name["full"]) if name else f"Student {self.id}"

    def student_name(self, student: str) -> str:
        """The name of the student the reading is of; "" for any other."""
        return self.known_as if student == self.id else ""

    @property
    def is_self(self) -> bool:
        return self.manner == "student"

    def family_name(self, person: str) -> str:
        """A member of the family by name if the projection has it, else by relation, else as one of the family."""
        if person in self.family:
            name, relation = self.family[person], self.relation(person)
            return f"{name} ({relation})" if relation and name in self.around.staff_names else name
        return self.relation(person).capitalize() or "A member of the family"

    def relation(self, person: str) -> str:
        """What a member of the family is to the student, as far as the projection says."""
        found = (item for item in self.one(STUDENT).get("family", ()) if item["person"] == person)
        return next((lowered(self.around.said("student/family/relation", item["relation"])) for item in found), "")

    def name(self, person: str | None) -> str:
        """Anybody a record names: a colleague by name, a member of the family as far as the reader may know them."""
        colleague = self.around.staff.get(person or "")
        if colleague is not None:
            return colleague.name
        return self.family.get(person or "") or sentence(self.relation(person or "")) or "Someone outside school staff"

    def of_draft(self, kind: str) -> Reading:
        """The same student with what is being drafted of a kind in the place of the record in force."""
        return replace(self, drafted=kind, shown={})

    def as_draft(self, path: str) -> Reading | None:
        """The same student with the record in force at a place as the one of its kind that is being drafted.

        None where these readers see no such record.
        """
        found = self.at(path)
        if found is None or not found.data:
            return None
        draft = replace(found, path=f"{DRAFTS}{path}", data={**found.data, "state": "draft"})
        return replace(self, records={**self.records, found.kind: (draft,)}, shown={})

    def once(self, show: Callable[[Reading], Any]) -> Any:
        """What a section shows; a page and a document that show the same work it out once."""
        if show not in self.shown:
            self.shown[show] = show(self)
        return self.shown[show]


def _known_as(reading: Reading) -> str:
    name = reading.one(STUDENT).get("name")
    return str(name["known_as"]) if name else f"Student {reading.id}"


def _links(reading: Reading) -> Links:
    every = (one for records in reading.records.values() for one in records)
    records = (record_in(reading.id, one.kind, one.path, one.data) for one in every)
    return Links(records, reading.around.kinds, shared=reading.around.links)


def reading_of(
    projected: Projected,
    around: Surroundings,
    *,
    family: Mapping[str, str] | None = None,
    phones: Mapping[str, str] | None = None,
    contacts: Mapping[str, Mapping[str, Any]] | None = None,
    seen_by: tuple[WhoSees, ...] = (),
    told: WhatChanged = NOTHING_CHANGED,
    over_by: str = "",
    where: Where = _nowhere,
    drawn: Drawings | None = None,
) -> Reading:
    """The reading of a projection; ``family`` and ``phones`` are names of family members this projection includes, and
    numbers of those among them who are to be called in an emergency, by person id. ``contacts`` are the contact details
    of those whom the student's record lists as family, as far as these readers may see them.

    ``seen_by`` is who can see the student by name, for those who keep the exceptions. ``told`` is what changed for its
    readers, ``where`` says where links lead.
    """
    base = f"students/{projected.student}/"
    records: dict[str, list[StudentRecord]] = {}
    for record_id, record in projected.records.items():
        placed = StudentRecord(kind=record.kind, path=record_id.removeprefix(base), data=record.data)
        records.setdefault(record.kind, []).append(placed)
    return Reading(
        id=projected.student,
        manner=projected.manner,
        parts=projected.parts,
        around=around,
        records={kind: tuple(found) for kind, found in records.items()},
        family=family or {},
        phones=phones or {},
        contacts=contacts or {},
        seen_by=seen_by,
        told=told,
        over_by=over_by,
        where=where,
        drawn=drawn or Drawings(),
    )


def over_by(projected: Projected, ends: Mapping[str, Ends], on: str) -> str:
    """The last day before a day on which something in this projection came to its end; "" if nothing has.

    ``ends`` says of each kind that has such days which they are.
    """
    days = (
        day for record in projected.records.values() if record.kind in ends for day in ends[record.kind](record.data)
    )
    return max((day for day in days if day < on), default="")


def known_as(projected: Projected) -> str:
    """The name the student uses, as far as a projection has it."""
    record = projected.records.get(f"students/{projected.student}/{STUDENT}")
    name = record.data.get("name") if record is not None else None
    return str(name["known_as"]) if name else f"Student {projected.student}"


def last_met(projected: Projected, met_on: Mapping[str, MetOn]) -> str | None:
    """The last day of a meeting that a projection shows the agreed record of, by the kinds that are of meetings."""
    records = (record for record in projected.records.values() if record.kind in met_on)
    return max(filter(None, (met_on[record.kind](record.data) for record in records)), default=None)
