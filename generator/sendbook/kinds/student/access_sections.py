"""Sections of "who can see this": what the reader sees, who sees what by role, and the people by name for those who
keep the exceptions.

Who can see a student is in no record of the student, so both lists are handed in; names only for readers who may
see the exceptions in the access policy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sendbook.access.who import SELF_WORDS, words_of
from sendbook.campus.words import sentence, short_day, unbroken
from sendbook.pages.reading import Reading, WhoSees
from sendbook.pages.sections import Section, Voice


def show_yours(reading: Reading) -> dict[str, Any] | None:
    """What the reader of this page sees of the student: the first thing people ask, and one line for most of them."""
    if not (reading.seen_by.roles or reading.seen_by.named):
        return None
    said = words_of(reading.parts, reading.around.kinds)
    return {"said": [sentence(part) for part in said]} if said else None


def show_roles(reading: Reading) -> dict[str, Any] | None:
    return _table(
        "Who can see what, by role", "Who", tuple(_as_read(entry, reading) for entry in reading.seen_by.roles)
    )


def same_for_all(reading: Reading) -> str:
    """What a family needs to know before it reads the list: the list is not about their own child."""
    return "" if reading.manner == "staff" else "These rules are the same for every student in the school."


def _as_read(entry: WhoSees, reading: Reading) -> WhoSees:
    """The entry as the student reads it: “My teachers”, not “Teachers of the student”."""
    return replace(entry, who=SELF_WORDS.get(entry.who, entry.who)) if reading.is_self else entry


def show_named(reading: Reading) -> dict[str, Any] | None:
    return _table("Who can see what, by name", "Person", reading.seen_by.named)


def _table(caption: str, first: str, entries: tuple[WhoSees, ...]) -> dict[str, Any] | None:
    """The entries as a table; the last day is there only if somebody has one."""
    if not entries:
        return None
    ends = any(entry.until for entry in entries)
    rows = [
        replace(
            entry,
            because=unbroken(entry.because),
            parts=tuple(map(sentence, entry.parts)),
            until=short_day(entry.until) if entry.until else "",
        )
        for entry in entries
    ]
    return {"caption": caption, "first": first, "ends": ends, "rows": rows}


YOURS = Section(
    name="yours",
    title=Voice(staff="What you can see", student="What I can see"),
    template="sections/lines.html",
    show=show_yours,
)
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
