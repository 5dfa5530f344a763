"""Finds the meetings among a student's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.kinds.meeting import MEETING
from sendbook.pages.reading import Reading

Meetings = tuple[Mapping[str, Any], ...]


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
