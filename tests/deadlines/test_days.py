"""Last days that a schema can't say: by when sessions are counted again, and documents read through."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.terms import Terms
from sendbook.deadlines.days import a_year_after, counted_by, read_through_by

TERM = {
    "id": "a",
    "name": "A",
    "start": "2026-09-03",
    "end": "2026-12-17",
    "half_term": {"start": "2026-10-26", "end": "2026-10-30"},
}
TERMS = Terms.from_campus({"terms": [TERM]})


def test_sessions_are_counted_by_the_school_day_after_so_many_school_weeks() -> None:
    """Counted on a Friday: thirty school days are over on the Monday seven weeks later, with half-term between."""
    assert counted_by(date(2026, 9, 11), 6, TERMS) == date(2026, 11, 2)
    assert counted_by(date(2026, 11, 20), 1, TERMS) == date(2026, 11, 30)


def test_past_the_last_term_nobody_can_say_by_when() -> None:
    assert counted_by(date(2026, 12, 11), 1, TERMS) is None


@given(since=st.dates(date(2026, 8, 20), date(2026, 12, 10)), weeks=st.integers(1, 8))
def test_no_more_than_so_many_school_weeks_have_passed_on_the_last_day(since: date, weeks: int) -> None:
    last = counted_by(since, weeks, TERMS)
    if last is not None:
        passed = [TERMS.count_school_days(since + timedelta(days=1), last + timedelta(days=more)) for more in (-1, 0)]
        assert passed == [weeks * 5, weeks * 5 + 1]


@pytest.mark.parametrize(
    ("day", "next_year"),
    [
        (date(2026, 9, 14), date(2027, 9, 14)),
        (date(2027, 6, 1), date(2028, 6, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_year_has_the_same_day_at_its_end_in_a_leap_year_too(day: date, next_year: date) -> None:
    assert a_year_after(day) == next_year


def test_a_document_is_read_through_within_the_days_of_the_house() -> None:
    assert read_through_by(date(2026, 9, 14), 365) == date(2027, 9, 14)
