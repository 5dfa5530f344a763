"""Names the people whom a campus publishes as its contacts."""

from __future__ import annotations

from collections.abc import Mapping

from sendbook.campus.foundation import CAMPUS
from sendbook.campus.records import Campus


def contacts_of(campus: Campus) -> frozenset[str]:
    """Returns the ids of the people the campus publishes as contacts."""
    place = campus.get(CAMPUS)
    contacts = place.data.get("contacts") if place else None
    listed = contacts.values() if isinstance(contacts, Mapping) else ()
    return frozenset(one for one in listed if isinstance(one, str))
