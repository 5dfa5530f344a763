"""What the accessibility plan owes by when: the last good and the first bad day of each rule, and who owes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.terms import Terms
from sendbook.deadlines.deadline import Deadline, Owing, School, deadlines_of
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.document_kit import case_of
from tests.deadlines.test_document_days import plan, pointers

KIND = SchemaRegistry.load(schemas()).kinds["accessibility_plan"]
NO_CALENDAR = School(terms=Terms(terms=(), bank_holidays=frozenset()))
STEP = {
    "id": "AP-2024-27-A-01",
    "action": "Train every teacher.",
    "owner": "p-sit1",
    "start": "2025-09-04",
    "due": "2027-02-26",
    "status": "on_track",
}


def step(**facts: Any) -> dict[str, Any]:
    return {"actions": [{**STEP, **facts}]}


BOUNDARIES: tuple[tuple[str, dict[str, Any], date, str], ...] = (
    ("AP-5", step(), date(2027, 3, 31), "/cycle/end"),
    ("AP-7", step(start="2026-10-01", status="done"), date(2027, 10, 1), "/reviews"),
    ("AP-7", {"reviews": [{"id": "r1", "on": "2027-06-01"}], **step(status="done")}, date(2028, 6, 1), "/reviews"),
    ("AP-7", {"reviews": [{"id": "r1", "on": "2026-11-01"}], **step()}, date(2026, 9, 4), "/actions/0/id"),
    (
        "AP-7",
        {"reviews": [{"id": "r1", "on": "2026-11-01"}], **step(reviews=[{"on": "2026-09-20"}, {"on": "2026-03-01"}])},
        date(2027, 9, 20),
        "/actions/0/id",
    ),
    ("AP-8", step(due="2026-11-20"), date(2026, 11, 20), "/actions/0/due"),
    ("AP-18", step(), date(2027, 1, 29), "/next_review"),
    ("AP-30", step(status="not_started", start="2026-10-01"), date(2026, 10, 31), "/actions/0/status"),
)


@pytest.mark.parametrize(
    ("code", "facts", "last", "place"), BOUNDARIES, ids=[f"{one[0]} {one[2]}" for one in BOUNDARIES]
)
def test_it_is_found_from_the_day_after_its_last_day(code: str, facts: dict[str, Any], last: date, place: str) -> None:
    assert place not in pointers(code, plan(**facts), on=last)
    assert place in pointers(code, plan(**facts), on=last + timedelta(days=1))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-05-01", "2027-03-30", 35),
        ("2024-05-01", "2027-03-31", None),  # 35 months to the day
        ("2024-04-15", "2027-03-14", None),
        ("2024-04-15", "2027-03-13", 35),
        ("2024-05-01", "2027-05-31", None),  # 37 months to the day
        ("2024-04-01", "2027-05-01", 37),
        ("2024-04-15", "2027-05-14", None),
        ("2024-04-15", "2027-05-15", 37),
        ("2024-04-01", "2026-06-30", 27),
        ("2027-04-01", "2024-03-31", 0),
    ],
)
def test_a_cycle_may_be_a_month_shorter_or_longer_than_three_years_and_not_a_day_more(
    start: str, end: str, months: int | None
) -> None:
    (rule,) = (one for one in RULE_BOOK.documents if one.id == "AP-5")
    case = case_of(more=(plan(cycle={"start": start, "end": end}),), on=date(2026, 11, 23))
    found = [(spot.pointer, spot.message) for spot in rule.test(case) if not spot.in_time]
    said = f"The cycle is about {months} months long."
    assert found == ([] if months is None else [("/cycle/end", said)])


@pytest.mark.parametrize("status", ["done", "dropped"])
@pytest.mark.parametrize("code", ["AP-7", "AP-8", "AP-30"])
def test_nothing_is_asked_of_a_step_that_is_over(code: str, status: str) -> None:
    record = plan(reviews=[{"id": "r1", "on": "2027-03-01"}], **step(status=status, due="2026-11-20"))
    assert pointers(code, record, on=date(2027, 3, 20)) == []


def test_a_step_that_is_under_way_need_not_begin() -> None:
    assert pointers("AP-30", plan(**step(start="2026-01-01")), on=date(2026, 11, 23)) == []


def owed(**facts: Any) -> dict[str, Deadline]:
    owing = Owing(campus={"contacts": {"senco": "p-sen1"}})
    return {one.what: one for one in deadlines_of([(KIND, plan(**facts))], NO_CALENDAR, owing=owing)}


def test_what_the_plan_owes_is_said_with_its_day_and_the_person_who_owes_it() -> None:
    assert {what: (one.by.isoformat(), one.owed_by) for what, one in owed(**step()).items()} == {
        "Review the accessibility plan": ("2027-01-29", "p-sen1"),
        "Have the next accessibility plan approved": ("2027-03-31", "p-sen1"),
        "Finish: Train every teacher": ("2027-02-26", "p-sit1"),
        "Say in a review how this is going: Train every teacher": ("2026-09-04", "p-sit1"),
    }
    assert owed(**step(status="not_started"))["Begin: Train every teacher"].by == date(2025, 10, 4)


def test_a_step_that_names_nobody_is_owed_by_nobody() -> None:
    assert (
        owed(actions=[{key: STEP[key] for key in ("id", "action", "due", "status")}])[
            "Finish: Train every teacher"
        ].owed_by
        == ""
    )


@pytest.mark.parametrize("hidden", ["actions", "owners"])
def test_who_does_not_see_a_step_or_its_owner_is_not_told_of_its_day(hidden: str) -> None:
    seen = {("accessibility_plan", part) for part in KIND.parts} - {("accessibility_plan", hidden)}
    told = {one.what for one in deadlines_of([(KIND, plan(**step()))], NO_CALENDAR, seen=seen)}
    assert told == {"Review the accessibility plan", "Have the next accessibility plan approved"}


def test_who_does_not_see_the_reviews_of_a_step_is_not_told_that_one_is_owed() -> None:
    seen = {("accessibility_plan", part) for part in KIND.parts} - {("accessibility_plan", "working")}
    told = {one.what for one in deadlines_of([(KIND, plan(**step()))], NO_CALENDAR, seen=seen)}
    assert "Finish: Train every teacher" in told
    assert not [one for one in told if one.startswith("Say in a review")]
