"""One student's records with the campus around them: what the rules about students are handed.

Rules run after shape and links have been found good, so they may trust field names and types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.sentences import Proof
from sendbook.campus.defaults import house_rules
from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.roll import on_roll, support_until
from sendbook.campus.terms import Terms

Data = Mapping[str, Any]


def date_of(text: str) -> date:
    """A date of a record; the shape check has already refused impossible ones."""
    return date.fromisoformat(text)


@dataclass(frozen=True)
class Case:
    """A student's own records, the campus's shared ones with the school's calendar, and the day they are looked at.

    ``waivable`` says whether a waiver of a code has an effect in a kind of school, None if there is no such code. It
    knows all rules, so the rules can't import it; without it every code is taken for one that can be waived.
    """

    campus: Campus
    own: Campus
    student: str
    on: date
    terms: Terms
    basis_of: Callable[[], Basis] | None = None
    waivable: Callable[[str, str], bool | None] = lambda _code, _setting: True

    @cached_property
    def basis(self) -> Basis:
        """What access is decided by on this campus."""
        return self.basis_of() if self.basis_of is not None else Basis.of(self.campus)

    @cached_property
    def proof(self) -> Proof:
        """The student's records and readers, ready to be asked whether what is said about access is so."""
        return Proof(self.campus, self.own, self.student, self.on, self.basis)

    @property
    def records(self) -> tuple[Record, ...]:
        """All records of the student."""
        return self.own.of_student(self.student)

    @cached_property
    def header(self) -> Record | None:
        """``student.yml``, or nothing if the folder has none."""
        return self.one(STUDENT)

    def one(self, kind: str) -> Record | None:
        """Returns the student's record of a kind, agreed or still a draft; not the draft that waits next to it."""
        return next((record for record in self.all(kind) if "/drafts/" not in record.id), None)

    def all(self, kind: str) -> tuple[Record, ...]:
        """Returns the student's records of a kind, the earliest first, with the drafts that wait."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Record, ...]]:
        found: dict[str, list[Record]] = {}
        for record in self.records:
            found.setdefault(record.kind, []).append(record)
        kinds = self.own.registry.kinds
        return {
            kind: tuple(sorted(records, key=lambda record: (kinds[record.kind].traits.day_of(record.data), record.id)))
            for kind, records in found.items()
        }

    @cached_property
    def begun(self) -> bool:
        """Whether the first status has begun: the record says nothing of the days before."""
        return any(date_of(period["from"]) <= self.on for period in (self.header.data["status"] if self.header else ()))

    @cached_property
    def status(self) -> str:
        """SEN status on the day: N, K or E; N too where none holds, because it has not begun or has ended."""
        for period in self.header.data["status"] if self.header else ():
            if holds(period, self.on):
                return str(period["code"])
        return "N"

    @cached_property
    def support_ended(self) -> date | None:
        """The last day of SEN support or the EHC plan, if that is over and nothing has followed it."""
        last = support_until(self.header.data) if self.header else None
        return last if last is not None and last < self.on else None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the student is called."""
        name = self.header.data["name"] if self.header else {}
        return tuple(dict.fromkeys(str(value) for value in name.values() if isinstance(value, str)))

    @cached_property
    def has_left(self) -> bool:
        """Whether the student's last day on roll is over."""
        return self.header is not None and on_roll(self.header.data).has_left(self.on)

    @cached_property
    def student_decides(self) -> bool:
        """Whether the student alone decides on the day."""
        periods = self.header.data["rights"] if self.header else ()
        begun = [period for period in periods if date_of(period["from"]) <= self.on]
        return bool(begun) and max(begun, key=lambda period: str(period["from"]))["decides"] == "student"

    @cached_property
    def measures(self) -> Mapping[str, Data]:
        """The campus's measures by id."""
        return {measure["id"]: measure for measure in self._campus_data.get("measures", ())}

    def house_rule(self, name: str) -> int:
        """A threshold of the campus, or the schema's default."""
        return int(self.house_rules[name])

    def person(self, person_id: str) -> Data:
        """A person's data; links have been checked."""
        record = self.campus.get(f"people/{person_id}")
        return record.data if record else {}

    @cached_property
    def house_rules(self) -> Data:
        """The campus's thresholds, and the schema's default for each it has not chosen."""
        return house_rules(self.campus.registry.kinds[CAMPUS].defaults, self._campus_data)

    @cached_property
    def _campus_data(self) -> Data:
        record = self.campus.get(CAMPUS)
        return record.data if record else {}


def holds(period: Data, on: date) -> bool:
    """Whether a dated entry holds on a day; its last day is included."""
    return date_of(period["from"]) <= on and ("until" not in period or on <= date_of(period["until"]))
