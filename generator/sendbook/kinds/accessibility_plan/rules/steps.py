"""The steps of the accessibility plan one by one: each can be measured, has an owner and its days, and names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sendbook.campus.records import Record
from sendbook.checks.case import holds
from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.rules.unwritten import NOTES_TO_SELF, unwritten
from sendbook.checks.rules.vague import vague_target, without_days
from sendbook.checks.shape import pointer_of
from sendbook.deadlines.late import Date, late_at
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.published_plan import PUBLIC_PARTS

#: The Equality Act 2010.
IN_FORCE = date(2010, 10, 1)
ACTIONS = (("accessibility_plan", "actions"),)
_OWNERS = (*ACTIONS, ("accessibility_plan", "owners"))
_WORKING = (*ACTIONS, ("accessibility_plan", "working"))
# Whose name it is that is there is for those who may see the name.
_NAMES = (("student", "name"), ("person", "person_name"), ("person", "contact"))
_OPEN = frozenset({"not_started", "on_track", "at_risk"})
_LETTERS = {"curriculum": "A", "environment": "B", "information": "C"}
_YEAR_OF = {"short": 1, "medium": 2, "long": 3}
_SUCCESS = {
    "measure": "what is counted",
    "baseline": "where it began",
    "target": "the target",
    "method": "how it is found out",
}
_VAGUE = re.compile(
    r"\b(?:improv\w*|rais\w* awareness|better|more|enhanc\w*|support\w*|promot\w*|encourag\w*|increas\w*|strengthen\w*"
    r"|ensur\w*|develop\w*|greater|further)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\d|\b(?:all|every|each|none|no|nobody|no one|never|always|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|half|twice|once|daily|weekly)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = unwritten(*NOTES_TO_SELF, "to be confirmed", marks=r"(?<!\w)\[[^\]]{3,}\]|_{3,}|\?{2,}")
#: A step begins within a month of its first day.
STEP_BEGUN = Date(ACCESSIBILITY_PLAN, ("actions", "-", "start"), within="30 days")

Numbered = tuple[Record, int, Mapping[str, Any]]


def plan_of(case: DocumentCase) -> Iterator[Record]:
    """The plan's record, if there is one."""
    yield from case.campus.of_kind(ACCESSIBILITY_PLAN)[:1]


def is_open(action: Mapping[str, Any]) -> bool:
    """Whether work on a step is still to be done."""
    return action.get("status") in _OPEN


def is_alive(actions: Iterable[Mapping[str, Any]]) -> bool:
    """Whether these steps keep their strand alive: one of them is in hand, or was carried out.

    The law asks for a plan of three years and that it be implemented: a strand whose steps were all done before the
    three years are over is one that was kept. A step that was dropped leaves its barrier where it was.
    """
    return any(action.get("status") != "dropped" for action in actions)


def _actions(case: DocumentCase) -> Iterator[Numbered]:
    for record in plan_of(case):
        for index, action in enumerate(record.data["actions"]):
            yield record, index, action


def _open(case: DocumentCase) -> Iterator[Numbered]:
    """Steps that are still to be done: how one was planned that is done or dropped is too late to change."""
    return (found for found in _actions(case) if is_open(found[2]))


@rule("AP-20", "A step lies within the cycle", source=HOUSE_RULE, severity=Severity.ERROR, parts=ACTIONS)
def within_cycle(case: DocumentCase) -> Iterator[Spot]:
    """What is due after the cycle belongs to the next plan."""
    for record, index, action in _actions(case):
        cycle = record.data["cycle"]
        for name in ("start", "due"):
            if name in action and not cycle["start"] <= action[name] <= cycle["end"]:
                message = "This day lies outside the plan's cycle."
                yield Spot(record, f"/actions/{index}/{name}", message, "Set a day within it, or plan the step again.")


@rule("AP-21", "A step is due after it starts", source=HOUSE_RULE, severity=Severity.ERROR, parts=ACTIONS)
def due_after_start(case: DocumentCase) -> Iterator[Spot]:
    """Days run forwards."""
    for record, index, action in _actions(case):
        if "start" in action and "due" in action and action["due"] < action["start"]:
            message = "This step is due before it starts."
            yield Spot(record, f"/actions/{index}/due", message, "Correct one of the days.")


