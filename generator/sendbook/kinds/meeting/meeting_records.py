"""Finds the meetings among a student's records, and says of each whether it was held, and with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.kinds.meeting import MEETING
from sendbook.pages.reading import Reading

Meetings = tuple[Mapping[str, Any], ...]
_RECORDED = frozenset({"actions", "agreed", "discussed", "family_actions", "minutes", "staff_notes", "student_present"})


def meetings_of(reading: Reading) -> Meetings:
    """The meetings whose day these readers may know, newest first."""
    found: Meetings = reading.once(_newest_first)
    return found


def _newest_first(reading: Reading) -> Meetings:
    held = (meeting for meeting in reading.all(MEETING) if "date" in meeting)
    return tuple(sorted(held, key=lambda meeting: str(meeting["date"]), reverse=True))


def days_of_meeting(meeting: Mapping[str, Any]) -> Iterator[str]:
    """The day of a meeting, if these readers may know it."""
    if "date" in meeting:
        yield str(meeting["date"])


def met_on(meeting: Mapping[str, Any]) -> str | None:
    """The day of a meeting whose record is agreed; None for any other."""
    return str(meeting["date"]) if "date" in meeting and meeting.get("state") == "agreed" else None


def is_planned(meeting: Mapping[str, Any]) -> bool:
    """Whether nothing is recorded of a meeting yet but that it is to be: its record is a draft without a word in it.

    Read from the record alone, so that a page doesn't change from one day to the next.
    """
    return is_draft(meeting) and not _RECORDED & meeting.keys()


def is_draft(meeting: Mapping[str, Any]) -> bool:
    """Whether a meeting's record is not agreed."""
    return meeting.get("state") == "draft"


def met_family(meeting: Mapping[str, Any]) -> bool:
    """Whether a meeting was held and somebody of the family was there: not if it was only planned, or if all of them
    sent apologies.
    """
    there = [one for one in meeting.get("family_present", ()) if not one.get("apologies")]
    return bool(there) and not is_planned(meeting)
