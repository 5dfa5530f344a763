"""The narrower of two versions of one entry: of a grant, a duty, a post, and of the days each of them holds.

An entry holds no further than either version says. Where the newer one says something that can't be read about how far
it reaches, it gives nothing: a slip in a last day must not leave open what it was typed to end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sendbook.access.parts import ALL
from sendbook.campus.salvage import Salvaged

Data = Mapping[str, Any]

# What an entry is about: where one of these is another than before, it is another entry.
_THE_SAME = ("role", "relation", "everyone", "person", "student", "action")


def in_both(before: Iterable[Data], now: Salvaged, name: str, sound_on: str) -> Iterator[Data]:
    """Yield the entries of a list as far as the newer version still has them.

    An entry that can't be found is gone only if the newer list could be read whole. One that had not begun on
    ``sound_on`` is left out: beginning would be a gain.
    """
    readable = by_name(now.data.get(name), "id")
    gone = is_surely_gone(name, now)
    for item in before:
        newer = readable.get(item["id"], [])
        if is_to_come(item, sound_on) or (not newer and gone):
            continue
        left = _least(item, newer)
        if left is not None:
            yield left


def _least(item: Data, newer: Iterable[Data]) -> Data | None:
    left: Data | None = item
    for one in newer:
        left = less(left, one) if left is not None else None
    return left


def less(item: Data, newer: Data) -> dict[str, Any] | None:
    """One entry, with the narrower of both in each field that says how far it reaches; None where nothing is left."""
    if any(newer.get(name) != item.get(name) for name in _THE_SAME):
        return None
    if "of" in newer and newer["of"] != item.get("of"):
        return None
    days = narrower_days(item, newer)
    if days is None:
        return None
    left = {**item, **days}
    return _opening_less(left, newer) if "parts" in item or "records" in item else left


def _opening_less(item: Data, newer: Data) -> dict[str, Any] | None:
    """A grant or a share with the parts and the states that both versions of it name."""
    before, now = _opened(item), _opened(newer)
    both = {kind: _in_both_lists(parts, now[kind]) for kind, parts in before.items() if kind in now}
    both = {kind: parts for kind, parts in both.items() if parts}
    if not both:
        return None
    left = {**item, "records": both} if "records" in item else {**item, "parts": both[item["kind"]]}
    if "states" in newer:
        if not isinstance(newer["states"], list):
            return None
        left["states"] = _in_both_lists(item.get("states", [ALL]), newer["states"])
    return left


def _opened(entry: Data) -> dict[str, list[Any]]:
    """The parts that an entry names, by kind, as far as they can be read; none if it is written in both ways."""
    said = entry.get("records") if "records" in entry else {entry.get("kind"): entry.get("parts")}
    if "kind" in entry and "records" in entry:
        return {}
    return {str(kind): parts for kind, parts in mapping(said).items() if isinstance(parts, list)}


def _in_both_lists(before: list[str], newer: list[Any]) -> list[str]:
    """What two lists name, of which “all” names everything."""
    named = [one for one in newer if isinstance(one, str)]
    if ALL in before:
        return named
    return before if ALL in named else [one for one in before if one in named]


def narrower_days(item: Data, newer: Data) -> dict[str, str] | None:
    """The later first day and the earlier last day of two; None where the newer one's can't be read."""
    found = {}
    for name, choose in (("from", max), ("until", min)):
        days = [one[name] for one in (item, newer) if one.get(name) is not None]
        if not all(map(is_day, days)):
            return None
        if days:
            found[name] = choose(days)
    return found


def by_name(listed: object, key: str) -> dict[str, list[Data]]:
    """The entries of a list that can be read, by what names them: several where a name is there twice."""
    found: dict[str, list[Data]] = {}
    for one in items(listed):
        if isinstance(one.get(key), str):
            found.setdefault(one[key], []).append(one)
    return found


def is_surely_gone(name: str, now: Salvaged) -> bool:
    """Whether an entry that can't be found in a list was taken out of it."""
    return now.says_without(name) or (name in now.data and name not in now.partial)


def is_to_come(item: Data, sound_on: str) -> bool:
    """Whether an entry had not begun when the record was last sound."""
    return bool(sound_on) and str(item.get("from") or "") > sound_on


def items(value: object) -> list[Data]:
    """The groups of fields in a list; none where it is no list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def mapping(value: object) -> Data:
    """A group of fields; an empty one where it is none."""
    return value if isinstance(value, Mapping) else {}


def is_day(value: object) -> bool:
    """Whether a value is a day of the calendar, as records write it."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
