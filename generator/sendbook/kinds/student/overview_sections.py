"""The section of the overview about the people around the student."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sendbook.campus.foundation import STUDENT
from sendbook.campus.words import lowered
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice


class Person(NamedTuple):
    """Someone around the student: what they are, and when they are there."""

    id: str
    name: str
    what: str
    note: str


def last_day_here(reading: Reading) -> Iterator[tuple[str, str]]:
    """The last day on roll, where there is one."""
    if "until" in reading.one(STUDENT).get("on_roll", {}):
        yield reading.one(STUDENT)["on_roll"]["until"], "Last day at school"


def show_people(reading: Reading) -> dict[str, Any] | None:
    people = _once_each(_people(reading))
    return {"people": people} if people else None


def _once_each(people: Iterator[Person]) -> list[Person]:
    """Each person once, with everything they are: the tutor who is the key adult too is no second person."""
    by_id: dict[str, list[Person]] = {}
    for person in people:
        by_id.setdefault(person.id, []).append(person)
    return [_joined(same) for same in by_id.values()]


def _joined(same: list[Person]) -> Person:
    whats = list(dict.fromkeys(person.what for person in same))
    notes = dict.fromkeys(person.note for person in same if person.note)
    said = [*whats[:1], *map(lowered, whats[1:])]
    return same[0]._replace(what="; ".join(said), note="; ".join(notes))


def _people(reading: Reading) -> Iterator[Person]:
    around, student = reading.around, reading.one(STUDENT)
    for adult in student.get("team", ()):
        if around.running(adult):
            role = around.said("student/team/as", adult["as"])
            yield Person(adult["person"], around.name(adult["person"]), role, adult.get("note", ""))
    for tutor in _running_tutors(reading):
        yield Person(tutor["person"], around.name(tutor["person"]), "Tutor", "")
    yield from _teachers(reading)
    senco = around.contact("senco")
    if senco:
        yield Person(senco.id, senco.name, senco.job, "")


def _running_tutors(reading: Reading) -> list[Mapping[str, Any]]:
    group = reading.around.tutor_groups.get(reading.one(STUDENT).get("tutor_group", ""), {})
    return [tutor for tutor in group.get("tutors", ()) if reading.around.running(tutor)]


def _teachers(reading: Reading) -> Iterator[Person]:
    """Each teacher once, with all they teach the student."""
    around = reading.around
    subjects: dict[str, list[str]] = {}
    for membership in filter(around.running, reading.one(STUDENT).get("teaching_groups", ())):
        group = around.teaching_groups.get(membership["group"])
        for teacher in filter(around.running, group["teachers"] if group else ()):
            subjects.setdefault(teacher["person"], []).append(group["subject"] if group else "")
    for person, taught in sorted(subjects.items(), key=lambda pair: pair[1]):
        yield Person(person, around.name(person), f"Teaches {', '.join(dict.fromkeys(taught))}", "")


PEOPLE = Section(
    name="people",
    title=Voice(staff="People around {name}", student="People around me"),
    template="sections/people.html",
    show=show_people,
    also=(("student", "team"), ("student", "placing")),
)
