"""What a reader is to the students on their lists, as far as the students' facts and the timetable tell.

It decides only how a home page is arranged, never what is on it: every student here is one the reader may see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sendbook.campus.foundation import STUDENT
from sendbook.campus.roll import on_roll
from sendbook.kinds.plan import PLAN
from sendbook.pages.campus_page import CampusReading
from sendbook.site.build.held_list import HeldThing
from sendbook.site.readers.waiting import Waiting

Facts = Mapping[str, Any]
#: Duties that reach across the campus.
WIDE = frozenset({"senco", "regional_senco", "principal", "dsl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReader:
    """The person whose pages are made; ``roles`` are the duties held on the day.

    ``corrected`` are the students they may see whose pages are being corrected, ``held`` what they are to put right.
    """

    id: str
    name: str
    roles: Collection[str] = ()
    is_staff: bool = False
    is_family: bool = False
    student: str | None = None
    corrected: tuple[Waiting, ...] = ()
    held: tuple[HeldThing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Desk(CampusReading):
    """A reader with what they see of the campus, and with their students, sorted into what they are to them."""

    reader: OwnReader
    students: Sequence[Facts]

    @classmethod
    def of(cls, reader: OwnReader, students: Sequence[Facts], campus: CampusReading) -> Desk:
        """The reader with these students, who sees this of the campus."""
        return cls(
            reader=reader,
            students=students,
            around=campus.around,
            on=campus.on,
            manner="staff" if reader.is_staff else "student" if reader.student else "family",
            records=campus.records,
            parts=campus.parts,
            whole=campus.whole,
            parts_in=campus.parts_in,
            named=campus.named,
            family=campus.family,
            sees_students=campus.sees_students,
        )

    @cached_property
    def at_work(self) -> tuple[Facts, ...]:
        """Students seen as a member of staff who have not left; one's own child is not among them."""
        return tuple(one for one in self._as_staff if not on_roll(one[STUDENT]).has_left(self.on))

    @cached_property
    def here(self) -> tuple[Facts, ...]:
        """Those of them who are on roll today: some may be expected, and not have begun."""
        return tuple(one for one in self.at_work if on_roll(one[STUDENT]).is_here(self.on))

    @cached_property
    def leavers(self) -> tuple[Facts, ...]:
        """Students seen as a member of staff who have left."""
        return tuple(one for one in self._as_staff if on_roll(one[STUDENT]).has_left(self.on))

    @cached_property
    def _as_staff(self) -> tuple[Facts, ...]:
        return tuple(one for one in self.students if one["manner"] == "staff")

    @cached_property
    def children(self) -> tuple[Facts, ...]:
        return tuple(one for one in self.students if one["manner"] == "family")

    @cached_property
    def myself(self) -> Facts | None:
        return next((one for one in self.students if one["manner"] == "student"), None)

    @cached_property
    def taught_groups(self) -> tuple[Mapping[str, Any], ...]:
        """Teaching groups the reader teaches today."""
        return tuple(self._led(self.around.teaching_groups, "teachers"))

    @cached_property
    def groups(self) -> tuple[Mapping[str, Any], ...]:
        """Teaching groups with a class sheet: all with students in them for the campus-wide, else those taught."""
        shown = self.around.teaching_groups.values() if WIDE & set(self.reader.roles) else self.taught_groups
        return tuple(group for group in shown if self.in_group(group["id"]) or self.missing_in(group["id"]))

    @cached_property
    def mine(self) -> tuple[Facts, ...]:
        """Students taught, tutored, or looked after as key adult."""
        taught = {group["id"] for group in self.taught_groups}
        none_of = taught.isdisjoint
        tutored = {group["id"] for group in self._led(self.around.tutor_groups, "tutors")}
        return tuple(
            one
            for one in self.at_work
            if not none_of(one[STUDENT]["groups"])
            or one[STUDENT]["tutor_group"] in tutored
            or self._is(one, "key_adult")
        )

    @cached_property
    def assisted(self) -> tuple[Facts, ...]:
        """Students supported in class, or to whom the reader gives a provision."""
        return tuple(one for one in self.at_work if self._is(one, "support_assistant") or self.lines_given(one))

    def missing_in(self, group: str) -> tuple[str, ...]:
        """The students of a teaching group whose pages are being corrected, so that its sheet lacks them."""
        return tuple(one.student for one in self.reader.corrected if one.at_work and group in one.classes)

    def in_group(self, group: str) -> list[Facts]:
        """The students of a teaching group."""
        return self._by_group.get(group, [])

    @cached_property
    def _by_group(self) -> dict[str, list[Facts]]:
        """Gone through once: a reader who sees the whole campus sees a sheet for each of its classes."""
        found: dict[str, list[Facts]] = {}
        for one in self.at_work:
            for group in one[STUDENT]["groups"]:
                found.setdefault(group, []).append(one)
        return found

    def lines_given(self, facts: Facts) -> list[Mapping[str, Any]]:
        """The provision lines the reader delivers to a student."""
        return [line for line in facts[PLAN]["lines"] if line["who"] == self.reader.id]

    def _is(self, facts: Facts, what: str) -> bool:
        return any(adult["as"] == what for adult in facts[STUDENT]["team"] if adult["person"] == self.reader.id)

    def _led(self, groups: Mapping[str, Mapping[str, Any]], posts: str) -> Iterator[Mapping[str, Any]]:
        """The groups that the reader leads today. Most readers are parents, who lead none."""
        if self.reader.id in self.around.leaders:
            yield from (group for group in groups.values() if self._leads(group[posts]))

    def _leads(self, posts: Sequence[Mapping[str, Any]]) -> bool:
        own = [post for post in posts if post["person"] == self.reader.id]
        today = self.on.isoformat() if own else ""
        return any(post["from"] <= today <= str(post.get("until") or "9999") for post in own)
