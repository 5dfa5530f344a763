"""Stretches of days hold both their ends, one day is a stretch, and a day that can't be read never widens one."""

from __future__ import annotations

from datetime import date

import pytest

from sendbook.access.spans import ALWAYS, Span, begins, ends, forbidden_span_of, merged, span_of

NEVER_COMES, HAS_PASSED = date.max, date.min


def days(since: int | None, until: int | None) -> Span:
    """From a day of October to another one."""
    return Span(
        since=date(2026, 10, since) if since is not None else None,
        until=date(2026, 10, until) if until is not None else None,
    )


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((1, 10), (5, 20), (5, 10)),
        ((1, 10), (10, 20), (10, 10)),
        ((1, 10), (11, 20), "none"),
        ((5, 5), (5, 5), (5, 5)),
        ((None, 5), (5, None), (5, 5)),
        ((None, 5), (6, None), "none"),
        ((None, None), (5, None), (5, None)),
        ((None, 5), (None, 7), (None, 5)),
        ((None, None), (None, None), (None, None)),
    ],
)
def test_what_two_stretches_both_hold_may_be_a_single_day(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None], both: object
) -> None:
    expected = days(*both) if isinstance(both, tuple) else None
    assert days(*one).within(days(*other)) == expected
    assert days(*other).within(days(*one)) == expected


@pytest.mark.parametrize(
    ("stretches", "whole"),
    [
        ([], []),
        ([(1, 5), (6, 9)], [(1, 9)]),
        ([(1, 5), (7, 9)], [(1, 5), (7, 9)]),
        ([(1, 5), (5, 9)], [(1, 9)]),
        ([(7, 9), (1, 5)], [(1, 5), (7, 9)]),
        ([(1, 9), (3, 5)], [(1, 9)]),
        ([(1, 5), (6, None)], [(1, None)]),
        ([(1, None), (3, 5)], [(1, None)]),
        ([(None, 5), (6, 9), (20, 21)], [(None, 9), (20, 21)]),
        ([(1, 5), (None, 2)], [(None, 5)]),
    ],
)
def test_stretches_that_follow_on_the_next_day_are_one_and_a_day_between_keeps_them_apart(
    stretches: list[tuple[int | None, int | None]], whole: list[tuple[int | None, int | None]]
) -> None:
    assert merged(days(*one) for one in stretches) == tuple(days(*one) for one in whole)


@pytest.mark.parametrize(("day", "held"), [(4, False), (5, True), (6, True), (7, True), (8, False)])
def test_a_stretch_holds_its_first_and_its_last_day(day: int, held: bool) -> None:
    assert days(5, 7).holds(date(2026, 10, day)) is held
    assert days(day, day).holds(date(2026, 10, day))
    assert ALWAYS.holds(date(2026, 10, day))


def test_a_day_that_can_not_be_read_gives_nothing_and_forbids_always() -> None:
    assert (begins(None), ends(None)) == (None, None)
    assert (begins("soon"), ends("later")) == (NEVER_COMES, HAS_PASSED)
    assert begins("2026-10-05") == ends("2026-10-05") == date(2026, 10, 5)
    assert span_of({"from": "soon", "until": "later"}) == Span(since=NEVER_COMES, until=HAS_PASSED)
    assert forbidden_span_of({"from": "soon", "until": "later"}) == Span(since=HAS_PASSED, until=NEVER_COMES)
    assert span_of({"from": "2026-10-05", "until": "2026-10-07"}) == days(5, 7)
    assert forbidden_span_of({"from": "2026-10-05", "until": "2026-10-07"}) == days(5, 7)
    assert span_of({}) == forbidden_span_of({}) == ALWAYS
