"""The access difference of two campuses: what each reader came to see, or no longer sees.

Each side is projected by its own schemas, policy and people. Only values that stand on both sides are
compared, so that a new sentence in a plan is no widening, and a changed date of a relation is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.households import at_home_with
from sendbook.access.parts import Parts
from sendbook.access.people import Reader
from sendbook.access.views import View, apart_from, scopes, shared_view
from sendbook.campus.digests import digest_of
from sendbook.campus.nodes import Node
from sendbook.campus.records import Campus, Record

Place = tuple[str, str]
NOTHING: Mapping[str, Record] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed for one reader, as (record id, place in it). Items of a list are named by their key."""

    reader: str
    gained: tuple[Place, ...]
    lost: tuple[Place, ...]


def difference(before: Campus, after: Campus, on: date) -> tuple[Difference, ...]:
    """Every reader for whom something visible changed, by reader id."""
    sides = _Side(before, on), _Side(after, on)
    found = []
    for reader in sorted({*sides[0].readers, *sides[1].readers}):
        gained, lost = _compared(*sides, reader)
        if gained or lost:
            found.append(Difference(reader=reader, gained=tuple(gained), lost=tuple(lost)))
    return tuple(found)


def _compared(before: _Side, after: _Side, reader: str) -> tuple[list[Place], list[Place]]:
    old, new = before.shown(reader), after.shown(reader)
    gained: list[Place] = []
    lost: list[Place] = []
    for record in sorted({*old, *new}):
        one, other = old.get(record), new.get(record)
        if one is not None and other is not None and one.digest == other.digest:
            continue
        seen_before, seen_after = before.places(one), after.places(other)
        held = before.held(record) & after.held(record)
        gained += [(record, place) for place in sorted((seen_after - seen_before) & held)]
        lost += [(record, place) for place in sorted((seen_before - seen_after) & held)]
    return gained, lost


class _Side:
    """One campus, with everything its readers see found once."""

    def __init__(self, campus: Campus, on: date) -> None:
        self.campus, self.on = campus, on
        self.basis = Basis.of(campus)
        self.readers: dict[str, Reader] = {reader.id: reader for reader in self.basis.people}
        self._records: dict[str, dict[str, Record]] = {}
        self._parts: dict[str, dict[str, Parts]] = {}
        self._places: dict[tuple[str, str], frozenset[str]] = {}
        for student in campus.students:
            self._see(student)

    def _see(self, student: str) -> None:
        found, projections = scopes(self.campus, student, self.on, basis=self.basis)
        for scope in found:
            projected = projections[scope.projection]
            self._records.setdefault(scope.reader, {}).update(projected.records)
            self._parts.setdefault(scope.reader, {})[student] = projected.parts
            if scope.reader == student:
                self.readers[student] = Reader(id=student, name="", student=student)

    def shown(self, reader: str) -> Mapping[str, Record]:
        found = self.readers.get(reader)
        if found is None:
            return NOTHING
        return {**self._shared(found).campus.records, **self._records.get(reader, {})}

    def _shared(self, reader: Reader) -> View:
        visible = self._parts.get(reader.id, {})
        apart = apart_from(self.campus, reader.id)
        at_home = at_home_with(self.campus, reader.id, self.on, self.basis)
        return shared_view(self.campus, reader, self.on, visible, apart=apart, at_home=at_home, basis=self.basis)

    def held(self, record: str) -> frozenset[str]:
        return self.places(self.campus.get(record))

    def places(self, record: Record | None) -> frozenset[str]:
        """The places of a record's values."""
        if record is None:
            return frozenset()
        key = (record.id, record.digest)
        if key not in self._places:
            kind = self.basis.kinds.get(record.kind)
            self._places[key] = frozenset(_places(kind.root if kind else None, record.data, ""))
        return self._places[key]


def _places(node: Node | None, value: Any, at: str) -> Iterator[str]:
    """Where each value stands, list items by their key, or by what they hold, never by their number."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _places(node.child(name) if node else None, inner, f"{at}/{name}")
    elif isinstance(value, list):
        for item in value:
            key = node.key_in(item) if node else None
            step = item[key] if key is not None else digest_of(item)[:8]
            yield from _places(node.items if node else None, item, f"{at}/{step}")
    else:
        yield at
