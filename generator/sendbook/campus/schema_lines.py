"""Says where in a schema file a fault is: its line and column, from the place in the record that the fault names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sendbook.campus import strict_yaml
from sendbook.campus.strict_yaml import Position

#: What holds the entries of a list and the values of free names, where a place has ``-`` and ``*``.
_HOLDS_EACH: Mapping[str, str] = {"-": "items", "*": "additionalProperties"}


def with_line(fault: str, source: bytes) -> str:
    """A fault that begins with its place, such as ``/due has no title``, after the line and column of that place.

    What a reference takes from elsewhere has the line of the field that refers to it. A fault of the whole kind, and
    one whose place is in no line of this file, stays as it is.
    """
    place = fault.partition(" ")[0]
    position = position_of(source, place) if place.startswith("/") else None
    return f"{position.in_words()}: {fault}" if position is not None else fault


def position_of(source: bytes, place: str) -> Position | None:
    """Where a field of the record (``/visits/-/given``) is described in a schema file, as near as the file says it."""
    where = strict_yaml.positions(source)
    return next((where[pointer] for pointer in _nearest_first(place) if pointer in where), None)


def _nearest_first(place: str) -> Iterator[str]:
    """The places in the file that may say it: the field's own, then those that hold it; never the file's beginning."""
    steps = [step for step in place.split("/") if step]
    keys = [(_HOLDS_EACH[step],) if step in _HOLDS_EACH else ("properties", step) for step in steps]
    for length in range(len(keys), 0, -1):
        yield strict_yaml.pointer_of(tuple(key for pair in keys[:length] for key in pair))
