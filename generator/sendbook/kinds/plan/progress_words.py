"""Measurements of a target in words: short enough to be read out at a review, and none of them left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.words import listed, number, quantity, short_day
from sendbook.history.events import Added
from sendbook.history.phrases import texts
from sendbook.history.telling import Group

_SPACES = " \N{NO-BREAK SPACE}"


def told_progress(group: Group, wording: str) -> Iterator[str]:
    """All new measurements in one sentence; unit and year are said once, and the goal next to them."""
    new = [path for path, event in group.waiting.items() if path[:1] == ("progress",) and isinstance(event, Added)]
    entries: list[Mapping[str, Any]] = []
    for path in new:
        value = getattr(group.waiting.pop(path), "value", None)
        entries += value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []
    # An earlier version may lack a number; that it was 0 must not be said.
    entries = sorted((one for one in entries if "value" in one), key=lambda entry: str(entry.get("on", "")))
    if not entries:
        return
    days = _days([str(entry.get("on", "")) for entry in entries])
    amounts = [amount(group, entry["value"], briefly=position > 0) for position, entry in enumerate(entries)]
    measured = listed([f"{one} on {day}" for one, day in zip(amounts, days, strict=True)])
    aim = f"; the goal is {goal(group, briefly=True)}" if "goal" in group.item else ""
    alone = len(entries) == 1
    notes = [
        f"Noted: {entry['note']}" if alone else f"Noted on {day}: {entry['note']}"
        for entry, day in zip(entries, days, strict=True)
        if "note" in entry
    ]
    yield " ".join(texts(f"{wording}: {measured}{aim}", *notes))


def amount(group: Group, value: float, *, briefly: bool = False) -> str:
    """A value of a target's measure with its unit, or ``briefly`` where the unit was just said."""
    unit = group.names.units.get(str(group.item.get("measure", "")))
    if unit is None or (briefly and not unit.startswith("%")):
        return number(value)
    return f"{number(value)}%" if briefly else quantity(value, unit)


def goal(group: Group, *, briefly: bool = False) -> str:
    """What a target is to reach."""
    said = group.item["goal"]
    least = "at most" if said.get("comparator") == "at_most" else "at least"
    return f"{least} {amount(group, said.get('value', 0), briefly=briefly)}"


def _days(days: list[str]) -> list[str]:
    """Days in words, each but the last without its year where it is the last one's."""
    year = days[-1][:4]
    spoken = [short_day(day) for day in days]
    earlier = [day.removesuffix(year).rstrip(_SPACES) for day in spoken[:-1]]
    return [*earlier, spoken[-1]]
