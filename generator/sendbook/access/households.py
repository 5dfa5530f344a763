"""Who knows whom by name at home: of one student, or of any."""

from __future__ import annotations

from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.permits import claim_of, permits_of
from sendbook.access.relations import StudentRelations, student_relations
from sendbook.campus.records import Campus

RULE = "same-household"
BECAUSE = "Members of one household see one another by name."


def housemates(relations: StudentRelations, reader: str, on: date, basis: Basis) -> frozenset[str]:
    """The members of the family whom a reader may know by name because they live with them.

    The reader has to hold a relation that shows them something; the other person's relation has to be confirmed and to
    have begun. Somebody on record in two households belongs to neither alone, and is named to neither. Whether the
    other person may see the record plays no part: a name missing because of a restriction would tell of it.
    """
    held = relations.held(reader, on)
    homes = {relation.household for relation in held if relation.household}
    if not homes or not permits_of(frozenset(map(claim_of, held)), "read", basis).table:
        return frozenset()
    return frozenset(
        person
        for person, home in relations.households.items()
        if person != reader and home <= homes and relations.known_since[person] <= on
    )


def at_home_with(campus: Campus, reader: str, on: date, basis: Basis) -> frozenset[str]:
    """The people whom a reader may know by name because they live with them, for whichever student."""
    found = (
        housemates(student_relations(record, basis), reader, on, basis)
        for record in campus.of_kind("student")
        if any(item["person"] == reader for item in record.data.get("family", ()))
    )
    return frozenset[str]().union(*found)
