"""Walks through a record's values along its schema: each with its part, and with whom it is about and whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sendbook.campus.nodes import THE_ENTRY, THE_STUDENT, Node, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """An `About` with the student's id in place of the property's name."""

    student: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """An `Owner` with the person's id (or ``@student``) in place of the property's name.

    ``family`` is None unless the schema lets the entry itself say whether the family sees it. ``part`` is the part
    that the entry asks for besides those of its fields, if it does.
    """

    by: str
    also: tuple[str, ...]
    family: bool | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One value of a record that access is decided for.

    What the schema does not know has neither ``part`` nor ``node``. An empty list or group is a leaf as well.
    ``abouts`` and ``owners`` are those of all entries it lies in, the outermost first.
    """

    pointer: str
    value: Any
    part: str | None
    node: Node | None
    abouts: tuple[Concern, ...] = ()
    owners: tuple[Ownership, ...] = ()


def leaves_of(root: Node, data: Any) -> Iterator[Leaf]:
    """Every leaf of a record's data, in its order."""
    return _leaves(root, data, "", (), ())


def _leaves(
    node: Node | None, value: Any, pointer: str, abouts: tuple[Concern, ...], owners: tuple[Ownership, ...]
) -> Iterator[Leaf]:
    # Most values are texts: they are told by their class, as asking an abstract one costs ten times as much.
    if not isinstance(value, str) and isinstance(value, Mapping) and value:
        if node is not None and node.about is not None:
            student = str(value.get(node.about.student, ""))
            abouts = (*abouts, Concern(student=student, kind=node.about.kind, part=node.about.part))
        if node is not None and node.owner is not None:
            owners = (*owners, _ownership(node.owner, value))
        for name, inner in value.items():
            child = node.child(name) if node is not None else None
            step = name.replace("~", "~0").replace("/", "~1")
            yield from _leaves(child, inner, f"{pointer}/{step}", abouts, owners)
    elif isinstance(value, list) and value:
        items = node.items if node is not None else None
        for number, inner in enumerate(value):
            yield from _leaves(items, inner, f"{pointer}/{number}", abouts, owners)
    else:
        part = node.part if node is not None else None
        if node is not None and node.owner is not None:
            owners = (*owners, _ownership(node.owner, value))
        yield Leaf(pointer=pointer, value=value, part=part, node=node, abouts=abouts, owners=owners)


def _ownership(owner: Owner, item: Any) -> Ownership:
    if owner.by == THE_ENTRY or not isinstance(item, Mapping):
        return Ownership(by=str(item), also=owner.also)
    by = THE_STUDENT if owner.by == THE_STUDENT else str(item.get(owner.by, ""))
    family = item.get(owner.family_if) is True if owner.family_if else None
    part = owner.part if owner.keeps_apart(item) else None
    return Ownership(by=by, also=owner.also, family=family, part=part)
