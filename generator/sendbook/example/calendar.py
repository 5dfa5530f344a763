"""The school days of a campus, seen from one day: which term is now, and where in it things happen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from sendbook.campus.terms import Terms

_DAY = timedelta(days=1)
# A term counts as begun for plans once its first weeks, in which baselines are taken, are over.
_SETTLING_IN = timedelta(days=16)
# From the last day of the summer term to the first of the autumn term, at most.
_LONG_HOLIDAY = timedelta(days=62)


class Calendar:
    """School days and terms of a campus, and the day from which its records are written."""

    def __init__(self, campus: Mapping[str, Any], on: date) -> None:
        terms = Terms.from_campus(campus)
        self.on = on
        self.terms = terms.terms
        first, last = self.terms[0].start, self.terms[-1].end
        days = (first + number * _DAY for number in range((last - first).days + 1))
        self._days = [day for day in days if terms.is_school_day(day)]
        begun = [index for index, term in enumerate(self.terms) if term.start + _SETTLING_IN <= on]
        self.current = begun[-1] if begun else 0

    def from_(self, day: date) -> date:
        """The school day on or next after ``day``."""
        return self._days[min(bisect_left(self._days, day), len(self._days) - 1)]

    def until(self, day: date) -> date:
        """The school day on or last before ``day``."""
        return self._days[max(bisect_right(self._days, day) - 1, 0)]

    def day_at_school(self, day: date) -> date:
        """The school day on or last before ``day``; where its term isn't known yet, the weekday."""
        if self._days[0] <= day <= self._days[-1] + _LONG_HOLIDAY:
            return self.until(day)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def between(self, first: date, last: date) -> int:
        """How many school days lie from ``first`` to ``last``, both counted."""
        return max(bisect_right(self._days, last) - bisect_left(self._days, first), 0)

    def later(self, day: date, school_days: int) -> date:
        """The school day that many school days after ``day``."""
        return self._days[min(bisect_right(self._days, day) + school_days - 1, len(self._days) - 1)]

    def some_day(self, rng: Random, first: date, last: date) -> date:
        """A school day from ``first`` to ``last``; the nearest one if there is none between."""
        start, end = bisect_left(self._days, first), bisect_right(self._days, last)
        if start >= end:
            return self.from_(first)
        return self._days[rng.randrange(start, end)]
