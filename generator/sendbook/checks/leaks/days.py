"""Finds what is written like a date in running text, in whatever order and form people write one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sendbook.checks.leaks.folding import REMEMBERED

_MONTHS = tuple(date(2000, month, 1).strftime("%B").lower() for month in range(1, 13))
_MONTH = "|".join(f"{month}|{month[:3]}" for month in _MONTHS)
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_NUMBERS = re.compile(r"(?<!\d)(?P<d>\d\d?)[-/.](?P<m>\d\d?)[-/.](?P<y>(?:19|20)?\d\d)(?!\d)")
_DATES = (
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th)?[\s\0.-]+(?:of\s+)?(?P<m>{_MONTH})[\s\0.,-]+(?P<y>(?:19|20)\d\d)", re.I
    ),
    re.compile(rf"(?P<m>{_MONTH})[\s\0.]+(?P<d>\d\d?)(?:st|nd|rd|th)?[\s\0,.]+{_YEAR}", re.I),
)
_DATE_AT_MOST = 40


class Written(NamedTuple):
    """Where a date is written, and the days it may mean, as ISO dates."""

    start: int
    end: int
    days: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def days_in(text: str) -> tuple[Written, ...]:
    """Everything in a text that is written like a date."""
    return tuple(Written(found.start(), found.end(), tuple(_days(found.groupdict()))) for found in _dates_in(text))


def _dates_in(text: str) -> Iterator[re.Match[str]]:
    yield from _IN_NUMBERS.finditer(text)
    for start, end in _around_years(text):
        for pattern in _DATES:
            yield from pattern.finditer(text, start, end)


def _around_years(text: str) -> list[tuple[int, int]]:
    """The stretches of a text in which a year stands: most texts have few of them and many words."""
    stretches: list[tuple[int, int]] = []
    for year in _A_YEAR.finditer(text):
        start, end = max(0, year.start() - _DATE_AT_MOST), year.end() + _DATE_AT_MOST
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def _days(parts: Mapping[str, str]) -> Iterator[str]:
    """The day a date means, as ISO; day and month both ways round where both are numbers."""
    month = parts["m"].lower()
    year = parts["y"] if len(parts["y"]) == 4 else f"20{parts['y']}"
    if month.isdigit():
        yield f"{year}-{int(month):02}-{int(parts['d']):02}"
        yield f"{year}-{int(parts['d']):02}-{int(month):02}"
    else:
        number = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month))
        yield f"{year}-{number:02}-{int(parts['d']):02}"
