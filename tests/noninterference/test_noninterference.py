"""Promise one: change anything a reader may not see, and every byte they can fetch stays the same.

Pages, lists, search index, home page, files, the page for what is not there: the whole export is compared.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.records import Campus
from tests.conftest import Site
from tests.noninterference.conftest import Find
from tests.noninterference.oracle import visible
from tests.noninterference.sites import differences, site_of
from tests.noninterference.worlds import with_hidden_changed, with_hidden_removed, with_hidden_student_added

#: One of each sort: readers who have a relation of their own to the records.
READERS = {
    "teacher": "p-kp3j",
    "support assistant": "p-r0zr",
    "exams officer who is a parent": "p-h75a",
    "mother in one household": "p-1ge7",
    "father without responsibility": "p-704x",
    "father kept out by a court": "p-j3d2",
    "mother of a student who decides": "p-yt97",
    "student": "7NVF",
    "committee member": "p-r4jh",
    "principal": "p-6xmg",
}


def assert_no_byte_changes(reader: str, campus: Campus, other: Campus, example: Site, folder: Path) -> None:
    """Two campuses that are the same to a reader give that reader the same site."""
    assert visible(other, reader) == visible(campus, reader)
    one = site_of(campus, reader, example, folder / "one")
    assert differences(one, site_of(other, reader, example, folder / "other")) == []


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["mother in one household", pytest.param("teacher", marks=pytest.mark.slow)])
def test_among_a_few_students_hidden_values_can_change_and_no_byte_does(
    sort: str, few: Campus, hidden_changed: Find, example_site: Site, tmp_path: Path
) -> None:
    """The sample that is looked at each time; all sorts of reader, with all students, are among the slow runs."""
    reader = READERS[sort]
    other, changed = hidden_changed(few, reader)
    assert changed > 100, "a test that changes next to nothing proves next to nothing"
    assert_no_byte_changes(reader, few, other, example_site, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_hidden_values_can_change_and_no_byte_does(
    reader: str, campus: Campus, example_site: Site, tmp_path: Path
) -> None:
    other, changed = with_hidden_changed(campus, reader)
    assert changed > 100, "a test that changes next to nothing proves next to nothing"
    assert_no_byte_changes(reader, campus, other, example_site, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["mother in one household", "student"])
def test_hidden_records_and_fields_can_go_and_no_byte_does(
    sort: str, campus: Campus, example_site: Site, tmp_path: Path
) -> None:
    reader = READERS[sort]
    other, removed = with_hidden_removed(campus, reader)
    assert removed > 20
    assert_no_byte_changes(reader, campus, other, example_site, tmp_path)


def test_among_a_few_students_a_hidden_one_can_come_and_no_byte_changes(
    few: Campus, example_site: Site, tmp_path: Path
) -> None:
    """The sample that is looked at each time; more sorts of reader, with all students, are among the slow runs."""
    reader = READERS["mother in one household"]
    other = with_hidden_student_added(few, reader)
    assert other is not None
    assert_no_byte_changes(reader, few, other, example_site, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["teacher", "support assistant", "student", "committee member"])
def test_a_hidden_student_can_come_and_no_byte_changes(
    sort: str, campus: Campus, example_site: Site, tmp_path: Path
) -> None:
    reader = READERS[sort]
    other = with_hidden_student_added(campus, reader)
    assert other is not None
    one = site_of(campus, reader, example_site, tmp_path / "one")
    assert differences(one, site_of(other, reader, example_site, tmp_path / "other")) == []


@pytest.mark.slow
def test_for_any_reader_hidden_values_can_change_and_no_byte_does(
    campus: Campus, example_site: Site, tmp_path: Path
) -> None:
    people = [record.id.rpartition("/")[2] for record in campus.of_kind("person")]
    students = [str(record.student) for record in campus.of_kind("student") if "sign_in" in record.data]
    leaking = {}
    sighted = [reader for reader in [*people, *students] if visible(campus, reader)]
    for reader in sighted[3::9]:  # those who stand for a sort of their own are looked at above
        other, _ = with_hidden_changed(campus, reader)
        one = site_of(campus, reader, example_site, tmp_path / f"{reader}-one")
        found = differences(one, site_of(other, reader, example_site, tmp_path / f"{reader}-other"))
        if found:
            leaking[reader] = found
    assert leaking == {}
