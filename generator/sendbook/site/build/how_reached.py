"""Finds of which people a page asked how they are reached."""

from __future__ import annotations

from collections.abc import Iterable

from sendbook.access.how_reached import HOW_REACHED
from sendbook.campus.foundation import PERSON
from sendbook.pages.asked import AskedPlace

#: Stands for everybody, where a page lists all colleagues with how they are reached.
EVERYBODY = "*"


def reached_in(places: Iterable[AskedPlace]) -> frozenset[str]:
    """Returns the colleagues of whom a page asked how they are reached; everybody, where it listed all of them."""
    found = set()
    for sort, *rest in places:
        if sort == "staff" and not rest:
            found.add(EVERYBODY)
        elif (sort == "staff" and rest[1:] and rest[1] in HOW_REACHED["staff"]) or _leads_to_person(sort, rest):
            found.add(rest[0] if sort == "staff" else EVERYBODY)
    return frozenset(found)


def _leads_to_person(sort: str, rest: Iterable[str]) -> bool:
    """Whether a place is read in a person's own record, by way of a link."""
    first, *_ = (*rest, "")
    return (sort == "linked" and first == PERSON) or (sort == "shared record" and first.startswith("people/"))
