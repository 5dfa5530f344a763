"""The school year made for any day has terms, breaks and bank holidays where they belong."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from sendbook.campus.terms import Terms
from sendbook.example.calendar import Calendar
from sendbook.example.year import bank_holidays, starting_year, terms_around


def test_bank_holidays_are_those_of_england() -> None:
    assert bank_holidays(2026, 2027) == [
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
        "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
    ]  # fmt: skip


@pytest.mark.parametrize("year", range(2024, 2040))
def test_terms_follow_one_another_and_keep_clear_of_easter(year: int) -> None:
    terms = [
        (date.fromisoformat(term["start"]), date.fromisoformat(term["end"])) for term in terms_around(date(year, 11, 1))
    ]
    assert len(terms) == 9
    for (start, end), (following, _) in pairwise(terms):
        assert start < end < following
        assert (following - end).days > 9
    holidays = {date.fromisoformat(day) for day in bank_holidays(year - 1, year + 2)}
    open_days = {day for day in holidays if any(start <= day <= end for start, end in terms)}
    assert all(day.month == 5 for day in open_days), "only the May holidays fall into a term"


@pytest.mark.parametrize(
    ("on", "year"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_the_school_year_begins_in_september(on: date, year: int) -> None:
    assert starting_year(on) == year


def test_the_calendar_counts_school_days_as_the_campus_does() -> None:
    on = date(2026, 11, 23)
    campus = {"terms": terms_around(on), "bank_holidays": bank_holidays(2025, 2028)}
    calendar, terms = Calendar(campus, on), Terms.from_campus(campus)
    assert calendar.terms[calendar.current].id == "autumn-2026"
    days = [date(2026, 9, 3) + timedelta(days=number) for number in range(82)]
    assert days[-1] == on
    assert calendar.between(days[0], on) == sum(map(terms.is_school_day, days))
    assert calendar.later(on, 5) == terms.add_school_days(on, 5)
    assert calendar.from_(date(2026, 10, 25)) == date(2026, 11, 3)  # half-term, then a training day
    assert calendar.until(date(2026, 11, 1)) == date(2026, 10, 23)
