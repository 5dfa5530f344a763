"""Sections of "who can see this": roles for everyone, and for those who keep the exceptions the people by name.

Who can see a student stands in no record of the student, so both lists are handed in; names only for readers who may
see the exceptions in the access policy.
"""

from __future__ import annotations

from typing import Any

from sendbook.site.reading import Entry, Reading
from sendbook.site.sections import Section, Voice
from sendbook.site.words import short_day


def show_roles(reading: Reading) -> dict[str, Any] | None:
    rows = [_row(entry) for entry in reading.seen_by.roles]
    return {"caption": "Who can see what, by role", "rows": rows, "first": "Who"} if rows else None


def show_named(reading: Reading) -> dict[str, Any] | None:
    rows = [_row(entry) for entry in reading.seen_by.named]
    return {"caption": "Who can see what, by name", "rows": rows, "first": "Person"} if rows else None


def _row(entry: Entry) -> tuple[str, str, str, str]:
    return entry.who, entry.because, entry.parts, f"Until {short_day(entry.until)}" if entry.until else ""


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
