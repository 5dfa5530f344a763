"""Who decides about access works here: the first day and the last that count, and neighbours that stay silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus import shipped
from sendbook.campus.schemas import SchemaRegistry
from tests.checks_kit import found_in_records, tiny_campus

ON = date(2026, 11, 23)
REGISTRY = SchemaRegistry.load(shipped.schemas())
COVER = (
    "covers:\n  - {{id: c, student: 2TST, person: p-3ccc, role: senco, from: {since}, reason: R, approved_by: {by}}}\n"
)
WAIVER = (
    "waivers:\n  - {{id: w, rule: MTG-03, record: students/2TST/student, reason: R, owner: p-3ccc, until: {until}}}\n"
)


def codes(root: Path) -> set[str]:
    return {one.code for one in found_in_records(root, REGISTRY, ON)}


def add(file: Path, text: str) -> None:
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(before.rstrip("\n") + "\n" + text, encoding="utf-8")


@pytest.mark.parametrize(
    ("on", "wrong"), [("2020-08-31", True), ("2020-09-01", False), ("2026-10-23", False), ("2026-10-24", True)]
)
def test_an_account_is_decided_from_somebody_s_first_day_here_to_their_last(
    tmp_path: Path, on: str, wrong: bool
) -> None:
    root = tiny_campus(tmp_path)
    teacher = root / "records/people/p-3ccc.yml"
    teacher.write_text(teacher.read_text(encoding="utf-8").replace("staff:\n", "staff:\n  left_on: 2026-10-23\n"))
    decision = f"account_decision:\n  on: {on}\n  by: p-3ccc\n  reason: Asked for it.\n"
    add(root / "records/students/2TST/student.yml", f"sign_in:\n  email: eli@tiny.example\n{decision}")
    assert ("ACC-11" in codes(root)) is wrong


@pytest.mark.parametrize(
    ("since", "by", "wrong"),
    [
        ("2020-08-31", "p-2bbb", True),
        ("2020-09-01", "p-2bbb", False),
        ("2026-09-01", "p-3ccc", True),
        ("2026-09-01", "p-4ddd", True),
    ],
)
def test_a_cover_is_approved_by_somebody_else_who_worked_here_by_then(
    tmp_path: Path, since: str, by: str, wrong: bool
) -> None:
    root = tiny_campus(tmp_path)
    add(root / "records/access.yml", COVER.format(since=since, by=by))
    assert ("ACC-12" in codes(root)) is wrong


@pytest.mark.parametrize(
    ("left_on", "until", "wrong"),
    [("2026-11-22", "2026-12-18", True), ("2026-11-23", "2026-12-18", False), ("2026-11-22", "2026-11-22", False)],
)
def test_a_waiver_needs_another_owner_from_the_day_after_theirs_left_while_it_holds(
    tmp_path: Path, left_on: str, until: str, wrong: bool
) -> None:
    root = tiny_campus(tmp_path)
    teacher = root / "records/people/p-3ccc.yml"
    teacher.write_text(teacher.read_text(encoding="utf-8").replace("staff:\n", f"staff:\n  left_on: {left_on}\n"))
    add(root / "records/waivers.yml", WAIVER.format(until=until))
    assert ("WVR-04" in codes(root)) is wrong


@pytest.mark.parametrize(("by", "wrong"), [("p-2bbb", False), ("p-4ddd", True)])
def test_the_family_confirms_no_relation(tmp_path: Path, by: str, wrong: bool) -> None:
    root = tiny_campus(tmp_path)
    header = root / "records/students/2TST/student.yml"
    header.write_text(header.read_text(encoding="utf-8").replace("      by: p-1aaa\n", f"      by: {by}\n"))
    assert ("FAM-04" in codes(root)) is wrong
