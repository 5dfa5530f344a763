"""A synthetic campus of any size, or more students for one that is there: same seed, same bytes.

``synthesise`` yields a whole campus file by file; ``extend`` yields the files of further students and their families
who fit into an existing campus. Both write through the canonical writer and read no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sendbook.campus.defaults import house_rules
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.writer import dump
from sendbook.errors import CampusNotFound
from sendbook.example.calendar import Calendar
from sendbook.example.campus_record import access_record, campus_record, intervention_records
from sendbook.example.chance import Ids, chance
from sendbook.example.enrolment import Enrolled, Enrolment
from sendbook.example.growing import GrowingPlaces
from sendbook.example.meeting_records import MeetingWriter
from sendbook.example.people import Naming
from sendbook.example.places import ExistingPlaces, Places
from sendbook.example.plan_record import PlanWriter
from sendbook.example.profile_record import profile_record
from sendbook.example.setting import Setting, rates_of, usable_measures
from sendbook.example.starter import cycle_of, starter_plan
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
    library = list(intervention_records(on))
    file = _Filing(registry)
    yield file("campus.yml", campus, "campus")
    yield file("access.yml", access_record(), "access")
    plan = starter_plan(campus["name"], campus["contacts"]["senco"], on, cycle_of(on))
    yield file("accessibility-plan.yml", plan, "accessibility_plan")
    for entry in library:
        yield file(f"interventions/{entry['id']}.yml", entry, "intervention")
    for person in [*places.people, *enrolment.families.people]:
        yield file(f"people/{person.id}.yml", person.data, "person")
    setting = _setting(campus, library, places, on, registry)
    for student in enrolled:
        yield from _student_files(student, setting, seed, file)


def extend(campus: Campus, count: int, seed: int, on: date) -> Iterator[File]:
    """Files of ``count`` more students and their families, with the groups, staff, measures and library of a campus.

    No id or name of the campus is given again; its own records stay as they are.
    """
    record = campus.get("campus")
    if record is None:
        raise CampusNotFound("There is no records/campus.yml to add students to.")
    people, known = campus.of_kind("person"), campus.of_kind("student")
    naming = Naming(
        ids=Ids([*campus.students, *(str(person.data["id"]) for person in people)]), campus=record.data["id"]
    )
    naming.names.update({one.data["name"]["full"]: None for one in (*people, *known)})
    places = ExistingPlaces(campus, on)
    enrolment = Enrolment(seed, naming, places, on)
    enrolled = [enrolment.enrol(index) for index in range(count)]
    file = _Filing(campus.registry)
    for person in enrolment.families.people:
        yield file(f"people/{person.id}.yml", person.data, "person")
    setting = _setting(
        record.data, [entry.data for entry in campus.of_kind("intervention")], places, on, campus.registry
    )
    for student in enrolled:
        yield from _student_files(student, setting, seed, file)


class _Filing:
    """Turns data into a file with the canonical bytes of its kind."""

    def __init__(self, registry: SchemaRegistry) -> None:
        self._kinds = registry.kinds

    def __call__(self, path: str, data: Mapping[str, Any], kind: str) -> File:
        return f"records/{path}", dump(data, self._kinds[kind])


def _setting(
    campus: Mapping[str, Any],
    library: Sequence[Mapping[str, Any]],
    places: Places,
    on: date,
    registry: SchemaRegistry,
) -> Setting:
    own = campus["setting"].get("local_authority")
    others = [name for name in bank("everyday")["authorities"] if name != own]
    return Setting(
        id=campus["id"],
        calendar=Calendar(campus, on),
        places=places,
        measures=usable_measures(campus),
        library={str(entry["id"]): entry for entry in library},
        rates=rates_of(campus),
        authorities=[own, *others] if own else others,
        most_targets=house_rules(registry.kinds["campus"].defaults, campus)["most_live_targets"],
    )


def _student_files(student: Enrolled, setting: Setting, seed: int, file: _Filing) -> Iterator[File]:
    rng = chance(seed, "student", student.index)
    words = words_of(student, setting, rng)
    tellings = [tell(story, words, rng) for story in (student.story, student.second) if story is not None]
    since = support_since(student, setting, seed)
    plan_writer = PlanWriter(student, setting, tellings, since, rng)
    plan = plan_writer.record()
    agreed = setting.calendar.until(date.fromisoformat(plan["agreed_on"]) - timedelta(days=rng.randrange(0, 3)))
    base = f"students/{student.id}"
    header = student_record(student, setting, tellings[0], since, rng)
    yield file(f"{base}/student.yml", header, "student")
    yield file(f"{base}/profile.yml", profile_record(student, setting.calendar, tellings, agreed, rng), "profile")
    yield file(f"{base}/plan.yml", plan, "plan")
    meetings = MeetingWriter(student, setting, tellings, [*plan_writer.past, *plan_writer.live], rng)
    for meeting in meetings.records(since):
        yield file(f"{base}/meetings/{meeting['id']}.yml", meeting, "meeting")
