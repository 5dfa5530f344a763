"""What is said on a page is plain English."""

from __future__ import annotations

import pytest

from sendbook.campus import words, year_groups


def test_a_date_is_said_with_its_weekday_and_no_leading_zero() -> None:
    assert words.long_day("2026-12-04") == "Friday 4\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2026"


def test_what_is_no_date_is_said_as_it_is_written() -> None:
    assert words.long_day("soon") == "soon"
    assert words.short_day("2026-13-45") == "2026-13-45"


@pytest.mark.parametrize(
    ("value", "said"), [(12.0, "12"), (12.5, "12.5"), (1250, "1,250"), (-3, "\u22123"), (0, "0"), (-0.001, "0")]
)
def test_numbers_have_no_needless_decimals(value: float, said: str) -> None:
    assert words.number(value) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (60, "% correct", "60% correct"),
        (1, "words a minute", "1 word a minute"),
        (7, "steps out of 10", "7 of 10 steps"),
        (2, "times a week", "2 times a week"),
    ],
)
def test_a_number_is_said_with_its_unit(value: float, unit: str, said: str) -> None:
    assert words.quantity(value, unit) == said


@pytest.mark.parametrize(
    ("sessions", "minutes", "said"),
    [
        (3, 20, "3 sessions of 20 minutes a week"),
        (1, 40, "40 minutes once a week"),
        (0.5, 30, "30 minutes every other week"),
        (0.25, 30, "30 minutes every 4 weeks"),
    ],
)
def test_how_often_is_said_in_sessions_and_weeks(sessions: float, minutes: int, said: str) -> None:
    assert words.how_often(sessions, minutes) == said


def test_nothing_planned_has_no_share() -> None:
    assert words.share(0, 0) is None
    assert words.share(15, 20) == 75


def test_a_code_nobody_listed_is_still_readable() -> None:
    assert words.in_words("hydro_pool_time") == "Hydro pool time"


def test_year_groups_sort_as_children_grow() -> None:
    assert sorted(["10", "R", "2", "N1", "?"], key=year_groups.year_position) == ["N1", "R", "2", "10", "?"]


def test_no_date_in_a_sentence_breaks_over_two_lines() -> None:
    """Reasons of access come as whole sentences with dates in them."""
    said = words.unbroken("Ms Okafor teaches 3 students since 3 September 2026, until 11 December 2026.")
    assert [part for part in said.split(" ") if "2026" in part] == [
        "3\N{NO-BREAK SPACE}September\N{NO-BREAK SPACE}2026,",
        "11\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2026.",
    ]
