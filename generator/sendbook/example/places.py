"""Where a student belongs on a campus: tutor group, classes and the adults around them.

A campus that grows with its students makes a tutor and a set of classes each time a year group fills one; an existing
campus offers what it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Protocol

from sendbook.access.spans import Span
from sendbook.access.working import working
from sendbook.campus.records import Campus


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtClass:
    """A teaching group with its subject and the person who teaches it now."""

    id: str
    subject: str
    teacher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A student's place: groups and adults, by id."""

    tutor_group: str | None
    tutor: str
    classes: tuple[TaughtClass, ...]
    assistant: str
    key_adult: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Who holds the duties that records of students refer to."""

    senco: str
    principal: str
    dsl: str


class Places(Protocol):
    """Gives each student a place, in the order in which students join."""

    duties: Duties

    def take(self, rng: Random, year: int, code: str) -> Place:
        """A place in a year group for a student with SEN support (K) or an EHC plan (E)."""
        ...

    def shown(self, person: str) -> str:
        """How school speaks of a colleague."""
        ...

    def at_work(self, person: str) -> tuple[Span, ...]:
        """The days on which a colleague has a duty on campus."""
        ...


class ExistingPlaces:
    """The groups and staff of a campus that is already there."""

    def __init__(self, campus: Campus, on: date) -> None:
        record = campus.get("campus")
        self._data: Mapping[str, Any] = record.data if record else {}
        self._on = on.isoformat()
        self._people = {person.data["id"]: person.data for person in campus.of_kind("person")}
        contacts = self._data["contacts"]
        self.duties = Duties(
            senco=contacts["senco"], principal=contacts["principal"], dsl=contacts.get("dsl", contacts["principal"])
        )
        self._assistants = self._holders("support_assistant")
        self._teachers = self._holders("teacher")

    def shown(self, person: str) -> str:
        """How school speaks of a colleague."""
        return str(self._people[person]["name"]["known_as"])

    def at_work(self, person: str) -> tuple[Span, ...]:
        """The days on which a colleague has a duty on campus."""
        return working(self._people.get(person, {}))

    def take(self, rng: Random, year: int, code: str) -> Place:
        """A place in one of the year's tutor groups and in some of its classes."""
        groups = [group for group in self._data.get("tutor_groups", ()) if group["year_group"] == str(year)]
        group = rng.choice(groups) if groups else None
        tutor = self._now(group["tutors"]) if group else rng.choice(self._teachers)
        assistant = rng.choice(self._assistants or self._teachers)
        key_adult = rng.choice([assistant, assistant, tutor, rng.choice(self._teachers)])
        return Place(
            tutor_group=group["id"] if group else None,
            tutor=tutor,
            classes=tuple(self._classes(rng, year)),
            assistant=assistant,
            key_adult=assistant if code == "E" else key_adult,
        )

    def _classes(self, rng: Random, year: int) -> Sequence[TaughtClass]:
        """All classes of the year; in years with options, at most three of those that are not core."""
        fitting = [group for group in self._data.get("teaching_groups", ()) if str(year) in group["year_groups"]]
        core = [
            group
            for group in fitting
            if year < 10 or group["subject"] in ("English", "Maths", "Science", "Physical education")
        ]
        if year > 11:
            core = []
        options = [group for group in fitting if group not in core]
        chosen = core + rng.sample(options, min(3, len(options)))
        return [
            TaughtClass(id=g["id"], subject=g["subject"], teacher=self._now(g["teachers"]))
            for g in fitting
            if g in chosen
        ]

    def _now(self, held: Sequence[Mapping[str, Any]]) -> str:
        holding = [one["person"] for one in held if one["from"] <= self._on <= one.get("until", "9999")]
        return str((holding or [held[-1]["person"]])[0])

    def _holders(self, role: str) -> list[str]:
        return [
            number
            for number, data in self._people.items()
            if "left_on" not in data.get("staff", {})
            and any(d["role"] == role and "until" not in d for d in data.get("staff", {}).get("duties", ()))
        ]
