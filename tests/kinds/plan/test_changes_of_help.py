"""Provision that was agreed leaves a plan without a word only where it ended as planned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.checks.change import RecordChange
from sendbook.kinds.plan.rules.changes import provision_reduced_after_review

SINCE, ON = date(2026, 10, 5), date(2026, 11, 23)
LINE: dict[str, Any] = {"id": "reading", "sessions_per_week": 3, "minutes": 20, "start": "2026-09-14"}
REMOVED = "Provision that was agreed has been removed, and no review is recorded in between."
SOONER = "Provision that was agreed now ends sooner, and no review is recorded in between."
ENDED = "Provision that was agreed has ended, and no review is recorded in between."


def _plan(*provision: dict[str, Any], **more: Any) -> Record:
    data = {"state": "agreed", "in_force_from": "2026-09-10", "provision": list(provision), **more}
    return Record(id="students/2TST/plan", kind="plan", student="2TST", path="plan.yml", digest="", data=data)


def line(end: str | None) -> dict[str, Any]:
    return {**LINE, "end": end} if end is not None else LINE


def messages(before: Record, *later: Record) -> list[str]:
    """What the rule finds of a plan and its later versions, the last of which is today's."""
    *between, after = later
    change = RecordChange(before=before, between=tuple(between), after=after, records=(after,), since=SINCE, on=ON)
    return [spot.message for spot in provision_reduced_after_review.test(change)]


@pytest.mark.parametrize(
    ("agreed", "then", "found"),
    [
        ("2026-11-20", None, []),  # it ended as planned, and then it was taken out
        ("2026-11-23", None, []),  # today is its last day
        ("2026-11-24", None, [REMOVED]),  # it had a day to go
        (None, None, [REMOVED]),  # no end was agreed
        ("2026-10-05", None, []),  # it was over when the plan was looked at last
        ("2026-11-20", "2026-11-20", []),
        ("2026-12-11", "2026-11-20", [REMOVED]),  # its end was moved forward first, and then it was taken out
        ("2026-11-13", "2026-11-20", []),  # it went on for a week longer
        (None, "2026-11-20", [REMOVED]),  # an end that is set once it is over explains nothing
    ],
)
def test_help_that_ended_on_the_day_that_was_agreed_may_go(
    agreed: str | None, then: str | None, found: list[str]
) -> None:
    between = (_plan(line(then)),) if then is not None else ()
    assert messages(_plan(line(agreed)), *between, _plan()) == found


@pytest.mark.parametrize(
    ("agreed", "now", "found"),
    [
        ("2026-12-11", "2026-12-11", []),
        ("2026-12-11", "2026-12-10", [SOONER]),
        ("2026-12-11", "2026-12-12", []),
        ("2026-12-11", None, []),
        (None, "2026-11-24", []),  # the first end to be set lies ahead
        (None, "2026-11-23", [ENDED]),
        ("2026-10-05", "2026-10-01", []),  # it was over when the plan was looked at last
        ("2026-10-06", "2026-10-01", [SOONER]),
    ],
)
def test_help_that_stays_may_not_end_sooner_without_a_word(
    agreed: str | None, now: str | None, found: list[str]
) -> None:
    assert messages(_plan(line(agreed)), _plan(line(now))) == found


@pytest.mark.parametrize(
    ("held", "is_found"),
    [("2026-08-23", True), ("2026-09-09", True), ("2026-09-10", False), ("2026-11-23", False), ("2026-11-24", True)],
)
def test_a_review_in_between_is_the_word(held: str, is_found: bool) -> None:
    """From the plan's first day on, which is less than six weeks before, and until today."""
    after = _plan(cycles=[{"id": "autumn", "review": {"on": held}}])
    assert messages(_plan(LINE), after) == [REMOVED] * is_found


@pytest.mark.parametrize(("held", "is_found"), [("2026-08-23", True), ("2026-08-24", False)])
def test_a_review_up_to_six_weeks_before_is_the_word(held: str, is_found: bool) -> None:
    after = _plan(cycles=[{"id": "autumn", "review": {"on": held}}])
    assert messages(_plan(LINE, in_force_from="2025-09-10"), after) == [REMOVED] * is_found
