"""What every sheet of a page printed from the browser says: that it is private, whose it is, and of when.

A printout goes from hand to hand and says nothing of the site it came from. The line gives the day of the version, not
of printing: a student's page must not change with the day.
"""

from __future__ import annotations

from sendbook.campus.words import short_day
from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.pages.reading import Reading

PRIVATE = "Private"


def paper_line(reading: Reading, *, draft: bool = False) -> str:
    """``Private · Freya Lindqvist · version of 3 November 2026``, for the sheets of a student's page."""
    day = reading.once(version_day)  # the same on each of the student's pages
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
    dated = ((kind.days, record) for kind in ALL_KINDS if kind.days for record in reading.all(kind.name))
    return max((day for days, record in dated for day in days(record)), default="")
