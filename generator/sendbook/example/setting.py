"""What records of students lean on: the calendar, measures, provision library, places and authorities of one campus.

The same whether the campus is made up from nothing or is there already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sendbook.example.calendar import Calendar
from sendbook.example.places import Places
from sendbook.example.story import bank

# Fields of the tables that are for the generator alone.
_MEASURE_HINTS = ("typical", "behind", "step")
_SHARED = ("wave", "layer", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A campus as the writers of student records see it."""

    id: str
    calendar: Calendar
    places: Places
    measures: Mapping[str, Mapping[str, Any]]
    library: Mapping[str, Mapping[str, Any]]
    rates: Mapping[str, str]
    authorities: Sequence[str]
    most_targets: int = 4

    def intervention(self, name: str, year: int) -> Mapping[str, Any]:
        """What a story calls by ``name``: our own table, and as ``entry`` what the library has for the year.

        The library's own wave, layer and type count, so that a line of a plan does not contradict its entry.
        """
        own = _table("interventions")[name]
        for other in (name, *own.get("alike", ())):
            found = self.library.get(other)
            if found and int(found.get("first_year", 1)) <= year <= int(found.get("last_year", 14)):
                return {**own, **{field: found[field] for field in _SHARED if field in found}, "entry": other}
        return own


@cache
def _table(name: str) -> Mapping[str, Mapping[str, Any]]:
    return {entry["id"]: entry for entry in bank(name)}


def own_measures() -> list[dict[str, Any]]:
    """The measures of a synthetic campus, as campus.yml holds them."""
    return [{key: value for key, value in entry.items() if key not in _MEASURE_HINTS} for entry in bank("measures")]


def usable_measures(campus: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The campus's measures that stories can use, with the generator's knowledge of where students start."""
    hints = _table("measures")
    return {
        entry["id"]: {**entry, **{key: hints[entry["id"]][key] for key in _MEASURE_HINTS if key in hints[entry["id"]]}}
        for entry in campus["measures"]
        if entry["id"] in hints
    }


def rates_of(campus: Mapping[str, Any]) -> dict[str, str]:
    """Hourly rates by who is paid: the ids of the campus's own list, found by their words."""
    listed = [rate["id"] for rate in campus.get("cost_assumptions", {}).get("hourly_rates", ())]
    found = {
        "assistant": next((rate for rate in listed if "assistant" in rate), ""),
        "teacher": next((rate for rate in listed if rate == "teacher"), ""),
        "senco": next((rate for rate in listed if "senco" in rate), ""),
    }
    return {who: rate for who, rate in found.items() if rate}
