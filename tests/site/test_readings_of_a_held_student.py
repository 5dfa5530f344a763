"""Who may see a held student is asked of each reading of the student's own record, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.held import Hold, _headers
from sendbook.site.build.last_good import LastGood
from sendbook.site.build.shared_campus import SharedCampus
from tests.checks_kit import tiny_campus
from tests.conftest import ON

HEADER, ID = "records/students/2TST/student.yml", "students/2TST/student"


class Student:
    """The tiny campus's student, whose last good records are those of before a change."""

    def __init__(self, root: Path, registry: SchemaRegistry) -> None:
        self.root = tiny_campus(root)
        self.folder = CampusFolder(self.root, registry)
        before = self.folder.load(self.folder.scan().unit("2TST")).campus
        self.last = LastGood(rules="r", related=frozenset(), records=tuple(before.records.values()), readers={})
        shared = self.folder.load(self.folder.scan().unit(SHARED)).campus
        self.common = SharedCampus(shared, ON, self.root)

    @property
    def hold(self) -> Hold:
        entries = self.folder.scan().unit("2TST") if "2TST" in self.folder.scan().students else ()
        own = self.folder.load(entries).campus
        wrong = frozenset({HEADER})
        return Hold(student="2TST", entries=entries, own=own, wrong=wrong, last=self.last, published={})

    def readings(self, hold: Hold) -> tuple[list[str], bool]:
        """The names the student has in the readings, and whether their own record is among those that can be read."""
        headers, readable = _headers(self.folder, hold, self.common)
        names = [one.data["name"]["known_as"] for one in headers]
        return names, ID in {one.id for one in readable}

    def write(self, before: str, after: str) -> None:
        path = self.root / HEADER
        text = path.read_text(encoding="utf-8")
        assert text.count(before) >= 1, before
        path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def student(tmp_path: Path, registry: SchemaRegistry) -> Student:
    return Student(tmp_path, registry)


def test_a_record_that_is_sound_is_the_only_reading(student: Student) -> None:
    student.write("known_as: Eli", "known_as: Ellis")
    assert student.readings(replace(student.hold, wrong=frozenset())) == (["Ellis"], True)


def test_of_one_with_an_error_the_last_sound_one_is_asked_and_what_can_be_read_of_it(student: Student) -> None:
    student.write("known_as: Eli", "known_as: Ellis")
    assert student.readings(student.hold) == (["Eli", "Ellis"], False)


def test_of_one_that_can_not_be_read_the_last_sound_one_is_asked_alone_or_with_what_is_left(student: Student) -> None:
    (student.root / HEADER).write_text("\x00", encoding="utf-8")
    names, readable = student.readings(student.hold)
    assert names[0] == "Eli"
    assert not readable


def test_without_a_last_sound_one_nobody_is_said_to_see_the_student(student: Student) -> None:
    assert student.readings(replace(student.hold, last=None)) == ([], True)
    nothing_of_it = replace(student.last, records=tuple(one for one in student.last.records if one.id != ID))
    assert student.readings(replace(student.hold, last=nothing_of_it)) == ([], True)


def test_of_a_record_that_was_taken_away_nothing_is_asked(student: Student) -> None:
    (student.root / HEADER).unlink()
    assert student.readings(student.hold) == ([], False)
