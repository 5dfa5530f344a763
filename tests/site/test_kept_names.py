"""What everybody is called is kept from one publication to the next, and only who changed is read again."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.names import Names
from sendbook.site.build import kept_names as module
from sendbook.site.build.kept import Kept
from sendbook.site.build.kept_names import kept_names
from tests.checks_kit import tiny_campus
from tests.site.rests_on_kit import settled

FIRST, SECOND = "2TST", "3SYN"


class Publications:
    """A campus of two students, whose names are asked for as each publication does."""

    def __init__(self, root: Path, registry: SchemaRegistry, cache: ParseCache) -> None:
        self.folder, self.cache, self.kept = CampusFolder(root, registry), cache, Kept()

    def header(self, student: str) -> Path:
        return self.folder.root / f"records/students/{student}/student.yml"

    def names(self) -> Names:
        scan = self.folder.scan()
        shared = self.folder.load(scan.unit(SHARED)).campus
        return kept_names(self.kept, self.folder, shared, scan, self.cache)

    def called(self) -> dict[str, str]:
        return {student: one.full for student, one in self.names().everybody.by_id.items() if one.student}

    def call(self, student: str, name: str) -> None:
        text = self.header(student).read_text(encoding="utf-8")
        line = next(one for one in text.splitlines() if one.startswith("  full:"))
        self.header(student).write_text(text.replace(line, f"  full: {name}"), encoding="utf-8")


@pytest.fixture
def campus(tmp_path: Path, registry: SchemaRegistry) -> Iterator[Publications]:
    root = tiny_campus(tmp_path / "campus")
    students = root / "records/students"
    shutil.copytree(students / FIRST, students / SECOND)
    header = students / SECOND / "student.yml"
    text = header.read_text(encoding="utf-8").replace(f"id: {FIRST}", f"id: {SECOND}")
    header.write_text(text.replace("full: Eli Student", "full: Freya Lindholm"), encoding="utf-8")
    settled(root)
    with ParseCache(tmp_path / "cache.db") as cache:
        yield Publications(root, registry, cache)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Whose own records were read for their names, each time."""
    times: list[list[str]] = []
    whole = module.named_students

    def noted(folder, entries, cache):
        listed = list(entries)
        times.append([one.student for one in listed])
        return whole(folder, listed, cache)

    monkeypatch.setattr(module, "named_students", noted)
    return times


def test_only_a_record_that_is_another_is_read_again(campus: Publications, read: list[list[str]]) -> None:
    assert campus.called() == {FIRST: "Eli Student", SECOND: "Freya Lindholm"}
    assert read == [[FIRST, SECOND]]
    assert campus.called() == {FIRST: "Eli Student", SECOND: "Freya Lindholm"}
    read.clear()
    campus.call(SECOND, "Perpetua Vane")
    assert campus.called() == {FIRST: "Eli Student", SECOND: "Perpetua Vane"}
    assert read == [[SECOND]]
    shutil.rmtree(campus.header(SECOND).parent)
    assert campus.called() == {FIRST: "Eli Student"}
    assert read == [[SECOND], []]


def test_a_file_that_was_saved_a_moment_ago_is_read_again_whatever_its_stamp_says(campus: Publications) -> None:
    """Saved twice within one tick of a clock, with a name as long as the one before."""
    stamps = time.time_ns()
    for name in ("Perpetua Vane", "Persephon Vin"):
        campus.call(SECOND, name)
        os.utime(campus.header(SECOND), ns=(stamps, stamps))
        assert campus.called()[SECOND] == name


def test_names_are_made_once_for_a_publication_whose_files_were_saved_just_now(campus: Publications) -> None:
    campus.names().everybody  # noqa: B018 - the first publication has read all of them
    campus.call(SECOND, "Perpetua Vane")
    assert campus.names() is campus.names()


def test_a_record_that_can_t_be_read_is_read_again_once_it_can(campus: Publications) -> None:
    sound = campus.header(SECOND).read_text(encoding="utf-8")
    assert SECOND in campus.called()
    campus.header(SECOND).write_text(": [", encoding="utf-8")
    assert campus.called() == {FIRST: "Eli Student", SECOND: ""}
    campus.header(SECOND).write_text(sound, encoding="utf-8")
    assert campus.called() == {FIRST: "Eli Student", SECOND: "Freya Lindholm"}


def test_a_name_that_is_undone_between_two_looks_at_the_file_is_not_kept(campus: Publications) -> None:
    """Its digest was taken of one version, and the name was read of the next."""
    assert campus.called()[FIRST] == "Eli Student"
    campus.call(FIRST, "Zoe Student")
    names = campus.names()
    campus.call(FIRST, "Mia Student")
    assert names.everybody.by_id[FIRST].full == "Mia Student"
    campus.call(FIRST, "Zoe Student")
    assert campus.called()[FIRST] == "Zoe Student"
