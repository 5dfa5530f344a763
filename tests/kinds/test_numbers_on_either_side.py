"""Goals, and days within a term, with the last number that is let through and the first that is not."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.kinds.accessibility_plan.rules.whole_plan import audited
from sendbook.kinds.plan.rules.plans import periods_forward
from sendbook.kinds.plan.rules.targets import goal_plausible, value_within_measure
from sendbook.kinds.plan.shares import REVIEWS_ON_TIME, TARGETS_MET
from sendbook.kinds.student.rules.status_and_rights import rights_pass

SINCE, UNTIL = date(2026, 9, 3), date(2026, 12, 17)


def case(data: dict[str, Any]) -> Any:
    """What is asked of a case here: its plan, and the measures of the campus."""
    within = {"lowest": 0, "highest": 100}
    measures = {"words": {"better": "higher", "usual_gain_per_week": 1, "smallest_real_change": 4, **within}}
    measures["books"] = {"better": "higher"}
    plan = SimpleNamespace(data=data)
    return SimpleNamespace(one=lambda _kind: plan, all=lambda _kind: [plan], records=[plan], measures=measures)


@pytest.mark.parametrize(("goal", "found"), [(50, 0), (50.5, 1), (51, 1), (53, 1), (54, 0), (66, 0), (67, 1)])
def test_a_goal_may_be_twice_the_usual_gain_and_not_more_and_is_a_real_change(goal: float, found: int) -> None:
    """In eight weeks, from fifty words."""
    days = {"start": "2026-10-12", "by_date": "2026-12-07"}
    target = {**days, "measure": "words", "baseline": {"value": 50, "on": "2026-10-12"}, "goal": {"value": goal}}
    assert len(list(goal_plausible.test(case({"targets": [target]})))) == found


@pytest.mark.parametrize("goal", [50, 50.5, 51, 500])
def test_a_measure_that_says_nothing_of_gains_lets_each_goal_through(goal: float) -> None:
    days = {"start": "2026-10-12", "by_date": "2026-12-07"}
    target = {**days, "measure": "books", "baseline": {"value": 50, "on": "2026-10-12"}, "goal": {"value": goal}}
    assert list(goal_plausible.test(case({"targets": [target]}))) == []


@pytest.mark.parametrize(
    ("last", "is_found"), [("2026-09-30", True), ("2026-10-01", False), ("2026-10-02", False), (None, False)]
)
@pytest.mark.parametrize(("begins", "ends"), [("from", "until"), ("start", "end")])
def test_a_period_may_be_one_day_long_and_does_not_end_before_it(
    begins: str, ends: str, last: str | None, is_found: bool
) -> None:
    period = {begins: "2026-10-01", **({ends: last} if last else {})}
    found = [spot.pointer for spot in periods_forward.test(case({"lines": [{}, period], "whole": period}))]
    assert found == ([f"/lines/1/{ends}", f"/whole/{ends}"] if is_found else [])


@pytest.mark.parametrize(
    ("audit", "found"),
    [
        ("2023-03-31", ["/audit/on"]),
        ("2023-04-01", []),
        ("2023-04-02", []),
        ("2024-05-01", []),
        (None, ["/id"]),
    ],
)
def test_an_audit_counts_up_to_a_year_before_the_cycle_begins(audit: str | None, found: list[str]) -> None:
    data = {"cycle": {"start": "2024-04-01", "end": "2027-03-31"}, **({"audit": {"on": audit}} if audit else {})}
    plan = SimpleNamespace(data=data)
    here: Any = SimpleNamespace(campus=SimpleNamespace(of_kind=lambda _kind: (plan,)))
    assert [spot.pointer for spot in audited.test(here)] == found


@pytest.mark.parametrize(("value", "is_found"), [(-1, True), (0, False), (100, False), (101, True)])
@pytest.mark.parametrize("place", ["/baseline/value", "/goal/value", "/progress/0/value", "/progress/1/value"])
def test_each_value_of_a_target_is_within_the_limits_of_its_measure(place: str, value: int, is_found: bool) -> None:
    values = dict.fromkeys(("/baseline/value", "/goal/value", "/progress/0/value", "/progress/1/value"), 50)
    values[place] = value
    target = {
        "measure": "words",
        "baseline": {"value": values["/baseline/value"]},
        "goal": {"value": values["/goal/value"]},
        "progress": [{"value": values["/progress/0/value"]}, {"value": values["/progress/1/value"]}],
    }
    found = [(spot.pointer, spot.found) for spot in value_within_measure.test(case({"targets": [target]}))]
    assert found == ([(f"/targets/0{place}", str(value))] if is_found else [])


@pytest.mark.parametrize(
    ("due", "counted"),
    [("2026-09-02", []), ("2026-09-03", [True]), ("2026-12-17", [True]), ("2026-12-18", [])],
)
def test_what_fell_due_on_the_first_and_on_the_last_day_is_counted(due: str, counted: list[bool]) -> None:
    plan = {
        "cycles": [{"review_due": due, "review": {"on": due}}],
        "targets": [{"by_date": due, "result": {"outcome": "met"}}],
    }
    assert list(REVIEWS_ON_TIME.of(case(plan), SINCE, UNTIL)) == counted
    assert list(TARGETS_MET.of(case(plan), SINCE, UNTIL)) == counted


@pytest.mark.parametrize(("held", "in_time"), [("2026-10-01", True), ("2026-10-02", False), (None, False)])
def test_a_review_is_in_time_up_to_its_day(held: str | None, in_time: bool) -> None:
    cycle = {"review_due": "2026-10-01", **({"review": {"on": held}} if held else {})}
    assert list(REVIEWS_ON_TIME.of(case({"cycles": [cycle]}), SINCE, UNTIL)) == [in_time]


@pytest.mark.parametrize(
    ("since", "told"), [("2026-11-30", False), ("2026-12-01", False), ("2026-12-02", True), (None, True)]
)
def test_who_is_eighteen_decides_from_the_birthday_on_and_not_a_day_later(since: str | None, told: bool) -> None:
    rights = [{"decides": "parent", "from": "2020-09-01"}, *([{"decides": "student", "from": since}] if since else [])]
    header = SimpleNamespace(data={"born": "2008-12-01", "rights": rights})
    here: Any = SimpleNamespace(header=header, on=date(2026, 12, 1))
    assert len(list(rights_pass.test(here))) == told
