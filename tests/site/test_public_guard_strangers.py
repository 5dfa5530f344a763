"""Students who come to the campus or leave it are looked for in what is public, whatever was read before."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.contacts import contacts_of
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.public_guard import Objects, Strangers, look_at
from tests.checks_kit import tiny_campus

ELI, FREYA = "records/students/2TST/student.yml", "records/students/3SYN/student.yml"
MOTHER = "people/p-4ddd"
#: A file saved so long ago is known again by its time.
_LONG_AGO = 1_700_000_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tiny_campus(tmp_path / "campus")
    for file in made.rglob("*.yml"):
        os.utime(file, (_LONG_AGO, _LONG_AGO))
    return made


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ParseCache]:
    with ParseCache(tmp_path / "cache.db") as opened:
        yield opened


def strangers(root: Path, registry: SchemaRegistry, cache: ParseCache | None) -> Strangers:
    folder = CampusFolder(root, registry)
    scan = folder.scan()
    return Strangers(folder=folder, shared=folder.load(scan.unit(SHARED), cache).campus, scan=scan, cache=cache)


def add_freya(root: Path) -> None:
    text = (root / ELI).read_text(encoding="utf-8").replace("2TST", "3SYN").replace("Eli Student", "Freya Lindholm")
    (root / FREYA).parent.mkdir()
    (root / FREYA).write_text(text, encoding="utf-8")


def test_each_student_is_counted_whether_or_not_the_record_was_read_before(
    root: Path, registry: SchemaRegistry, cache: ParseCache
) -> None:
    alone = strangers(root, registry, cache).students
    assert alone.keys() == {ELI}
    assert strangers(root, registry, cache).students == alone, "from what is remembered"
    add_freya(root)
    both = strangers(root, registry, cache).students
    assert both.keys() == {ELI, FREYA}
    assert both[ELI] == alone[ELI]
    assert both == strangers(root, registry, None).students


def test_who_came_and_who_went_are_found_by_all_their_names(
    root: Path, registry: SchemaRegistry, cache: ParseCache
) -> None:
    before = strangers(root, registry, cache).students
    add_freya(root)
    now = strangers(root, registry, cache)
    came = now.came_or_went(before, now.people)
    assert came is not None
    assert ("freya", "lindholm") in {one.words for one in came.words}
    assert ("eli", "student") not in {one.words for one in came.words}, "he was here before"
    (root / ELI).unlink()
    went = strangers(root, registry, cache).came_or_went(now.students, now.people)
    assert went is not None
    assert ("eli", "student") in {one.words for one in went.words}
    assert strangers(root, registry, cache).came_or_went({FREYA: now.students[FREYA]}, now.people) is not None


def test_where_an_earlier_name_is_known_no_more_nobody_can_say_who_came_or_went(
    root: Path, registry: SchemaRegistry, cache: ParseCache
) -> None:
    """Then all that is public is looked through again."""
    now = strangers(root, registry, cache)
    assert now.came_or_went({**now.students, ELI: "a digest that nothing is kept of"}, now.people) is None
    assert now.came_or_went(now.students, {**now.people, MOTHER: "a digest that nothing is kept of"}) is None
    assert strangers(root, registry, None).came_or_went({}, {}) is None


def test_of_a_person_who_is_another_now_both_are_looked_for(
    root: Path, registry: SchemaRegistry, cache: ParseCache
) -> None:
    before = strangers(root, registry, cache)
    path = root / f"records/{MOTHER}.yml"
    text = path.read_text(encoding="utf-8").replace("Dee Mother", "Imke Dorn")
    path.write_text(text.replace("  email:", "  phone: 07700 900123\n  email:"), encoding="utf-8")
    now = strangers(root, registry, cache)
    assert (now.others, now.students) == (before.others, before.students)
    found = now.came_or_went(before.students, before.people)
    assert found is not None
    assert {("imke", "dorn"), ("dee", "mother")} <= {one.words for one in found.words}
    assert any(number.endswith("7700900123") for number in found.numbers)


def test_a_contact_who_is_another_now_is_no_stranger(root: Path, registry: SchemaRegistry, cache: ParseCache) -> None:
    """Who may be named, and by which words, decides for everybody else."""
    before = strangers(root, registry, cache)
    (contact, *_) = sorted(contacts_of(before.shared))
    assert f"people/{contact}" not in before.people
    path = root / f"records/people/{contact}.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}family:\n  phone: 07700 900123\n", encoding="utf-8")
    now = strangers(root, registry, cache)
    assert (now.others != before.others, now.people) == (True, before.people)


def test_where_a_contact_goes_what_stood_beside_the_name_is_somebody_s_initial(
    root: Path, registry: SchemaRegistry, cache: ParseCache
) -> None:
    """“Mr Bolton P” says nothing of Petra Bolton while Mr Bolton may be named."""
    add_freya(root)
    student = root / FREYA
    student.write_text(student.read_text(encoding="utf-8").replace("Freya Lindholm", "Petra Bolton"), encoding="utf-8")
    with_contact = strangers(root, registry, cache)
    contact = min(contacts_of(with_contact.shared))
    path = root / f"records/people/{contact}.yml"
    name = re.compile(r"^  full: .*\n  known_as: .*$", re.MULTILINE)
    for called in ("full: Ade Bolton\n  known_as: Mr Bolton", "full: Ade Bello\n  known_as: Mr Bello"):
        path.write_text(name.sub(f"  {called}", path.read_text(encoding="utf-8")), encoding="utf-8")
        if "Bolton" in called:
            sent = Objects(digest="same", files=lambda: {"/a/": b"<p>Mr Bolton</p> P"}, sources=dict)
            first = look_at(sent, strangers(root, registry, cache), None)
            assert first.findings == ()
    again = look_at(sent, strangers(root, registry, cache), first)
    assert [one.code for one in again.findings] == ["leak-name"]
