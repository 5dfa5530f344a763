"""What one reader sees of one student, for a document or a test: made from the records, not taken from the bundle."""

from __future__ import annotations

from dataclasses import replace

from sendbook.access.views import scopes
from sendbook.campus.records import Campus
from sendbook.pages.reading import DRAFTS, Reading
from sendbook.site.build.page_source import page_source, persons_by_projection
from sendbook.site.build.shared_campus import SharedCampus


def reading_for(common: SharedCampus, own: Campus, student: str, reader: str) -> Reading | None:
    """Returns what one reader sees of one student, as pages and documents read it; None for nothing at all."""
    found, projections = scopes(own, student, common.on, basis=common.basis)
    scope = next((scope for scope in found if scope.reader == reader), None)
    if scope is None:
        return None
    persons = persons_by_projection(projections)[scope.projection]
    return page_source(common, scope, projections[scope.projection], persons).reading()


def reading_of_draft_for(common: SharedCampus, own: Campus, student: str, place: str, reader: str) -> Reading | None:
    """Returns what one of the family, or the student, would read of the draft at a place if it were agreed as it is.

    They are shown no drafts; this is the copy they are given before the meeting at which they agree it. None for
    everybody else, and where nothing is being drafted there.
    """
    if own.get(f"students/{student}/{place}") is None:
        return None
    reading = reading_for(common, with_draft_agreed(own, student, place), student, reader)
    if reading is None or reading.manner not in ("family", "student"):
        return None
    return reading.as_draft(place.removeprefix(DRAFTS))


def with_draft_agreed(own: Campus, student: str, place: str) -> Campus:
    """Returns a student's records as they would be if the draft at a place were agreed as it is.

    What that is called is for the schema to say: the last state that it calls settled, or else the last that it names.
    """
    draft, in_force = own.get(f"students/{student}/{place}"), f"students/{student}/{place.removeprefix(DRAFTS)}"
    if draft is None:
        return own
    others = [record for record in own.records.values() if record.id not in (draft.id, in_force)]
    kind = own.registry.kinds[draft.kind]
    states = kind.traits.settled or kind.states
    agreed = replace(draft, id=in_force, data={**draft.data, **({"state": states[-1]} if states else {})})
    return Campus([*others, agreed], own.registry)
