"""Whether a student is on roll: first day, last day, and days that can't be read."""

from __future__ import annotations

from datetime import date

import pytest

from sendbook.campus.roll import on_roll

DAYS = {"on_roll": {"from": "2024-09-04", "until": "2026-07-21"}}


@pytest.mark.parametrize(
    ("on", "here", "left"),
    [
        ("2024-09-03", False, False),
        ("2024-09-04", True, False),
        ("2026-07-21", True, False),
        ("2026-07-22", False, True),
    ],
)
def test_both_days_count_as_on_roll(on: str, here: bool, left: bool) -> None:
    days = on_roll(DAYS)
    assert (days.is_here(date.fromisoformat(on)), days.has_left(date.fromisoformat(on))) == (here, left)


def test_without_a_last_day_a_student_stays() -> None:
    assert on_roll({"on_roll": {"from": "2024-09-04"}}).is_here(date(2099, 1, 1))


def test_who_may_not_see_the_days_is_told_nothing_by_their_absence() -> None:
    assert on_roll({}).is_here(date(2026, 1, 1))
    assert not on_roll({"on_roll": None}).has_left(date(2026, 1, 1))


@pytest.mark.parametrize("days", [{"from": "soon"}, {"from": "2024-09-04", "until": "31 July"}])
def test_a_day_that_cannot_be_read_keeps_a_student_off_the_lists(days: dict[str, str]) -> None:
    assert not on_roll({"on_roll": days}).is_here(date(2026, 1, 1))
