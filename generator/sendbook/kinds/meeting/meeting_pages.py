"""The page of a student's meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sendbook.kinds.meeting import MEETING
from sendbook.kinds.meeting.meeting_sections import MEETING_LIST, MEETING_RECORDS, OPEN_ACTIONS, meeting_anchor
from sendbook.pages.linked_from import linked_from_section
from sendbook.pages.sections import PageKind, Voice

PAGES = (
    PageKind(
        name="meetings",
        path="{home}meetings/",
        title=Voice(staff="Meetings about {name}", student="My meetings"),
        link=Voice(staff="Meetings", student="My meetings"),
        order=40,
    ),
)
SECTIONS = {"meetings": {10: OPEN_ACTIONS, 20: MEETING_LIST, 30: MEETING_RECORDS, 40: linked_from_section(MEETING)}}


def read_at(meeting: Mapping[str, Any]) -> str | None:
    """Where a meeting is read, in the student's folder; None for one that these readers do not find there."""
    return f"meetings/#{meeting_anchor(meeting)}" if {"id", "date"} <= meeting.keys() else None
