"""One projection of one student, as the sections of a page read it.

A reading holds the reduced records by kind and nothing else: what the projection lacks is simply empty here. It
also knows how to speak: of the student by name to staff and family, and as "I" to the student.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from markupsafe import Markup

from sendbook.campus.schemas import Kind
from sendbook.campus.words import sentence
from sendbook.history.phrases import lowered
from sendbook.pages.changed_days import NOTHING_TOLD, Told
from sendbook.pages.charts import Drawings, Frame
from sendbook.pages.progress import Series
from sendbook.pages.surroundings import Surroundings

#: What a section shows, by the function that says it.
Shows = dict[Callable[..., Any], Any]

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
class Entry:
    """One line of "who can see this": a role, or a person where names are shown."""

    who: str
    because: str
    parts: tuple[str, ...]
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBy:
    """Who can see a student: roles for everyone, and for those who keep the exceptions the named list as well."""

    roles: tuple[Entry, ...] = ()
    named: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecord:
    """A record of a kind that the campus has added; ``path`` is its place in the student's folder, without ending."""

    kind: Kind
    path: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The student's records in this projection, each the mapping its schema describes.

    ``over_by`` is the last day in them on which provision came to its end before the day of the build, "" if none has:
    provision that ended by then is over. A page so changes when a line of its own ends, and on no other day.
    """

    id: str
    manner: str
    parts: frozenset[tuple[str, str]]
    around: Surroundings
    student: Mapping[str, Any] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)
    draft: Mapping[str, Any] = field(default_factory=dict)
    meetings: tuple[Mapping[str, Any], ...] = ()
    others: tuple[OwnRecord, ...] = ()
    family: Mapping[str, str] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    seen_by: SeenBy = field(default_factory=SeenBy)
    told: Told = NOTHING_TOLD
    over_by: str = ""
    drawn: Drawings = field(default_factory=Drawings, repr=False, compare=False)
    shown: Shows = field(default_factory=dict, repr=False, compare=False)

    def has(self, part: tuple[str, str]) -> bool:
        """Whether the projection grants a part of a kind."""
        return part in self.parts

    @property
    def home(self) -> str:
        """The path of the student's first page."""
        return f"/students/{self.id}/"

    @property
    def known_as(self) -> str:
        """The name the student uses; the id where even the name is not granted."""
        name = self.student.get("name")
        return str(name["known_as"]) if name else f"Student {self.id}"

    @property
    def full_name(self) -> str:
        name = self.student.get("name")
        return str(name["full"]) if name else f"Student {self.id}"

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
        found = (item for item in self.student.get("family", ()) if item["person"] == person)
        return next((lowered(self.around.said("student/family/relation", item["relation"])) for item in found), "")

    def name(self, person: str | None) -> str:
        """Anybody a record names: a colleague by name, a member of the family as far as the reader may know them."""
        if person in self.around.staff:
            return self.around.name(person)
        return self.family.get(person or "") or sentence(self.relation(person or "")) or "Someone outside school staff"

    def series(self, target: Mapping[str, Any]) -> Series:
        """A target's measurements."""
        return self.drawn.series(target, self.around.measures)

    def chart(self, target: Mapping[str, Any], frame: Frame) -> Markup:
        """A target's measurements as a drawing."""
        return self.drawn.chart(target, self.around.measures, frame)

    def of_draft(self) -> Reading:
        """The same student with the plan that is being drafted in the place of the one in force."""
        return replace(self, plan=self.draft, shown={})

    def once(self, show: Callable[[Reading], Any]) -> Any:
        """What a section shows; a page and a document that show the same work it out once."""
        if show not in self.shown:
            self.shown[show] = show(self)
        return self.shown[show]


def reading_of(
    projected: Projected,
    around: Surroundings,
    *,
    family: Mapping[str, str] | None = None,
    phones: Mapping[str, str] | None = None,
    seen_by: SeenBy | None = None,
    told: Told = NOTHING_TOLD,
    over_by: str = "",
    drawn: Drawings | None = None,
    own_kinds: Mapping[str, Kind] = _NOTHING,
) -> Reading:
    """The reading of a projection; ``family`` and ``phones`` are names of family members this projection includes, and
    numbers of those among them who are to be called in an emergency, by person id.

    ``told`` is what changed for its readers; ``own_kinds`` are those the campus has added, by name.
    """
    base = f"students/{projected.student}/"
    others = tuple(
        OwnRecord(kind=own_kinds[record.kind], path=record_id.removeprefix(base), data=record.data)
        for record_id, record in projected.records.items()
        if record.kind in own_kinds
    )
    found = {record_id.removeprefix(base): record.data for record_id, record in projected.records.items()}
    meetings = [data for name, data in found.items() if name.startswith("meetings/")]
    return Reading(
        id=projected.student,
        manner=projected.manner,
        parts=projected.parts,
        around=around,
        student=found.get("student", _NOTHING),
        profile=found.get("profile", _NOTHING),
        plan=found.get("plan", _NOTHING),
        draft=found.get("drafts/plan", _NOTHING),
        meetings=tuple(sorted(filter(_held, meetings), key=lambda meeting: meeting["date"], reverse=True)),
        others=others,
        family=family or {},
        phones=phones or {},
        seen_by=seen_by or SeenBy(),
        told=told,
        over_by=over_by,
        drawn=drawn or Drawings(),
    )


def over_by(projected: Projected, on: str) -> str:
    """The last day before a day on which a line of provision in this projection ended; "" if none has."""
    plans = (record.data for record in projected.records.values() if record.kind == "plan")
    lines = (line for plan in plans for line in plan.get("provision", ()))
    return max((line["end"] for line in lines if "end" in line and line["end"] < on), default="")


def known_as(projected: Projected) -> str:
    """The name the student uses, as far as a projection has it."""
    record = projected.records.get(f"students/{projected.student}/student")
    name = record.data.get("name") if record is not None else None
    return str(name["known_as"]) if name else f"Student {projected.student}"


def last_met(projected: Projected) -> str | None:
    """The day of the last meeting that a projection shows the agreed record of."""
    meetings = (record.data for name, record in projected.records.items() if "/meetings/" in name)
    return max((one["date"] for one in meetings if _held(one) and one.get("state") == "agreed"), default=None)


def _held(meeting: Mapping[str, Any]) -> bool:
    return "date" in meeting
