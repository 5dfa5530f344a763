"""Who can be a reader: the people of a campus, and its students who sign in.

A reader carries what follows from their own record (duties with their dates, whether they work here,
whether they are someone's family). What ties them to a student is in ``relations``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.access.own_account import NO_ACCOUNTS, AccountRule
from sendbook.access.spans import ALWAYS, Span, merged, span_of
from sendbook.access.working import duties, employed, working
from sendbook.campus.called import called, group_of, text_of
from sendbook.campus.records import Campus, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """A duty and the days it runs, cut at the day its holder left."""

    role: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One who may sign in. ``id`` is the person's id, or the student's for a student.

    ``invited`` are, for somebody of an agency (neither works here nor is family), the days something is shared with
    them, and for a student the days of their own account; None for everybody else.
    """

    id: str
    name: str
    email: str = ""
    roles: tuple[RoleHeld, ...] = ()
    student: str | None = None
    is_staff: bool = False
    is_family: bool = False
    employed: Span = ALWAYS
    working: tuple[Span, ...] = ()
    invited: tuple[Span, ...] | None = None

    def roles_on(self, on: date) -> frozenset[str]:
        """The duties that run on a day."""
        return frozenset(held.role for held in self.roles if held.span.holds(on))

    def works_on(self, on: date) -> bool:
        """Whether at least one duty runs: access follows from duties, not from a job title."""
        return any(span.holds(on) for span in self.working)

    def gone_on(self, on: date) -> bool:
        """Left, no longer shared with, or a student without an account, and not here as family either: no reader."""
        if self.invited is not None:
            return not any(span.holds(on) for span in self.invited)
        return self.is_staff and not self.is_family and not self.employed.holds(on)


@dataclass(frozen=True, slots=True)
class People:
    """All readers by id."""

    by_id: Mapping[str, Reader]

    @classmethod
    def from_campus(cls, campus: Campus) -> People:
        """The people, and those students of this campus who have a sign-in."""
        access = campus.get("access")
        invited = _invited(access.data if access else {})
        rule = AccountRule.of(campus)
        readers = [reader_of_person(record, invited) for record in campus.of_kind("person")]
        readers += [
            reader_of_student(record, rule) for record in campus.of_kind("student") if record.data.get("sign_in")
        ]
        return cls({reader.id: reader for reader in readers})

    def get(self, reader: str) -> Reader | None:
        return self.by_id.get(reader)

    def __getitem__(self, reader: str) -> Reader:
        return self.by_id[reader]

    def __iter__(self) -> Iterator[Reader]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)


def reader_of_person(record: Record, invited: Mapping[str, tuple[Span, ...]]) -> Reader:
    """A person as a reader. The record's place names them, not what is in it."""
    data = record.data
    identity, staff = record.id.rpartition("/")[2], data.get("staff")
    of_agency = staff is None and data.get("family") is None
    roles = tuple(RoleHeld(role=role, span=span) for role, span in duties(data))
    return Reader(
        id=identity,
        name=_called(data),
        email=_email(data),
        roles=roles,
        is_staff=staff is not None,
        is_family=data.get("family") is not None,
        employed=employed(data),
        working=working(data),
        invited=invited.get(identity, ()) if of_agency else None,
    )


def reader_of_student(record: Record, rule: AccountRule = NO_ACCOUNTS) -> Reader:
    """A student as a reader of their own record, on the days of their account."""
    student, days = record.student or "", rule.days(record.data)
    return Reader(id=student, name=_called(record.data), email=_email(record.data), student=student, invited=days)


def _invited(access: Mapping[str, Any]) -> dict[str, tuple[Span, ...]]:
    """The days on which each person is named by a share or cover."""
    days: dict[str, list[Span]] = {}
    for exception in (*access.get("shares", ()), *access.get("covers", ())):
        days.setdefault(exception["person"], []).append(span_of(exception))
    return {person: merged(spans) for person, spans in days.items()}


def _called(data: Mapping[str, Any]) -> str:
    name = called(data)
    return name.known_as or name.full


def folded(email: str) -> str:
    """An e-mail address as people are found by: one that is typed otherwise means the same."""
    return email.strip().casefold()


def address_of(data: Mapping[str, Any]) -> str:
    """The folded address a person's or student's record is signed in with; empty where there is none to read."""
    sign_in = data.get("sign_in")
    email = sign_in.get("email") if isinstance(sign_in, Mapping) else None
    return folded(email) if isinstance(email, str) else ""


def _email(data: Mapping[str, Any]) -> str:
    return text_of(group_of(data, "sign_in").get("email"))
