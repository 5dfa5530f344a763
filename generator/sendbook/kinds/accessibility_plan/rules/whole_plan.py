"""The accessibility plan as a whole: it is there, has its three strands and three years, and is carried out.

Schedule 10 to the Equality Act 2010 binds every school. The steps one by one are asked about in `steps`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sendbook.campus.records import Record
from sendbook.campus.words import quantity
from sendbook.checks.documents import PATHS, PLAN, DocumentCase
from sendbook.checks.finding import PageSpot, Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.shape import pointer_of
from sendbook.deadlines.days import a_year_after
from sendbook.deadlines.deadline import Deadline
from sendbook.deadlines.late import Date, late_at
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.rules import steps
from sendbook.kinds.accessibility_plan.rules.steps import ACTIONS, IN_FORCE, STEP_BEGUN, is_alive, plan_of

SCHEDULE = "Equality Act 2010 Sch 10 para"
_PLAN = (("accessibility_plan", "plan"),)
_WORKING = (*ACTIONS, ("accessibility_plan", "working"))
_MONTHS, _GIVE = 36, 1
#: The dates of the plan and of its steps that something is owed by.
CYCLE_END = Date(ACCESSIBILITY_PLAN, ("cycle", "end"))
PLAN_REVIEW = Date(ACCESSIBILITY_PLAN, ("next_review",))
STEP_DUE = Date(ACCESSIBILITY_PLAN, ("actions", "-", "due"))
STEP_REVIEW = Date(ACCESSIBILITY_PLAN, ("actions", "-", "start"), within="1 year")
_GROUPS: Mapping[str, str] = {
    "students": "students",
    "parents": "parents",
    "staff": "staff",
    "specialists": "specialists",
}
_RELATED: Mapping[str, str] = {
    "send_information_report": "the SEN information report",
    "health_and_safety": "the health and safety policy",
    "premises": "the plan for the premises",
}


@rule("AP-1", "There is a written accessibility plan", source=f"{SCHEDULE} 3(1)", law=True, confirmed=True,
      in_force_from=IN_FORCE, parts=_PLAN)  # fmt: skip
def plan_exists(case: DocumentCase) -> Iterator[PageSpot]:
    """A page that anybody can read, and a record of its steps."""
    if PLAN not in case.documents:
        remedy = "Write this page, and put document: accessibility_plan at its top."
        yield PageSpot(path=PATHS[PLAN], message="There is no page for the accessibility plan.", remedy=remedy)
    elif next(plan_of(case), None) is None:
        remedy = "Begin it with id, cycle and actions; `sendbook schema accessibility_plan` shows the fields."
        message = "There is no record of the accessibility plan's steps."
        yield PageSpot(path="records/accessibility-plan.yml", message=message, remedy=remedy)


def _strand_rule(identity: str, strand: str, about: str, paragraph: str) -> Rule[DocumentCase]:
    def test(case: DocumentCase) -> Iterator[Spot]:
        for record in plan_of(case):
            if not is_alive(one for one in record.data["actions"] if one["strand"] == strand):
                message = f"No step of the plan {about}."
                remedy = f"Add an action with strand: {strand}."
                yield Spot(record, "/actions", message, remedy)

    test.__doc__ = f"At least one step {about}. A step that was dropped does not count; one that is done does."
    return rule(
        identity,
        f"A step {about}",
        source=f"{SCHEDULE} {paragraph}",
        law=True,
        confirmed=True,
        in_force_from=IN_FORCE,
        severity=Severity.ERROR,
        parts=ACTIONS,
    )(test)


_STRANDS = (
    _strand_rule("AP-2", "curriculum", "lets disabled students take a fuller part in the curriculum", "3(2)(a)"),
    _strand_rule("AP-3", "environment", "improves the physical environment", "3(2)(b)"),
    _strand_rule("AP-4", "information", "improves how information is given", "3(2)(c)"),
)


@rule("AP-5", "The plan covers three years", source=f"{SCHEDULE} 3(2); SI 2005/3221", law=True,
      in_force_from=IN_FORCE, severity=Severity.ERROR, parts=_PLAN, in_time=True)  # fmt: skip
def three_years(case: DocumentCase) -> Iterator[Spot]:
    """Thirty-six months, give or take one; a cycle that has ended needs the next plan."""
    for record in plan_of(case):
        start, end = _cycle(record.data)
        months = (end.year - start.year) * 12 + end.month - start.month + (end.day - start.day + 1) / 31
        if abs(months - _MONTHS) > _GIVE:
            message = f"The cycle is about {quantity(max(round(months), 0), 'months')} long."
            yield Spot(record, "/cycle/end", message, f"A cycle is {_MONTHS} months: correct its first or last day.")
            continue
        for late in _late(case, CYCLE_END, record):
            message = "The cycle has ended, and no new plan has taken its place."
            remedy = "Write the next plan with a new cycle, and have it approved."
            yield Spot(record, pointer_of(late.steps), message, remedy, in_time=True)


@rule("AP-6", "The cycle begins in April", source=HOUSE_RULE, parts=_PLAN)
def from_april(case: DocumentCase) -> Iterator[Spot]:
    """By custom plans run from 1 April; any three years will do."""
    for record in plan_of(case):
        start, _ = _cycle(record.data)
        if (start.month, start.day) != (4, 1):
            message = "The cycle does not begin on 1 April, as plans by custom do."
            yield Spot(record, "/cycle/start", message, "Nothing has to be done; other schools' plans end elsewhere.")


@rule("AP-7", "The plan and its steps were reviewed in the last year", source=f"{SCHEDULE} 3(5)", law=False,
      confirmed=True, in_force_from=IN_FORCE, parts=_WORKING)  # fmt: skip
def reviewed(case: DocumentCase) -> Iterator[Spot]:
    """The whole plan at least once a year, and so every step that is still open."""
    remedy = "Look at it, and add a review with its day and what you found."
    for record in plan_of(case):
        since = max([record.data["cycle"]["start"], *(review["on"] for review in record.data.get("reviews", ()))])
        begun = [one["start"] for one in record.data["actions"] if "start" in one]
        since = max(since, min(begun, default=since))
        if a_year_after(date.fromisoformat(since)) < case.on:
            message = "The whole plan was not reviewed in the last 12 months."
            yield Spot(record, "/reviews" if record.data.get("reviews") else "/cycle/start", message, remedy)
        for late in _late(case, STEP_REVIEW, record):
            place = pointer_of((*late.steps, "id"))
            yield Spot(record, place, "This step was not reviewed in the last 12 months.", remedy)


@rule("AP-8", "Steps are carried out in time", source=f"{SCHEDULE} 3(6)", law=True, confirmed=True,
      in_force_from=IN_FORCE, parts=ACTIONS)  # fmt: skip
def carried_out(case: DocumentCase) -> Iterator[Spot]:
    """The plan must be implemented: an open step is not overdue."""
    for record in plan_of(case):
        for late in _late(case, STEP_DUE, record):
            message = "This step is overdue and still open."
            remedy = "Finish it and set its status, or have a new day approved and say why in a review."
            yield Spot(record, pointer_of(late.steps), message, remedy)


@rule("AP-9", "Money and time are set aside", source=f"{SCHEDULE} 4(1)", law=False, confirmed=True,
      in_force_from=IN_FORCE, parts=(*_WORKING, *_PLAN, ("accessibility_plan", "costs")))  # fmt: skip
def resourced(case: DocumentCase) -> Iterator[Spot]:
    """The responsible body considers what the plan takes; each step says what it costs in money or in time."""
    for record in plan_of(case):
        if not record.data.get("resources_considered"):
            message = "Nothing says how the plan is paid for."
            remedy = "Add resources_considered: how the responsible body looked at money and time."
            yield Spot(record, "/id", message, remedy)
        for index, action in enumerate(record.data["actions"]):
            if action["status"] != "dropped" and not action.get("resources"):
                message = "Nothing says what this step takes."
                yield Spot(record, f"/actions/{index}/id", message, "Add resources: what it costs, or the staff time.")


@rule("AP-11", "Anybody can get a copy", source=f"{SCHEDULE} 4(2)", law=False, in_force_from=IN_FORCE, parts=_PLAN)
def copies(case: DocumentCase) -> Iterator[Spot]:
    """Where it is published, where a paper copy is kept, and what other formats it is offered in."""
    for record in plan_of(case):
        available = record.data.get("available") or {}
        if not available.get("where"):
            remedy = "Add available: where, such as this site and the school office."
            yield Spot(record, "/id", "Nothing says where the plan can be read.", remedy)
        elif not available.get("formats"):
            remedy = "Add formats, such as large print."
            yield Spot(record, "/available", "Nothing says what other formats the plan is offered in.", remedy)


@rule("AP-13", "The page shows all three strands", source=HOUSE_RULE, parts=_PLAN)
def page_shows_all(case: DocumentCase) -> Iterator[PageSpot]:
    """The plan can be taken out of the handbook by itself: all its steps are on its own page."""
    page = case.documents.get(PLAN)
    if page is None or next(plan_of(case), None) is None:
        return
    for strand in ("curriculum", "environment", "information"):
        if f'accessibility_actions("{strand}")' not in page.body.replace("'", '"').replace(" ", ""):
            message = f"The page does not show the steps of the strand {strand}."
            remedy = f'Put {{{{ accessibility_actions("{strand}") }}}} on a line of its own.'
            yield page.spot(page.body_line, message, remedy)


def _missing(
    identity: str,
    title: str,
    doc: str,
    names: Mapping[str, str],
    has: Callable[[Mapping[str, Any]], set[str]],
    remedy: str,
) -> Rule[DocumentCase]:
    def test(case: DocumentCase) -> Iterator[Spot]:
        for record in plan_of(case):
            lacking = [words for name, words in names.items() if name not in has(record.data)]
            if lacking:
                yield Spot(record, "/id", f"The plan does not speak of {', '.join(lacking)}.", remedy)

    test.__doc__ = doc
    return rule(identity, title, source=HOUSE_RULE, parts=_PLAN)(test)


_consulted = _missing(
    "AP-15",
    "Those concerned were asked",
    "Students, parents, staff and specialists shaped the plan.",
    _GROUPS,
    lambda data: {one["group"] for one in data.get("consulted", ())},
    "Ask them, and add to consulted: whom, when and how.",
)
_related = _missing(
    "AP-16",
    "The plan names what it goes with",
    "The SEN information report, the health and safety policy and the plan for the premises.",
    _RELATED,
    lambda data: {one["sort"] for one in data.get("related", ())},
    "Add it to related, with where it can be read.",
)


@rule("AP-17", "The plan was approved", source=f"{SCHEDULE} 3(1), 3(4)", law=False, confirmed=True,
      in_force_from=IN_FORCE, parts=_PLAN)  # fmt: skip
def approved(case: DocumentCase) -> Iterator[Spot]:
    """By the responsible body, with a minute; the page gives the same day."""
    page = case.documents.get(PLAN)
    for record in plan_of(case):
        approval = record.data.get("approval")
        if not approval:
            remedy = "Add approval: by, on and minute_ref, once the responsible body has approved it."
            yield Spot(record, "/id", "Nothing says that the plan was approved.", remedy)
        elif not record.data.get("responsible_body"):
            yield Spot(record, "/approval", "Nothing says which body is responsible.", "Add responsible_body.")
        elif not approval.get("minute_ref"):
            yield Spot(record, "/approval", "Nothing says where the approval is recorded.", "Add its minute_ref.")
        elif page is not None and page.approved_on not in ("", approval["on"]):
            message = "The page was approved on another day than the plan's steps."
            yield Spot(record, "/approval/on", message, "Make approved_on of the page and this day the same.")


@rule("AP-18", "The next review is set and lies ahead", source=f"{SCHEDULE} 3(5)", law=False, confirmed=True,
      in_force_from=IN_FORCE, parts=_PLAN)  # fmt: skip
def next_review(case: DocumentCase) -> Iterator[Spot]:
    """A day on which the whole plan is reviewed."""
    for record in plan_of(case):
        if "next_review" not in record.data:
            yield Spot(record, "/id", "No day is set for the next review.", "Add next_review.")
        for late in _late(case, PLAN_REVIEW, record):
            message = "The day of the next review has passed."
            yield Spot(record, pointer_of(late.steps), message, "Review the plan, then set a new day.")


@rule("AP-19", "The plan rests on an audit", source=HOUSE_RULE, parts=_PLAN)
def audited(case: DocumentCase) -> Iterator[Spot]:
    """Somebody looked at the whole campus, not longer than a year before the cycle began."""
    for record in plan_of(case):
        audit, (start, _) = record.data.get("audit"), _cycle(record.data)
        if not audit:
            yield Spot(
                record, "/id", "Nothing says which look at the campus the plan rests on.", "Add audit: on and by."
            )
        elif a_year_after(date.fromisoformat(audit["on"])) < start:
            message = "The audit is more than a year older than the cycle."
            yield Spot(record, "/audit/on", message, "Look again, and set its day.")


def _cycle(plan: Mapping[str, Any]) -> tuple[date, date]:
    return date.fromisoformat(plan["cycle"]["start"]), date.fromisoformat(plan["cycle"]["end"])


def _late(case: DocumentCase, asked: Date, record: Record) -> Iterator[Deadline]:
    """Yields what is late in the plan by one of its dates."""
    return (late for found, late in late_at(case, asked) if found is record)


RULES: tuple[Rule[DocumentCase], ...] = (
    plan_exists,
    *_STRANDS,
    three_years,
    from_april,
    reviewed,
    carried_out,
    resourced,
    copies,
    page_shows_all,
    _consulted,
    _related,
    approved,
    next_review,
    audited,
    *steps.RULES,
)
#: The dates of which one of them asks, in its own words.
DATES = frozenset({CYCLE_END, PLAN_REVIEW, STEP_DUE, STEP_REVIEW, STEP_BEGUN})
