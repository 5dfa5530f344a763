"""Brings together the two ways to name a place in a record: by number, as findings do, and by an entry's short name.

An entry keeps its short name when others are added above it, so that is what a person writes down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sendbook.campus.nodes import Node, key_in
from sendbook.campus.schemas import Kind


def place_of(kind: Kind, data: Any, pointer: str) -> str:
    """A pointer with numbers, such as ``/targets/0/why``, with short names: ``/targets/reads-aloud/why``."""
    node: Node | None = kind.root
    steps = []
    for step in pointer.split("/")[1:]:
        if isinstance(data, list):
            data = data[int(step)]
            key = key_in(node, data)
            node = node.items if node is not None else None
            steps.append(_escaped(str(data[key])) if key is not None else step)
        else:
            name = _plain(step)
            data = data[name]
            node = node.child(name) if node is not None else None
            steps.append(step)
    return "".join(f"/{step}" for step in steps)


def pointer_to(kind: Kind, data: Any, place: str) -> str | None:
    """Turns short names back into numbers; None if the record has no such place. Entries that have no short name are
    counted from 0."""
    node: Node | None = kind.root
    steps = []
    for step in place.strip("/").split("/") if place.strip("/") else ():
        if isinstance(data, list):
            at = _number_of(data, node, _plain(step))
            if at is None:
                return None
            node, data = (node.items if node is not None else None), data[at]
            steps.append(str(at))
        elif isinstance(data, Mapping) and _plain(step) in data:
            node, data = (node.child(_plain(step)) if node is not None else None), data[_plain(step)]
            steps.append(step)
        else:
            return None
    return "".join(f"/{step}" for step in steps)


def _number_of(entries: list[Any], node: Node | None, step: str) -> int | None:
    for at, entry in enumerate(entries):
        key = key_in(node, entry)
        if key is not None and str(entry[key]) == step:
            return at
    without_names = step.isdigit() and int(step) < len(entries) and not isinstance(entries[int(step)], Mapping)
    return int(step) if without_names else None


def _plain(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
