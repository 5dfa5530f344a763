"""Short targets: specific, measured, and reachable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sendbook.campus.records import Record
from sendbook.campus.words import quantity
from sendbook.checks.case import Case, Data, date_of
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.rules.vague import vague_target
from sendbook.kinds.plan import PLAN

_TARGETS = (("plan", "targets"),)
_CODE = "SEND Code of Practice 2015, 6.48 and 9.66"

_HELP = "SEND Code of Practice 2015, 6.48 and 6.49"
_NAMED = (("student", "name"),)
_LONGEST_SHORT_TARGET = timedelta(weeks=18)  # a long term with its holiday


def _targets(case: Case) -> Iterator[tuple[Record, str, Data]]:
    for plan in case.all(PLAN):
        for index, target in enumerate(plan.data["targets"]):
            yield plan, f"/targets/{index}", target


def open_targets(case: Case) -> Iterator[tuple[Record, str, Data]]:
    """Targets without a result: how a target that is over was written can't be changed any more."""
    return (found for found in _targets(case) if "result" not in found[2])


@rule("TGT-01", "A target ends after its baseline", source=_CODE, severity=Severity.ERROR, parts=_TARGETS)
def by_date_after_baseline(case: Case) -> Iterator[Spot]:
    """A by-date before the baseline was taken can only be a slip of the pen."""
    for plan, place, target in _targets(case):
        if date_of(target["by_date"]) < date_of(target["baseline"]["on"]):
            yield Spot(
                plan,
                f"{place}/by_date",
                "The target's by-date is before its baseline was taken.",
                "Correct the by-date, or the day of the baseline.",
                target["by_date"],
            )


@rule("TGT-02", "A target ends after it starts", source=_CODE, severity=Severity.ERROR, parts=_TARGETS)
def by_date_after_start(case: Case) -> Iterator[Spot]:
    """A target needs at least a day to work in."""
    for plan, place, target in _targets(case):
        ends = date_of(target["by_date"])
        if date_of(target["baseline"]["on"]) <= ends <= date_of(target["start"]):
            yield Spot(
                plan,
                f"{place}/by_date",
                "The target ends on or before the day it starts.",
                "Correct the by-date or the start.",
                target["by_date"],
            )


@rule("TGT-03", "A goal is better than its baseline", source=_CODE, severity=Severity.ERROR, parts=_TARGETS)
def goal_ahead_of_baseline(case: Case) -> Iterator[Spot]:
    """The goal differs from the baseline, in the direction in which the measure counts as better."""
    for plan, place, target in _targets(case):
        measure = case.measures[target["measure"]]
        gain = _gain(target, measure)
        fits = {"higher": "at_least", "lower": "at_most"}[measure["better"]]
        if gain <= 0:
            yield Spot(
                plan,
                f"{place}/goal",
                f"The goal is no better than the baseline ({measure['better']} is better).",
                "Set a goal beyond the baseline, or choose another measure.",
            )
        elif target["goal"]["comparator"] != fits:
            yield Spot(
                plan,
                f"{place}/goal/comparator",
                f"For this measure {measure['better']} is better: the goal is reached when {fits.replace('_', ' ')}.",
                f"Write “{fits}”.",
            )


@rule("TGT-04", "A value is within its measure's limits", source=HOUSE_RULE, severity=Severity.ERROR, parts=_TARGETS)
def value_within_measure(case: Case) -> Iterator[Spot]:
    """120 % correct, or minus three words a minute, is a slip of the pen."""
    for plan, place, target in _targets(case):
        measure = case.measures[target["measure"]]
        lowest, highest = measure.get("lowest", float("-inf")), measure.get("highest", float("inf"))
        for pointer, value in _values(target):
            if not lowest <= value <= highest:
                yield Spot(
                    plan,
                    place + pointer,
                    "The value is outside what its measure allows.",
                    "Correct the value, or the measure's limits in campus.yml.",
                    str(value),
                )


@rule("TGT-05", "A baseline is recent when its target starts", source=HOUSE_RULE, parts=_TARGETS)
def baseline_fresh(case: Case) -> Iterator[Spot]:
    """An old baseline says where the student was, not where they start."""
    limit = case.house_rule("oldest_baseline_days")
    for plan, place, target in open_targets(case):
        if (date_of(target["start"]) - date_of(target["baseline"]["on"])).days > limit:
            yield Spot(
                plan,
                f"{place}/baseline/on",
                f"The baseline was more than {quantity(limit, 'days')} old when the target started.",
                "Measure again, and write down the new baseline.",
            )


