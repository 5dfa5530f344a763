"""Rules about the student's own record, looked at from other days than the example's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus


def codes(root: Path, on: date) -> list[str]:
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    return [finding.code for finding in inspect_records(folder, on, rules=RULE_BOOK).findings]


@pytest.mark.parametrize(("on", "told"), [("2025-09-30", False), ("2025-10-01", False), ("2026-08-02", True)])
def test_types_of_need_contradict_no_status_before_the_first_has_begun(tmp_path: Path, on: str, *, told: bool) -> None:
    """They do once it has ended: then the student has no SEND, and the types should go."""
    student = tiny_campus(tmp_path) / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8")
    student.write_text(
        text.replace("from: 2025-10-01\n", "from: 2025-10-01\n    until: 2026-08-01\n"), encoding="utf-8"
    )
    assert ("STU-01" in codes(tmp_path, date.fromisoformat(on))) is told


@pytest.mark.parametrize(
    ("needs", "status", "told"),
    [
        ("NSA", "K", False),
        ("NSA\n    rank: 2\n  - id: other\n    type: OTH", "K", True),
        ("NSA", "E", True),
        ("SPLD", "E", False),
    ],
    ids=["alone", "with another", "with an EHC plan", "assessed, with an EHC plan"],
)
def test_not_yet_assessed_stands_alone_and_with_support_in_school_only(
    tmp_path: Path, needs: str, status: str, *, told: bool
) -> None:
    student = tiny_campus(tmp_path) / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8").replace("code: K", f"code: {status}")
    student.write_text(text.replace("type: SPLD", f"type: {needs}"), encoding="utf-8")
    folder = CampusFolder(tmp_path, SchemaRegistry.load(schemas()))
    found = inspect_records(folder, date(2026, 11, 23), rules=RULE_BOOK).findings
    assert any(one.code == "STU-01" and one.message.startswith("NSA") for one in found) is told


def test_a_folder_without_the_student_s_own_record_is_one_mistake_and_stops_no_rule(tmp_path: Path) -> None:
    (tiny_campus(tmp_path) / "records/students/2TST/student.yml").unlink()
    assert codes(tmp_path, date(2026, 11, 23)) == ["STU-05"]


@pytest.mark.parametrize(("on", "told"), [("2026-09-12", False), ("2026-09-13", True), ("2027-01-03", True)])
def test_who_decides_is_asked_from_a_term_before_the_18th_birthday(tmp_path: Path, on: str, *, told: bool) -> None:
    student = tiny_campus(tmp_path) / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8").replace("born: 2014-02-03", "born: 2009-01-03")
    student.write_text(text, encoding="utf-8")
    assert ("STU-03" in codes(tmp_path, date.fromisoformat(on))) is told
    decided = text + "  - id: own\n    decides: student\n    from: 2027-01-03\n"
    student.write_text(
        decided.replace("from: 2025-09-04\n  - id: own", "from: 2025-09-04\n    until: 2027-01-02\n  - id: own")
    )
    assert "STU-03" not in codes(tmp_path, date.fromisoformat(on))
