"""Sections of "who can see this": roles for everyone, and for those who keep the exceptions the people by name.

Who can see a student is in no record of the student, so both lists are handed in; names only for readers who may
see the exceptions in the access policy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sendbook.campus.words import short_day, unbroken
from sendbook.site.reading import Entry, Reading
from sendbook.site.sections import Section, Voice


def show_roles(reading: Reading) -> dict[str, Any] | None:
    return _table("Who can see what, by role", "Who", reading.seen_by.roles)


def show_named(reading: Reading) -> dict[str, Any] | None:
    return _table("Who can see what, by name", "Person", reading.seen_by.named)


def _table(caption: str, first: str, entries: tuple[Entry, ...]) -> dict[str, Any] | None:
    """The entries as a table; the last day is there only if somebody has one."""
    if not entries:
        return None
    ends = any(entry.until for entry in entries)
    rows = [
        replace(entry, because=unbroken(entry.because), until=short_day(entry.until) if entry.until else "")
        for entry in entries
    ]
    return {"caption": caption, "first": first, "ends": ends, "rows": rows}


NAMED = Section(
    name="people",
    title=Voice(staff="By name"),
    template="sections/seen_by.html",
    show=show_named,
)
ROLES = Section(
    name="roles",
    title=Voice(staff="By role"),
    template="sections/seen_by.html",
    show=show_roles,
)
