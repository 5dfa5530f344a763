"""Reads what is believable of a date or a count (``x-plausible``) from a kind's schema, once, when it loads.

A field may say, in a small closed vocabulary, what its value is held against: today, the student's birth, or another
field of the same record. The words are checked here, for the shipped kinds and for those of a campus alike; what a
record says is checked by `checks.plausible`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sendbook.campus.nodes import Node
from sendbook.campus.terms import add_months
from sendbook.campus.ways import EACH, Field, Way, fields_of, place_of

NOT_AFTER, NOT_BEFORE, AT_MOST_AHEAD, AT_MOST = "not_after", "not_before", "at_most_ahead", "at_most"
#: What each word limits.
_LIMITS = {NOT_AFTER: "date", NOT_BEFORE: "date", AT_MOST_AHEAD: "date", AT_MOST: "number"}
TODAY, BIRTH = "today", "birth"
_SPAN = re.compile(r"([1-9][0-9]{0,2}) (day|week|month|year)s?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time as a schema writes it, such as “13 months”."""

    written: str
    number: int
    unit: str

    def after(self, day: date) -> date:
        """Returns the last day that is no further ahead than this."""
        if self.unit in ("day", "week"):
            return day + timedelta(days=self.number * (7 if self.unit == "week" else 1))
        return add_months(day, self.number * (12 if self.unit == "year" else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One word of an ``x-plausible``, and what the field is held against.

    That is ``against``, another field around the same entries; a length of time ``ahead`` of today; the student's
    birth, if ``birth`` is true; or else today.
    """

    field: Field
    word: str
    against: Field | None = None
    ahead: Span | None = None
    birth: bool = False


def limits_of(root: Node, *, of_student: bool, shipped: tuple[Limit, ...] = ()) -> tuple[tuple[Limit, ...], list[str]]:
    """Returns every limit that a kind's fields say, and everything that is wrong with what they say.

    ``shipped`` are the limits of the kind that this one replaces: where its copy of a field says nothing, they hold, so
    that a copy made for another reason is asked no less.
    """
    fields = {one.way: one for one in fields_of(root)}
    limits: list[Limit] = []
    faults: list[str] = []
    for field in fields.values():
        if "x-plausible" not in field.node.schema:
            continue
        asked = field.node.schema["x-plausible"]
        if not isinstance(asked, dict) or not asked:
            faults.append(f'{place_of(field)} has an x-plausible that is not written like {{"not_after": "today"}}')
            continue
        for word, value in asked.items():
            try:
                limits.append(_limit(field, word, value, fields, of_student=of_student))
            except ValueError as error:
                faults.append(f"{place_of(field)} has an x-plausible that {error}")
    limits += [one for limit in shipped if (one := _taken_over(limit, fields, of_student=of_student)) is not None]
    return tuple(limits), faults


def names_in(field: Field, other: Field) -> tuple[str, str]:
    """Returns what two fields are called in the file, from where their ways part: “delivery: given” or “given”."""
    shared = 0
    for one, its in zip(field.way[:-1], other.way[:-1], strict=False):
        if one != its:
            break
        shared += 1
    return _name(field.way[shared:]), _name(other.way[shared:])


def in_words(limit: Limit) -> str:
    """Says a limit to a person who fills in the field: “not in the future”, “at most 13 months ahead”."""
    if limit.ahead is not None:
        return f"at most {limit.ahead.written} ahead"
    if limit.birth:
        return "not before the date of birth"
    if limit.against is None:
        return "not in the future"
    comes = {NOT_AFTER: "after", NOT_BEFORE: "before", AT_MOST: "higher than"}[limit.word]
    return f"not {comes} “{names_in(limit.field, limit.against)[1]}”"


def described(limit: Limit) -> str:
    """Says a limit with its place, for what stands for all schemas: “/visits/-/given not higher than “planned””."""
    return f"{place_of(limit.field)} {in_words(limit)}"


def _name(way: Way) -> str:
    return ": ".join(step for step in way if step not in EACH)


def _limit(field: Field, word: str, value: Any, fields: Mapping[Way, Field], *, of_student: bool) -> Limit:
    """Returns the limit that a word says; raises ValueError with what is wrong, as the end of a sentence."""
    if word not in _LIMITS:
        raise ValueError(f"says “{word}”; the words are {', '.join(_LIMITS)}")
    if _sort(field.node) != _LIMITS[word]:
        raise ValueError(f"says “{word}” of something that is not a {_LIMITS[word]}")
    if word == AT_MOST_AHEAD:
        return Limit(field=field, word=word, ahead=_span(value))
    if word == NOT_AFTER and value == TODAY:
        return Limit(field=field, word=word)
    if word == NOT_BEFORE and value == BIRTH:
        if not of_student:
            raise ValueError("says “birth” in a kind that belongs to no student")
        return Limit(field=field, word=word, birth=True)
    return Limit(field=field, word=word, against=_against(field, word, value, fields))


def _taken_over(limit: Limit, fields: Mapping[Way, Field], *, of_student: bool) -> Limit | None:
    """Returns a shipped limit for the same field of a copy; None where the copy has its own, or lacks what it needs."""
    field = fields.get(limit.field.way)
    against = fields.get(limit.against.way) if limit.against is not None else None
    needed = [field, *([against] if limit.against is not None else [])]
    if field is None or any(one is None or _sort(one.node) != _LIMITS[limit.word] for one in needed):
        return None
    if "x-plausible" in field.node.schema or (limit.birth and not of_student):
        return None
    return replace(limit, field=field, against=against)


def _span(value: Any) -> Span:
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("needs a number and days, weeks, months or years for “at_most_ahead”, such as “13 months”")
    return Span(written=found[0], number=int(found[1]), unit=found[2])


def _against(field: Field, word: str, value: Any, fields: Mapping[Way, Field]) -> Field:
    other = fields.get(tuple(value[1:].split("/"))) if isinstance(value, str) and value.startswith("/") else None
    if other is None:
        raise ValueError(f"points to “{value}” for “{word}”, which leads to no field of this kind")
    if other is field or _sort(other.node) != _LIMITS[word]:
        raise ValueError(f"points to “{value}” for “{word}”, which is no other {_LIMITS[word]}")
    last = max((number for number, step in enumerate(other.way, 1) if step in EACH), default=0)
    if other.way[:last] != field.way[:last]:
        raise ValueError(f"points to “{value}”, which is in a list that this field is not in")
    return other


def _sort(node: Node) -> str:
    """Returns what limits can be said of: a date, a number, or nothing ("")."""
    if node.type in ("integer", "number"):
        return "number"
    return "date" if node.schema.get("format") == "date" else ""
