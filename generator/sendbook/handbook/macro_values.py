"""What the handbook's macros say in an edition, from the records as that edition's readers may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.editions import edition_view
from sendbook.campus.records import Campus
from sendbook.figures.release import released
from sendbook.figures.saying import said_in_public
from sendbook.figures.settings import FigureSettings
from sendbook.handbook.action_table import action_tables
from sendbook.handbook.macros import MacroValues


def macro_values(campus: Campus, on: date | None, edition: str, *, basis: Basis | None = None) -> MacroValues:
    """What the macros say on a day; without a day, of the last school year there are terms for."""
    seen = edition_view(campus, edition, basis=basis)
    place = _data(seen, "campus")
    people = {record.id.rpartition("/")[2]: record.data for record in seen.of_kind("person")}
    staff = {person: data for person, data in people.items() if "staff" in data}
    plan = seen.get("accessibility-plan")
    contacts = {key: one for key, one in (place.get("contacts") or {}).items() if isinstance(one, str)}
    actions = action_tables(plan.data, campus.registry.kinds[plan.kind], staff, contacts) if plan else {}
    figures = said_in_public([release.data for release in released(seen)], FigureSettings.of(place))
    return MacroValues.from_campus(place, people, figures, on=on, actions=actions)


def _data(campus: Campus, record: str) -> Mapping[str, Any]:
    found = campus.get(record)
    return found.data if found else {}
