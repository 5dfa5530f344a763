"""Plans: in force, and written with the student and the family."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sendbook.access.projection import A_MAPPING
from sendbook.campus.words import quantity
from sendbook.checks.case import Case, date_of
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.rules.unwritten import unwritten
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.rules.live_targets import live

_APDR = "SEND Code of Practice 2015, 6.44 to 6.56"
_PLAN = (("plan", "plan"),)
_PLACEHOLDER = unwritten(r"T\.B\.C\.", "xxx+", marks=r"\[insert|\?\?\?")


@rule(
    "PLAN-01",
    "A student with SEND has an agreed plan",
    source=_APDR,
    parts=(("plan", "plan"), ("student", "status")),
)
def plan_exists(case: Case) -> Iterator[Spot]:
    """SEN support and EHC plans both call for an agreed provision plan."""
    if case.header is None or case.status == "N":
        return
    plan = case.one(PLAN)
    if plan is None:
        yield Spot(
            case.header,
            "/status",
            "The student has SEND and no provision plan.",
            "Write plan.yml next to this file.",
        )
    elif plan.data["state"] == "draft":
        message = "The student's only plan is a draft: teachers and family can't see it yet."
        yield Spot(plan, "/state", message, "Agree it with the family, then set the state to “agreed”.")


@rule("PLAN-03", "An agreed plan says when and with whom", source=_APDR, parts=_PLAN)
def agreed_plan_complete(case: Case) -> Iterator[Spot]:
    """Agreed on a day, with a first day."""
    for plan in case.all(PLAN):
        for field in ("agreed_on", "in_force_from"):
            if plan.data["state"] == "agreed" and field not in plan.data:
                message = f"The plan is agreed, but “{field}” is missing."
                yield Spot(plan, "/state", message, f"Add “{field}:” with the day.")


@rule("PLAN-04", "A plan has the student's and the family's views", source=_APDR, parts=_PLAN)
def views_heard(case: Case) -> Iterator[Spot]:
    """Plans are made with the people they are about."""
    plan = case.one(PLAN)
    if plan is None:
        return
    for field, who in (("student_voice", "student"), ("family_voice", "family")):
        if not plan.data.get(field):
            yield Spot(plan, "", f"The plan has no view of the {who}.", f"Ask, and write it under “{field}”.")


@rule("PLAN-05", "A plan has only a few current targets", source=HOUSE_RULE, parts=(("plan", "targets"),))
def few_targets(case: Case) -> Iterator[Spot]:
    """More than a handful, and none is worked on."""
    most = case.house_rule("most_live_targets")
    plan = case.one(PLAN)
    if plan is not None and len(live(plan.data["targets"], case.on)) > most:
        message = f"More than {quantity(most, 'targets')} {'is' if most == 1 else 'are'} current at once."
        yield Spot(plan, "/targets", message, "Keep the few that matter most; record a result for the others.")


@rule("PLAN-06", "A cycle is reviewed before the next begins", source=_APDR, parts=(("plan", "cycles"),))
def cycles_closed(case: Case) -> Iterator[Spot]:
    """Assess, plan, do, review: the review feeds the next cycle."""
    for plan in case.all(PLAN):
        ordered = sorted(enumerate(plan.data["cycles"]), key=lambda item: item[1]["start"])
        for (index, before), (_, after) in pairwise(ordered):
            if "review" not in before or before["review"]["on"] > after["start"]:
                message = "The next cycle began before this one was reviewed."
                yield Spot(plan, f"/cycles/{index}", message, "Add the review, or correct the dates.")


@rule("PLAN-07", "A period ends after it begins", source=HOUSE_RULE, severity=Severity.ERROR, parts=_PLAN)
def periods_forward(case: Case) -> Iterator[Spot]:
    """A period that ends before it begins is a slip of the pen, wherever it is."""
    for record in case.records:
        for pointer in _backward(record.data, ""):
            yield Spot(record, pointer, "This period ends before it begins.", "Correct one of the two days.")


@rule("PLAN-08", "No placeholder is left", source=HOUSE_RULE, parts=_PLAN)
def no_placeholder(case: Case) -> Iterator[Spot]:
    """Half-written text in an agreed record reaches families."""
    for record in case.records:
        if record.data.get("state") == "agreed":
            for pointer, text in _texts(record.data, ""):
                if _PLACEHOLDER.search(text):
                    yield Spot(record, pointer, "A placeholder is left in the text.", "Write what is meant.")


@rule("PLAN-10", "A plan's targets are due after it starts", source=HOUSE_RULE, parts=(*_PLAN, ("plan", "targets")))
def targets_within_plan(case: Case) -> Iterator[Spot]:
    """A target that is due before its plan starts is worked on by nobody under this plan. From the day after it is due
    its result is asked for instead (TGT-10).
    """
    for plan in case.all(PLAN):
        starts = plan.data.get("in_force_from")
        for index, target in enumerate(plan.data["targets"]):
            still_open = "result" not in target and date_of(target["by_date"]) >= case.on
            if starts is not None and still_open and target["by_date"] < starts:
                message = "This target is due before the plan starts."
                remedy = "Give the target a later day, record its result, or correct the plan's first day."
                yield Spot(plan, f"/targets/{index}/by_date", message, remedy, found=target["by_date"])


_ENDS = (("from", "until"), ("start", "end"))


def _backward(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, str):  # nearly all there is, and it takes long to tell that a text is no mapping of any sort
        return
    if isinstance(value, A_MAPPING):
        for first, last in _ENDS:
            if isinstance(value.get(first), str) and isinstance(value.get(last), str) and value[last] < value[first]:
                yield f"{pointer}/{last}"
        for key, inner in value.items():
            yield from _backward(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _backward(inner, f"{pointer}/{index}")


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, A_MAPPING):
        for key, inner in value.items():
            yield from _texts(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{pointer}/{index}")


RULES: tuple[Rule[Case], ...] = (
    plan_exists,
    agreed_plan_complete,
    views_heard,
    few_targets,
    cycles_closed,
    periods_forward,
    no_placeholder,
    targets_within_plan,
)
