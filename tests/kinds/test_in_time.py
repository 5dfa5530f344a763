"""Each rule about a deadline has a last good day, and finds it the day after."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.whole import inspect_records
from sendbook.deadlines.rules import OVERDUE
from sendbook.kinds.meeting.rules import in_time as of_meetings
from sendbook.kinds.plan.rules import in_time as of_plans
from sendbook.kinds.profile import rules as of_profiles
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus

STUDENT = "records/students/2TST"
MEETING = "meetings/2026-09-09.yml"


PLAN, PROFILE = "plan.yml", "profile.yml"
ACTION = "actions:\n  - id: book\n    what: Order the book.\n    who: p-3ccc\n    by: 2026-11-20\n"
Change = tuple[str, str, str]


def folder(root: Path, registry: SchemaRegistry, change: Change | None = None) -> CampusFolder:
    """The tiny campus, with something changed in a file of its student."""
    tiny_campus(root)
    if change is not None:
        name, before, after = change
        path = root / STUDENT / name
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, before
        path.write_text(text.replace(before, after), encoding="utf-8")
    return CampusFolder(root, registry)


def places(campus: CampusFolder, on: date, code: str) -> list[tuple[str, str]]:
    """Where the rule of a code finds something."""
    found = inspect_records(campus, on, rules=RULE_BOOK).findings
    return [(one.path.removeprefix(f"{STUDENT}/"), one.pointer) for one in found if one.code == code]


CASES: tuple[tuple[str, Change | None, date, tuple[str, str]], ...] = (
    ("PLAN-02", None, date(2026, 12, 10), (PLAN, "/review_due")),
    ("PRF-01", (PROFILE, "state: agreed\n", "state: agreed\nreview_by: 2027-07-01\n"), date(2027, 7, 1),
     (PROFILE, "/review_by")),
    ("TGT-09", (PLAN, "by_date: 2026-12-09", "by_date: 2027-02-10"), date(2026, 12, 30),
     (PLAN, "/targets/0/progress")),
    ("TGT-10", None, date(2026, 12, 9), (PLAN, "/targets/0")),
    ("MTG-01", None, date(2026, 12, 30), ("student.yml", "/status")),
    ("MTG-02", (MEETING, "shared_with_family_on: 2026-09-11\n", ""), date(2026, 9, 23), (MEETING, "/date")),
    ("MTG-04", (MEETING, "led_by: p-3ccc\n", f"led_by: p-3ccc\n{ACTION}"), date(2026, 11, 20),
     (MEETING, "/actions/0/by")),
)  # fmt: skip


@pytest.mark.parametrize(("code", "change", "last", "place"), CASES, ids=[case[0] for case in CASES])
def test_it_is_found_from_the_day_after_its_last_day(
    tmp_path: Path, registry: SchemaRegistry, code: str, change: Change | None, last: date, place: tuple[str, str]
) -> None:
    campus = folder(tmp_path, registry, change)
    assert places(campus, last, code) == []
    assert places(campus, last + timedelta(days=1), code) == [place]


THERE = "family_present:\n  - person: p-4ddd\n    as: mother\n"
DRAFT = ("state: agreed\n", "state: draft\n")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (THERE, THERE, False),
        (THERE, "", True),
        (THERE, f"{THERE}    apologies: true\n", True),
        (*DRAFT, True),
        (DRAFT[0], f"{DRAFT[1]}agreed:\n  - id: a\n    text: Go on.\n", False),
    ],
    ids=["somebody came", "nobody came", "apologies", "only planned", "a draft of what was said"],
)
def test_a_meeting_counts_if_it_was_held_and_somebody_of_the_family_was_there(
    tmp_path: Path, registry: SchemaRegistry, before: str, after: str, told: bool
) -> None:
    """On the last day on which the meeting of September is enough; the status began a year before."""
    campus = folder(tmp_path, registry, (MEETING, before, after))
    assert places(campus, date(2026, 12, 30), "MTG-01") == ([("student.yml", "/status")] if told else [])


@pytest.mark.parametrize(
    ("sort", "decides", "told"),
    [
        ("student_conversation", "student", False),
        ("student_conversation", "parent", True),
        ("staff_meeting", "student", True),
    ],
)
def test_once_the_student_decides_a_conversation_with_them_counts(
    tmp_path: Path, registry: SchemaRegistry, sort: str, decides: str, told: bool
) -> None:
    campus = folder(tmp_path, registry, (MEETING, f"{THERE}", ""))
    for name, before, after in (
        (MEETING, "type: parent_review\n", f"type: {sort}\n"),
        ("student.yml", "decides: parent\n", f"decides: {decides}\n"),
    ):
        path = tmp_path / STUDENT / name
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert places(campus, date(2026, 12, 30), "MTG-01") == ([("student.yml", "/status")] if told else [])


def test_a_meeting_of_a_day_to_come_is_no_meeting_yet(tmp_path: Path, registry: SchemaRegistry) -> None:
    campus = folder(tmp_path, registry, (MEETING, "date: 2026-09-", "date: 2027-09-"))
    assert places(campus, date(2026, 12, 30), "MTG-01") == [("student.yml", "/status")]


DONE: tuple[tuple[str, Change], ...] = (
    ("MTG-04", (MEETING, "led_by: p-3ccc\n", f"led_by: p-3ccc\n{ACTION}    done_on: 2026-11-27\n")),
    (
        "TGT-10",
        (
            PLAN,
            "    progress:\n",
            "    result:\n      outcome: met\n      value: 80\n      on: 2026-12-14\n    progress:\n",
        ),
    ),
    ("PLAN-02", (PLAN, "state: agreed\n", "state: draft\n")),
)


@pytest.mark.parametrize(("code", "change"), DONE, ids=[case[0] for case in DONE])
def test_what_is_done_or_still_a_draft_is_not_late(
    tmp_path: Path, registry: SchemaRegistry, code: str, change: Change
) -> None:
    assert places(folder(tmp_path, registry, change), date(2026, 12, 15), code) == []


def test_the_draft_next_to_a_plan_is_not_late_in_its_place(tmp_path: Path, registry: SchemaRegistry) -> None:
    """Nor is a copy of it that somebody has agreed and not moved yet."""
    campus = folder(tmp_path, registry)
    draft = tmp_path / STUDENT / "drafts/plan.yml"
    draft.parent.mkdir()
    draft.write_bytes((tmp_path / STUDENT / PLAN).read_bytes())
    assert places(campus, date(2026, 12, 15), "PLAN-02") == [(PLAN, "/review_due")]


def test_a_due_that_a_rule_words_itself_is_no_second_finding(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert places(folder(tmp_path, registry), date(2027, 9, 1), OVERDUE) == []


def test_every_rule_with_a_code_of_its_own_is_asked_here() -> None:
    rules = (*of_plans.RULES, *of_meetings.RULES, *of_profiles.RULES.student)
    assert sorted(rule.id for rule in rules) == sorted(case[0] for case in CASES)
