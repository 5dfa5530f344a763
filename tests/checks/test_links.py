"""What points to nothing is told; what points to something nobody can read is not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.reporters import as_json
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.campus.small_schemas import field, group, kind
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    tiny_campus(tmp_path / "campus")
    return tmp_path / "campus"


def found(root: Path) -> list[tuple[str, str]]:
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    return [(one.path, one.code) for one in inspect_records(folder, ON, rules=RULE_BOOK).findings]


def change(root: Path, before: str, after: str) -> None:
    path = root / "records" / "campus.yml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_what_points_to_an_entry_that_was_taken_out_is_told(root: Path) -> None:
    change(root, "id: words-a-minute", "id: words-an-hour")
    assert "link-to-nothing" in {code for _, code in found(root)}


def test_a_campus_record_that_can_not_be_read_is_one_finding(root: Path) -> None:
    change(root, "id:", "id: [")
    assert [path for path, _ in found(root)] == ["records/campus.yml"]


def test_a_list_of_the_wrong_shape_is_one_finding(root: Path) -> None:
    change(root, "measures:\n", "measures: 3\nothers:\n")
    assert {path for path, _ in found(root)} == {"records/campus.yml"}


def test_the_second_measurement_of_a_day_is_asked_for_a_name_of_its_own(root: Path) -> None:
    path = root / "records/students/2TST/plan.yml"
    text = path.read_text(encoding="utf-8")
    measured = "      - value: 3\n        on: 2026-11-02\n"
    assert "    progress:\n" in text
    path.write_text(text.replace("    progress:\n", f"    progress:\n{measured}{measured}", 1), encoding="utf-8")
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    (finding,) = [one for one in inspect_records(folder, ON, rules=RULE_BOOK).findings if one.code == "same-id-twice"]
    assert "two entries have the same “on”" in finding.message
    assert finding.remedy.startswith("Give one of them “id: second”")
    path.write_text(
        path.read_text(encoding="utf-8").replace("- value: 3", "- id: second\n        value: 3", 1), "utf-8"
    )
    assert "same-id-twice" not in {code for _, code in found(root)}


def test_a_file_called_after_somebody_is_not_named_in_a_log(root: Path) -> None:
    (root / "records/people/p-3ccc.yml").rename(root / "records/people/amelia-smith.yml")
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    (finding,) = [one for one in inspect_records(folder, ON, rules=RULE_BOOK).findings if one.code == "id-not-path"]
    assert finding.hint == "The path says “amelia-smith”."
    assert "amelia" not in as_json([finding])


VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "serves": field(type="array", items=field(title="Serves", **{"x-link": "plan#/targets"})),
        "after": field(title="After", **{"x-link": "visit"}),
        "trip": field(title="Trip", pattern="^[a-z-]+$", **{"x-link": "trip"}),
    },
    title="Home visit",
)
TRIP = kind(
    "trip",
    "trips/{id}.yml",
    {
        "name": field(),
        "going": field(
            type="array",
            items=group(
                {
                    "student": field(title="Student", **{"x-link": "student"}),
                    "for": field(title="For", **{"x-link": {"to": "plan#/targets", "of": "student"}}),
                }
            ),
        ),
    },
)


def with_visits(root: Path, **records: str) -> list[Finding]:
    """What is found at links in records of two kinds of the campus's own."""
    (root / "schemas").mkdir()
    for schema in (VISIT, TRIP):
        (root / f"schemas/{schema['x-kind']}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    places = {"visit": "students/2TST/visits/first.yml", "trip": "trips/zoo.yml"}
    for name, text in records.items():
        path = root / "records" / places[name]
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    registry = SchemaRegistry.load(schemas(), root / "schemas")
    findings = inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings
    return [one for one in findings if "visits/" in one.path or "trips/" in one.path]


def described(finding: Finding) -> dict[str, Any]:
    wanted = ("path", "line", "column", "code", "severity", "message", "hint")
    return {name: getattr(finding, name) for name in wanted}


def test_a_link_into_the_plan_of_the_same_student_is_followed(root: Path) -> None:
    assert with_visits(root, visit="serves: [pace]\n") == []


def test_a_broken_link_into_the_plan_is_told_with_what_was_meant(root: Path) -> None:
    (finding,) = with_visits(root, visit="serves:\n  - pacee\n")
    assert described(finding) == {
        "path": "records/students/2TST/visits/first.yml",
        "line": 2,
        "column": 5,
        "code": "link-to-nothing",
        "severity": Severity.ERROR,
        "message": "“Serves” leads to nothing: there is no such entry of targets.",
        "hint": "Did you mean “- pace”?",
    }


def test_a_link_to_another_record_of_the_campuss_own_kinds_is_followed(root: Path) -> None:
    found = with_visits(root, visit="after: first\ntrip: zoo\n", trip="name: The zoo\n")
    assert found == []


def test_where_there_is_nothing_to_link_to_the_place_is_named_as_the_schema_has_it(root: Path) -> None:
    after, trip = with_visits(root, visit="after: last\ntrip: farm\n")
    assert (after.message, trip.message) == (
        "“After” leads to nothing: there is no such home visit.",
        "“Trip” leads to nothing: there is no such trip.",
    )
    assert after.hint == "In records/students/2TST/visits there is: first."
    assert trip.hint == "There is none in records/trips yet."


def test_a_link_from_the_campuss_records_into_a_students_is_followed_in_the_students_turn(root: Path) -> None:
    text = "name: The zoo\ngoing:\n  - student: 2TST\n    for: {}\n"
    assert with_visits(root, trip=text.format("pace")) == []


def test_a_broken_one_is_a_warning_as_no_page_of_the_student_rests_on_it(root: Path) -> None:
    (finding,) = with_visits(root, trip="name: The zoo\ngoing:\n  - student: 2TST\n    for: pacee\n")
    assert described(finding) == {
        "path": "records/trips/zoo.yml",
        "line": 4,
        "column": 5,
        "code": "link-to-nothing",
        "severity": Severity.WARNING,
        "message": "“For” leads to nothing: there is no such entry of targets.",
        "hint": "Did you mean “for: pace”?",
    }


def test_a_name_in_the_place_of_an_id_is_answered_with_what_to_write(root: Path) -> None:
    (finding,) = with_visits(root, visit="trip: The zoo!\n", trip="name: The zoo\n")
    assert finding.code == "wrong-format"
    assert "It is an id, not a name: the name of the trip's file in records/trips, without .yml." in finding.remedy
    assert "zoo" in finding.hint


def test_where_the_student_is_wrong_the_student_alone_is_told_of(root: Path) -> None:
    (finding,) = with_visits(root, trip="name: The zoo\ngoing:\n  - student: 9ZZZ\n    for: pace\n")
    assert (finding.pointer, finding.severity) == ("/going/0/student", Severity.ERROR)
