"""School and working days, terms, and every rule by which a period of law or policy is counted: the one place.

Most periods run in calendar days, holidays included; only "school days" and "working days" ask a calendar.
The functions need none; `Terms` holds a campus's terms and bank holidays, and repeats the functions, so that
the calendar has all date arithmetic in one place. Which period binds whom is left to the rules.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

_DAY = timedelta(days=1)
_SATURDAY = 5

# Nothing asks for weeks, periods and annual reviews yet; they are kept because the statutory clocks of EHC plans, which
# come next, are counted by exactly these, and each was read against its source.


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """1 September to 31 August, written ``2026/27``."""

    begins_in: int

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.begins_in, 9, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.begins_in + 1, 8, 31)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.begins_in}/{(self.begins_in + 1) % 100:02}"


def academic_year(day: date) -> AcademicYear:
    """The academic year a day lies in."""
    return AcademicYear(day.year if day.month >= 9 else day.year - 1)


def add_weeks(day: date, weeks: int) -> date:
    """The last day "within N weeks of" a day: 7N calendar days on, school holidays included."""
    return day + timedelta(weeks=weeks)


def weeks_before(day: date, weeks: int = 2) -> date:
    """The latest day for what must be done "at least N weeks before": two weeks before a meeting is 14 days."""
    return day - timedelta(weeks=weeks)


def last_day_of_period(day_one: date, days: int) -> date:
    """The last day of a period "of N days beginning with the day", which counts as day 1."""
    if days < 1:
        raise ValueError("a period has at least one day")
    return day_one + timedelta(days=days - 1)


def add_months(day: date, months: int) -> date:
    """The corresponding date some months on (or back), or the last day of a month that has no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def annual_review_due(last_decision: date) -> date:
    """When a review of an EHC plan must be finished: 12 months after the last; it ends with the authority's decision.

    SEND Code of Practice 9.169.
    """
    return add_months(last_decision, 12)


def annual_review_meeting_by(last_decision: date) -> date:
    """The last sound day for the review meeting: four weeks of the 12 months are the authority's to decide in."""
    return add_months(last_decision, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A half-term; both days are part of it."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the campus; both days are part of it, and so is its half-term."""

    id: str
    name: str
    start: date
    end: date
    half_term: Holiday | None = None
    closed_days: frozenset[date] = frozenset()

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def halves_end(self) -> tuple[date, ...]:
        """The last day before the half-term, a Friday as a rule, and the last day of the term."""
        if self.half_term is None:
            return (self.end,)
        before = self.half_term.start - _DAY
        # A half-term that is entered from its Saturday or its Monday ends the same half, on the Friday before.
        weekend = max(before.weekday() - _SATURDAY + 1, 0)
        return before - timedelta(days=weekend), self.end

    def is_open(self, day: date) -> bool:
        """Whether the school could meet on a day, weekends and bank holidays aside."""
        return day in self and day not in self.closed_days and not (self.half_term and day in self.half_term)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A campus's calendar. Past its last term nothing is a school day, and answers that lie there are None."""

    terms: tuple[Term, ...]
    bank_holidays: frozenset[date]

    @classmethod
    def from_campus(cls, data: Mapping[str, Any]) -> Terms:
        """The calendar in the data of ``records/campus.yml`` (``terms`` and ``bank_holidays``), already checked.

        Every page that counts days asks for it, so the last few are kept, by all that is written in them.
        """
        return _calendar(json.dumps([data.get("terms", ()), data.get("bank_holidays", ())]))

    def is_school_day(self, day: date) -> bool:
        """Whether the school meets for pupils."""
        term = self.term_on(day)
        return term is not None and term.is_open(day) and self.is_working_day(day)

    def add_school_days(self, day: date, days: int) -> date | None:
        """The Nth school day after a day (before it, if N is negative); None where the calendar ends first."""
        if days == 0:
            return day
        known = self._school_days
        place = bisect_right(known, day) + days - 1 if days > 0 else bisect_left(known, day) + days
        return known[place] if 0 <= place < len(known) else None

    def term_on(self, day: date) -> Term | None:
        """The term a day lies in, half-term included; None in the holidays."""
        return next((term for term in self.terms if day in term), None)

    def last_term_before(self, day: date) -> Term | None:
        """The term that ended last before a day."""
        return next((term for term in reversed(self.terms) if term.end < day), None)

    def next_term_after(self, day: date) -> Term | None:
        """The term that begins next after a day."""
        return next((term for term in self.terms if term.start > day), None)

    def last_half_term_end_before(self, day: date) -> date | None:
        """The last day of the half of a term that was over last before a day."""
        ends = [half for term in self.terms for half in term.halves_end]
        return max((end for end in ends if end < day), default=None)

    def count_school_days(self, first: date, last: date) -> int:
        """The school days from a day to another, both included."""
        return max(bisect_right(self._school_days, last) - bisect_left(self._school_days, first), 0)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, bank holidays excepted."""
        return day.weekday() < _SATURDAY and day not in self.bank_holidays

    add_weeks = staticmethod(add_weeks)
    weeks_before = staticmethod(weeks_before)
    add_months = staticmethod(add_months)
    academic_year = staticmethod(academic_year)
    last_day_of_period = staticmethod(last_day_of_period)
    annual_review_due = staticmethod(annual_review_due)
    annual_review_meeting_by = staticmethod(annual_review_meeting_by)

    @cached_property
    def _school_days(self) -> tuple[date, ...]:
        days = (term.start + timedelta(days=n) for term in self.terms for n in range((term.end - term.start).days + 1))
        return tuple(sorted({day for day in days if self.is_school_day(day)}))


@lru_cache(maxsize=8)
def _calendar(written: str) -> Terms:
    terms, bank_holidays = json.loads(written)
    return Terms(
        terms=tuple(sorted(map(_term, terms), key=lambda term: term.start)),
        bank_holidays=frozenset(map(_day, bank_holidays)),
    )


def _term(item: Mapping[str, Any]) -> Term:
    half_term = item.get("half_term")
    return Term(
        id=item["id"],
        name=item["name"],
        start=_day(item["start"]),
        end=_day(item["end"]),
        half_term=Holiday(start=_day(half_term["start"]), end=_day(half_term["end"])) if half_term else None,
        closed_days=frozenset(map(_day, item.get("closed_days", ()))),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
