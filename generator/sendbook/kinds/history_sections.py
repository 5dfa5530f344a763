"""Sections about what changed: since the last meeting first, then what came before it, the newest day first.

What changed is no part of a record: it was worked out from this projection's own past and is handed in, like the
list of who can see a student.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sendbook.campus.words import long_day, short_day
from sendbook.kinds.places import place_of
from sendbook.pages.changed_days import ChangedDay, ChangedRecord
from sendbook.pages.reading import Reading
from sendbook.pages.sections import PageKind, Section, Voice

#: So many days stand open; what lies further back is folded away.
OPEN_DAYS = 8


def changed_since_meeting(reading: Reading) -> tuple[ChangedDay, ...]:
    """The days after the last meeting on which something changed for these readers."""
    told = reading.told
    return tuple(one for one in told.days if told.met is not None and one.day > told.met)


def show_since(reading: Reading) -> dict[str, Any] | None:
    """What is different since the meeting first; the single days are then folded away."""
    told = reading.told
    if told.met is None or not told.days:
        return None
    days = _days(changed_since_meeting(reading), reading)
    met = f"{'The last meeting was' if reading.manner == 'staff' else 'We met'} on {short_day(told.met)}."
    after = "This is what has changed since then." if days else "Nothing has changed since."
    together = [_record(record, reading) for record in told.together]
    return {"said": f"{met} {after}", "together": together, **_folded(days, 0 if together else OPEN_DAYS)}


def show_before(reading: Reading) -> dict[str, Any] | None:
    told = reading.told
    days = [one for one in told.days if told.met is not None and one.day <= told.met]
    return _list(days, reading) if days else None


def show_all(reading: Reading) -> dict[str, Any] | None:
    told = reading.told
    return _list(told.days, reading) if told.met is None and told.days else None


def _list(days: Iterable[ChangedDay], reading: Reading) -> dict[str, Any]:
    return {"said": "", "together": [], **_folded(_days(days, reading), OPEN_DAYS)}


def _folded(days: list[dict[str, Any]], shown: int) -> dict[str, Any]:
    headings = [(one["id"], one["heading"]) for one in days[:shown]]
    return {"days": days[:shown], "more": days[shown:], "headings": headings}


def _days(days: Iterable[ChangedDay], reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "id": f"on-{one.day}",
            "heading": long_day(one.day),
            "records": [_record(record, reading) for record in one.records],
            "begins": one.begins,
            "by": one.by,
            "clocks": [long_day(clock) for clock in one.clocks],
            "unreadable": one.unreadable,
        }
        for one in days
    ]


def _record(record: ChangedRecord, reading: Reading) -> dict[str, Any]:
    return {"title": record.title, "url": place_of(record.record, reading), "passages": record.passages}


SINCE = Section(
    name="since",
    title=Voice(staff="Since the last meeting", family="Since we last met", student="Since my last meeting"),
    template="sections/changes.html",
    show=show_since,
)
BEFORE = Section(
    name="before",
    title=Voice(staff="Before that"),
    template="sections/changes.html",
    show=show_before,
)
CHANGED = Section(
    name="changed",
    title=Voice(staff="What changed, and when"),
    template="sections/changes.html",
    show=show_all,
)
HISTORY = PageKind(
    name="history",
    path="{home}history/",
    title=Voice(staff="What changed for {name}", student="What changed for me"),
    link=Voice(staff="What changed"),
    order=50,
    sections=(SINCE, BEFORE, CHANGED),
    searched=False,
)
