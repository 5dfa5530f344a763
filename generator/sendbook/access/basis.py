"""What every decision rests on besides the student: policy, people, and who has which group.

Made once for a campus and handed on, because a build decides for a thousand students on the same
policy and people. Its only mutable parts are memos of pure functions of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.access.own_account import NO_ACCOUNTS, AccountRule
from sendbook.access.parts import ALL
from sendbook.access.people import People, Reader
from sendbook.access.policy import RECORD_ID, Grant, Policy, Revocation
from sendbook.access.spans import Span, span_of
from sendbook.access.withdrawn import RECORD_ID as WITHDRAWN
from sendbook.access.withdrawn import Place, withdrawn_places
from sendbook.campus.records import Campus
from sendbook.campus.schemas import Kind

#: The duties that reach the students of the year groups the campus has set for them, and no others.
BY_YEAR_GROUP = ("exams_officer", "careers_lead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A person's time with a group, cut to the days their duty runs."""

    reader: Reader
    span: Span
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Policy, people and groups of one campus.

    ``contacts`` are the people it names as such, ``withdrawn`` the places left out of the past, by record;
    ``year_groups`` are those a duty reaches, for the duties in ``BY_YEAR_GROUP``.
    """

    policy: Policy
    people: People
    kinds: Mapping[str, Kind]
    teachers: Mapping[str, tuple[Post, ...]]
    tutors: Mapping[str, tuple[Post, ...]]
    revocations: Mapping[str, tuple[Revocation, ...]]
    student_roles: frozenset[str]
    contacts: frozenset[str] = frozenset()
    accounts: AccountRule = NO_ACCOUNTS
    year_groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    withdrawn: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, campus: Campus) -> Basis:
        """Read a campus's shared records; students in it are left alone."""
        access, place = campus.get(RECORD_ID), campus.get("campus")
        policy = Policy.from_record(access.data) if access else Policy()
        people = People.from_campus(campus.shared)
        groups: Mapping[str, Any] = place.data if place else {}
        return cls(
            policy=policy,
            people=people,
            kinds=campus.registry.kinds,
            teachers=dict(_posts(groups, "teaching_groups", "teachers", people)),
            tutors=dict(_posts(groups, "tutor_groups", "tutors", people)),
            revocations=_by_person(policy),
            student_roles=_student_roles(policy, campus.registry.kinds),
            contacts=frozenset(map(str, (groups.get("contacts") or {}).values())),
            accounts=AccountRule.of(campus),
            year_groups=_year_groups(groups),
            withdrawn=withdrawn_places(campus.get(WITHDRAWN)),
        )

    @property
    def staff_see_students(self) -> bool:
        """Whether the policy gives all staff something of every student (the shipped one does not)."""
        return any(reaches_students(grant, self.kinds) for grant in self.policy.grants_to("everyone:staff"))


def reaches_students(grant: Grant, kinds: Mapping[str, Kind]) -> bool:
    """Whether a grant names a kind of students' records, or all kinds."""
    return any(name == ALL or (name in kinds and kinds[name].of_student) for name, _ in grant.parts)


def has_states(kind: Kind) -> bool:
    """Whether records of a kind are drafts or agreed."""
    return "state" in kind.root.properties


def _year_groups(campus: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The year groups of each duty that reaches only some; none for a duty the campus says nothing about."""
    said = {entry["role"]: frozenset(entry["year_groups"]) for entry in campus.get("duty_year_groups", ())}
    return {role: said.get(role, frozenset()) for role in BY_YEAR_GROUP}


def _posts(
    groups: Mapping[str, Any], groups_list: str, people_list: str, people: People
) -> Iterator[tuple[str, tuple[Post, ...]]]:
    for group in groups.get(groups_list, ()):
        posts = [
            post
            for entry in group.get(people_list, ())
            for post in _post(entry, people, group, teaching=people_list == "teachers")
        ]
        yield group["id"], tuple(posts)


def _post(entry: Mapping[str, Any], people: People, group: Mapping[str, Any], *, teaching: bool) -> Iterator[Post]:
    """Teaching counts only while the duty ``teacher`` runs; any duty will do for a tutor."""
    reader = people.get(entry["person"])
    if reader is None:
        return
    spans = [held.span for held in reader.roles if held.role == "teacher"] if teaching else reader.working
    for duty in spans:
        span = span_of(entry).within(duty)
        if span is not None:
            yield Post(reader=reader, span=span, subject=str(group.get("subject") or ""))


def _by_person(policy: Policy) -> dict[str, tuple[Revocation, ...]]:
    found: dict[str, list[Revocation]] = {}
    for revocation in policy.revocations:
        found.setdefault(revocation.person, []).append(revocation)
    return {person: tuple(revocations) for person, revocations in found.items()}


def _student_roles(policy: Policy, kinds: Mapping[str, Kind]) -> frozenset[str]:
    """The duties that reach every student: those a grant gives a student's kind, or all kinds."""
    return frozenset(
        grant.who.removeprefix("role:")
        for grant in policy.grants
        if grant.who.startswith("role:") and reaches_students(grant, kinds)
    )
