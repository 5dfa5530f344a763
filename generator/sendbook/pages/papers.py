"""What the papers of a student have in common: whose they are, whose copy it is, and of which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sendbook.campus.typed_text import is_in_lines, lines_in
from sendbook.campus.words import short_day
from sendbook.documents.kinds import DocumentKind, canonical, with_print_head
from sendbook.pages.placing import placing
from sendbook.pages.reading import Reading

#: The day of a document that says no day at all; PDF/A wants one.
_NO_DAY = "2000-01-01"

_STAFF_COPY = "Copy for staff. Families and students are given a copy made for them."
_DRAFT_COPY = "Draft for the meeting. It is not in use until everyone has agreed it."


def copy_line(manner: str, *, draft: bool = False) -> str:
    """Whose copy this is, and that a draft is one; "" for a family's copy of what is in force."""
    for_family = manner in ("family", "student")
    if draft:
        return _DRAFT_COPY if for_family else f"{_DRAFT_COPY} {_STAFF_COPY}"
    return "" if for_family else _STAFF_COPY


def whose_line(reading: Reading) -> str:
    """``Freya Lindqvist · Year 10 · 10 Ash``."""
    known = [reading.full_name, placing(reading), reading.around.campus.get("name", "")]
    return " · ".join(part for part in known if part)


def sealed(kind: DocumentKind, identity: str, said: Mapping[str, Any], days: Iterable[str]) -> bytes:
    """The print data of what is said; its version is that of the last of the ``days``.

    ``identity`` is the id of the student whose paper it is, "" for one that is no student's.
    """
    newest = max(days, default=_NO_DAY)
    told = canonical(dict(said))
    if not is_in_lines(told.decode()):
        told = canonical(lines_in(dict(said)))
    return with_print_head(kind, identity, told, day=newest, day_said=short_day(newest) if newest != _NO_DAY else "")
