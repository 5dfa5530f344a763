"""Says where in a schema file a field is described: the steps that lead there, and the line and column of a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sendbook.campus import strict_yaml
from sendbook.campus.strict_yaml import Position

#: What holds the entries of a list and the values of free names, where a place has ``-`` and ``*``.
_HOLDS_EACH: Mapping[str, str] = {"-": "items", "*": "additionalProperties"}
#: The words of a whole schema that a fault may speak of.
_OF_WHOLE = re.compile(r"\bx-[a-z-]+|\btype\b|\brequired\b")


def with_line(fault: str, source: bytes) -> str:
    """A fault that begins with its place, such as ``/due has no title``, after the line and column of that place.

    What a reference takes from elsewhere has the line of the field that refers to it. A fault of the whole kind has
    that of the annotation which is wrong, or the first one of the file.
    """
    place = fault.partition(" ")[0]
    if not place.startswith("/"):
        return fault
    position = position_of(source, place) or _position_in_whole(source, fault)
    return f"{position.in_words()}: {fault}"


def _position_in_whole(source: bytes, fault: str) -> Position:
    """Where the first of a whole schema's own words is that a fault speaks of, or where the file begins."""
    there = strict_yaml.positions(source)
    for word in _OF_WHOLE.findall(fault):
        said = json.loads(source).get(word)
        steps = [(word, at) for at, one in enumerate(said) if f"“{one}”" in fault] if isinstance(said, list) else []
        for way in (*steps, (word,)):
            if (found := there.get(strict_yaml.pointer_of(way))) is not None:
                return found
    return Position(line=1, column=1)


def position_of(source: bytes, place: str) -> Position | None:
    """Where a field of the record (``/visits/-/given``) is described in a schema file, as near as the file says it."""
    steps = place_in_schema(json.loads(source), place)
    return strict_yaml.positions(source).get(strict_yaml.pointer_of(steps)) if steps else None


def place_in_schema(schema: Any, pointer: str) -> tuple[str, ...]:
    """The steps in a schema file that lead to a field, as far as the file itself goes (a reference leads elsewhere)."""
    steps: list[str] = []
    for step in pointer.split("/")[1:]:
        if not step:
            break
        further = _HOLDS_EACH.get(step)
        name = step.replace("~1", "/").replace("~0", "~")
        for one in (further,) if further else ("properties", name):
            if not isinstance(schema, Mapping) or one not in schema:
                return tuple(steps)
            schema = schema[one]
            steps.append(one)
    return tuple(steps)
