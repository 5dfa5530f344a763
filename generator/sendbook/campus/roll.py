"""Whether a student is on roll on a day: the one answer for access, checks, figures and every list.

Only the days in ``on_roll`` count. What a person has granted, and what a leaver's family may still read, is decided in
`access`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.campus.days import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRoll:
    """The days a student is on roll, both included; None is open on that side."""

    since: date | None = None
    until: date | None = None

    def is_here(self, on: date) -> bool:
        """Whether the student is on roll on a day."""
        return (self.since is None or self.since <= on) and not self.has_left(on)

    def has_left(self, on: date) -> bool:
        """Whether the last day on roll is over: from then on nothing falls due for the student here."""
        return self.until is not None and self.until < on


def on_roll(student: Mapping[str, Any]) -> OnRoll:
    """Reads ``on_roll`` of a student's record, or of as much of it as a reader may see.

    A date that can't be read, which the checks report, counts as not here: a first day that never comes, a last day
    that has passed.
    """
    days = student.get("on_roll")
    found = days if isinstance(days, Mapping) else {}
    return OnRoll(
        since=day_of(found.get("from"), otherwise=date.max), until=day_of(found.get("until"), otherwise=date.min)
    )


def support_until(student: Mapping[str, Any]) -> date | None:
    """The last day of SEN support or an EHC plan, or None: it has no last day yet, or there was no support.

    From the day after it the student's plan is over too: no review of it falls due.
    """
    periods = [one for one in student.get("status", ()) if one["code"] != "N"]
    if any("until" not in one for one in periods):
        return None
    return max((date.fromisoformat(one["until"]) for one in periods), default=None)
