"""What a record says has happened has happened: no day of it is still to come.

A day that was filled in beforehand is printed for the family as a fact. What is planned has fields of its own: a first
day, a day to review by, the date of a meeting whose record is still a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sendbook.campus.records import Record
from sendbook.checks.case import Case, day
from sendbook.checks.rules.rule import HOUSE_RULE, Parts, Rule, Spot, rule

_VOICES = ("family_voice/*/on", "student_voice/*/on")
#: The days of each kind of record on which something was agreed, said, shared, measured or reviewed.
_HAPPENED: Mapping[str, tuple[str, ...]] = {
    "plan": (
        "agreed_on",
        *(f"targets/*/{one}/on" for one in ("baseline", "progress/*", "result")),
        *(f"provision/*/{one}" for one in ("trained_on", "delivery/as_of", "entry/on", "exit/on")),
        *(f"cycles/*/{one}" for one in ("plan/staff_informed_on", "review/on")),
        *_VOICES,
    ),
    "profile": ("agreed_on", "student_agreed/on"),
    "meeting": ("shared_with_family_on", "actions/*/done_on", "family_actions/*/done_on", *_VOICES),
    "student": ("needs/*/since", "identified/on", "family/*/confirmed/on", "consents/*/given_on"),
}


def _parts(kind: str, *names: str) -> Parts:
    return tuple((kind, name) for name in names)


@rule("PLAN-09", "What a plan says has happened has happened", source=HOUSE_RULE,
      parts=_parts("plan", "plan", "targets", "provision", "cycles", "family_voice", "student_voice"))  # fmt: skip
def plan_has_happened(case: Case) -> Iterator[Spot]:
    """A plan isn't agreed, and nothing in it measured, counted, reviewed or said, on a day still to come. The plan's
    first day may be.
    """
    yield from _ahead(case, case.plans)


@rule("PRF-02", "A profile was agreed on a day that has come", source=HOUSE_RULE, parts=_parts("profile", "profile"))
def profile_has_happened(case: Case) -> Iterator[Spot]:
    """The family reads that it is agreed. The day from which it counts may be still to come."""
    yield from _ahead(case, [record for record in case.records if record.kind == "profile"])


@rule("MTG-05", "What the record of a meeting says has happened has happened", source=HOUSE_RULE,
      parts=_parts("meeting", "meetings", "family_present", "family_voice", "student_voice"))  # fmt: skip
def meeting_has_happened(case: Case) -> Iterator[Spot]:
    """Its record isn't shared, nor an action done, on a day still to come; and a meeting still to come has no agreed
    record yet: until then it is a draft.
    """
    for meeting in case.meetings:
        if meeting.data["state"] == "agreed" and day(meeting.data["date"]) > case.on:
            message = "The record of this meeting is agreed, and the meeting is still to come."
            yield Spot(meeting, "/date", message, "Correct the date, or set the state to “draft” until it is held.")
    yield from _ahead(case, case.meetings)


@rule("STU-06", "What was recorded of a student was recorded on a day that has come", source=HOUSE_RULE,
      parts=_parts("student", "register", "family", "rights"))  # fmt: skip
def student_has_happened(case: Case) -> Iterator[Spot]:
    """A relation isn't confirmed, nor a permission given, on a day still to come."""
    yield from _ahead(case, [case.header] if case.header is not None else [])


def _ahead(case: Case, records: Iterable[Record]) -> Iterator[Spot]:
    for record in records:
        for path in _HAPPENED[record.kind]:
            for pointer, written in _found(record.data, path.split("/"), ""):
                if day(written) > case.on:
                    message = "Here is a day that is still to come, for something that has happened."
                    remedy = "Write the day on which it happened, once it has."
                    yield Spot(record, pointer, message, remedy, found=written)


def _found(value: Any, steps: list[str], pointer: str) -> Iterator[tuple[str, str]]:
    """Returns the texts at a path with their pointers; ``*`` stands for every entry of a list."""
    if not steps:
        yield pointer, value
    elif steps[0] == "*":
        for index, inner in enumerate(value):
            yield from _found(inner, steps[1:], f"{pointer}/{index}")
    elif steps[0] in value:
        yield from _found(value[steps[0]], steps[1:], f"{pointer}/{steps[0]}")


RULES: tuple[Rule[Case], ...] = (plan_has_happened, profile_has_happened, meeting_has_happened, student_has_happened)
