"""The days of the accessibility plan: its approval is of this plan, its review comes in time, what is done is past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sendbook.checks.documents import PLAN, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.checks.rules.rule import Rule, Spot, rule
from sendbook.deadlines.days import a_year_after
from sendbook.kinds.accessibility_plan.rules.steps import IN_FORCE, plan_of

_SCHEDULE = "Equality Act 2010 Sch 10 para"
_PLAN = (("accessibility_plan", "plan"),)
_WORKING = (*_PLAN, ("accessibility_plan", "working"), ("accessibility_plan", "actions"))


@rule("AP-33", "The approval is of this plan", source=f"{_SCHEDULE} 3(1), 3(2)", in_force_from=IN_FORCE, parts=_PLAN)
def approved_for_the_cycle(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """It was given while the plan was made or carried out: from a year before its cycle begins until the cycle ends."""
    for record in plan_of(case):
        approved = (record.data.get("approval") or {}).get("on")
        if approved is None:
            continue
        day, (start, end) = date.fromisoformat(approved), _cycle(record.data)
        message = ""
        if day > case.on:
            message = "The day of approval is in the future."
        elif a_year_after(day) < start:
            message = "The approval is more than a year older than the plan's cycle, so it is of an earlier plan."
        elif day > end:
            message = "The approval is dated after the end of the plan's cycle."
        if message:
            yield Spot(
                record,
                "/approval/on",
                message,
                "Set it to the day on which this plan was approved, or correct the cycle.",
            )


@rule("AP-34", "The next review comes in time", source=f"{_SCHEDULE} 3(5)", confirmed=True, in_force_from=IN_FORCE,
      parts=_WORKING)  # fmt: skip
def reviewed_in_time(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """The plan is reviewed during its cycle, and every year: the next review is not after the cycle's end, and at
    most a year after the last review or the first step. The page's next review is not after the cycle's end either.
    """
    remedy = (
        "Set it to a day within the cycle and within a year of the last review; what comes after is the next plan's."
    )
    for record in plan_of(case):
        _, end = _cycle(record.data)
        ahead = date.fromisoformat(record.data["next_review"]) if "next_review" in record.data else None
        page = case.documents.get(PLAN)
        if ahead is not None and ahead > end:
            yield Spot(record, "/next_review", "The next review is after the end of the plan's cycle.", remedy)
        elif ahead is not None and ahead > a_year_after(_last_looked_at(record.data)):
            yield Spot(record, "/next_review", "The next review is more than a year after the last.", remedy)
        if page is not None and page.review_by is not None and date.fromisoformat(page.review_by) > end >= case.on:
            yield page.fact("review_by", "The next review is after the end of the plan's cycle.", remedy)


@rule(
    "AP-35",
    "Days of what was done are not in the future",
    source=f"{_SCHEDULE} 3(6)",
    in_force_from=IN_FORCE,
    parts=_WORKING,
)
def done_by_now(case: DocumentCase) -> Iterator[PageSpot | Spot]:
    """The audit, and each review of the plan and of its steps, has taken place on the day given for it."""
    on = case.on.isoformat()
    for record in plan_of(case):
        for pointer in _days_of_what_was_done(record.data, on):
            yield Spot(
                record,
                pointer,
                "This day is in the future, but it records something already done.",
                "Set it to the day it was done.",
            )


def _days_of_what_was_done(plan: Any, on: str) -> Iterator[str]:
    if (plan.get("audit") or {}).get("on", "") > on:
        yield "/audit/on"
    for number, review in enumerate(plan.get("reviews", ())):
        if review["on"] > on:
            yield f"/reviews/{number}/on"
    for index, action in enumerate(plan["actions"]):
        for number, review in enumerate(action.get("reviews", ())):
            if review["on"] > on:
                yield f"/actions/{index}/reviews/{number}/on"


def _last_looked_at(plan: Any) -> date:
    """The day of the last review, of the first step or of the cycle's beginning, whichever is latest."""
    begun = [one["start"] for one in plan["actions"] if "start" in one]
    days = [
        plan["cycle"]["start"],
        *(review["on"] for review in plan.get("reviews", ())),
        *([min(begun)] if begun else []),
    ]
    return date.fromisoformat(max(days))


def _cycle(plan: Any) -> tuple[date, date]:
    return date.fromisoformat(plan["cycle"]["start"]), date.fromisoformat(plan["cycle"]["end"])


RULES: tuple[Rule[DocumentCase], ...] = (approved_for_the_cycle, reviewed_in_time, done_by_now)