@rule("TGT-06", "A goal is realistic, and worth reaching", source=HOUSE_RULE, parts=_TARGETS)
def goal_plausible(case: Case) -> Iterator[Spot]:
    """More than twice the usual gain is hope; less than the smallest real change is noise."""
    for plan, place, target in open_targets(case):
        measure = case.measures[target["measure"]]
        weeks = max((date_of(target["by_date"]) - date_of(target["start"])).days / 7, 1)
        gain = _gain(target, measure)
        if "usual_gain_per_week" in measure and gain / weeks > 2 * measure["usual_gain_per_week"] > 0:
            message = "The goal is more than twice the usual gain for this measure."
            yield Spot(
                plan,
                f"{place}/goal/value",
                message,
                "Lower the goal, give it longer, or say why in the plan.",
            )
        elif 0 < gain < measure.get("smallest_real_change", 0):
            message = "The goal is so close to the baseline that one good day would reach it."
            yield Spot(
                plan,
                f"{place}/goal/value",
                message,
                "Raise the goal above the measure's smallest real change.",
            )


@rule("TGT-07", "A short target is short, and ends in term time", source=_CODE, parts=_TARGETS)
def ends_in_term(case: Case) -> Iterator[Spot]:
    """Within a term or so, on a day when somebody can measure it."""
    for plan, place, target in open_targets(case):
        ends = date_of(target["by_date"])
        if ends - date_of(target["start"]) > _LONGEST_SHORT_TARGET:
            message = "The target runs for longer than a term."
            yield Spot(plan, f"{place}/by_date", message, "Break it into steps, or make it a long-term outcome.")
        elif case.terms.terms and case.terms.term_on(ends) is None:
            yield Spot(
                plan,
                f"{place}/by_date",
                "The target ends in the holidays.",
                "Choose a day in term.",
                target["by_date"],
            )


@rule("TGT-08", "A target names something that can be seen or counted", source=_CODE, parts=(*_TARGETS, *_NAMED))
def behaviour_can_be_seen(case: Case) -> Iterator[Spot]:
    """ "Improve his reading" can't be seen; "reads 50 words a minute" can. The sentence is asked, not its measure."""
    for plan, place, target in open_targets(case):
        vague = vague_target(target["behaviour"], case.names)
        if vague:
            yield Spot(
                plan,
                f"{place}/behaviour",
                "Nothing in this sentence can be seen or counted, so nobody can say when the target is met.",
                "Say what the student does, and how much: “Reads 50 words a minute”, “Asks for help 5 times a week”.",
                vague,
            )


@rule("TGT-11", "Something in the plan helps with each target", source=_HELP,
      parts=(*_TARGETS, ("plan", "provision"), ("plan", "strategies")))  # fmt: skip
def target_served(case: Case) -> Iterator[Spot]:
    """Provision that runs while the target does, or a strategy in class, names it: otherwise nobody works on it."""
    agreed = case.one(PLAN)
    for plan, place, target in open_targets(case):
        # A draft takes over what is worked on now, and the plan in force says what helps until then.
        among = [plan.data] if agreed is None or plan is agreed else [plan.data, agreed.data]
        if not any(helps_with(line, target) for one in among for line in help_in(one)):
            yield Spot(
                plan,
                place,
                "No provision and no strategy helps with this target.",
                "Name the target under “targets:” of the provision or strategy that helps with it, or add some.",
            )


def help_in(plan: Data) -> tuple[Data, ...]:
    """Provision and strategies of a plan: what is done about its needs and targets."""
    return (*plan["provision"], *plan.get("strategies", ()))


def helps_with(line: Data, target: Data) -> bool:
    """Whether a line of provision, or a strategy, names a target and runs at some time while the target does."""
    begins = line.get("start", target["start"])
    ends = max(begins, line.get("end", target["by_date"]))  # an end before the start is another rule's to report
    in_time: bool = begins <= target["by_date"] and ends >= target["start"]
    return in_time and target["id"] in line.get("targets", ())


def _gain(target: Data, measure: Data) -> float:
    difference = float(target["goal"]["value"]) - float(target["baseline"]["value"])
    return difference if measure["better"] == "higher" else -difference


def _values(target: Data) -> Iterator[tuple[str, float]]:
    yield "/baseline/value", target["baseline"]["value"]
    yield "/goal/value", target["goal"]["value"]
    for index, point in enumerate(target.get("progress", ())):
        yield f"/progress/{index}/value", point["value"]


RULES: tuple[Rule[Case], ...] = (
    by_date_after_baseline,
    by_date_after_start,
    goal_ahead_of_baseline,
    value_within_measure,
    baseline_fresh,
    goal_plausible,
    ends_in_term,
    behaviour_can_be_seen,
    target_served,
)
