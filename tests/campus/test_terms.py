"""Date arithmetic: the conventions of law and policy, each by an example worked out by hand, and their properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.terms import (
    AcademicYear,
    Terms,
    academic_year,
    add_months,
    add_weeks,
    annual_review_due,
    annual_review_meeting_by,
    last_day_of_period,
    weeks_before,
)

CAMPUS = {
    "name": "Larkfield",
    "terms": [
        {
            "id": "2027-spring",
            "name": "Spring term 2027",
            "start": "2027-01-06",
            "end": "2027-03-26",
            "half_term": {"start": "2027-02-15", "end": "2027-02-19"},
        },
        {
            "id": "2026-autumn",
            "name": "Autumn term 2026",
            "start": "2026-09-03",
            "end": "2026-12-17",
            "half_term": {"start": "2026-10-19", "end": "2026-10-30"},
            "closed_days": ["2026-10-05", "2026-11-27"],
        },
    ],
    "bank_holidays": ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03"],
}
TERMS = Terms.from_campus(CAMPUS)
days = st.dates(date(2000, 1, 1), date(2050, 12, 31))
in_calendar = st.dates(date(2026, 8, 1), date(2027, 4, 30))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "meets"),
    [
        *[(day, True) for day in ("2026-09-03", "2026-10-16", "2026-11-02", "2026-12-17", "2027-03-25")],
        *[(day, False) for day in ("2026-09-02", "2026-12-18", "2026-09-05", "2026-09-06", "2027-07-01")],
        *[(day, False) for day in ("2026-10-19", "2026-10-30", "2026-10-05", "2027-03-26")],
    ],
)
def test_the_school_meets_on_weekdays_in_term_that_are_not_closed(day: str, *, meets: bool) -> None:
    assert TERMS.is_school_day(on(day)) is meets


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-23", 4, "2026-11-30"),  # the 27th is closed, the 28th and 29th a weekend
        ("2026-10-16", 1, "2026-11-02"),  # over half-term
        ("2026-12-17", 1, "2027-01-06"),  # over Christmas
        ("2026-12-25", 1, "2027-01-06"),  # from a holiday
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-02", -1, "2026-10-16"),
        ("2026-11-30", -4, "2026-11-23"),
    ],
)
def test_school_days_are_counted_from_the_day_after(day: str, count: int, expected: str) -> None:
    assert TERMS.add_school_days(on(day), count) == on(expected)


def test_past_the_calendar_there_is_no_answer() -> None:
    assert TERMS.add_school_days(on("2027-03-25"), 1) is None
    assert TERMS.add_school_days(on("2026-09-03"), -1) is None


@given(in_calendar, st.integers(1, 80))
def test_adding_and_counting_school_days_agree(day: date, count: int) -> None:
    later = TERMS.add_school_days(day, count)
    if later is not None:
        assert TERMS.is_school_day(later)
        passed = (day + timedelta(days=number) for number in range(1, (later - day).days + 1))
        assert sum(map(TERMS.is_school_day, passed)) == count


def test_a_term_has_its_half_term_in_it_and_holidays_have_none() -> None:
    autumn = TERMS.term_on(on("2026-10-20"))
    assert autumn is not None
    assert (autumn.id, autumn.name) == ("2026-autumn", "Autumn term 2026")
    assert TERMS.term_on(on("2026-12-24")) is None
    assert [term.id for term in TERMS.terms] == ["2026-autumn", "2027-spring"]


def test_in_the_holidays_the_terms_before_and_after_are_known() -> None:
    before, after = TERMS.last_term_before(on("2026-12-24")), TERMS.next_term_after(on("2026-12-24"))
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("2026-autumn", "2027-spring")
    assert TERMS.last_term_before(on("2026-12-17")) is None
    assert TERMS.next_term_after(on("2027-01-06")) is None


def test_within_weeks_counts_school_holidays() -> None:
    assert add_weeks(on("2026-12-01"), 6) == on("2027-01-12")


def test_fifteen_days_beginning_with_the_day_end_fourteen_days_on() -> None:
    assert last_day_of_period(on("2026-11-23"), 15) == on("2026-12-07")
    assert last_day_of_period(on("2026-11-23"), 1) == on("2026-11-23")
    with pytest.raises(ValueError, match="at least one day"):
        last_day_of_period(on("2026-11-23"), 0)


def test_two_weeks_before_a_meeting_is_fourteen_days() -> None:
    assert weeks_before(on("2026-12-07")) == on("2026-11-23")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-23", 1, "2026-12-23"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 12, "2027-11-30"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_a_month_ends_on_the_corresponding_date(day: str, months: int, expected: str) -> None:
    assert add_months(on(day), months) == on(expected)


@given(days, st.integers(-60, 60))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_a_review_is_finished_in_twelve_months_so_the_meeting_is_held_in_eleven() -> None:
    assert annual_review_due(on("2026-01-31")) == on("2027-01-31")
    assert annual_review_meeting_by(on("2026-01-31")) == on("2026-12-31")


@pytest.mark.parametrize(("day", "year"), [("2026-08-31", 2025), ("2026-09-01", 2026), ("2027-08-31", 2026)])
def test_the_academic_year_turns_on_the_first_of_september(day: str, year: int) -> None:
    assert academic_year(on(day)) == AcademicYear(year)
    assert on(day) in academic_year(on(day))


def test_an_academic_year_is_written_as_schools_write_it() -> None:
    assert str(AcademicYear(2026)) == "2026/27"
    assert str(AcademicYear(2099)) == "2099/00"
    assert (AcademicYear(2026).start, AcademicYear(2026).end) == (on("2026-09-01"), on("2027-08-31"))


def test_working_days_skip_weekends_and_bank_holidays_but_not_school_holidays() -> None:
    days = ("2026-12-24", "2026-12-25", "2026-12-26", "2026-12-28", "2026-12-29")
    assert [TERMS.is_working_day(on(day)) for day in days] == [True, False, False, False, True]


def test_anybody_who_holds_the_calendar_has_all_the_arithmetic() -> None:
    assert TERMS.add_weeks(on("2026-11-23"), 1) == on("2026-11-30")
    assert TERMS.add_months(on("2026-11-23"), 1) == on("2026-12-23")
    assert TERMS.last_day_of_period(on("2026-11-23"), 15) == on("2026-12-07")
    assert str(TERMS.academic_year(on("2026-11-23"))) == "2026/27"


def test_a_campus_without_a_calendar_has_no_school_days() -> None:
    nothing = Terms.from_campus({"name": "Larkfield"})
    assert not nothing.is_school_day(on("2026-11-23"))
    assert nothing.add_school_days(on("2026-11-23"), 1) is None
    assert nothing.is_working_day(on("2026-11-23"))
