"""What lists and home pages need of a student: a small dictionary per projection, plain enough to keep as JSON.

Facts are taken from a projection and nothing else, so a reader's own pages can't say more than the student's pages
do. They hold dates as they stand in the records; what is due or late on a day is worked out where a page for that
day is made. Each kind of record has its own under its name; every key is always there.
"""

from __future__ import annotations

from typing import Any

from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.kinds.history_sections import changed_since_meeting
from sendbook.kinds.places import place_of_entry
from sendbook.pages.reading import DRAFTS, Facts, Reading
from sendbook.pages.templates import Renders
from sendbook.site.readers.owed import owed_facts
from sendbook.site.readers.rows import row_fragments


def facts_of_reading(reading: Reading, templates: Renders | None = None) -> Facts:
    """The facts of one projection; with ``templates`` also its rows of the lists, made once for all who share them."""
    facts = _facts(reading)
    if templates is not None:
        facts["rows"] = row_fragments(facts, templates)
    return facts


def _facts(reading: Reading) -> Facts:
    facts: Facts = {
        "id": reading.id,
        "manner": reading.manner,
        "name": reading.known_as,
        "full_name": reading.full_name,
        "path": reading.home,
    }
    for kind in ALL_KINDS:
        if kind.facts is not None:
            facts[kind.name] = kind.facts(reading)
    return {**facts, "owed": list(owed_facts(reading)), "changed": _changed(reading), "leads_to": _leads_to(reading)}


def _leads_to(reading: Reading) -> dict[str, str]:
    """The campus's records with pages of their own that the student's records lead to, each with where that is read.

    What is only being drafted is nobody's yet.
    """
    links, kinds = reading.links, reading.around.kinds
    to = {one.name for one in ALL_KINDS if one.campus_pages and one.name in kinds and not kinds[one.name].of_student}
    found: dict[str, str] = {}
    for record in links.records if reading.manner == "staff" and to else ():
        path = record.id.removeprefix(f"students/{reading.id}/")
        for one in links.written_in(record, to) if not path.startswith(DRAFTS) else ():
            target = links.target(one)
            if target is not None:
                found.setdefault(target.record.id, place_of_entry(path, one.steps, reading) or reading.home)
    return found


def _changed(reading: Reading) -> dict[str, Any] | None:
    """When these readers last met about the student, and what has changed for them since: how often, and when last."""
    days = changed_since_meeting(reading)
    return {"met": reading.told.met, "days": len(days), "last": days[0].day} if days else None
