"""What lists and home pages need of a student's meetings. Every key is always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.kinds.meeting import MEETING
from sendbook.kinds.meeting.meeting_records import is_draft, is_planned, meetings_of, met_family
from sendbook.kinds.meeting.meeting_sections import MEETINGS, meeting_anchor, next_meeting
from sendbook.pages.reading import Facts, Reading

_FAMILY_PRESENT = (MEETING, "family_present")
_WITH_FAMILY = ("parent_review", "team_around_the_child", "annual_review")


def facts_of_meetings(reading: Reading) -> Facts:
    """When the family was met and when it will be next, what is not agreed yet, and what is still to do."""
    meetings = meetings_of(reading)
    return {
        "sees_meetings": reading.has(MEETINGS),
        "next_meeting": next_meeting(reading),
        "family_meetings": [item["date"] for item in meetings if _is_with_family(item, reading)],
        "draft_meetings": [meeting_anchor(item) for item in meetings if is_draft(item) and not is_planned(item)],
        "actions": list(_actions(reading)),
    }


def _is_with_family(meeting: Mapping[str, Any], reading: Reading) -> bool:
    """Whether the family was met; for who may not know who was there, whether the meeting was held."""
    if meeting.get("type") not in _WITH_FAMILY:
        return False
    return met_family(meeting) if reading.has(_FAMILY_PRESENT) else not is_planned(meeting)


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
                        "anchor": meeting_anchor(meeting),
                    }
