"""What to do about the findings of each rule about meetings."""

from __future__ import annotations

from collections.abc import Mapping

WHAT_TO_DO: Mapping[str, str] = {
    "MTG-01": "Invite the family, and record the meeting.",
    "MTG-02": "Share the record of the meeting, then write down the day.",
    "MTG-04": "Do it and add “done_on:”, or agree a new date.",
    "MTG-03": "Next time, ask a teacher who knows the student to lead.",
    "MTG-05": "Correct the date, or set the state to “draft” until the meeting is held.",
}
