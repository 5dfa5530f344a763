"""The last day that is in time, where a schema can't say it: it follows from several records, or from what is missing.

Rules and home pages both ask here, so that none counts days for itself.
"""

from __future__ import annotations

from datetime import date

from sendbook.campus.terms import Terms, add_weeks


def measured_by(newest: date, weeks: int) -> date:
    """Returns the last day on which a target's newest measurement is still recent enough."""
    return add_weeks(newest, weeks)


def family_met_by(last: date, weeks: int) -> date:
    """Returns the last day for the next meeting with a family that was met, or first had support, on a day."""
    return add_weeks(last, weeks)


def shared_by(held: date, school_days: int, terms: Terms) -> date | None:
    """Returns the last day to share the record of a meeting; None where the campus's calendar ends before it."""
    return terms.add_school_days(held, school_days)
