"""Meetings in time: held often enough, shared with the family, and followed by action."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.campus.words import quantity
from sendbook.checks.case import Case, Data, date_of
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.checks.shape import pointer_of
from sendbook.deadlines.days import family_met_by, shared_by
from sendbook.deadlines.late import Date, late_at
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.meeting.meeting_records import is_planned, met_family

ACTION = Date(MEETING, ("actions", "-", "by"))

_WITH_PARENTS = frozenset({"parent_review", "annual_review", "team_around_the_child"})
_CODE = "SEND Code of Practice 2015, 6.65 to 6.71"
_MEETINGS = ((MEETING, "meetings"),)
_HELD = (*_MEETINGS, (MEETING, "family_present"))


@rule("MTG-01", "Parents are met often enough", source=_CODE, confirmed=True, parts=_HELD)
def met_often_enough(case: Case) -> Iterator[Spot]:
    """At least three times a year; the house sets the longest time between two meetings. A meeting counts if it was
    held and somebody of the family was there; one that was only planned does not.
    """
    if case.header is None or case.status == "N":
        return
    weeks = case.house_rule("weeks_between_meetings")
    held = [date_of(meeting.data["date"]) for meeting in case.all(MEETING) if _counts(meeting.data, case)]
    past = [one for one in held if one <= case.on]
    since = max([*past, min(date_of(period["from"]) for period in case.header.data["status"])])
    if case.on > family_met_by(since, weeks):
        message = f"No meeting with the family is recorded for more than {quantity(weeks, 'weeks')}."
        yield Spot(case.header, "/status", message, "Invite the family, and record the meeting.")


def _counts(meeting: Data, case: Case) -> bool:
    # Once the student decides, a conversation with the student is the review meeting.
    if case.student_decides and meeting["type"] == "student_conversation":
        return not is_planned(meeting)
    return meeting["type"] in _WITH_PARENTS and met_family(meeting)


@rule("MTG-02", "The family gets the record of a meeting", source=HOUSE_RULE, parts=_MEETINGS)
def shared_in_time(case: Case) -> Iterator[Spot]:
    """Within the school days the house allows."""
    days = case.house_rule("school_days_to_share_a_meeting")
    for meeting in case.all(MEETING):
        held = date_of(meeting.data["date"])
        if held > case.on or meeting.data["type"] not in _WITH_PARENTS:
            continue
        last = shared_by(held, days, case.terms)
        if "shared_with_family_on" not in meeting.data and last is not None and last < case.on:
            message = f"The record has not been shared with the family {days} school days after the meeting."
            yield Spot(meeting, "/date", message, "Share it, then record the date.")


@rule("MTG-04", "Agreed actions are done on time", source=HOUSE_RULE, parts=_MEETINGS)
def actions_done(case: Case) -> Iterator[Spot]:
    """By the day that was agreed, or with a new day."""
    for record, late in late_at(case, ACTION):
        message = "An agreed action is overdue."
        yield Spot(record, pointer_of(late.steps), message, "Do it and add “done_on:”, or agree a new date.")


RULES: tuple[Rule[Case], ...] = (met_often_enough, shared_in_time, actions_done)
#: The dates of which one of them asks, in its own words.
DATES = frozenset({ACTION})
