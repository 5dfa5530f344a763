"""What has happened has no day still to come: the last good day is today, the first bad one tomorrow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.whole import inspect_records
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)
PLAN, PROFILE, STUDENT, MEETING = "plan.yml", "profile.yml", "student.yml", "meetings/2026-09-09.yml"
VOICE = "student_voice:\n  - id: start\n    on: {}\n    text: I like it.\n    share_with_family: true\n"
ACTION = "actions:\n  - id: call\n    what: Ring home.\n    who: p-1aaa\n    by: 2026-12-01\n    done_on: {}\n"

DAYS = [
    ("PLAN-09", PLAN, "agreed_on: 2026-09-09", "agreed_on: {}"),
    ("PLAN-09", PLAN, "        on: 2026-11-18", "        on: {}"),
    ("PLAN-09", PLAN, "      on: 2026-09-08", "      on: {}"),
    ("PLAN-09", PLAN, "      as_of: 2026-11-13", "      as_of: {}"),
    ("PLAN-09", PLAN, "    on: 2026-09-09\n    text: He", "    on: {}\n    text: He"),
    ("PLAN-09", PLAN, "    on: 2026-09-09\n    text: I", "    on: {}\n    text: I"),
    ("PLAN-09", PLAN, "      summary: Paired", "      staff_informed_on: {}\n      summary: Paired"),
    ("PRF-02", PROFILE, "state: agreed\n", "state: agreed\nagreed_on: {}\n"),
    ("MTG-05", MEETING, "shared_with_family_on: 2026-09-11", "shared_with_family_on: {}"),
    ("MTG-05", MEETING, "led_by: p-3ccc\n", "led_by: p-3ccc\n" + ACTION),
    ("MTG-05", MEETING, "led_by: p-3ccc\n", "led_by: p-3ccc\n" + VOICE),
    ("STU-06", STUDENT, "      on: 2025-09-04", "      on: {}"),
]


def codes(root: Path, registry: SchemaRegistry, name: str, before: str, after: str) -> list[tuple[str, str]]:
    """Code and place of what is found in the tiny campus's student with this change."""
    file = tiny_campus(root) / "records/students/2TST" / name
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    file.write_text(text.replace(before, after), encoding="utf-8")
    folder = CampusFolder(root, registry)
    found = inspect_records(folder, ON).findings
    assert all("2026" not in one.message + one.remedy for one in found), "a day of a record is for no log"
    return [(one.code, one.message) for one in found]


@pytest.mark.parametrize(("code", "name", "before", "after"), DAYS)
def test_a_day_of_what_has_happened_is_today_at_the_latest(
    code: str, name: str, before: str, after: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(tmp_path / "today", registry, name, before, after.format("2026-11-23")) == []
    assert codes(tmp_path / "tomorrow", registry, name, before, after.format("2026-11-24")) == [
        (code, "Here is a day that is still to come, for something that has happened.")
    ]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (PLAN, "in_force_from: 2026-09-10", "in_force_from: 2026-11-30"),
        (PROFILE, "state: agreed\n", "state: agreed\nin_force_from: 2027-01-06\n"),
        (MEETING, "led_by: p-3ccc\n", "led_by: p-3ccc\nnext_meeting: 2026-12-09\n"),
        (STUDENT, "from: 2025-10-01", "from: 2025-10-01\n    until: 2027-07-20"),
    ],
)
def test_a_day_that_is_planned_may_be_still_to_come(
    name: str, before: str, after: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(tmp_path, registry, name, before, after) == []


@pytest.mark.parametrize(
    ("state", "held", "found"),
    [
        ("draft", "2026-12-09", []),
        ("agreed", "2026-11-23", []),
        ("agreed", "2026-11-24", ["MTG-05"]),
    ],
)
def test_only_a_draft_is_of_a_meeting_still_to_come(
    state: str, held: str, found: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    """With its file named after its day; the September meeting stays where it is."""
    meetings = tiny_campus(tmp_path) / "records/students/2TST/meetings"
    text = (meetings / "2026-09-09.yml").read_text(encoding="utf-8").replace("2026-09-09", held)
    text = text.replace("state: agreed", f"state: {state}").replace("shared_with_family_on: 2026-09-11\n", "")
    (meetings / f"{held}.yml").write_text(text, encoding="utf-8")
    folder = CampusFolder(tmp_path, registry)
    assert [one.code for one in inspect_records(folder, ON).findings] == found


@pytest.mark.parametrize(("speaker", "found"), [("p-4ddd", []), ("p-1aaa", ["FAM-05"]), ("p-3ccc", ["FAM-05"])])
def test_words_of_the_family_are_from_somebody_of_this_family(
    speaker: str, found: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    """Under a colleague's id nobody in the family would read what they said themselves."""
    change = ("    from: p-4ddd\n", f"    from: {speaker}\n")
    assert [code for code, _ in codes(tmp_path, registry, PLAN, *change)] == found
