"""Nothing is asked of a student who has left; what contradicts itself in their record still is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Severity
from tests.checks_kit import found_in_records, tiny_campus

# Long past every day in the tiny campus's records.
ON = date(2027, 7, 1)


def _codes(root: Path, registry: SchemaRegistry, on: date = ON) -> set[str]:
    found = found_in_records(root, registry, on)
    return {finding.code for finding in found if "/students/" in finding.path}


def _left(root: Path, last_day: str) -> None:
    path = root / "records/students/2TST/student.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("on_roll:\n") == 1
    path.write_text(text.replace("on_roll:\n", f"on_roll:\n  until: {last_day}\n"), encoding="utf-8")


def test_a_leaver_is_asked_for_no_plan_review_or_meeting(tmp_path: Path, registry: SchemaRegistry) -> None:
    root = tiny_campus(tmp_path)
    assert {"PLAN-02", "MTG-01"} <= _codes(root, registry)
    _left(root, "2027-06-30")
    assert _codes(root, registry) == set()


def test_until_the_last_day_is_over_everything_is_asked(tmp_path: Path, registry: SchemaRegistry) -> None:
    root = tiny_campus(tmp_path)
    _left(root, "2027-07-01")
    assert {"PLAN-02", "MTG-01"} <= _codes(root, registry, date(2027, 7, 1))
    assert _codes(root, registry, date(2027, 7, 2)) == set()


def test_a_contradiction_in_a_leavers_record_is_still_an_error(tmp_path: Path, registry: SchemaRegistry) -> None:
    root = tiny_campus(tmp_path)
    _left(root, "1999-01-01")
    found = found_in_records(root, registry, ON)
    assert [(one.code, one.severity) for one in found if "/students/" in one.path] == [("PLAN-07", Severity.ERROR)]


@pytest.mark.parametrize("code", ["PLAN-01", "PRF-01"])
def test_a_missing_record_is_not_asked_of_a_leaver(code: str, tmp_path: Path, registry: SchemaRegistry) -> None:
    root = tiny_campus(tmp_path)
    name = {"PLAN-01": "plan", "PRF-01": "profile"}[code]
    (root / f"records/students/2TST/{name}.yml").unlink()
    assert code in _codes(root, registry)
    _left(root, "2027-06-30")
    assert code not in _codes(root, registry)
