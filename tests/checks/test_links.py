"""What points to nothing is told; what points to something nobody can read is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.reporters import as_json
from sendbook.checks.whole import inspect_records
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    tiny_campus(tmp_path / "campus")
    return tmp_path / "campus"


def found(root: Path) -> list[tuple[str, str]]:
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    return [(one.path, one.code) for one in inspect_records(folder, ON).findings]


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
    (finding,) = [one for one in inspect_records(folder, ON).findings if one.code == "same-id-twice"]
    assert "two entries have the same “on”" in finding.message
    assert finding.remedy.startswith("Give one of them “id: second”")
    path.write_text(
        path.read_text(encoding="utf-8").replace("- value: 3", "- id: second\n        value: 3", 1), "utf-8"
    )
    assert "same-id-twice" not in {code for _, code in found(root)}


def test_a_file_called_after_somebody_is_not_named_in_a_log(root: Path) -> None:
    (root / "records/people/p-3ccc.yml").rename(root / "records/people/amelia-smith.yml")
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    (finding,) = [one for one in inspect_records(folder, ON).findings if one.code == "id-not-path"]
    assert finding.hint == "The path says “amelia-smith”."
    assert "amelia" not in as_json([finding])
