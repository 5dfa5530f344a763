"""Dates and times as people in England write them: ``28/09/2026``, ``28 Sept 26``, ``2.15pm``."""

from __future__ import annotations

import re
from calendar import month_name, monthrange

from sendbook.checks.meant.guess import Guess, bare

_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]\d.*)?")
_IN_ONE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+('?\d{2}|\d{4})")
_MONTH_SAID = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ ./-]*([a-z]{3,9})[., /-]*('?\d{2}|\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_NO_YEAR = re.compile(r"\d{1,2}(?:st|nd|rd|th)?(?: of)?(?:[/.-]\d{1,2}| [a-z]{3,9})|[a-z]{3,9} \d{1,2}", re.IGNORECASE)
_NO_DAY = re.compile(r"(?:[a-z]{3,9} )?\d{4}|\d{4}-\d{1,2}|\d{1,2}/\d{4}", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?([0-5]\d))?(?::\d\d)? ?([ap])?\.?(?:m\.?)?", re.IGNORECASE)


def day_meant(text: str) -> Guess | None:
    """The date a text says, or what is missing from it; None if it says no date."""
    said = _WEEKDAY.sub("", bare(text)).rstrip(".")
    for pattern in (_YEAR_FIRST, _IN_ONE):
        if found := pattern.fullmatch(said):
            return _of(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(said):
        return _in_figures(_year(found[3]), int(found[1]), int(found[2]))
    if (found := _MONTH_SAID.fullmatch(said)) and _month(found[2]):
        return _of(_year(found[3]), _month(found[2]), int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(said)) and _month(found[1]):
        return _of(int(found[3]), _month(found[1]), int(found[2]))
    if _NO_DAY.fullmatch(said) and _says_month(said):
        return Guess(note="The day of the month is missing.")
    return Guess(note="The year is missing.") if _NO_YEAR.fullmatch(said) and _says_month(said) else None


def _in_figures(year: int, first: int, second: int) -> Guess | None:
    if second > 12 >= first:
        return _of(year, first, second)  # as Americans write it; it can be nothing else
    guess = _of(year, second, first)
    if guess is None or guess.value is None or first > 12 or first == second:
        return guess
    return Guess(value=guess.value, note=f"The day is read first, as in England: {first} {month_name[second]}.")


def _of(year: int, month: int, day: int) -> Guess | None:
    if not 1 <= month <= 12:
        return Guess(note=f"There is no month {month}.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return Guess(note=f"{month_name[month]} {year} has {last} days.")
    return Guess(value=f"{year:04}-{month:02}-{day:02}")


def _year(text: str) -> int:
    digits = text.lstrip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(word: str) -> int:
    """The number of a month from its name or the beginning of it; 0 if it is none."""
    lower = word.lower()
    return next((number for number in range(1, 13) if _begins(lower, month_name[number].lower())), 0)


def _begins(word: str, name: str) -> bool:
    return len(word) >= 3 and (name.startswith(word) or (word == "sept" and name == "september"))


def _says_month(said: str) -> bool:
    words = re.findall(r"[a-z]+", re.sub(r"\d+(?:st|nd|rd|th)", "", said, flags=re.IGNORECASE), re.IGNORECASE)
    return all(_month(word) or word == "of" for word in words)


def time_meant(text: str) -> Guess | None:
    """A time of day on the 24-hour clock, from ``9.15``, ``2pm`` or ``0915``."""
    found = _TIME.fullmatch(bare(text))
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if (half and not 1 <= hour <= 12) or (not half and found[2] is None):
        return None
    hour = hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour
    return Guess(value=f"{hour:02}:{minute:02}") if hour < 24 else None