@rule("AP-22", "A dropped step says why", source=HOUSE_RULE, parts=ACTIONS)
def dropped_with_reason(case: DocumentCase) -> Iterator[Spot]:
    """The barrier is still there: what is done instead, or why nothing is."""
    for record, index, action in _actions(case):
        if action["status"] == "dropped" and not action.get("dropped_reason"):
            message = "This step was dropped, and nothing says why."
            yield Spot(record, f"/actions/{index}/status", message, "Add dropped_reason, and what is done instead.")


@rule("AP-23", "A step can be measured", source=HOUSE_RULE, parts=ACTIONS)
def measurable(case: DocumentCase) -> Iterator[Spot]:
    """What is counted, where it began, the target, and how it is found out."""
    for record, index, action in _open(case):
        success = action.get("success") or {}
        lacking = [words for name, words in _SUCCESS.items() if not success.get(name)]
        if lacking:
            pointer = f"/actions/{index}/success" if success else f"/actions/{index}/id"
            message = f"This step does not say {', '.join(lacking)}."
            yield Spot(record, pointer, message, "Add it under success.")


@rule("AP-24", "A step has an owner", source=HOUSE_RULE, parts=_OWNERS)
def owned(case: DocumentCase) -> Iterator[Spot]:
    """A post that families know, and a person who works here."""
    for record, index, action in _open(case):
        for name, words in (("owner_role", "Which post sees to this step"), ("owner", "Who sees to this step")):
            if not action.get(name):
                message = f"{words} is not said."
                yield Spot(record, f"/actions/{index}/id", message, f"Add {name}.")
                break


@rule("AP-25", "The owner of an open step works here", source=HOUSE_RULE, parts=_OWNERS)
def owner_here(case: DocumentCase) -> Iterator[Spot]:
    """A step whose owner has left is nobody's."""
    for record, index, action in _open(case):
        person = case.campus.get(f"people/{action.get('owner')}")
        if person is None:
            continue
        staff = person.data.get("staff") or {}
        left = "left_on" in staff and staff["left_on"] < case.on.isoformat()
        if left or not any(holds(duty, case.on) for duty in staff.get("duties", ())):
            message = "The owner of this step has no duty on campus any more."
            yield Spot(record, f"/actions/{index}/owner", message, "Name somebody who works here.")


@rule("AP-26", "A step has its days", source=HOUSE_RULE, parts=ACTIONS)
def dated(case: DocumentCase) -> Iterator[Spot]:
    """When it starts and when it is due."""
    for record, index, action in _open(case):
        lacking = [name for name in ("start", "due") if name not in action]
        if lacking:
            message = "This step does not say when it starts, or when it is due."
            yield Spot(record, f"/actions/{index}/id", message, f"Add {' and '.join(lacking)}.")


@rule("AP-27", "The horizon fits the day", source=HOUSE_RULE, parts=ACTIONS)
def horizon_fits(case: DocumentCase) -> Iterator[Spot]:
    """Short is due within the first year of the cycle, medium in the second, long in the third."""
    for record, index, action in _open(case):
        if "horizon" not in action or "due" not in action:
            continue
        start, due = date.fromisoformat(record.data["cycle"]["start"]), date.fromisoformat(action["due"])
        year = due.year - start.year + ((due.month, due.day) >= (start.month, start.day))
        if year != _YEAR_OF[action["horizon"]] and 1 <= year <= len(_YEAR_OF):
            fits = next(name for name, number in _YEAR_OF.items() if number == year)
            message = f"This step is due in year {year} of the cycle, which is “{fits}”."
            yield Spot(record, f"/actions/{index}/horizon", message, f"Write horizon: {fits}, or correct the day.")


@rule("AP-28", "Success can be seen or counted", source=HOUSE_RULE, parts=ACTIONS)
def not_vague(case: DocumentCase) -> Iterator[Spot]:
    """“Improve” or “raise awareness” say nothing without a number or a state that anybody could see."""
    for record, index, action in _open(case):
        success = action.get("success") or {}
        target = str(success.get("target") or "")
        if target and _is_vague(target):
            message = "The target has no number, and nothing that could be seen."
            remedy = "Say how many, how often, or what will be so: “20 of 24 visits”, “no step on the way in”."
            yield Spot(record, f"/actions/{index}/success/target", message, remedy, found=target)


