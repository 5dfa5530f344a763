"""What was put right and is withdrawn from the past: left out of every earlier version, for every reader.

``records/withdrawn.yml`` names a record and a place in it, by fields and by the keys of entries. Nothing of
today's records is touched by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind

RECORD_ID = "withdrawn"
Place = tuple[str, ...]


def withdrawn_places(record: Record | None) -> dict[str, tuple[Place, ...]]:
    """The places withdrawn, by record id; an empty place is the whole record."""
    found: dict[str, tuple[Place, ...]] = {}
    for entry in record.data.get("withdrawn", ()) if record is not None else ():
        identity = str(entry["record"])
        found[identity] = (*found.get(identity, ()), steps_of(str(entry.get("pointer", ""))))
    return found


def steps_of(pointer: str) -> Place:
    """The steps of a pointer such as ``/targets/reads-aloud/why``."""
    steps = pointer.strip("/").split("/") if pointer.strip("/") else []
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)


def leads_somewhere(kind: Kind, place: Place) -> bool:
    """Whether a kind of record can have such a place: its fields are known, and lists go on with an entry's key.

    A number is no key, though findings count entries so; and an entry that is a plain value has none.
    """
    node: Node | None = kind.root
    for step in place:
        if node is None:
            return False
        if node.items is not None:
            node = node.items if node.items.properties and not step.isdigit() else None
        else:
            node = node.child(step)
    return node is not None


def without_withdrawn(record: Record, kind: Kind, places: tuple[Place, ...]) -> Record | None:
    """A record of the past without these places; None if all of it is withdrawn."""
    data: Any = record.data
    for place in places:
        if not place:
            return None
        data = _without(kind.root, data, place)
    return record if data is record.data else replace(record, data=data)


def _is_named(item: object, keys: Iterable[str], step: str) -> bool:
    """Whether an entry is meant: by any of its keys, for it may have had another name when it was written."""
    return isinstance(item, Mapping) and any(str(item.get(key)) == step for key in keys)


def _without(node: Node | None, value: Any, place: Place) -> Any:
    step, rest = place[0], place[1:]
    if isinstance(value, list):
        keys = (node.keys if node is not None else ()) or ("id",)
        inner = node.items if node is not None else None
        return [
            _without(inner, item, rest) if named and rest else item
            for item in value
            if not ((named := _is_named(item, keys, step)) and not rest)
        ]
    if not isinstance(value, Mapping) or step not in value:
        return value
    if not rest:
        return {name: inner for name, inner in value.items() if name != step}
    return {**value, step: _without(node.child(step) if node is not None else None, value[step], rest)}
