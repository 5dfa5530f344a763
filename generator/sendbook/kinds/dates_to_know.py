"""The section of a student's first page with the days to know, gathered from all kinds of record.

Only absolute dates stand here: what is due or late is said on a reader's own home page, so that a student's pages do
not change from one day to the next.
"""

from __future__ import annotations

from typing import Any, Final

from sendbook.campus.foundation import STUDENT
from sendbook.campus.words import long_day
from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

_DATES: Final = tuple(kind.dates for kind in ALL_KINDS if kind.dates is not None)


def show_dates(reading: Reading) -> dict[str, Any] | None:
    """Returns each day with what it is for, the earliest first."""
    # After the last day on roll nothing falls due here.
    last_day = str(reading.one(STUDENT).get("on_roll", {}).get("until") or "9999")
    dates = sorted((iso, what) for dates in _DATES for iso, what in dates.of(reading) if iso <= last_day)
    return {"rows": [(long_day(iso), what) for iso, what in dates]} if dates else None


DATES: Final = Section(
    name="dates",
    title=Voice(staff="Dates to know"),
    template="sections/dates.html",
    show=show_dates,
    also=tuple(part for dates in _DATES for part in dates.parts),
)
