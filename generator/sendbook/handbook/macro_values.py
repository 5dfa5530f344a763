"""What the handbook's macros say in an edition, from the records as that edition's readers may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.editions import edition_view
from sendbook.campus.foundation import CAMPUS, PERSON
from sendbook.campus.records import Campus
from sendbook.handbook.macros import MacroValues
from sendbook.pages.macro import Macro, MacroSources, SaidByMacro


def macro_values(
    campus: Campus, on: date | None, edition: str, *, macros: Iterable[Macro], basis: Basis | None = None
) -> MacroValues:
    """What the macros say on a day; without a day, of the last school year there are terms for.

    ``macros`` are those that kinds of record bring.
    """
    seen = edition_view(campus, edition, basis=basis)
    place = _data(seen, CAMPUS)
    people = {record.id.rpartition("/")[2]: record.data for record in seen.of_kind(PERSON)}
    sources = MacroSources(
        records=seen,
        kinds=campus.registry.kinds,
        place=place,
        staff={person: data for person, data in people.items() if "staff" in data},
        contacts={key: one for key, one in (place.get("contacts") or {}).items() if isinstance(one, str)},
    )
    of_kinds = {macro.name: SaidByMacro(macro=macro, texts=macro.says(sources)) for macro in macros}
    return MacroValues.from_campus(place, people, of_kinds, on=on)


def _data(campus: Campus, record: str) -> Mapping[str, Any]:
    found = campus.get(record)
    return found.data if found else {}
