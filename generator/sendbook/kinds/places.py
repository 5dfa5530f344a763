"""Where a student's records, and the entries of their lists, are on the student's pages."""

from __future__ import annotations

from sendbook.campus.links import Target
from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.pages.linked import path_in
from sendbook.pages.own_kinds import place_of_target
from sendbook.pages.reading import Reading

_DRAFTS = {page.draft_of: page for kind in ALL_KINDS for page in kind.pages if page.draft_of}
_READ_AT = {kind.name: kind.read_at for kind in ALL_KINDS if kind.read_at is not None}
_ENTRIES = {(kind.name, name): heading for kind in ALL_KINDS for name, heading in kind.entries_at.items()}
_ON_PAGES = frozenset(kind.name for kind in ALL_KINDS if kind.is_on_pages)


def place_of(path: str, reading: Reading) -> str:
    """Returns where the record at a place in the student's folder stands; "" if these readers don't have it."""
    record = reading.at(path)
    if record is None or not record.data:
        return ""
    if record.is_draft:
        return _DRAFTS[record.kind].path_of(reading) if record.kind in _DRAFTS else ""
    place = _READ_AT[record.kind](record.data) if record.kind in _READ_AT else None
    return f"{reading.home}{place}" if place is not None else ""


def place_linked(reading: Reading, target: Target) -> str:
    """Returns where on a student's pages a link leads; "" where these readers have no page of that."""
    if target.kind.name not in _ON_PAGES:
        return place_of_target(reading, target)
    page = place_of(path_in(reading.id, target), reading)
    heading = _ENTRIES.get((target.kind.name, target.pointer[1:].rpartition("/")[0]))
    return f"{page}#{heading.format(id=target.id)}" if page and heading else page
