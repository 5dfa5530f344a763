"""The campus as a value: found by id, sorted, and derived without touching the one it came from."""

from __future__ import annotations

import pytest

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry


def record(record_id: str, **data: object) -> Record:
    student = record_id.split("/")[1] if record_id.startswith("students/") else None
    kind = record_id.rpartition("/")[2] if student else record_id.partition("/")[0]
    return Record(id=record_id, kind=kind, student=student, path=f"records/{record_id}.yml", digest="d", data=data)


@pytest.fixture
def campus(registry: SchemaRegistry) -> Campus:
    ids = [
        "students/8B2M/plan",
        "campus",
        "students/7Q4K/profile",
        "people/p-3f8q",
        "students/7Q4K/plan",
        "people/p-1a2b",
    ]
    return Campus([record(one) for one in ids], registry)


def test_records_are_found_by_id_kind_and_student_in_order(campus: Campus) -> None:
    assert campus.get("campus") == record("campus")
    assert campus.get("students/9X9X/plan") is None
    assert [one.id for one in campus.of_kind("people")] == ["people/p-1a2b", "people/p-3f8q"]
    assert campus.of_kind("meeting") == ()
    assert campus.students == ("7Q4K", "8B2M")
    assert [one.id for one in campus.of_student("7Q4K")] == ["students/7Q4K/plan", "students/7Q4K/profile"]
    assert campus.of_student("9X9X") == ()
    assert list(campus.records) == sorted(campus.records)
    assert len(campus) == 6


def test_the_shared_campus_has_no_students(campus: Campus) -> None:
    assert campus.shared.students == ()
    assert list(campus.shared.records) == ["campus", "people/p-1a2b", "people/p-3f8q"]
    assert campus.shared.shared is campus.shared


def test_a_derived_campus_replaces_and_adds_and_leaves_the_first_alone(campus: Campus) -> None:
    made = campus.shared.with_records([record("students/9X9X/plan"), record("campus", name="New")])
    assert made.students == ("9X9X",)
    assert made.records["campus"].data == {"name": "New"}
    assert campus.records["campus"].data == {}
    assert "9X9X" not in campus.students
    assert made.registry is campus.registry


def test_a_campus_is_its_records(campus: Campus) -> None:
    assert campus == Campus(reversed(campus.records.values()), campus.registry)
    assert campus != campus.shared
    assert hash(campus) == hash(campus.with_records([]))


def test_records_and_campus_can_not_be_changed(campus: Campus) -> None:
    with pytest.raises(TypeError):
        campus.records["x"] = record("x")  # type: ignore[index]
    with pytest.raises(AttributeError):
        campus.records["campus"].kind = "other"  # type: ignore[misc]


def test_what_a_record_says_is_not_in_its_repr() -> None:
    assert "Amira" not in repr(record("students/7Q4K/student", name="Amira"))
