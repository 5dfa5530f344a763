"""The days at the top of a document and in the accessibility plan: the last good and the first bad day of each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.checks.documents import PLAN, REPORT, Document
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import Spot
from sendbook.kinds.accessibility_plan import PLAN_RECORD
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.document_kit import ON, asked, case_of, document

_RULES = {rule.id: rule for rule in RULE_BOOK.every}


def report(kind: str = REPORT, **facts: str | None) -> Document:
    """A page that was read through on 14 September and approved on 24 September 2026."""
    days: dict[str, Any] = {"last_reviewed": "2026-09-14", "approved_on": "2026-09-24", "review_by": "2027-09-13"}
    return replace(document("Text.", kind=kind), **{**days, **facts})


def plan(**facts: Any) -> Record:
    data = {
        "id": "accessibility-2024-27",
        "cycle": {"start": "2024-04-01", "end": "2027-03-31"},
        "approval": {"on": "2026-09-24"},
        "audit": {"on": "2024-02-20"},
        "reviews": [{"id": "r1", "on": "2026-09-14"}],
        "next_review": "2027-01-29",
        "actions": [{"id": "AP-2024-27-A-01", "start": "2025-09-04"}],
    }
    return Record(id=PLAN_RECORD, kind="accessibility_plan", student=None, path="records/accessibility-plan.yml",
                  digest="0", data={**data, **facts})  # fmt: skip


def pointers(code: str, record: Record, page: Document | None = None, on: date = ON) -> list[str]:
    pages = (page,) if page else ()
    spots: list[Spot | PageSpot] = list(_RULES[code].test(case_of(*pages, more=(record,), on=on)))
    return [spot.pointer for spot in spots]


@pytest.mark.parametrize(
    ("on", "found"), [(date(2027, 9, 14), []), (date(2027, 9, 15), ["/last_reviewed"])], ids=["last day", "day after"]
)
def test_a_page_is_read_through_within_a_year(on: date, found: list[str]) -> None:
    page = case_of(report(review_by="2028-01-01"), on=on)
    assert [spot.pointer for spot in asked("DOC-10", page)] == found


@pytest.mark.parametrize(
    ("on", "found"), [(date(2027, 9, 13), []), (date(2027, 9, 14), ["/review_by"])], ids=["last day", "day after"]
)
def test_a_page_is_reviewed_by_its_day(on: date, found: list[str]) -> None:
    assert [spot.pointer for spot in asked("DOC-11", case_of(report(), on=on))] == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"last_reviewed": "2026-11-23", "review_by": "2027-11-22"}, []),
        ({"last_reviewed": "2026-11-24", "review_by": "2027-11-23"}, ["/last_reviewed"]),
        ({"changed_on": "2026-11-23"}, []),
        ({"changed_on": "2026-11-24"}, ["/changed_on"]),
        ({"review_by": "2026-09-25"}, []),
        ({"review_by": "2026-09-24"}, ["/review_by"]),
        ({"review_by": "2021-09-24"}, ["/review_by"]),
        ({"approved_on": "", "review_by": "2026-09-15"}, []),
        ({"approved_on": "", "review_by": "2026-09-14"}, ["/review_by"]),
    ],
)
def test_the_next_review_comes_after_reading_and_approval(facts: Mapping[str, str], found: list[str]) -> None:
    assert [spot.pointer for spot in asked("DOC-25", case_of(report(**facts)))] == found


def test_a_review_before_the_approval_is_one_finding() -> None:
    """That its day has passed as well needs no second finding: one day is to be corrected."""
    page = case_of(report(review_by="2026-09-24"))
    assert len(asked("DOC-25", page)) == 1
    assert asked("DOC-11", page) == []
    assert len(asked("DOC-11", case_of(report(review_by="2026-11-22")))) == 1


def test_a_reading_still_to_come_does_not_hide_that_the_review_is_overdue() -> None:
    page = case_of(report(last_reviewed="2026-11-24", review_by="2026-11-22"))
    assert [spot.pointer for spot in asked("DOC-25", page)] == ["/last_reviewed"]
    assert [spot.pointer for spot in asked("DOC-11", page)] == ["/review_by"]


@pytest.mark.parametrize(
    ("review_by", "found"), [("2027-09-14", []), ("2027-09-15", ["/review_by"]), ("2030-09-14", ["/review_by"])]
)
def test_the_next_review_is_within_a_year_of_the_last(review_by: str, found: list[str]) -> None:
    for kind in (REPORT, PLAN):
        assert [spot.pointer for spot in asked("DOC-26", case_of(report(kind, review_by=review_by)))] == found


@pytest.mark.parametrize("missing", [("last_reviewed",), ("review_by",), ("last_reviewed", "review_by")], ids=" ".join)
def test_of_a_page_without_one_of_its_days_only_that_day_is_asked_for(missing: tuple[str, ...]) -> None:
    """How far the review lies from the last reading can't be said of one day alone."""
    page = case_of(report(**dict.fromkeys(missing)))
    found = {code: [spot.pointer for spot in asked(code, page)] for code in ("DOC-10", "DOC-11", "DOC-25", "DOC-26")}
    assert found.pop("DOC-10") == ["/last_reviewed"] * ("last_reviewed" in missing)
    assert found.pop("DOC-11") == ["/review_by"] * ("review_by" in missing)
    assert found == {"DOC-25": [], "DOC-26": []}


