"""Reports: each has an action plan, each decision its reason, and somebody looks whether the advice is followed.

What is owed by a day (a word that the report is here, a decision on each recommendation, each action) says the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sendbook.access.rights import rights_on
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Record
from sendbook.campus.words import quantity
from sendbook.checks.case import Case, Data, date_of, holds
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.kinds.report import FOLLOWED, REPORT

_CONSENT = ((REPORT, "findings"), (STUDENT, "family"), (STUDENT, "rights"))
_WHO_CONSENTS = "Children Act 1989 s.3; Children and Families Act 2014 s.80"
_ADVICE = ((REPORT, "recommendations"),)
_PLAN = ((REPORT, "about"), (REPORT, "action_plan"))
_BOTH = (*_ADVICE, (REPORT, "action_plan"))


@rule("RPT-01", "Every report has an action plan", source=HOUSE_RULE, parts=_PLAN, in_time=True)
def has_action_plan(case: Case) -> Iterator[Spot]:
    """Within fifteen school days of its arrival (the campus can choose another number), also where a report asks for
    little: then it says who tells whom.
    """
    days = case.house_rule("school_days_to_an_action_plan")
    for report in _reports(case):
        last = case.terms.add_school_days(date_of(report.data["received_on"]), days)
        if last is not None and last < case.on and not report.data.get("actions") and "closed_on" not in report.data:
            ago = f"{days} school day{'' if days == 1 else 's'} ago"
            message = f"This report came more than {ago} and has no action plan."
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
    """Within seven weeks of the decision (the campus can choose another number): by a visit to a lesson, or at work."""
    weeks = case.house_rule("weeks_to_look_at_advice")
    for report in _open(case):
        for index, one in enumerate(report.data.get("recommendations", ())):
            decision = one.get("decision", {})
            if decision.get("what") not in FOLLOWED or _has_been_looked_at(one["id"], report):
                continue
            if date_of(decision["on"]) + timedelta(weeks=weeks) < case.on:
                ago = quantity(weeks, "weeks")
                message = f"This advice was accepted more than {ago} ago, and nobody has looked whether it is followed."
                pointer = f"/recommendations/{index}/decision/on"
                remedy = "Visit a lesson, and write under “checks” what you saw."
                yield Spot(report, pointer, message, remedy, in_time=True)


@rule("RPT-05", "An action plan is looked at each term", source=HOUSE_RULE, parts=_PLAN, in_time=True)
def action_plan_is_reviewed(case: Case) -> Iterator[Spot]:
    """Every fourteen weeks (the campus can choose another number) while anything of the report is open: in a term
    without a look it was forgotten.
    """
    weeks = case.house_rule("weeks_between_looks_at_an_action_plan")
    for report in _open(case):
        looked = [date_of(review["on"]) for review in report.data.get("reviews", ())]
        since = max([date_of(report.data["received_on"]), *looked])
        if since + timedelta(weeks=weeks) < case.on:
            message = f"Nobody has looked at the action plan of this report for more than {quantity(weeks, 'weeks')}."
            remedy = (
                "Look at it and write under “reviews” what carries on; or write “closed_on” if nothing is left to do."
            )
            yield Spot(report, "/received_on", message, remedy, in_time=True)


@rule("RPT-06", "Consent is given by who can give it", source=_WHO_CONSENTS, law=True, parts=_CONSENT)
def consent_can_be_given(case: Case) -> Iterator[Spot]:
    """By a parent with parental responsibility whose relation is confirmed, or by the student once the student decides.
    What counts is the day on which it was given, and for the confirmation today: we may check it later.
    """
    for report in _reports(case) if case.header is not None else ():
        found = _wrong_consent(report.data["consent"], case.header.data, case.on)  # type: ignore[union-attr]
        if found is not None:
            field, message, remedy = found
            yield Spot(report, f"/consent{field}", message, remedy)


def _wrong_consent(consent: Data, student: Data, on: date) -> tuple[str, str, str] | None:
    """What is wrong with a consent: the field, the message and what to do; nothing where it can be relied on."""
    decides, by_student = rights_on(student, date_of(consent["on"])), consent.get("by_student", False)
    ask_student = "Ask the student, and write “by_student: true” with the day."
    ask_parent = "Ask a parent with parental responsibility, and write who agreed and when."
    if by_student and decides == "parent":
        return "/by_student", "The student agreed to this on a day when a parent decided.", ask_parent
    if not by_student and decides == "student":
        place = "/given_by" if "given_by" in consent else ""
        return place, "The student decides, and has not agreed that we keep and use this report.", ask_student
    if "given_by" in consent:
        relations = [item for item in student.get("family", ()) if item["person"] == consent["given_by"]]
        message = _wrong_parent(relations, date_of(consent["on"]), on)
        return ("/given_by", message, ask_parent) if message else None
    return None if by_student else ("", "Nobody is named who agreed that we keep and use this report.", ask_parent)


def _wrong_parent(relations: list[Data], given_on: date, on: date) -> str:
    """Why somebody can't agree for the student on a day, in one sentence; empty where they can."""
    at_the_time = [item for item in relations if holds(item, given_on)]
    if not relations:
        return "This person is not in the student's family, so can't agree to a report."
    if not at_the_time:
        return "On the day of the consent this person was not in the student's family."
    able = [item for item in at_the_time if item["responsibility"]]
    if not able:
        return "This person has no parental responsibility, so can't agree to a report."
    if not any("confirmed" in item and date_of(item["confirmed"]["on"]) <= on for item in able):
        return "It is not confirmed how this person is related to the student."
    return ""


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
    consent_can_be_given,
)
WHAT_TO_DO = {
    "RPT-01": "Write under “actions:” who does what by when.",
    "RPT-02": "Write the reason under “why:” in the decision.",
    "RPT-03": "Name the target, provision or strategy that takes it up, or add an action for it.",
    "RPT-04": "Visit a lesson or look at work, and write under “checks:” what you saw.",
    "RPT-05": "Look at the action plan and write under “reviews:” what carries on; or write “closed_on:”.",
    "RPT-06": "Ask a parent with parental responsibility, or the student who decides; write who agreed and when.",
}
BOOK = RuleBook(student=RULES, what_to_do=WHAT_TO_DO)
