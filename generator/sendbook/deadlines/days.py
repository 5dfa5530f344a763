"""The last day that is in time, where a schema can't say it: it follows from several records, or from what is missing.

Rules and home pages both ask here, so that none counts days for itself.
"""

from __future__ import annotations

from datetime import date, timedelta

from sendbook.campus.terms import Terms, add_months, add_weeks

_SCHOOL_WEEK = 5


def measured_by(newest: date, weeks: int) -> date:
    """Returns the last day on which a target's newest measurement is still recent enough."""
    return add_weeks(newest, weeks)


def family_met_by(last: date, weeks: int) -> date:
    """Returns the last day for the next meeting with a family that was met, or first had support, on a day."""
    return add_weeks(last, weeks)


def shared_by(held: date, school_days: int, terms: Terms) -> date | None:
    """Returns the last day to share the record of a meeting; None where the campus's calendar ends before it."""
    return terms.add_school_days(held, school_days)


def counted_by(since: date, weeks: int, terms: Terms) -> date | None:
    """Returns the last day to count the sessions of something counted up to a day, or begun on the day after it.

    So many school weeks of five school days may pass, and the next school day is still in time; None where the campus's
    calendar ends before it.
    """
    return terms.add_school_days(since, weeks * _SCHOOL_WEEK + 1)


def a_year_after(day: date) -> date:
    """Returns the same day of the next year, or 28 February: the last day to look again at something."""
    return add_months(day, 12)


def read_through_by(last: date, days: int) -> date:
    """Returns the last day to read a document through again that was read through on a day."""
    return last + timedelta(days=days)
