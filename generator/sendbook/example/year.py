"""A school year like most in England: three terms, their breaks, bank holidays and training days.

Made afresh for any year, so that a synthetic campus can live on any day. Counting school days is left to
``campus.terms``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

_DAY = timedelta(days=1)
MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4


def starting_year(on: date) -> int:
    """The calendar year in which the school year of ``on`` began, on 1 September."""
    return on.year if on.month >= 9 else on.year - 1


def terms_around(on: date) -> list[dict[str, Any]]:
    """Terms of last school year, this one and the next, the earliest first."""
    first = starting_year(on) - 1
    return [term for year in range(first, first + 3) for term in _terms_of(year)]


def bank_holidays(first: int, last: int) -> list[str]:
    """Bank holidays in England of the years ``first`` to ``last``."""
    return [day.isoformat() for year in range(first, last + 1) for day in _holidays_of(year)]


def _terms_of(year: int) -> Iterator[dict[str, Any]]:
    autumn = _on_or_after(date(year, 9, 2), WEDNESDAY)
    yield _term(
        "autumn", year, autumn, _on_or_before(date(year, 12, 20), FRIDAY), _on_or_after(date(year, 10, 22), MONDAY)
    )
    easter = _easter(year + 1)
    last = _on_or_before(min(date(year + 1, 4, 2), easter - 2 * _DAY) - _DAY, FRIDAY)
    half = _on_or_after(date(year + 1, 2, 12), MONDAY)
    yield _term("spring", year + 1, _on_or_after(date(year + 1, 1, 5), WEDNESDAY), last, half)
    summer = max(last + 17 * _DAY, easter + 2 * _DAY)
    half = _on_or_after(date(year + 1, 5, 25), MONDAY)
    yield _term("summer", year + 1, summer, _on_or_before(date(year + 1, 7, 17), FRIDAY), half)


def _term(season: str, year: int, start: date, end: date, half: date) -> dict[str, Any]:
    back = half + 7 * _DAY
    closed = [day for day in _holidays_of(year) if start <= day <= end and not half <= day < back]
    training = back if season != "summer" else _on_or_before(end, MONDAY)
    return {
        "id": f"{season}-{year}",
        "name": f"{season.capitalize()} term {year}",
        "start": start.isoformat(),
        "end": end.isoformat(),
        "half_term": {"start": half.isoformat(), "end": (half + 4 * _DAY).isoformat()},
        "closed_days": sorted({day.isoformat(): None for day in [*closed, training]}),
    }


def _holidays_of(year: int) -> list[date]:
    easter = _easter(year)
    christmas = [date(year, 12, 25), date(year, 12, 26)]
    moved = [date(year, 12, 27), date(year, 12, 28)]
    return [
        _next_weekday(date(year, 1, 1)),
        easter - 2 * _DAY,
        easter + _DAY,
        _on_or_after(date(year, 5, 1), MONDAY),
        _on_or_before(date(year, 5, 31), MONDAY),
        _on_or_before(date(year, 8, 31), MONDAY),
        *sorted([*(day for day in christmas if day.weekday() <= FRIDAY), *_stand_ins(christmas, moved)]),
    ]


def _stand_ins(christmas: list[date], moved: list[date]) -> list[date]:
    free = iter(day for day in moved if day.weekday() <= FRIDAY)
    return [next(free) for day in christmas if day.weekday() > FRIDAY]


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _next_weekday(day: date) -> date:
    return day if day.weekday() <= FRIDAY else _on_or_after(day, MONDAY)


def _on_or_after(day: date, weekday: int) -> date:
    return day + (weekday - day.weekday()) % 7 * _DAY


def _on_or_before(day: date, weekday: int) -> date:
    return day - (day.weekday() - weekday) % 7 * _DAY
