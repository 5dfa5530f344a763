"""Checks whether the dates and counts of a record are believable, by what its schema says (``x-plausible``).

Everything here is a warning: a date that nobody would believe is nearly always a slip of the pen, but only the person
who wrote it knows. What a schema can't say, such as a year group held against an age, is a rule of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.campus.foundation import STUDENT
from sendbook.campus.plausible import AT_MOST, NOT_AFTER, Limit, names_in
from sendbook.campus.records import Record
from sendbook.campus.roll import on_roll
from sendbook.campus.schemas import Kind
from sendbook.campus.ways import Field, Found, steps_next_to, value_next_to, values_at
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.shape import Positions, finding_at, pointer_of

_BIRTH = (STUDENT, "background")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is not believable of one value; ``seen`` is what it was held against, for the user's own screen."""

    code: str
    message: str
    remedy: str
    seen: str = ""


def birth_of(student: Mapping[str, Any], on: date) -> date | None:
    """Returns the date of birth that other days can be held against; None where it is itself not believable.

    A student who was born after joining the school, or in the future, is reported there, and not at each other day.
    """
    born, joined = _day(student.get("born")), on_roll(student).since
    return born if born is not None and born <= min(on, joined or on) else None


def check_plausible(
    record: Record, kind: Kind, positions: Callable[[], Positions], *, on: date, born: date | None = None
) -> Iterator[Finding]:
    """A warning for each date or count that is not believable on a day.

    ``born`` is the student's date of birth, by `birth_of`, where the record belongs to one. ``positions`` is called
    only if something was found: it parses the file a second time.
    """
    doubts = list(_doubts(record, kind, on, born))
    if not doubts:
        return
    where = positions()
    for limit, found, doubt in doubts:
        yield finding_at(
            record,
            where,
            pointer_of(found.steps),
            code=doubt.code,
            message=doubt.message,
            remedy=doubt.remedy,
            found=str(found.value),
            hint=doubt.seen,
            severity=Severity.WARNING,
            parts=_parts(limit, kind),
        )


def _doubts(record: Record, kind: Kind, on: date, born: date | None) -> Iterator[tuple[Limit, Found, Doubt]]:
    """Every doubt, each slip once: what is no believable day by itself is held against nothing else."""
    doubted: set[tuple[str | int, ...]] = set()
    for limit in (one for one in kind.limits if one.against is None):
        for found in values_at(record.data, limit.field.way):
            doubt = _against_day(limit, _day(found.value), on, born)
            if doubt is not None:
                doubted.add(found.steps)
                yield limit, found, doubt
    for limit, against in ((one, one.against) for one in kind.limits if one.against is not None):
        for found in values_at(record.data, limit.field.way):
            if doubted & {found.steps, steps_next_to(found, against.way)}:
                continue
            doubt = _against_field(limit, against, found.value, value_next_to(record.data, found, against.way))
            if doubt is not None:
                yield limit, found, doubt


def _against_day(limit: Limit, day: date | None, on: date, born: date | None) -> Doubt | None:
    """Holds a date against today or the student's birth."""
    if day is None:
        return None
    if limit.birth:
        return _BEFORE_BIRTH if born is not None and day < born else None
    if limit.ahead is None:
        return _IN_FUTURE if day > on else None
    if day <= limit.ahead.after(on):
        return None
    message = f"This day is more than {limit.ahead.written} ahead."
    return Doubt(code="day-far-ahead", message=message, remedy="Check the year, or choose an earlier day.")


_IN_FUTURE = Doubt(
    code="day-in-future",
    message="This day is in the future, but it says when something happened.",
    remedy="Write the day on which it happened, once it has.",
)
_BEFORE_BIRTH = Doubt(
    code="day-before-birth",
    message="This day is before the student was born.",
    remedy="Check the year, here and in the date of birth.",
)


def _against_field(limit: Limit, other: Field, value: Any, against: Any) -> Doubt | None:
    """Holds a date or a count against another field of the record."""
    name, others_name = names_in(limit.field, other)
    seen = f"“{others_name}” says {against}."
    if limit.word == AT_MOST:
        if not (_is_number(value) and _is_number(against) and value > against):
            return None
        message = f"“{name}” is higher than “{others_name}”."
        remedy = "Correct one of the two; what was added later counts in both."
        return Doubt(code="count-too-high", message=message, remedy=remedy, seen=seen)
    day, others_day = _day(value), _day(against)
    if day is None or others_day is None or not (day > others_day if limit.word == NOT_AFTER else day < others_day):
        return None
    message = f"“{name}” is {'after' if limit.word == NOT_AFTER else 'before'} “{others_name}”."
    return Doubt(code="days-out-of-order", message=message, remedy="Correct one of the two days.", seen=seen)


def _parts(limit: Limit, kind: Kind) -> tuple[tuple[str, str], ...]:
    """Returns the parts a finding rests on: that of the field, and that of what it was held against."""
    fields = [limit.field, *([limit.against] if limit.against is not None else [])]
    parts = [(kind.name, field.node.part) for field in fields if field.node.part is not None]
    return tuple(dict.fromkeys([*parts, *([_BIRTH] if limit.birth else [])]))


def _day(value: Any) -> date | None:
    """Returns a date as records write it; None for anything else, which the shape check has found."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
