"""What a new campus is told about itself: by options, by answers to questions, or not yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sendbook.campus.formats import FORMATS, is_date
from sendbook.campus.year_groups import YEAR_ORDER, YEARS
from sendbook.checks.meant.days import day_meant
from sendbook.checks.meant.names import choice_meant
from sendbook.errors import SendbookError

#: The types of setting a campus may be, with the words a person chooses them by.
SETTINGS = {
    "maintained": "maintained school",
    "academy": "academy or free school",
    "independent_section_41": "independent school approved under section 41",
    "independent": "other independent school",
}
_PHONE = re.compile(r"[0-9+][0-9 ()+-]{5,24}")
#: What people write between two days; a hyphen only with spaces, for a date may hold hyphens.
_UNTIL = re.compile(r"\s*(?:\.{2,}|…|[\N{EN DASH}\N{EM DASH}]|\b(?:to|until|till)\b)\s*|\s+-+\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term with its half-term and the other days on which students are not in school."""

    start: date
    end: date
    half_term: tuple[date, date] | None = None
    closed: tuple[date, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The term as campus.yml holds it; it is called by the time of year in which it begins."""
        season = "Autumn" if self.start.month >= 8 else "Spring" if self.start.month <= 3 else "Summer"
        made: dict[str, Any] = {
            "id": f"{season.lower()}-{self.start.year}",
            "name": f"{season} term {self.start.year}",
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
        }
        if self.half_term:
            made["half_term"] = {"start": self.half_term[0].isoformat(), "end": self.half_term[1].isoformat()}
        if self.closed:
            made["closed_days"] = [day.isoformat() for day in self.closed]
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of a new campus; "" and () mean that it is left for later."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    setting: str = ""
    council: str = ""
    first_year: str = ""
    last_year: str = ""
    terms: tuple[Term, ...] = ()
    senco: str = ""
    senco_known_as: str = ""
    senco_email: str = ""


def line(text: str) -> str:
    """Text on one line."""
    return re.sub(r"\s+", " ", text).strip()[:300]


def email(text: str) -> str:
    """An e-mail address; raises `SendbookError` for anything else."""
    if not FORMATS["email"](text.strip()):
        raise SendbookError(f"“{text}” is not an e-mail address. Write it like name@school.org.uk.")
    return text.strip()


def phone(text: str) -> str:
    """A telephone number; raises `SendbookError` for anything else."""
    if not _PHONE.fullmatch(line(text)):
        raise SendbookError(f"“{text}” is not a telephone number. Write digits and spaces, like 01632 960123.")
    return line(text)


def setting(text: str) -> str:
    """A type of setting, by its number in the list, its code or its words; raises `SendbookError` for none of them."""
    codes = list(SETTINGS)
    if text.strip().isdecimal() and 1 <= int(text) <= len(codes):
        return codes[int(text) - 1]
    by_words = {words: code for code, words in SETTINGS.items()}
    guesses = choice_meant(text, codes, SETTINGS)
    found = by_words.get(line(text).casefold()) or next((guess.value for guess in guesses), None)
    if found is None:
        known = ", ".join(f"{code} ({words})" for code, words in SETTINGS.items())
        raise SendbookError(f"“{text}” is not a type of setting. Choose one of: {known}.")
    return str(found)


def year_group(text: str) -> str:
    """A year group, from “7”, “Year 7” or “Reception”; raises `SendbookError` for none."""
    found = next((guess.value for guess in choice_meant(text, YEAR_ORDER, YEARS)), None)
    if found is None:
        raise SendbookError(f"“{text}” is not a year group. Write N1, N2, R, or 1 to 14.")
    return str(found)


def typed_day(text: str) -> date:
    """A date as people write it; raises `SendbookError` for what is none."""
    said = text.strip()
    guess = day_meant(said)
    found = said if is_date(said) else guess.value if guess else None
    if found is None:
        note = f" {guess.note}" if guess and guess.note else ""
        raise SendbookError(f"“{text}” is not a date.{note} Write it like 2026-09-03.")
    return date.fromisoformat(found)


def typed_span(text: str) -> tuple[date, date]:
    """A first and a last day, written ``2026-09-03..2026-12-17`` or with “to”; raises `SendbookError` for others."""
    both = _UNTIL.split(text.strip())
    if len(both) != 2:
        raise SendbookError(f"“{text}” is not two dates. Write the first and the last day like 2026-09-03..2026-12-17.")
    return in_order(typed_day(both[0]), typed_day(both[1]))


def in_order(first: date, last: date) -> tuple[date, date]:
    """The two days; raises `SendbookError` if the last is before the first."""
    if last < first:
        raise SendbookError(f"The last day ({last}) is before the first ({first}).")
    return first, last


def days(text: str) -> tuple[date, ...]:
    """Some days, separated by commas; ``A..B`` is all from A to B but the weekends."""
    found: list[date] = []
    for one in filter(str.strip, text.split(",")):
        first, last = typed_span(one) if _UNTIL.search(one.strip()) else (typed_day(one), typed_day(one))
        every = (first + timedelta(days=number) for number in range((last - first).days + 1))
        found += [one_day for one_day in every if first == last or one_day.weekday() < 5]
    return tuple(dict.fromkeys(found))


def off_within(term: tuple[date, date], off: tuple[date, ...]) -> tuple[date, ...]:
    """Days off in a term; raises `SendbookError` for one outside it, or where the term begins or ends.

    A term runs from the first to the last day on which students are in school (`CAM-03`).
    """
    first, last = term
    for one in off:
        if not first <= one <= last:
            raise SendbookError(f"{one} is not in the term from {first} to {last}.")
        if one in term:
            which = "first" if one == first else "last"
            raise SendbookError(
                f"{one} is the {which} day of the term, so it can't be closed. Give the {which} day on which students "
                "are in school; a training day before or after needs no entry."
            )
    return off


def terms(spans: Sequence[str], half_terms: Sequence[str], closed: Sequence[str]) -> tuple[Term, ...]:
    """Terms from options; raises `SendbookError` for days off that lie in none or where one begins or ends, for terms
    that overlap, and for a term with two half-terms.
    """
    ordered = sorted(map(typed_span, spans))
    halves = [typed_span(one) for one in half_terms]
    off = [one for text in closed for one in days(text)]
    for first, last in [*halves, *((one, one) for one in off)]:
        if not any(start <= first and last <= end for start, end in ordered):
            raise SendbookError(f"{first} lies in no term. Give the term as well: --term FIRST..LAST.")
    for (_, before), (after, _) in pairwise(ordered):
        if after <= before:
            raise SendbookError(f"Two terms overlap: one ends on {before}, the next begins on {after}.")
    for start, end in ordered:
        if sum(start <= first <= end for first, _ in halves) > 1:
            raise SendbookError(
                f"The term from {start} to {end} has two half-terms. Give one, and the rest as --closed."
            )
    return tuple(
        Term(
            start=start,
            end=end,
            half_term=next((half for half in halves if start <= half[0] <= end), None),
            closed=off_within((start, end), tuple(sorted(one for one in off if start <= one <= end))),
        )
        for start, end in ordered
    )
