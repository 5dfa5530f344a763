"""Plans in time: reviewed by the day that was agreed, and their targets measured and given a result."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.campus.words import quantity
from sendbook.checks.case import Case, date_of
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.shape import pointer_of
from sendbook.deadlines.days import measured_by
from sendbook.deadlines.late import Date, late_at
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.rules.live_targets import live

PLAN_REVIEW = Date(PLAN, ("review_due",))
TARGET_RESULT = Date(PLAN, ("targets", "-", "by_date"))

_APDR = "SEND Code of Practice 2015, 6.44 to 6.56"
_CODE = "SEND Code of Practice 2015, 6.48 and 9.66"
_TARGETS = ((PLAN, "targets"),)


@rule("PLAN-02", "A plan is reviewed in time", source=_APDR, parts=((PLAN, "plan"),))
def review_in_time(case: Case) -> Iterator[Spot]:
    """By the date that was agreed."""
    for record, late in late_at(case, PLAN_REVIEW):
        if record is case.one(PLAN):  # the draft next to it is another plan's
            message = "The plan's review is overdue."
            yield Spot(record, pointer_of(late.steps), message, "Hold the review, then set the next date.")


@rule("TGT-09", "A current target has recent evidence", source=HOUSE_RULE, parts=_TARGETS)
def evidence_recent(case: Case) -> Iterator[Spot]:
    """A target nobody has measured for weeks is not being worked on."""
    weeks = case.house_rule("oldest_evidence_weeks")
    plan = case.one(PLAN)
    if plan is None:
        return
    targets = plan.data["targets"]
    over = {late.steps[:-1] for record, late in late_at(case, TARGET_RESULT) if record is plan}
    for target in live(targets, case.on):
        newest = max([date_of(point["on"]) for point in target.get("progress", ())] + [date_of(target["start"])])
        place = ("targets", targets.index(target))
        if place in over or case.on <= measured_by(newest, weeks):
            continue  # once it is over, its result is asked for instead
        yield Spot(
            plan,
            pointer_of((*place, "progress")),
            f"Nothing has been measured towards this target for more than {quantity(weeks, 'weeks')}.",
            "Measure it and write the number down, or say in the review why it stopped.",
        )


@rule("TGT-10", "A target that is past its date has a result", source=_CODE, parts=_TARGETS, after_support=True)
def result_recorded(case: Case) -> Iterator[Spot]:
    """No target vanishes: reached or not, it is said."""
    last = min(case.on, case.support_ended or case.on)
    for record, late in late_at(case, TARGET_RESULT):
        if late.by <= last:
            yield Spot(
                record,
                pointer_of(late.steps[:-1]),
                "The target's date has passed, and there is no result yet.",
                "Add “result:” with how it ended and what happens next.",
            )


RULES: tuple[Rule[Case], ...] = (review_in_time, evidence_recent, result_recorded)
#: The dates of which one of them asks, in its own words.
DATES = frozenset({PLAN_REVIEW, TARGET_RESULT})
