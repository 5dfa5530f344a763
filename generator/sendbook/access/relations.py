"""Who is in which relation to a student on a day, once every bar is applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sendbook.access.bars import Bar, bars_of
from sendbook.access.basis import Basis
from sendbook.access.origins import Relation, campus_wide, relations_of, within_year_group
from sendbook.access.spans import ONE_DAY, begins
from sendbook.campus.records import Record

__all__ = ["Manner", "Relation", "StudentRelations", "manner_of", "student_relations"]

#: As whom a reader of a student's pages is addressed.
Manner = Literal["staff", "family", "student"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRelations:
    """All relations and bars around one student, by reader.

    ``households`` are those of each member of the family, ``known_since`` the first day on which a member's relation
    has been confirmed and has begun.
    """

    student: str
    by_reader: Mapping[str, tuple[Relation, ...]]
    bars: Mapping[str, tuple[Bar, ...]]
    households: Mapping[str, frozenset[str]]
    known_since: Mapping[str, date]

    def held(self, reader: str, on: date) -> list[Relation]:
        """The relations a reader has on a day, after every bar."""
        relations = [one for one in self.by_reader.get(reader, ()) if one.span.holds(on) and not one.blocked]
        bars = self.bars.get(reader)
        if not relations or not bars:
            return relations
        barred = {sort for bar in bars if bar.span.holds(on) for sort in bar.sorts}
        return [relation for relation in relations if relation.sort not in barred]

    def days_of_loss(self, reader: str, after: date) -> list[date]:
        """The later days on which something may be taken from a reader, in order."""
        days = {
            one.until + ONE_DAY
            for one in self.by_reader.get(reader, ())
            if one.until is not None and after <= one.until < date.max
        }
        days |= {
            bar.span.since for bar in self.bars.get(reader, ()) if bar.span.since is not None and after < bar.span.since
        }
        return sorted(days)


def student_relations(record: Record, basis: Basis) -> StudentRelations:
    """All relations to the student of this ``student`` record."""
    relations: dict[str, list[Relation]] = {}
    year_group = str(record.data.get("year_group") or "")
    for found in (*campus_wide(basis), *relations_of(record, basis)):
        relation = within_year_group(found, year_group, basis)
        relations.setdefault(relation.reader, []).append(relation)
    bars: dict[str, list[Bar]] = {}
    for bar in bars_of(record, basis):
        bars.setdefault(bar.reader, []).append(bar)
    households: dict[str, set[str]] = {}
    known: dict[str, date] = {}
    for item in record.data.get("family", ()):
        person, day = item["person"], _known_since(item)
        households.setdefault(person, set()).add(str(item.get("household") or ""))
        known[person] = min(known.get(person, day), day)
    return StudentRelations(
        student=record.student or "",
        by_reader={reader: tuple(found) for reader, found in relations.items()},
        bars={reader: tuple(found) for reader, found in bars.items()},
        households={person: frozenset(found) for person, found in households.items()},
        known_since=known,
    )


def manner_of(held: Iterable[Relation], relations: StudentRelations, reader: str) -> Manner:
    """As whom a reader is addressed: work and cover as staff, a member of the family as family."""
    sorts = {relation.sort for relation in held}
    if "self" in sorts:
        return "student"
    if sorts & {"work", "cover"}:
        return "staff"
    return "family" if reader in relations.households else "staff"


def _known_since(item: Mapping[str, Any]) -> date:
    """From when a member of the family counts as known; never, where nobody has checked the relation."""
    if "confirmed" not in item:
        return date.max
    days = (begins(item["confirmed"].get("on")), begins(item.get("from")))
    return max(day or date.max for day in days)
