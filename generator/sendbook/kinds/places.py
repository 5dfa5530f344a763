"""Where a student's records, and the entries of their lists, are on the student's pages."""

from __future__ import annotations

from collections.abc import Sequence

from sendbook.campus.links import Target
from sendbook.kinds.all_kinds import ALL_KINDS, WITH_PAGES
from sendbook.pages.linked import path_in
from sendbook.pages.own_student_kinds import own_record, place_of_record, place_of_target
from sendbook.pages.reading import Reading

_DRAFTS = {page.draft_of: page for kind in ALL_KINDS for page in kind.pages if page.draft_of}
_READ_AT = {kind.name: kind.read_at for kind in ALL_KINDS if kind.read_at is not None}
_ENTRIES = {(kind.name, name): heading for kind in ALL_KINDS for name, heading in kind.entries_at.items()}


def place_of(path: str, reading: Reading) -> str:
    """Returns where the record at a place in the student's folder stands; "" if these readers don't have it."""
    record = reading.at(path)
    if record is None or not record.data:
        return ""
    if record.kind not in WITH_PAGES:
        return place_of_record(reading, own_record(reading, record))
    if record.is_draft:
        return _DRAFTS[record.kind].path_of(reading) if record.kind in _DRAFTS else ""
    place = _READ_AT[record.kind](record.data) if record.kind in _READ_AT else None
    return f"{reading.home}{place}" if place is not None else ""


def place_of_entry(path: str, steps: Sequence[str | int], reading: Reading) -> str:
    """Returns where the entry that some steps lead into stands; the place of its record, where it has no heading."""
    place, record = place_of(path, reading), reading.at(path)
    heading = _ENTRIES.get((record.kind, str(steps[0]))) if record is not None and len(steps) > 1 else None
    if not (place and heading and record is not None):
        return place
    return f"{place}#{heading.format(id=record.data[str(steps[0])][steps[1]]['id'])}"


def place_linked(reading: Reading, target: Target) -> str:
    """Returns where on a student's pages a link leads; "" where these readers have no page of that."""
    if target.kind.name not in WITH_PAGES:
        return place_of_target(reading, target)
    page = place_of(path_in(reading.id, target), reading)
    heading = _ENTRIES.get((target.kind.name, target.pointer[1:].rpartition("/")[0]))
    return f"{page}#{heading.format(id=target.id)}" if page and heading else page
