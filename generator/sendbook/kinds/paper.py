"""What every sheet of a page printed from the browser says: that it is private, whose it is, and of when.

A printout goes from hand to hand and says nothing of the site it came from. The line gives the day of the version, not
of printing: a student's page must not change with the day.
"""

from __future__ import annotations

from sendbook.campus.words import short_day
from sendbook.kinds.meeting.meeting_records import meetings_of
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.print_plan import days_of_plan
from sendbook.kinds.profile.print_profile import days_of_profile
from sendbook.kinds.profile.profile_records import profile_of
from sendbook.pages.reading import Reading

PRIVATE = "Private"


def paper_line(reading: Reading, *, draft: bool = False) -> str:
    """``Private · Freya Lindqvist · version of 3 November 2026``, for the sheets of a student's page."""
    day = version_day(reading)
    parts = [
        PRIVATE,
        "Draft: not agreed" if draft else "",
        reading.full_name,
        f"version of {short_day(day)}" if day else "",
    ]
    return " · ".join(filter(None, parts))


def version_day(reading: Reading) -> str:
    """The last day on which anything changed for these readers: by their history, else by what the records date.

    "" where they date nothing.
    """
    if reading.told.days:
        return reading.told.days[0].day
    dated = [*days_of_plan(plan_of(reading)), *days_of_profile(profile_of(reading))]
    return max([*dated, *(meeting["date"] for meeting in meetings_of(reading))], default="")
