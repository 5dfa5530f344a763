"""How dates, numbers, names and codes are said on a page: plain words for tired people.

Nothing here knows a record or makes HTML; pages, documents and histories share it. A date is in the records as
``2026-12-11`` and is said as "Friday 11 December 2026", with spaces at which no line breaks; what can't be read is said
as it is written, because the checks tell of it elsewhere.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

#: How a word begins that has “an” before it. “One” and “unit” are written with a vowel and spoken without.
_AS_A_VOWEL = re.compile(r"(?!one\b|uni|use)[aeiou]", re.IGNORECASE)
_DATE = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(month_name[1:])}) \d{{4}}\b")


@lru_cache(maxsize=8192)
def long_day(iso: str) -> str:
    """``Friday 11 December 2026``."""
    try:
        read = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{read:%A} {_unbroken(read)}"


@lru_cache(maxsize=8192)
def short_day(iso: str) -> str:
    """``11 December 2026``: for tables and lines with several dates."""
    try:
        read = date.fromisoformat(iso)
    except ValueError:
        return iso
    return _unbroken(read)


def in_words(code: object) -> str:
    """A code that says itself, as words: “Small group” for ``small_group``."""
    return str(code).replace("_", " ").capitalize()


def unbroken(sentence: str) -> str:
    """A sentence in which no date breaks over two lines."""
    return _DATE.sub(lambda found: found.group().replace(" ", "\N{NO-BREAK SPACE}"), sentence)


def _unbroken(read: date) -> str:
    return f"{read.day}\N{NO-BREAK SPACE}{read:%B}\N{NO-BREAK SPACE}{read.year}"


@lru_cache(maxsize=8192)
def chart_day(iso: str) -> str:
    """``11 Dec``: for the ends of an axis."""
    try:
        read = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{read.day} {read:%b}"


def span(start: str | None, end: str | None) -> str:
    """``from 7 September 2026 to 11 December 2026``, or as much of it as there is."""
    said = [f"from {short_day(start)}"] if start else []
    if end:
        said.append(f"to {short_day(end)}" if start else f"until {short_day(end)}")
    return " ".join(said)


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """``1,250`` or ``12.5``, with a true minus sign; never a needless ``.0``."""
    text = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    return f"\u2212{text}" if value < 0 and text != "0" else text


def pounds(value: float) -> str:
    """``£1,250`` for whole pounds, ``£12.50`` otherwise."""
    return f"£{value:,.0f}" if value == int(value) else f"£{value:,.2f}"


def listed(parts: list[str] | tuple[str, ...]) -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def sentence(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """With a small first letter, unless it begins with an abbreviation or with “I”, or is one letter."""
    first, second = text[:1], text[1:2]
    return first.lower() + text[1:] if second.islower() or (second == " " and first != "I") else text


def one_thing(name: str) -> str:
    """Any one thing of a sort, within a sentence: ``a target``, ``an outcome``, ``a one-page profile``."""
    return f"{'an' if _AS_A_VOWEL.match(name) else 'a'} {lowered(name)}"


def one_of(unit: str) -> str:
    """The unit for a single one: ``words a minute`` → ``word a minute``."""
    head, _, rest = unit.partition(" ")
    single = head[:-1] if head.endswith("s") and not head.endswith("ss") else head
    return f"{single} {rest}" if rest else single


@lru_cache(maxsize=4096)
def quantity(value: float, unit: str) -> str:
    """A number with its unit: ``60% correct``, ``1 word a minute``, ``once a week``, ``7 of 10 steps``."""
    if unit.startswith("%"):
        return f"{number(value)}{unit}"
    if value == 1 and unit.startswith("times "):
        return f"once {unit.removeprefix('times ')}"
    things, out_of, whole = unit.partition(" out of ")
    if out_of:
        return f"{number(value)} of {whole} {things}"
    return f"{number(value)} {one_of(unit) if value == 1 else unit}"


def how_often(sessions_per_week: float, minutes: int) -> str:
    """``3 sessions of 20 minutes a week``; less than weekly is said in weeks."""
    length = f"{minutes} {'minute' if minutes == 1 else 'minutes'}"
    if sessions_per_week < 1:
        weeks = round(1 / sessions_per_week)
        return f"{length} every {'other week' if weeks == 2 else f'{weeks} weeks'}"
    if sessions_per_week == 1:
        return f"{length} once a week"
    return f"{number(sessions_per_week)} sessions of {length} a week"


def did_you_mean(said: str, known: Iterable[str]) -> str:
    """A sentence with the word that was probably meant, to go after another one; "" where none is near."""
    near = get_close_matches(said, sorted(known), n=1)
    return f" Did you mean “{near[0]}”?" if near else ""


def share(part: int, whole: int) -> int | None:
    """Per cent, rounded; None where there is nothing to share."""
    return round(100 * part / whole) if whole else None
