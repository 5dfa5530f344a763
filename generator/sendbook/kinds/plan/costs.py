"""What a provision line costs, from the campus's own assumptions: so far, in this school year, and in a full year.

A week costs hourly rate * (1 + preparation) * hours * adults / students in the group. A campus delivers in so many of
its school weeks (``delivery_weeks``), so five school days count as a week, scaled down where the year has more of them
than the campus delivers in. Only days on which the line runs are counted; resources are bought once in each school year
in which it runs. Where a rate is not given the time is not costed, as for a class teacher's ordinary teaching.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sendbook.campus.terms import Terms
from sendbook.kinds.plan import PLAN
from sendbook.pages.surroundings import Surroundings

#: Weeks in a school year, where a campus has not said how many it delivers in.
USUAL_WEEKS = 38
_DAYS_A_WEEK = 5


class Cost(NamedTuple):
    """Whole pounds for one student; None where it can't be worked out from what this reader may see."""

    so_far: int | None
    this_year: int | None
    full_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Costing:
    """The days that costs are counted to, and what an hour costs.

    ``begins`` is the first day of the school year, ``so_far_to`` the last day of the last half-term of it that is over
    (None before the first is), ``year_to`` the last school day that the campus's calendar has of it. ``year_days`` are
    its school days. Costs change with these days, not from one day to the next.
    """

    terms: Terms
    assumptions: Mapping[str, Any]
    begins: date
    year_to: date
    so_far_to: date | None
    year_days: int

    @classmethod
    def of(cls, campus: Mapping[str, Any], on: date) -> Costing | None:
        """The costing of a campus's record as a reader sees it; None without its assumptions or its calendar."""
        terms = Terms.from_campus(campus)
        year = terms.academic_year(on)
        ends = [term.end for term in terms.terms if term.end in year]
        if "cost_assumptions" not in campus or not ends:
            return None
        over = terms.last_half_term_end_before(on)
        return cls(
            terms=terms,
            assumptions=campus["cost_assumptions"],
            begins=year.start,
            year_to=max(ends),
            so_far_to=over if over is not None and over in year else None,
            year_days=terms.count_school_days(year.start, year.end),
        )

    @property
    def weeks(self) -> int:
        """Weeks of a full year."""
        return int(self.assumptions.get("delivery_weeks", USUAL_WEEKS))

    def plain(self) -> list[object]:
        """The days as plain data, for the digest of the pages that show them."""
        return [self.begins.isoformat(), self.year_to.isoformat(), str(self.so_far_to), self.year_days]

    def weeks_between(self, since: date, until: date) -> float:
        """Weeks of delivery between two days of the school year, both included."""
        days = self.terms.count_school_days(max(since, self.begins), min(until, self.year_to))
        # A calendar that still lacks a term must not put the whole year's weeks into the terms it has.
        share = min(1.0, self.weeks * _DAYS_A_WEEK / self.year_days) if self.year_days else 0.0
        return days / _DAYS_A_WEEK * share


def costing_of(around: Surroundings) -> Costing | None:
    """The costing that was handed in for these readers; None where they don't see what it is made of."""
    found = around.of_kinds.get(PLAN)
    return found if isinstance(found, Costing) else None


def cost_of(line: Mapping[str, Any], costing: Costing, *, ended: bool) -> Cost:
    """What one provision line costs; what has ``ended`` has no full year to look ahead to."""
    weekly, resources = _weekly(line, costing.assumptions), line.get("costs", {}).get("resources_gbp")
    if (weekly is None and resources is None) or "start" not in line:
        return Cost(None, None, None)
    start = date.fromisoformat(line["start"])
    end = date.fromisoformat(line["end"]) if "end" in line else costing.year_to

    def until(last: date) -> int:
        runs = max(start, costing.begins) <= min(end, last)
        weeks = costing.weeks_between(start, min(end, last)) if runs else 0.0
        return round((weekly or 0) * weeks + (float(resources or 0) if runs else 0))

    return Cost(
        so_far=until(costing.so_far_to) if costing.so_far_to is not None else 0,
        this_year=until(costing.year_to),
        full_year=None if ended else round((weekly or 0) * costing.weeks + float(resources or 0)),
    )


def total_of(costs: Iterable[Cost]) -> Cost:
    """The sums of what is shown, so that anyone who adds the column up gets the same."""
    columns = list(zip(*costs, strict=True)) or [(), (), ()]
    return Cost(*(sum(one for one in column if one is not None) for column in columns))


def _weekly(line: Mapping[str, Any], assumptions: Mapping[str, Any]) -> float | None:
    """Pounds a week for this student; None without a rate or the time."""
    rates = {rate["id"]: rate for rate in assumptions.get("hourly_rates", ())}
    rate = rates.get(line.get("costs", {}).get("rate", ""))
    if rate is None or "minutes" not in line:
        return None
    # An hour of a group's adults falls to each of its students in equal parts.
    hours = line["sessions_per_week"] * line["minutes"] / 60 * line.get("adults", 1) / line.get("group_size", 1)
    return float(hours * rate["gbp"] * (1 + assumptions.get("preparation_percent", 0) / 100))
