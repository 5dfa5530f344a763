"""The golden thread: every need is answered, every outcome is a difference for the student and has steps to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from sendbook.checks.case import Case, Data, date_of
from sendbook.checks.rules.rule import Rule, Spot, rule
from sendbook.checks.rules.vague import vague_change
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.rules.targets import help_in, helps_with

_CODE = "SEND Code of Practice 2015, 9.64 to 9.69"
_SERVICE = re.compile(
    r"\b(will|to) (have|receive|attend|get|be given|be supported|be provided)\b"
    r"|\b(sessions?|hours?) (a|per) week\b|\b1 ?: ?1 support\b|\bsupport from\b",
    re.IGNORECASE,
)
_LONGEST_OUTCOME = timedelta(days=3 * 366)


@rule("OUT-01", "An outcome is not a service", source=_CODE, parts=(("plan", "outcomes"),))
def outcome_not_service(case: Case) -> Iterator[Spot]:
    """What the student will be able to do, not what adults will supply."""
    for plan in case.all(PLAN):
        for index, outcome in enumerate(plan.data["outcomes"]):
            found = _SERVICE.search(outcome["statement"])
            if found:
                yield Spot(
                    plan,
                    f"/outcomes/{index}/statement",
                    "This outcome says what is provided, not what changes for the student.",
                    "Say what the student will do or have that they can't now; the help belongs under provision.",
                    found.group(0),
                )


@rule(
    "OUT-02",
    "An outcome has a target working towards it",
    source=_CODE,
    parts=(("plan", "outcomes"), ("plan", "targets")),
)
def outcome_has_target(case: Case) -> Iterator[Spot]:
    """A long outcome without a step towards it is a wish."""
    for plan in case.all(PLAN):
        aimed_at = {target["outcome"] for target in plan.data["targets"]}
        for index, outcome in enumerate(plan.data["outcomes"]):
            if outcome["id"] not in aimed_at:
                message = "No target works towards this outcome."
                yield Spot(
                    plan,
                    f"/outcomes/{index}",
                    message,
                    "Add a short target for it, or say when one will start.",
                )


@rule("OUT-03", "A long-term outcome ends within three years", source=_CODE, parts=(("plan", "outcomes"),))
def outcome_in_reach(case: Case) -> Iterator[Spot]:
    """Three years at most, so that it can be held against what happened."""
    for plan in case.all(PLAN):
        for index, outcome in enumerate(plan.data["outcomes"]):
            if date_of(outcome["by_date"]) - case.on > _LONGEST_OUTCOME:
                message = "The outcome is more than three years ahead."
                yield Spot(plan, f"/outcomes/{index}/by_date", message, "Add a step on the way that ends sooner.")


@rule("OUT-04", "An outcome says what will be different", source=_CODE,
      parts=(("plan", "outcomes"), ("student", "name")))  # fmt: skip
def outcome_says_what(case: Case) -> Iterator[Spot]:
    """ "Improved reading" is true of any reader; "reads a menu alone" can be held against what happened."""
    for plan in case.all(PLAN):
        for index, outcome in enumerate(plan.data["outcomes"]):
            vague = vague_change(outcome["statement"], case.names)
            if vague:
                message = "This outcome promises a change and doesn't say what will be different."
                remedy = "Say what the student will do or have that they can't now: “Reads a menu alone”."
                yield Spot(plan, f"/outcomes/{index}/statement", message, remedy, vague)


@rule(
    "NEED-01",
    "A need is answered",
    source=_CODE,
    parts=tuple(("plan", part) for part in ("needs", "outcomes", "targets", "provision", "strategies")),
)
def need_answered(case: Case) -> Iterator[Spot]:
    """Provision or a strategy is for the need, or helps with a target on the way to an outcome for it."""
    for plan in case.all(PLAN):
        helped = _needs_helped(plan.data)
        aimed_at = {need for outcome in plan.data["outcomes"] for need in outcome["needs"]}
        for index, need in enumerate(plan.data["needs"]):
            if need["id"] in helped:
                continue
            if need["id"] in aimed_at:
                message = "This need has an outcome, but no help: no provision and no strategy is for it."
            else:
                message = "Nothing in the plan helps with this need: no outcome, no provision and no strategy."
            yield Spot(plan, f"/needs/{index}", message, "Name it in a line of provision or a strategy, or add some.")


def _needs_helped(plan: Data) -> set[str]:
    # What ended before this plan began is of an earlier one.
    begins = plan.get("in_force_from", "")
    help_given = [line for line in help_in(plan) if max(line.get("start", ""), line.get("end", begins)) >= begins]
    helped = {need for line in help_given for need in line.get("needs", ())}
    steps = {target["outcome"] for target in plan["targets"] if any(helps_with(line, target) for line in help_given)}
    return helped | {need for outcome in plan["outcomes"] if outcome["id"] in steps for need in outcome["needs"]}


RULES: tuple[Rule[Case], ...] = (
    outcome_not_service,
    outcome_has_target,
    outcome_in_reach,
    outcome_says_what,
    need_answered,
)
