"""Provision: its sessions are counted and take place, its impact is judged, and who gives it still works here.

What has ended is asked one thing only: what it did. Everything else is too late to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sendbook.campus.records import Record
from sendbook.checks.case import Case, Data, date_of
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.deadlines.days import counted_by
from sendbook.kinds.plan import PLAN

_APDR = "SEND Code of Practice 2015, 6.44 to 6.56"
_PROVISION = (("plan", "provision"),)
_SCHOOL_WEEK = 5
_DAY = timedelta(days=1)
# Part of every lesson, or of the room: nobody counts it by the session.
_NOT_BY_SESSION = frozenset({"teaching_adaptation", "equipment", "environment"})


@rule("PRV-01", "Provision is delivered as planned", source=HOUSE_RULE, parts=_PROVISION)
def delivered(case: Case) -> Iterator[Spot]:
    """Below the house threshold nobody can say whether it works."""
    least = case.house_rule("lowest_delivery_percent")
    for plan, place, line in _running(case):
        count = line.get("delivery")
        if count and count["planned"] and 100 * count["given"] < least * count["planned"]:
            message = f"Less than {least} % of the planned sessions have taken place."
            yield Spot(plan, f"{place}/delivery", message, "Find out why, then change the timetable or the plan.")


@rule(
    "PRV-02",
    "Provision that has ended says what difference it made",
    source=_APDR,
    parts=_PROVISION,
    after_support=True,
)
def effect_stated(case: Case) -> Iterator[Spot]:
    """Entry and exit, and a decision: continue, adapt or stop."""
    last = case.support_ended or case.on - _DAY
    for plan, place, line in _provision(case):
        if "end" in line and date_of(line["end"]) <= last and "impact" not in line:
            yield Spot(plan, place, "This provision has ended, but its impact is not recorded.", "Add “impact:”.")


@rule("PRV-03", "The person who delivers provision still works here", source=HOUSE_RULE, parts=_PROVISION)
def deliverer_here(case: Case) -> Iterator[Spot]:
    """A leaver's sessions stop without anyone noticing."""
    for plan, place, line in _running(case):
        left = case.person(line.get("delivered_by", "")).get("staff", {}).get("left_on")
        if left and date_of(left) < case.on:
            message = "The person named to deliver this has left."
            yield Spot(plan, f"{place}/delivered_by", message, "Name who delivers it now, or end the provision.")


@rule("PRV-04", "Sessions of provision are counted", source=HOUSE_RULE, parts=_PROVISION)
def counted(case: Case) -> Iterator[Spot]:
    """As often as the house has set, in school weeks: what nobody counts may not be happening."""
    weeks = case.house_rule("weeks_between_counts")
    for plan, place, line in _running(case):
        counts = line.get("delivery")
        since = date_of(counts["as_of"]) if counts else date_of(line["start"]) - _DAY
        last = counted_by(since, weeks, case.terms)
        passed = case.terms.count_school_days(since + _DAY, case.on - _DAY)
        in_time = last is None or case.on <= last
        if in_time or not _has_sessions(line, passed) or plan.data["state"] != "agreed":
            continue
        remedy = "Count the sessions planned and given up to today, and write them under “delivery:”."
        long = f"{weeks} school {'week' if weeks == 1 else 'weeks'}"
        if counts:
            message = f"The sessions given have not been counted for more than {long}."
            yield Spot(plan, f"{place}/delivery/as_of", message, remedy)
        else:
            message = f"This has run for more than {long}, and nobody has counted the sessions given."
            yield Spot(plan, place, message, remedy)


def _has_sessions(line: Data, school_days: int) -> bool:
    """Whether at least one session was due in these school days; some help is no matter of sessions."""
    due = line["sessions_per_week"] * school_days / _SCHOOL_WEEK
    return line["type"] not in _NOT_BY_SESSION and due >= 1


def _provision(case: Case) -> Iterator[tuple[Record, str, Data]]:
    plan = case.one(PLAN)
    if plan is not None:
        for index, line in enumerate(plan.data["provision"]):
            yield plan, f"/provision/{index}", line


def _running(case: Case) -> Iterator[tuple[Record, str, Data]]:
    """Provision that has begun or is to begin, and has not ended."""
    return (found for found in _provision(case) if "end" not in found[2] or date_of(found[2]["end"]) >= case.on)


RULES: tuple[Rule[Case], ...] = (delivered, effect_stated, deliverer_here, counted)
