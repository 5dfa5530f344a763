"""Meetings: often enough, led by someone who knows the student, shared in time, and followed by action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sendbook.checks.case import Case, day, holds
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_WITH_PARENTS = frozenset({"parent_review", "annual_review", "team_around_the_child"})
_CODE = "SEND Code of Practice 2015, 6.65 to 6.71"
_MEETINGS = (("meeting", "meetings"),)


@rule("MTG-01", "Parents are met often enough", source=_CODE, confirmed=True, parts=_MEETINGS)
def met_often_enough(case: Case) -> Iterator[Spot]:
    """At least three times a year; the house sets the longest time between two meetings."""
    if case.header is None or case.status == "N":
        return
    longest = timedelta(weeks=case.house_rule("weeks_between_meetings"))
    # Once the student decides, a conversation with the student is the review meeting.
    counted = _WITH_PARENTS | {"student_conversation"} if case.student_decides else _WITH_PARENTS
    held = [day(meeting.data["date"]) for meeting in case.meetings if meeting.data["type"] in counted]
    past = [one for one in held if one <= case.on]
    since = max([*past, min(day(period["from"]) for period in case.header.data["status"])])
    if case.on - since > longest:
        message = f"No meeting with the family is recorded for more than {longest.days // 7} weeks."
        yield Spot(case.header, "/status", message, "Invite the family, and record the meeting.")


@rule("MTG-02", "The family gets the record of a meeting", source=HOUSE_RULE, parts=_MEETINGS)
def shared_in_time(case: Case) -> Iterator[Spot]:
    """Within the school days the house allows."""
    days = case.house_rule("school_days_to_share_a_meeting")
    for meeting in case.meetings:
        held = day(meeting.data["date"])
        if held > case.on or meeting.data["type"] not in _WITH_PARENTS:
            continue
        last = case.terms.add_school_days(held, days)
        if "shared_with_family_on" not in meeting.data and last is not None and last < case.on:
            message = f"The record has not been shared with the family {days} school days after the meeting."
            yield Spot(meeting, "/date", message, "Share it, then record the date.")


@rule("MTG-03", "Review meetings are led by a teacher", source=_CODE, confirmed=True, parts=_MEETINGS)
def led_by_teacher(case: Case) -> Iterator[Spot]:
    """A teacher who knows the student leads; the SENDCo supports. Only the latest can still teach anybody anything."""
    reviews = [meeting for meeting in case.meetings if meeting.data["type"] == "parent_review"]
    for meeting in reviews[-1:]:
        duties = case.person(meeting.data["led_by"]).get("staff", {}).get("duties", ())
        roles = {duty["role"] for duty in duties if holds(duty, day(meeting.data["date"]))}
        if not roles & {"teacher", "senco"}:
            message = "The person who led this review was neither a teacher nor the SENDCo."
            yield Spot(meeting, "/led_by", message, "Next time, ask a teacher who knows the student to lead.")


@rule("MTG-04", "Agreed actions are done on time", source=HOUSE_RULE, parts=_MEETINGS)
def actions_done(case: Case) -> Iterator[Spot]:
    """By the day that was agreed, or with a new day."""
    for meeting in case.meetings:
        for index, action in enumerate(meeting.data.get("actions", ())):
            if "done_on" not in action and day(action["by"]) < case.on:
                message = "An agreed action is overdue."
                yield Spot(
                    meeting,
                    f"/actions/{index}/by",
                    message,
                    "Do it and add “done_on:”, or agree a new date.",
                )


@rule("MTG-05", "The record of a meeting is agreed once the meeting was held", source=HOUSE_RULE, parts=_MEETINGS)
def held_before_agreed(case: Case) -> Iterator[Spot]:
    """Until then it is a draft: the family would read what was said before anybody has met."""
    for meeting in case.meetings:
        if meeting.data["state"] == "agreed" and day(meeting.data["date"]) > case.on:
            message = "The record of this meeting is agreed, and the meeting is still to come."
            yield Spot(meeting, "/date", message, "Correct the date, or set the state to “draft” until it is held.")


RULES: tuple[Rule[Case], ...] = (met_often_enough, shared_in_time, led_by_teacher, actions_done, held_before_agreed)
