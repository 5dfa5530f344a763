"""What a reader may see, asked of schema and policy leaf by leaf, and not of the projections the site is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.decide import Judge
from sendbook.access.people import People, Reader, reader_of_student
from sendbook.bundle.schema import PUBLIC
from sendbook.campus.leaves import Leaf
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind
from tests.conftest import ON


@dataclass(frozen=True, slots=True)
class Seen:
    """One visible value: of which record, under which field names, in which order among its like."""

    record: str
    field: str
    value: str


def reader_in(campus: Campus, identity: str) -> Reader:
    """A person or a student as a reader."""
    found = People.from_campus(campus).get(identity)
    if found is not None:
        return found
    record = campus.get(f"students/{identity}/student")
    assert record is not None
    return reader_of_student(record)


def visible(
    campus: Campus, identity: str, judged: Iterable[Record] | None = None, basis: Basis | None = None
) -> list[Seen]:
    """Everything a reader may see, leaf by leaf; of all records, or of those to be judged."""
    sees = _oracle(campus, identity, basis)
    kinds = campus.registry.kinds
    return [
        seen
        for record in (campus.records.values() if judged is None else judged)
        for leaf, seen in _leaves_of(_Itself(record), kinds[record.kind])
        if sees(record, leaf)
    ]


class _Itself:
    """A record by which it is, not by what it holds: worlds share most of their records."""

    __slots__ = ("record",)

    def __init__(self, record: Record) -> None:
        self.record = record

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.record is other.record


@lru_cache(maxsize=1_000)
def _leaves_of(itself: _Itself, kind: Kind) -> tuple[tuple[Leaf, Seen], ...]:
    """Every leaf of a record, with what somebody sees who may see it."""
    record = itself.record
    return tuple(
        (leaf, Seen(record.id, _without_places(leaf.pointer), repr(leaf.value))) for leaf in kind.leaves(record.data)
    )


class _Oracle:
    """Schema and policy, asked leaf by leaf; leaves of one part behind the same conditions are asked about once."""

    def __init__(self, campus: Campus, identity: str, basis: Basis | None = None) -> None:
        self._judge = Judge(campus, basis)
        self._reader = reader_in(campus, identity)
        self._said: dict[Any, bool] = {}

    def __call__(self, record: Record, leaf: Leaf) -> bool:
        key = (record.id, leaf.part, leaf.node is None, leaf.abouts, leaf.owners)
        if key not in self._said:
            self._said[key] = self._judge.decide_leaf(self._reader, leaf, record, ON).allowed
        return self._said[key]


def _oracle(campus: Campus, identity: str, basis: Basis | None = None) -> Callable[[Record, Leaf], bool]:
    return _public(campus) if identity == PUBLIC else _Oracle(campus, identity, basis)


def _public(campus: Campus) -> Callable[[Record, Leaf], bool]:
    """What everybody may see, read from the policy's own words: nothing of a student, and only what is granted."""
    policy, place = campus.records["access"].data, campus.records["campus"].data
    grants = [grant for grant in policy["grants"] if grant.get("everyone") == "public"]
    contacts = set(place["contacts"].values())

    def is_granted(grant: Mapping[str, Any], record: Record, leaf: Leaf) -> bool:
        meant = grant["action"] == "read" and leaf.part in grant["records"].get(record.kind, ())
        in_state = "states" not in grant or record.data.get("state") in grant["states"]
        of_contact = grant.get("of") == "contact" and record.data.get("id") in contacts
        return meant and in_state and ("of" not in grant or of_contact)

    return lambda record, leaf: record.student is None and any(is_granted(one, record, leaf) for one in grants)


@lru_cache(maxsize=10_000)
def _without_places(pointer: str) -> str:
    return "/".join("-" if step.isdigit() else step for step in pointer.split("/"))


def hidden(campus: Campus, identity: str) -> dict[str, list[Leaf]]:
    """Every leaf a reader may not see, by record."""
    sees = _oracle(campus, identity)
    kinds = campus.registry.kinds
    found = {
        record.id: [leaf for leaf in kinds[record.kind].leaves(record.data) if not sees(record, leaf)]
        for record in campus.records.values()
    }
    return {record_id: leaves for record_id, leaves in found.items() if leaves}
