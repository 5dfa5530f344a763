"""What a schema's ``format`` asks of a text. One that is not listed here is an error: it would check nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsonschema import FormatChecker

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]+\.[^\s<>\"]+")


def is_date(text: object) -> bool:
    """A day in the calendar, written year-month-day. Not text: the schema's ``type`` says so, not the format."""
    if not isinstance(text, str):
        return True
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda text: not isinstance(text, str) or pattern.fullmatch(text) is not None


# "time" is a time of day on a school's clock, 09:15: no seconds, no time zone, unlike JSON Schema's own.
FORMATS: Mapping[str, Callable[[object], bool]] = {
    "date": is_date,
    "time": _matches(_TIME),
    "email": _matches(_EMAIL),
    "uri": _matches(_WEB_ADDRESS),
}


def format_checker() -> FormatChecker:
    """A checker that knows our formats and no others."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, is_good in FORMATS.items():
        checker.checks(name)(is_good)
    return checker
