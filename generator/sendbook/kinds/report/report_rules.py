"""Reports: each has an action plan, each decision its reason, and somebody looks whether the advice is followed.

What is owed by a day (a word that the report is here, a decision on each recommendation, each action) says the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sendbook.campus.records import Record
from sendbook.checks.case import Case, day
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.kinds.report import FOLLOWED, REPORT

_ADVICE = ((REPORT, "recommendations"),)
_PLAN = ((REPORT, "about"), (REPORT, "action_plan"))
_BOTH = (*_ADVICE, (REPORT, "action_plan"))
#: School days until a report that came has an action plan.
_TO_PLAN = 15
#: Weeks until somebody has looked whether advice that was accepted is followed: half a term.
_TO_LOOK = 7
#: Weeks between two looks at an action plan with something open: a term.
_TO_REVIEW = 14


@rule("RPT-01", "Every report has an action plan", source=HOUSE_RULE, parts=_PLAN, in_time=True)
def has_action_plan(case: Case) -> Iterator[Spot]:
    """Within fifteen school days of its arrival, also where a report asks for little: then it says who tells whom."""
    for report in _reports(case):
        last = case.terms.add_school_days(day(report.data["received_on"]), _TO_PLAN)
        if last is not None and last < case.on and not report.data.get("actions") and "closed_on" not in report.data:
            message = "This report came more than fifteen school days ago and has no action plan."
            yield Spot(report, "/received_on", message, "Write under “actions” who does what, by when.", in_time=True)


@rule("RPT-02", "A decision that changes or declines advice says why", source=HOUSE_RULE, parts=_ADVICE)
def decision_has_reason(case: Case) -> Iterator[Spot]:
    """The author and the family need the reason, and so does a colleague who reads it in three years."""
    for report in _reports(case):
        for index, one in enumerate(report.data.get("recommendations", ())):
            decision = one.get("decision")
            if decision is not None and decision["what"] != "accepted" and "why" not in decision:
                message = "This recommendation is not accepted as it is, and no reason is given."
                pointer = f"/recommendations/{index}/decision/what"
                yield Spot(report, pointer, message, "Write the reason under “why”.")


@rule("RPT-03", "Accepted advice is taken up by something", source=HOUSE_RULE, parts=_BOTH)
def advice_is_taken_up(case: Case) -> Iterator[Spot]:
    """By a target, a line of provision, a strategy or an action: what nothing takes up does not happen."""
    for report in _reports(case):
        acted_on = {action.get("recommendation") for action in report.data.get("actions", ())}
        for index, one in enumerate(report.data.get("recommendations", ())):
            accepted = one.get("decision", {}).get("what") in FOLLOWED
            if accepted and one["id"] not in acted_on and not {"target", "provision", "strategy"} & one.keys():
                message = "This recommendation is accepted, and nothing takes it up."
                remedy = "Name the target, provision or strategy of the plan that does, or add an action for it."
                yield Spot(report, f"/recommendations/{index}/decision/what", message, remedy)


@rule("RPT-04", "Somebody looks whether accepted advice is followed", source=HOUSE_RULE, parts=_BOTH, in_time=True)
def advice_is_looked_at(case: Case) -> Iterator[Spot]:
    """Within half a term of the decision: a visit to a lesson, or a look at work."""
    for report in _open(case):
        for index, one in enumerate(report.data.get("recommendations", ())):
            decision = one.get("decision", {})
            if decision.get("what") not in FOLLOWED or _has_been_looked_at(one["id"], report):
                continue
            if day(decision["on"]) + timedelta(weeks=_TO_LOOK) < case.on:
                message = (
                    f"This advice was accepted over {_TO_LOOK} weeks ago, and nobody has looked whether it is followed."
                )
                pointer = f"/recommendations/{index}/decision/on"
                remedy = "Visit a lesson, and write under “checks” what you saw."
                yield Spot(report, pointer, message, remedy, in_time=True)


@rule("RPT-05", "An action plan is looked at each term", source=HOUSE_RULE, parts=_PLAN, in_time=True)
def action_plan_is_reviewed(case: Case) -> Iterator[Spot]:
    """While anything of the report is open: a term without a look is a term in which it was forgotten."""
    for report in _open(case):
        looked = [day(review["on"]) for review in report.data.get("reviews", ())]
        since = max([day(report.data["received_on"]), *looked])
        if since + timedelta(weeks=_TO_REVIEW) < case.on:
            message = f"The action plan of this report was last looked at more than {_TO_REVIEW} weeks ago."
            remedy = (
                "Look at it and write under “reviews” what carries on; or write “closed_on” if nothing is left to do."
            )
            yield Spot(report, "/received_on", message, remedy, in_time=True)


def _reports(case: Case) -> Iterator[Record]:
    return (record for record in case.records if record.kind == REPORT)


def _open(case: Case) -> Iterator[Record]:
    return (report for report in _reports(case) if "closed_on" not in report.data)


def _has_been_looked_at(recommendation: str, report: Record) -> bool:
    looked_at = (check.get("recommendation", recommendation) for check in report.data.get("checks", ()))
    return recommendation in looked_at


RULES: tuple[Rule[Case], ...] = (
    has_action_plan,
    decision_has_reason,
    advice_is_taken_up,
    advice_is_looked_at,
    action_plan_is_reviewed,
)
WHAT_TO_DO = {
    "RPT-01": "Write under “actions:” who does what by when.",
    "RPT-02": "Write the reason under “why:” in the decision.",
    "RPT-03": "Name the target, provision or strategy that takes it up, or add an action for it.",
    "RPT-04": "Visit a lesson or look at work, and write under “checks:” what you saw.",
    "RPT-05": "Look at the action plan and write under “reviews:” what carries on; or write “closed_on:”.",
}
BOOK = RuleBook(student=RULES, what_to_do=WHAT_TO_DO)
