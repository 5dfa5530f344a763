"""Finds the times a sentence names (“2023/24”, “July 2024”, “the summer term 2025”), each with its last day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = """
    january february march april may june july august september october november december
    """.split()  # noqa: SIM905 - a list to be read
_MONTH = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in _MONTHS)})"
#: The last month of each season and term.
_SEASONS = {"spring": 4, "easter": 4, "summer": 8, "autumn": 12, "winter": 12, "christmas": 12}
_YEAR = r"(?:19|20)\d\d"
_TIME = re.compile(
    rf"(?<![\w/£.-])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<day_month>{_MONTH})\s+(?P<day_year>{_YEAR})"
    rf"|(?P<month>{_MONTH})\.?\s+(?P<month_year>{_YEAR})"
    rf"|(?P<season>{'|'.join(_SEASONS)})\s+(?:term\s+)?(?P<season_year>{_YEAR})"
    rf"|(?P<number>\d{{1,2}}[/.](?P<number_month>\d{{1,2}})[/.](?P<number_year>{_YEAR}))"
    rf"|(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|(?P<begin>{_YEAR})(?:\s?[/\u2013-]\s?|\s+to\s+(?={_YEAR}))(?P<end>{_YEAR}|\d\d)"
    rf"|(?P<year>{_YEAR}))(?![\w/]|-\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time in a sentence: where it is, its words, its first and last day, and whether it is a school year."""

    begin: int
    end: int
    written: str
    first: date
    until: date
    is_school_year: bool = False


def times_in(sentence: str) -> Iterator[Time]:
    """The times of a sentence in order; an impossible date is left out."""
    for match in _TIME.finditer(sentence):
        days = _days(match)
        if days is None:
            continue
        years = _years(match["begin"], match["end"]) if match["begin"] else 0
        yield Time(
            begin=match.start(),
            end=match.end(),
            written=match.group(),
            first=days[0],
            until=days[1],
            is_school_year=years == 1,
        )


def _years(begin: str, end: str) -> int:
    """How many years lie between the two of “2023/24”; nought if it is no such pair."""
    last = int(end) if len(end) == 4 else int(begin[:2] + end)
    return last - int(begin) if 0 < last - int(begin) <= 6 else 0


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    """The first and the last day of a time."""
    try:
        if match["day"]:
            day = date(int(match["day_year"]), _month(match["day_month"]), int(match["day"]))
            return day, day
        if match["number"]:
            first = int(re.split(r"[/.]", match["number"])[0])
            day = date(int(match["number_year"]), int(match["number_month"]), first)
            return day, day
        if match["iso"]:
            return date.fromisoformat(match["iso"]), date.fromisoformat(match["iso"])
        if match["month"]:
            return _months(int(match["month_year"]), _month(match["month"]), 1)
        if match["season"]:
            return _months(int(match["season_year"]), _SEASONS[match["season"].lower()] - 3, 4)
        begin = int(match["begin"] or match["year"])
        years = _years(match["begin"], match["end"]) if match["begin"] else 0
        if match["begin"] and not years:
            return None
    except ValueError:
        return None
    return (
        (date(begin, 9, 1), date(begin + 1, 8, 31)) if years == 1 else (date(begin, 1, 1), date(begin + years, 12, 31))
    )


def _month(written: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(written.lower()[:3]))


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])
