"""Sections of "who can see this": what the reader sees, the people by name for those who keep the exceptions, and the
way to the campus's page of rules.

Who can see a student is in no record of the student, so the list by name is handed in, and only for readers who may
see the exceptions in the access policy. What duties and relations open is the same for every student: it is on one
page of the campus, and no reason of a grant is on a student's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sendbook.access.who import words_of
from sendbook.campus.words import sentence, short_day, unbroken
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

#: The campus's page that says who can see what of any student.
WHO_CAN_SEE_PATH, WHO_CAN_SEE_TITLE = "/who-can-see/", "Who can see what"


def show_yours(reading: Reading) -> dict[str, Any] | None:
    """What the reader of this page sees of the student: the first thing people ask, and one line for most of them."""
    said = words_of(reading.parts, reading.around.kinds)
    return {"said": [sentence(part) for part in said]} if said else None


def show_named(reading: Reading) -> dict[str, Any] | None:
    """The people as a table; the last day is there only if somebody has one."""
    if not reading.seen_by:
        return None
    rows = [
        replace(
            entry,
            because=unbroken(entry.because),
            parts=tuple(map(sentence, entry.parts)),
            until=short_day(entry.until) if entry.until else "",
        )
        for entry in reading.seen_by
    ]
    ends = any(entry.until for entry in reading.seen_by)
    return {"caption": "Who can see what, by name", "first": "Person", "ends": ends, "rows": rows}


def show_rules(_reading: Reading) -> dict[str, Any]:
    """The address and title of the campus's page."""
    return {"url": WHO_CAN_SEE_PATH, "title": WHO_CAN_SEE_TITLE}


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
RULES = Section(
    name="rules",
    title=Voice(staff="What others can see"),
    template="sections/rules.html",
    show=show_rules,
)
