"""Ways through a kind's fields, such as ``visits/-/given``: to the field in the schema, and to its values in a record.

What a schema says of one field often names another of the same record. Both are reached in the same way, and the other
is looked for in the entries that hold the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sendbook.campus.nodes import Node

_A_MAPPING = (dict, Mapping)  # the plain case first: asking an abstract class costs ten times as much

#: Steps of a way that stand for every entry of a list, and for every free name in a group.
EACH = ("-", "*")
Way = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field by its way from the record's root; ``-`` stands for every entry of a list, ``*`` for every free name."""

    way: Way
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value of a record with its place; ``steps`` are the keys and numbers that lead to it."""

    value: Any
    steps: tuple[str | int, ...]


def fields_of(root: Node) -> Iterator[Field]:
    """Yields every field of a kind with its way from the root."""
    yield from _fields(root, ())


def values_at(data: Mapping[str, Any], way: Way) -> Iterator[Found]:
    """Yields every value of a record at a way, in the record's order; what has another shape is passed over."""
    return _values_at(data, way, ())


def steps_next_to(found: Found, way: Way) -> tuple[str | int, ...]:
    """Returns the keys and numbers that lead along another way, in the entries that hold the one that was found."""
    return tuple(found.steps[number] if step in EACH else step for number, step in enumerate(way))


def value_next_to(data: Mapping[str, Any], found: Found, way: Way) -> Any:
    """Returns the value at another way, in the entries that hold the one that was found; None if there is none."""
    value: Any = data
    for key in steps_next_to(found, way):
        if isinstance(value, list) and isinstance(key, int):
            value = value[key]
        elif not isinstance(value, list) and isinstance(value, _A_MAPPING) and key in value:
            value = value[str(key)]
        else:
            return None
    return value


def place_of(field: Field) -> str:
    """Returns a field's way as findings about schemas write it: ``/visits/-/given``."""
    return f"/{'/'.join(field.way)}"


def _fields(node: Node, way: Way) -> Iterator[Field]:
    yield Field(way=way, node=node)
    for name, inner in node.properties.items():
        yield from _fields(inner, (*way, name))
    for step, each in zip(EACH, (node.items, node.values), strict=True):
        if each is not None:
            yield from _fields(each, (*way, step))


def _values_at(value: Any, way: Way, steps: tuple[str | int, ...]) -> Iterator[Found]:
    if not way:
        yield Found(value=value, steps=steps)
        return
    step, rest = way[0], way[1:]
    if step == "-" and isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _values_at(inner, rest, (*steps, number))
    elif step == "*" and isinstance(value, _A_MAPPING):
        for name, inner in value.items():
            yield from _values_at(inner, rest, (*steps, str(name)))
    elif isinstance(value, _A_MAPPING) and step in value:
        yield from _values_at(value[step], rest, (*steps, step))
