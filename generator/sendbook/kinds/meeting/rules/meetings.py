"""Meetings: led by someone who knows the student, and agreed once they were held."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.checks.case import Case, date_of, holds
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.kinds.meeting import MEETING

_CODE = "SEND Code of Practice 2015, 6.65 to 6.71"
_MEETINGS = (("meeting", "meetings"),)


@rule("MTG-03", "Review meetings are led by a teacher", source=_CODE, confirmed=True, parts=_MEETINGS)
def led_by_teacher(case: Case) -> Iterator[Spot]:
    """A teacher who knows the student leads; the SENDCo supports. Only the latest can still teach anybody anything."""
    reviews = [meeting for meeting in case.all(MEETING) if meeting.data["type"] == "parent_review"]
    for meeting in reviews[-1:]:
        duties = case.person(meeting.data["led_by"]).get("staff", {}).get("duties", ())
        roles = {duty["role"] for duty in duties if holds(duty, date_of(meeting.data["date"]))}
        if not roles & {"teacher", "senco"}:
            message = "The person who led this review was neither a teacher nor the SENDCo."
            yield Spot(meeting, "/led_by", message, "Next time, ask a teacher who knows the student to lead.")


@rule("MTG-05", "The record of a meeting is agreed once the meeting was held", source=HOUSE_RULE, parts=_MEETINGS)
def held_before_agreed(case: Case) -> Iterator[Spot]:
    """Until then it is a draft: the family would read what was said before anybody has met."""
    for meeting in case.all(MEETING):
        if meeting.data["state"] == "agreed" and date_of(meeting.data["date"]) > case.on:
            message = "The record of this meeting is agreed, and the meeting is still to come."
            yield Spot(meeting, "/date", message, "Correct the date, or set the state to “draft” until it is held.")


RULES: tuple[Rule[Case], ...] = (led_by_teacher, held_before_agreed)
