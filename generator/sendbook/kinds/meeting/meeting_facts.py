"""What lists and home pages need of a student's meetings. Every key is always there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sendbook.kinds.meeting.meeting_records import meetings_of
from sendbook.kinds.meeting.meeting_sections import MEETINGS, is_draft, is_planned, meeting_anchor, next_meeting
from sendbook.pages.reading import Facts, Reading

_WITH_FAMILY = ("parent_review", "team_around_the_child", "annual_review")


def facts_of_meetings(reading: Reading) -> Facts:
    """When the family was met and when it will be next, what is not agreed yet, and what is still to do."""
    meetings = meetings_of(reading)
    return {
        "sees_meetings": reading.has(MEETINGS),
        "next_meeting": next_meeting(reading),
        "family_meetings": [item["date"] for item in meetings if item.get("type") in _WITH_FAMILY],
        "draft_meetings": [meeting_anchor(item) for item in meetings if is_draft(item) and not is_planned(item)],
        "actions": list(_actions(reading)),
    }


def _actions(reading: Reading) -> Iterator[dict[str, Any]]:
    """What was agreed at meetings and is not done."""
    for meeting in meetings_of(reading):
        for key, who in (("actions", "who"), ("family_actions", "person")):
            for item in meeting.get(key, ()):
                if "done_on" not in item:
                    yield {
                        "what": item["what"],
                        "who": item[who],
                        "family": key == "family_actions",
                        "by": item.get("by"),
                        "meeting": meeting_anchor(meeting),
                    }
