"""The demonstration's sign-ins: one for each role, with passwords that are new at each start."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from argon2 import PasswordHasher
from rich.console import Console

from sendbook.access.people import People, Reader
from sendbook.campus.records import Campus
from sendbook.gate import Accounts, Settings, open_database
from sendbook.gate.passwords import Passwords

# What the demonstration shows, in this order: each with the duty to look for.
_ROLES = {
    "senco": "SENDCo",
    "regional_senco": "Regional SENDCo",
    "principal": "Campus Principal",
    "teacher": "Teacher",
    "support_assistant": "Support assistant",
    "exams_officer": "Exams officer",
    "committee_member": "Committee member",
}
# Without those that are easily taken for another; twelve of them are worth 54 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
# A cheap hash does for random words that live for one run on one machine; nine at full cost take longer than all else.
_CHEAP = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One sign-in as it is shown; the password stands nowhere else."""

    role: str
    name: str
    email: str
    password: str


def make_sign_ins(campus: Campus, on: date, settings: Settings) -> list[SignIn]:
    """Makes an account for each role."""
    made = []
    with closing(open_database(settings.database)) as connection:
        accounts = Accounts(connection, Passwords(_CHEAP))
        for role, reader in readers_shown(campus, on):
            password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
            accounts.add(reader.id, reader.email, password, demo=True)
            made.append(SignIn(role=role, name=reader.name, email=reader.email, password=password))
    return made


def would_write_over(settings: Settings) -> bool:
    """Whether people have sign-ins of their own here, which those of the demonstration would replace."""
    with closing(open_database(settings.database)) as connection:
        return Accounts(connection, Passwords(_CHEAP)).has_real()


def forget_sign_ins(settings: Settings) -> None:
    """Removes the accounts of the demonstration before: their passwords stood on a screen."""
    with closing(open_database(settings.database)) as connection:
        Accounts(connection, Passwords(_CHEAP)).remove_demo()


def show(made: list[SignIn], console: Console) -> None:
    """Prints the sign-ins as a table that can be copied from."""
    rows = [("Role", "Name", "E-mail", "Password"), *((one.role, one.name, one.email, one.password) for one in made)]
    widths = [max(len(row[column]) for row in rows) + 2 for column in range(3)]
    for row in rows:
        console.print("".join(text.ljust(width) for text, width in zip(row[:3], widths, strict=True)) + row[3])


def readers_shown(campus: Campus, on: date) -> Iterator[tuple[str, Reader]]:
    """One reader for each role, a parent and a student; those who see most of what there is to see come first."""
    people = People.from_campus(campus)
    for role, title in _ROLES.items():
        held = [one for one in people if role in one.roles_on(on) and one.email and not one.student]
        plain = [one for one in held if not one.is_family and len(one.roles_on(on)) == 1] or held
        if plain:
            yield title, max(plain, key=lambda one: (_students_of(campus, one.id), one.id))
    parents = [one for one in people if one.is_family and not one.is_staff and one.email]
    if parents:
        yield "Parent", max(parents, key=lambda one: (_of_own_child(campus, one.id), one.id))
    students = [one for one in people if one.student and one.email]
    if students:
        yield "Student", max(students, key=lambda one: (_to_read(campus, one.id), one.id))


def _students_of(campus: Campus, person: str) -> int:
    """How many students a member of staff teaches or works with, roughly: enough to choose a good example."""
    place = campus.get("campus")
    taught = {
        group["id"]
        for group in (place.data.get("teaching_groups", ()) if place else ())
        if any(teacher["person"] == person for teacher in group["teachers"])
    }
    return sum(
        any(item["group"] in taught for item in record.data.get("teaching_groups", ()))
        or any(item["person"] == person for item in record.data.get("team", ()))
        for record in campus.of_kind("student")
    )


def _of_own_child(campus: Campus, person: str) -> int:
    """How much there is to read for a parent who sees a child's record in full; 0 for one who does not."""
    for record in campus.of_kind("student"):
        for relation in record.data.get("family", ()):
            parent_decides = record.data["rights"][-1]["decides"] == "parent"
            if relation["person"] == person and relation["access"] == "full" and "confirmed" in relation:
                return _to_read(campus, str(record.student)) if parent_decides else 0
    return 0


def _to_read(campus: Campus, student: str) -> int:
    """How much stands in a student's records, roughly; nothing to speak of without a plan."""
    if campus.get(f"students/{student}/plan") is None:
        return 0
    return sum(len(str(record.data)) for record in campus.of_student(student))
