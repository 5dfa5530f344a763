"""Who knows whom by name at home, over all students; ``standing.housemates`` answers for one."""

from __future__ import annotations

from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.relations import ties_of
from sendbook.access.standing import housemates
from sendbook.campus.records import Campus

RULE = "same-household"
BECAUSE = "Members of one household see one another by name."


def at_home_with(campus: Campus, reader: str, on: date, basis: Basis) -> frozenset[str]:
    """The people whom a reader may know by name because they live with them, for whichever student."""
    found = (
        housemates(ties_of(record, basis), reader, on, basis)
        for record in campus.of_kind("student")
        if any(item["person"] == reader for item in record.data.get("family", ()))
    )
    return frozenset[str]().union(*found)