def test_a_report_that_was_never_approved_or_read_through_is_approved_too_early_by_nobody() -> None:
    for missing in ("approved_on", "last_reviewed"):
        assert asked("DOC-27", case_of(report(**{"approved_on": "2021-09-24", missing: None}))) == []
    assert asked("DOC-27", case_of()) == []


@pytest.mark.parametrize(
    ("approved_on", "found"), [("2025-09-14", []), ("2025-09-13", ["/approved_on"]), ("2021-09-24", ["/approved_on"])]
)
def test_the_report_is_approved_every_year(approved_on: str, found: list[str]) -> None:
    assert [spot.pointer for spot in asked("DOC-27", case_of(report(approved_on=approved_on)))] == found


def test_the_plan_is_approved_for_three_years() -> None:
    assert asked("DOC-27", case_of(report(PLAN, approved_on="2024-03-21"))) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2023-04-01", []),
        ("2023-03-31", ["/approval/on"]),
        ("2019-10-15", ["/approval/on"]),
        ("2026-11-23", []),
        ("2026-11-24", ["/approval/on"]),
    ],
)
def test_the_approval_belongs_to_the_cycle(day: str, found: list[str]) -> None:
    assert pointers("AP-33", plan(approval={"on": day})) == found


def test_an_approval_after_the_cycle_is_of_another_plan() -> None:
    late = date(2027, 6, 1)
    assert pointers("AP-33", plan(approval={"on": "2027-03-31"}), on=late) == []
    assert pointers("AP-33", plan(approval={"on": "2027-04-01"}), on=late) == ["/approval/on"]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"next_review": "2027-03-31"}, []),
        ({"next_review": "2027-04-01"}, ["/next_review"]),
        ({"reviews": [{"id": "r1", "on": "2025-09-14"}], "next_review": "2026-09-14"}, []),
        ({"reviews": [{"id": "r1", "on": "2025-09-14"}], "next_review": "2026-09-15"}, ["/next_review"]),
        ({"reviews": [], "next_review": "2026-09-04"}, []),
        ({"reviews": [], "next_review": "2026-09-05"}, ["/next_review"]),
    ],
)
def test_the_plans_next_review_is_in_its_cycle_and_within_a_year(facts: Mapping[str, Any], found: list[str]) -> None:
    assert pointers("AP-34", plan(**facts)) == found


def test_the_plans_page_is_reviewed_within_the_cycle_too() -> None:
    assert pointers("AP-34", plan(), report(PLAN, review_by="2027-03-31")) == []
    assert pointers("AP-34", plan(), report(PLAN, review_by="2027-04-01")) == ["/review_by"]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"audit": {"on": "2026-11-23"}}, []),
        ({"audit": {"on": "2026-11-24"}}, ["/audit/on"]),
        ({"reviews": [{"id": "r1", "on": "2026-11-23"}]}, []),
        ({"reviews": [{"id": "r1", "on": "2026-11-24"}]}, ["/reviews/0/on"]),
        ({"actions": [{"id": "a", "reviews": [{"id": "r1", "on": "2026-11-23"}]}]}, []),
        ({"actions": [{"id": "a", "reviews": [{"id": "r1", "on": "2026-11-24"}]}]}, ["/actions/0/reviews/0/on"]),
    ],
)
def test_what_was_done_was_not_done_in_the_future(facts: Mapping[str, Any], found: list[str]) -> None:
    assert pointers("AP-35", plan(**facts)) == found