@rule("AP-29", "What is done says so and shows it", source="Equality Act 2010 Sch 10 para 3(6)", law=False,
      confirmed=True, in_force_from=IN_FORCE, parts=_WORKING)  # fmt: skip
def done_is_shown(case: DocumentCase) -> Iterator[Spot]:
    """A day that has come, and a piece of evidence."""
    for record, index, action in _actions(case):
        if action["status"] != "done":
            continue
        day = action.get("done_on")
        if day is None or day > case.on.isoformat():
            message = "This step is done, and the day is missing or lies ahead."
            yield Spot(record, f"/actions/{index}/status", message, "Set done_on to the day it was finished.")
        elif not action.get("evidence"):
            message = "Nothing shows that this step was done."
            remedy = "Add evidence: a measurement, a photograph, an invoice."
            yield Spot(record, f"/actions/{index}/status", message, remedy)


@rule("AP-30", "What should have begun has", source=HOUSE_RULE, parts=ACTIONS)
def begun(case: DocumentCase) -> Iterator[Spot]:
    """A month after its first day a step is under way, or has a new first day."""
    plans = tuple(plan_of(case))
    for record, late in late_at(case, STEP_BEGUN):
        if record in plans:
            message = "This step should have begun more than a month ago."
            place = pointer_of((*late.steps[:-1], "status"))
            yield Spot(record, place, message, "Begin it, or set a new day and say why in a review.")


@rule("AP-31", "The number says cycle and strand", source=HOUSE_RULE, severity=Severity.ERROR, parts=ACTIONS)
def number_fits(case: DocumentCase) -> Iterator[Spot]:
    """AP, the years of the cycle, the strand's letter: so that a step can be told apart for years."""
    for record, index, action in _actions(case):
        cycle = record.data["cycle"]
        fits = f"AP-{cycle['start'][:4]}-{cycle['end'][2:4]}-{_LETTERS[action['strand']]}-"
        if not action["id"].startswith(fits):
            message = "The number does not fit the cycle or the strand."
            yield Spot(record, f"/actions/{index}/id", message, f"It begins with {fits}.")


@rule("AP-32", "Nothing is left to be filled in", source=HOUSE_RULE, severity=Severity.ERROR, parts=ACTIONS)
def nothing_left_open(case: DocumentCase) -> Iterator[Spot]:
    """The steps are published as they stand."""
    for record, pointer, text in _texts(case):
        if _PLACEHOLDER.search(text):
            message = "Something was to be filled in here."
            yield Spot(record, pointer, message, "Write what belongs there, or take it out.", found=text)


@rule("AP-14", "The plan is about the campus and names no student", source="Equality Act 2010 s.20, Sch 13", law=True,
      in_force_from=IN_FORCE, severity=Severity.ERROR, parts=(*ACTIONS, *_NAMES))  # fmt: skip
def nobody_named(case: DocumentCase) -> Iterator[Spot]:
    """What one student needs is an adjustment of their own; the plan looks ahead, is public, and names nobody."""
    for record, pointer, text in _texts(case):
        for hit in case.strangers.hits(text):
            if hit.severity is Severity.ERROR:
                remedy = "Describe the barrier and not the person; an adjustment for one student goes into their plan."
                yield Spot(record, pointer, f"Here is {hit.what}.", remedy, found=hit.written)
                break


def _is_vague(target: str) -> bool:
    promised = _VAGUE.search(target) or vague_target(target)
    return promised is not None and not _QUANTITY.search(without_days(target))


def _texts(case: DocumentCase) -> Iterator[tuple[Record, str, str]]:
    """Every text of the plan that is published, with its place."""
    for record in plan_of(case):
        for leaf in case.campus.registry.kinds[record.kind].leaves(record.data):
            if leaf.part in PUBLIC_PARTS and isinstance(leaf.value, str):
                yield record, leaf.pointer, leaf.value


RULES: tuple[Rule[DocumentCase], ...] = (
    nobody_named,
    within_cycle,
    due_after_start,
    dropped_with_reason,
    measurable,
    owned,
    owner_here,
    dated,
    horizon_fits,
    not_vague,
    done_is_shown,
    begun,
    number_fits,
    nothing_left_open,
)
