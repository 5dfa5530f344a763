"""A synthetic campus of any size, or more students for one that is there: same seed, same bytes.

``synthesise`` yields a whole campus file by file; ``extend`` yields the files of further students and their families
who fit into an existing campus. Both write through the canonical writer and read no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.writer import dump
from sendbook.example.calendar import Calendar
from sendbook.example.campus_record import access_record, campus_record, intervention_records
from sendbook.example.chance import Ids, chance
from sendbook.example.enrolment import Enrolled, Enrolment
from sendbook.example.growing import GrowingPlaces
from sendbook.example.meeting_records import MeetingWriter
from sendbook.example.people import Naming
from sendbook.example.places import ExistingPlaces
from sendbook.example.plan_record import PlanWriter
from sendbook.example.profile_record import profile_record
from sendbook.example.setting import Setting, known_interventions, rates_of, usable_measures
from sendbook.example.story import bank, tell
from sendbook.example.student_record import student_record, support_since
from sendbook.example.words import words_of
from sendbook.example.year import starting_year

CAMPUS = "wexcombe"

File = tuple[str, bytes]


def synthesise(students: int, seed: int, *, registry: SchemaRegistry, on: date) -> Iterator[File]:
    """Files of a whole campus as (path relative to the campus folder, content), shared records first."""
    naming = Naming(ids=Ids(), campus=CAMPUS)
    places = GrowingPlaces(seed, naming, starting_year(on))
    enrolment = Enrolment(seed, naming, places, on)
    enrolled = [enrolment.enrol(index) for index in range(students)]
    campus = campus_record(CAMPUS, places, enrolled, on)
    write = _Writer(registry)
    yield write("campus.yml", campus, "campus")
    yield write("access.yml", access_record(), "access")
    for entry in intervention_records(on):
        yield write(f"interventions/{entry['id']}.yml", entry, "intervention")
    for person in [*places.people, *enrolment.families.people]:
        yield write(f"people/{person.id}.yml", person.data, "person")
    setting = Setting(
        id=CAMPUS,
        calendar=Calendar(campus, on),
        places=places,
        measures=usable_measures(campus),
        interventions={entry["id"]: entry["id"] for entry in bank("interventions")},
        rates=rates_of(campus),
        authorities=bank("everyday")["authorities"],
    )
    for student in enrolled:
        yield from _student_files(student, setting, seed, write)


def extend(campus: Campus, count: int, seed: int, on: date) -> Iterator[File]:
    """Files of ``count`` more students and their families, with the groups, staff, measures and library of a campus."""
    record = campus.get("campus")
    data: Mapping[str, Any] = record.data if record else {}
    people = campus.of_kind("person")
    taken = [*campus.students, *(str(person.data["id"]) for person in people)]
    naming = Naming(ids=Ids(taken), campus=data["id"])
    names = [person.data["name"]["full"] for person in people]
    names += [student.data["name"]["full"] for student in campus.of_kind("student")]
    naming.names.update(dict.fromkeys(names))
    places = ExistingPlaces(campus, on)
    enrolment = Enrolment(seed, naming, places, on)
    enrolled = [enrolment.enrol(index) for index in range(count)]
    write = _Writer(campus.registry)
    for person in enrolment.families.people:
        yield write(f"people/{person.id}.yml", person.data, "person")
    authority = data["setting"].get("local_authority")
    setting = Setting(
        id=data["id"],
        calendar=Calendar(data, on),
        places=places,
        measures=usable_measures(data),
        interventions=known_interventions([str(entry.data["id"]) for entry in campus.of_kind("intervention")]),
        rates=rates_of(data),
        authorities=[*([authority] if authority else []), *bank("everyday")["authorities"]],
        most_targets=data.get("house_rules", {}).get("most_live_targets", 4),
    )
    for student in enrolled:
        yield from _student_files(student, setting, seed, write)


def write(folder: Path, students: int, seed: int, *, registry: SchemaRegistry, on: date) -> int:
    """Writes a whole campus below ``folder``; the number of files written."""
    count = 0
    for path, content in synthesise(students, seed, registry=registry, on=on):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count


class _Writer:
    """Turns data into the canonical bytes of a record."""

    def __init__(self, registry: SchemaRegistry) -> None:
        self._kinds = registry.kinds

    def __call__(self, path: str, data: Mapping[str, Any], kind: str) -> File:
        return f"records/{path}", dump(data, self._kinds[kind])


def _student_files(student: Enrolled, setting: Setting, seed: int, write: _Writer) -> Iterator[File]:
    rng = chance(seed, "student", student.index)
    words = words_of(student, setting, rng)
    tellings = [tell(story, words, rng) for story in (student.story, student.second) if story is not None]
    since = support_since(student, setting, seed)
    plan_writer = PlanWriter(student, setting, tellings, since, rng)
    plan = plan_writer.record()
    agreed = setting.calendar.until(date.fromisoformat(plan["agreed_on"]) - timedelta(days=rng.randrange(0, 3)))
    base = f"students/{student.id}"
    header = student_record(student, setting, tellings[0], since, rng)
    yield write(f"{base}/student.yml", header, "student")
    yield write(f"{base}/profile.yml", profile_record(student, setting, tellings, agreed, rng), "profile")
    yield write(f"{base}/plan.yml", plan, "plan")
    meetings = MeetingWriter(student, setting, tellings, [*plan_writer.past, *plan_writer.live], rng)
    for meeting in meetings.records(since):
        yield write(f"{base}/meetings/{meeting['id']}.yml", meeting, "meeting")
