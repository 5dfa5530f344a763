"""What of a record counts, so that it may not be gone without a word: the record once it is agreed, and its entries.

Drafts and computed figures count for nothing yet. Entries of lists are known by their keys, not by their numbers, and
are named by a place such as ``("needs", "talk")``, as in ``records/withdrawn.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.access.withdrawn import Place
from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry

_NOT_YET = frozenset({"draft", "computed"})
# Lists that a school's other system fills, and whose entries come and go with each term or year.
_COME_AND_GO = frozenset({
    (STUDENT, "teaching_groups"), (STUDENT, "attendance"), (CAMPUS, "terms"), (CAMPUS, "assessment_points"),
    (CAMPUS, "roll"),
})  # fmt: skip


def counts(record: Record) -> bool:
    """Whether a record was agreed, approved, or needs no agreement to count, as those of people and access do."""
    return str(record.data.get("state", "")) not in _NOT_YET


def parts_to_agree(registry: SchemaRegistry) -> tuple[tuple[str, str], ...]:
    """The part of each kind of record that says whether one has been agreed."""
    return tuple(
        (name, str(kind.root.properties["state"].part)) for name, kind in registry.kinds.items() if kind.states
    )


def entries(record: Record, root: Node) -> frozenset[Place]:
    """The places of all entries that lists of a record hold."""
    found = _entries(root, record.data, ())
    return frozenset(place for place in found if (record.kind, place[0]) not in _COME_AND_GO)


def sections(record: Record, root: Node) -> frozenset[Place]:
    """The places of whole sections that a record has: what to do in an emergency, a decision, a person's work here; and
    of fields outside lists that name somebody: a contact, the lead of a plan.
    """
    found: set[Place] = {(str(name),) for name, value in record.data.items() if isinstance(value, Mapping) and value}
    found |= set(_namings(root, record.data, ()))
    return frozenset(place for place in found if (record.kind, place[0]) not in _COME_AND_GO)


def values(record: Record, root: Node) -> dict[Place, Any]:
    """Every value of a record by its place; a list without keys is one value."""
    return dict(_values(root, record.data, ()))


def outermost(places: frozenset[Place]) -> list[Place]:
    """The places that lie in no other of them, sorted."""
    return sorted(place for place in places if not any(place[:length] in places for length in range(1, len(place))))


def _entries(node: Node | None, value: Any, place: Place) -> Iterator[Place]:
    if node is None:
        return
    for step, inner_node, inner in _steps(node, value):
        if node.items is not None:
            yield (*place, step)
        yield from _entries(inner_node, inner, (*place, step))


def _namings(node: Node | None, value: Mapping[str, Any], place: Place) -> Iterator[Place]:
    for name, inner in value.items():
        child = node.child(str(name)) if node is not None else None
        if isinstance(inner, Mapping):
            yield from _namings(child, inner, (*place, str(name)))
        elif child is not None and child.link is not None and inner:
            yield (*place, str(name))


def _values(node: Node | None, value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    steps = list(_steps(node, value)) if node is not None else []
    if not steps:
        yield place, value
    for step, inner_node, inner in steps:
        yield from _values(inner_node, inner, (*place, step))


def _steps(node: Node, value: Any) -> Iterator[tuple[str, Node | None, Any]]:
    """What lies one step further in: fields by name, entries of a list by key."""
    if isinstance(value, Mapping):
        yield from ((str(name), node.child(str(name)), inner) for name, inner in value.items())
    elif isinstance(value, list):
        for entry in value:
            if (key := node.key_in(entry)) is not None:
                yield str(entry[key]), node.items, entry
