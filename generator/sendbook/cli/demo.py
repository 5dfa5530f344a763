"""The demonstration's sign-ins: one for each role, with passwords that are new at each start."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from argon2 import PasswordHasher
from rich.console import Console

from sendbook.access.people import People, Reader
from sendbook.bundle import Bundle
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
    """One sign-in as it is shown; the password is nowhere else."""

    role: str
    name: str
    email: str
    password: str


def make_sign_ins(campus: Campus, on: date, settings: Settings) -> list[SignIn]:
    """Makes an account for each role, for the person who has most to see on the site that was built."""
    made = []
    with Bundle.reading(settings.bundle) as bundle:
        amounts = bundle.amounts()
    with closing(open_database(settings.database)) as connection:
        accounts = Accounts(connection, Passwords(_CHEAP))
        for role, reader in readers_shown(campus, on, amounts):
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


def readers_shown(campus: Campus, on: date, amounts: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, Reader]]:
    """One reader for each role, a parent and a student.

    Of those with a role, the one who sees the student about whom there is most to read, and of these the one who sees
    most students, so that people signed in as one after the other find the same children. ``amounts`` says how much
    each reader has to read of each subject of the site.
    """
    readers = People.from_campus(campus)
    fullest: dict[str, int] = {}
    for seen in amounts.values():
        for student in seen.keys() & set(campus.students):
            fullest[student] = max(fullest.get(student, 0), seen[student])

    def shows(reader: Reader) -> tuple[int, int]:
        seen = [fullest[student] for student in amounts.get(reader.id, {}) if student in fullest]
        return max(seen, default=0), len(seen)

    people = sorted((one for one in readers if one.email), key=lambda one: one.id)
    for role, title in _ROLES.items():
        held = [one for one in people if role in one.roles_on(on) and not one.student]
        plain = [one for one in held if not one.is_family and len(one.roles_on(on)) == 1] or held
        if plain:
            yield title, max(plain, key=shows)
    parents = [one for one in people if one.is_family and not one.is_staff]
    if parents:
        yield "Parent", max(parents, key=shows)
    students = [one for one in people if one.student]
    if students:
        yield "Student", max(students, key=shows)
