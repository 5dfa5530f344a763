"""The student's own record: status and types of need that fit together, and rights that pass in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from sendbook.access.rights import ADULT, birthday
from sendbook.checks.case import Case, date_of
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_CENSUS = "School census guidance, SEN provision and SEN type"
_RIGHTS = "Children and Families Act 2014 s.80; SEND Code of Practice 2015, 8.13 to 8.18"
_A_TERM = timedelta(weeks=16)


@rule("STU-01", "Status and types of need match", source=_CENSUS, confirmed=True, severity=Severity.ERROR,
      parts=(("student", "status"), ("student", "register")), in_time=True)  # fmt: skip
def types_fit_status(case: Case) -> Iterator[Spot]:
    """K or E has at least one type, N has none; ranks differ; NSA goes alone and never with E."""
    if case.header is None:
        return
    data = case.header.data
    needs = data.get("needs", [])
    types = [need["type"] for need in needs]
    place = "/needs" if needs else "/status"
    if case.status in "KE" and not needs:
        yield Spot(
            case.header,
            place,
            "The student has SEND but no type of need.",
            "Add “needs:”; NSA if not yet assessed.",
            in_time=True,
        )
    if case.status == "N" and needs and case.begun:
        yield Spot(
            case.header,
            place,
            "Types of need are recorded, but the status is N or has ended: the student has no SEN support and no plan.",
            "If support has begun, write status K (E with an EHC plan). For a concern, take “needs” out until then.",
            in_time=True,
        )
    if len({need["rank"] for need in needs}) < len(needs) or len(set(types)) < len(types):
        yield Spot(case.header, place, "Two types of need share a rank or a type.", "Rank 1 is primary, 2 secondary.")
    if "NSA" in types and (len(types) > 1 or case.status == "E"):
        yield Spot(
            case.header,
            place,
            "NSA is given with another type or an EHC plan.",
            "Use NSA alone, with SEN support only.",
            in_time=len(types) == 1,  # an EHC plan that was written ahead has begun
        )


@rule("STU-02", "One status at a time", source=_CENSUS, severity=Severity.ERROR, parts=(("student", "status"),))
def one_status(case: Case) -> Iterator[Spot]:
    """Each status ends before the next begins."""
    if case.header is None:
        return
    ordered = sorted(enumerate(case.header.data["status"]), key=lambda item: item[1]["from"])
    for (index, before), (_, after) in pairwise(ordered):
        if "until" not in before or before["until"] >= after["from"]:
            message = "Two SEN statuses run at the same time."
            yield Spot(case.header, f"/status/{index}", message, "End this one the day before the next begins.")


@rule("STU-03", "Who decides changes to the student on time", source=_RIGHTS, law=True, parts=(("student", "rights"),))
def rights_pass(case: Case) -> Iterator[Spot]:
    """From the 18th birthday the student decides; a term ahead is the time to prepare for it."""
    if case.header is None:
        return
    eighteen = birthday(date_of(case.header.data["born"]), ADULT)
    decides = any(
        period["decides"] == "student" and date_of(period["from"]) <= eighteen for period in case.header.data["rights"]
    )
    if case.on >= eighteen - _A_TERM and not decides:
        yield Spot(
            case.header,
            "/rights",
            "The student is 18, or will be within a term, and “who decides” doesn't say so yet.",
            "Talk with the student and the family, ask whether parents can still see the record, and add a period.",
        )


@rule("STU-04", "Who decides is about to change", source=_RIGHTS, law=True, parts=(("student", "rights"),))
def rights_change_ahead(case: Case) -> Iterator[Spot]:
    """A change of who decides is announced a term ahead, so that nobody loses sight of a record by surprise."""
    if case.header is None:
        return
    for index, period in enumerate(case.header.data["rights"]):
        ahead = date_of(period["from"]) - case.on
        if timedelta(0) < ahead <= _A_TERM and index:
            message = "Who decides changes within a term."
            yield Spot(
                case.header,
                f"/rights/{index}",
                message,
                "Tell the family, and ask the student about consent.",
            )


@rule("STU-05", "A student's folder says who the student is", source=HOUSE_RULE, severity=Severity.ERROR,
      parts=(("student", "name"),))  # fmt: skip
def student_is_described(case: Case) -> Iterator[Spot]:
    """Without student.yml nobody is tied to the student, so nobody would see the records, and nobody would be asked."""
    if case.header is None and case.records:
        yield Spot(
            case.records[0],
            "",
            "This student's folder has records but no student.yml, so nobody can see them.",
            "Put student.yml back, or take the whole folder out.",
        )


RULES: tuple[Rule[Case], ...] = (
    types_fit_status,
    one_status,
    rights_pass,
    rights_change_ahead,
    student_is_described,
)
