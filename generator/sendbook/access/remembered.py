"""Standings as plain data, so that a later build can ask whether a reader stands no narrower than they did.

Many readers share a standing, and many standings share what they permit: each is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sendbook.access.permits import Permits
from sendbook.access.sight import Standing


def as_plain(standings: Iterable[Standing]) -> dict[str, Any]:
    """Standings in their order, with what they permit apart."""
    tables: dict[int, int] = {}
    permits: list[Any] = []
    rows = []
    for one in standings:
        number = tables.get(id(one.permits))
        if number is None:
            number = tables[id(one.permits)] = len(permits)
            permits.append([[kind, state, sorted(parts)] for (kind, state), parts in one.permits.table.items()])
        owners, opened, apart = sorted(map(list, one.owners)), sorted(one.opened), sorted(one.apart)
        rows.append([one.manner, number, owners, opened, apart, one.own, one.family])
    return {"permits": permits, "standings": rows}


def from_plain(said: Mapping[str, Any]) -> list[Standing]:
    """The same standings again."""
    permits = [Permits({(kind, state): frozenset(parts) for kind, state, parts in table}) for table in said["permits"]]
    return [
        Standing(
            manner=manner,
            permits=permits[number],
            owners=frozenset(map(tuple, owners)),
            opened=frozenset(opened),
            apart=frozenset(apart),
            own=own,
            family=family,
        )
        for manner, number, owners, opened, apart, own, family in said["standings"]
    ]


def no_wider(now: Standing, before: Standing) -> Standing | None:
    """A standing within both of two; None where neither holds the other, and a page would have to be guessed at."""
    if before.is_no_narrower_than(now):
        return now
    return before if now.is_no_narrower_than(before) else None
