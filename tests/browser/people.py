"""The people of the example campus whom the browser tests sign in as: one of each kind, found by their records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.access.people import People, Reader
from sendbook.campus.records import Campus, Record

PASSWORD = "three plain words"

_DUTIES = (
    "senco",
    "regional_senco",
    "principal",
    "teacher",
    "support_assistant",
    "exams_officer",
    "committee_member",
    "dpo",
)
#: Every kind of reader, as the tests name them.
KINDS = (*_DUTIES, "teacher_and_parent", "parent", "student", "student_of_18")


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One who signs in; `student` is the child of a parent, or the student."""

    id: str
    name: str
    email: str
    student: str = ""


@dataclass(frozen=True, slots=True)
class School:
    """The example campus's records, asked in a few words. It knows nothing of access: it reads what is written."""

    campus: Campus
    on: date

    def somebody(self, kind: str) -> Somebody:
        """The reader of a kind; with several, the one with most students, so that there is something to see."""
        if kind in ("student", "student_of_18"):
            return self._student(adult=kind == "student_of_18")
        if kind in ("parent", "teacher_and_parent"):
            return self._parent(staff=kind == "teacher_and_parent")
        held = [one for one in self._people() if kind in one.roles_on(self.on)]
        alone = [one for one in held if len(one.roles_on(self.on)) == 1 and not one.is_family] or held
        return _somebody(max(alone, key=lambda one: (len(self.taught_by(one.id)), one.id)))

    def taught_by(self, person: str) -> set[str]:
        """The students whom a person teaches, tutors or supports today."""
        place = self.campus.get("campus")
        assert place is not None
        groups = {one["id"] for one in place.data["teaching_groups"] if self._has(one["teachers"], person)}
        tutored = {one["id"] for one in place.data["tutor_groups"] if self._has(one["tutors"], person)}
        return {
            header.student or ""
            for header in self.headers()
            if self._has(header.data.get("team", ()), person)
            or header.data.get("tutor_group") in tutored
            or any(one["group"] in groups and self._runs(one) for one in header.data.get("teaching_groups", ()))
        }

    def headers(self) -> tuple[Record, ...]:
        """The students' own records."""
        return self.campus.of_kind("student")

    def names(self) -> dict[str, str]:
        """Every student's full name by id."""
        return {header.student or "": header.data["name"]["full"] for header in self.headers()}

    def student_with_draft(self) -> str:
        """A student whose next plan is being written."""
        return next(one for one in self.campus.students if self.campus.get(f"students/{one}/drafts/plan"))

    def largest_class(self) -> str:
        """The teaching group with most students with SEND."""
        sizes: dict[str, int] = {}
        for header in self.headers():
            for one in header.data.get("teaching_groups", ()):
                sizes[one["group"]] = sizes.get(one["group"], 0) + self._runs(one)
        return max(sorted(sizes), key=sizes.__getitem__)

    def _people(self) -> list[Reader]:
        return sorted((one for one in People.from_campus(self.campus) if one.email), key=lambda one: one.id)

    def _student(self, *, adult: bool) -> Somebody:
        for one in self._people():
            header = self.campus.get(f"students/{one.student}/student") if one.student else None
            if header and self._is_adult(header) == adult and self.campus.get(f"students/{one.student}/plan"):
                return _somebody(one, student=one.student or "")
        raise AssertionError("the example has no such student")

    def _parent(self, *, staff: bool) -> Somebody:
        for one in self._people():
            if one.is_family and one.is_staff == staff:
                for header in self.headers():
                    if one.id in set(_full_readers(header)) and (staff or _parents_decide(header)):
                        return _somebody(one, student=header.student or "")
        raise AssertionError("the example has no such parent")

    def _is_adult(self, header: Record) -> bool:
        born = date.fromisoformat(header.data["born"])
        return born.replace(year=born.year + 18) <= self.on

    def _has(self, items: Any, person: str) -> bool:
        return any(one["person"] == person and self._runs(one) for one in items)

    def _runs(self, item: Any) -> bool:
        today = self.on.isoformat()
        return str(item.get("from", "")) <= today <= str(item.get("until", "9999"))


def _full_readers(header: Record) -> Iterator[str]:
    return (one["person"] for one in header.data["family"] if one["access"] == "full" and "confirmed" in one)


def _parents_decide(header: Record) -> bool:
    return bool(header.data["rights"][-1]["decides"] == "parent")


def _somebody(reader: Reader, student: str = "") -> Somebody:
    return Somebody(id=reader.id, name=reader.name, email=reader.email, student=student)
