"""What could be wrong with a released figure: changed by hand, approved by the wrong person, or left to lie."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sendbook.campus.records import Record
from sendbook.checks.case import Case, date_of, holds
from sendbook.checks.finding import Severity
from sendbook.checks.frozen import is_unaltered
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_FIGURES = (("figures", "public_figures"), ("figures", "figures"))
_NAME = re.compile(r"([0-9]{4})-(.+)")
_APPROVERS = ("senco", "principal")
_DAYS_TO_APPROVE = 14


def _releases(case: Case) -> tuple[Record, ...]:
    return case.campus.of_kind("figures")


@rule("FIG-01", "Figures are as they were computed", source=HOUSE_RULE, severity=Severity.ERROR, parts=_FIGURES)
def unaltered(case: Case) -> Iterator[Spot]:
    """A hidden number filled in by hand can't be taken back once somebody has read it."""
    for release in _releases(case):
        if not is_unaltered(release.data):
            approved = release.data["state"] == "approved"
            yield Spot(
                release,
                "",
                "These figures were approved and frozen, and have been changed since."
                if approved
                else "These figures were changed by hand after they were computed.",
                "Undo the change (git restore, or from the history)."
                if approved
                else "Undo the change, or delete the file and compute it again with sendbook figures compute.",
            )


@rule("FIG-02", "Figures are approved by somebody with that duty", source=HOUSE_RULE, severity=Severity.ERROR,
      parts=_FIGURES)  # fmt: skip
def approved_by_duty(case: Case) -> Iterator[Spot]:
    """Only approved figures are shown, so who approves decides what others see."""
    place = case.campus.get("campus")
    allowed = (place.data if place else {}).get("figures", {}).get("approved_by", _APPROVERS)
    for release in _releases(case):
        if release.data["state"] != "approved":
            continue
        if not {"approved_by", "approved_on"} <= release.data.keys():
            message = "The figures are marked as approved, but nothing says who approved them and when."
            yield Spot(release, "/state", message, "Approve them with sendbook figures approve.")
            continue
        on = date_of(release.data["approved_on"])
        duties = case.person(release.data["approved_by"]).get("staff", {}).get("duties", ())
        if not any(duty["role"] in allowed and holds(duty, on) for duty in duties):
            yield Spot(
                release,
                "/approved_by",
                "The person who approved these figures had no duty to on that day.",
                f"It takes one of: {', '.join(duty.replace('_', ' ') for duty in allowed)}. Ask them to look at it.",
            )


@rule("FIG-03", "Computed figures are approved or dropped", source=HOUSE_RULE, parts=_FIGURES)
def approved_in_time(case: Case) -> Iterator[Spot]:
    """Nobody is shown figures before they are approved, and what lies about is forgotten."""
    for release in _releases(case):
        waiting = release.data["state"] == "computed"
        if waiting and (case.on - date_of(release.data["computed_on"])).days > _DAYS_TO_APPROVE:
            yield Spot(
                release,
                "/state",
                "These figures have been waiting for approval for over two weeks, so nobody can see them.",
                "Read them, then sendbook figures approve; or compute them again.",
            )


@rule("FIG-04", "Figures are filed under their term", source=HOUSE_RULE, severity=Severity.ERROR, parts=_FIGURES)
def filed_under_term(case: Case) -> Iterator[Spot]:
    """The name says the year and the term, so that releases are in order."""
    for release in _releases(case):
        name, term = str(release.data["id"]), str(release.data["term"])
        found = _NAME.fullmatch(name)
        if term not in (name, f"{found[2]}-{found[1]}" if found else ""):
            message = "The name of these figures and their term don't match."
            yield Spot(release, "/term", message, "Compute the term again; the command files it where it belongs.")


RULES: tuple[Rule[Case], ...] = (unaltered, approved_by_duty, approved_in_time, filed_under_term)
