"""Says in plain words what a field takes: the same words for the findings of a check and for ``sendbook schema``.

They come from the schema alone: its type, its list of choices with their words (``x-words``), and ``x-written``, the
words next to a pattern. The
pattern itself is for programs, and nobody is shown one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from sendbook.campus.scalars import must_quote

_SUCH_AS = re.compile(r"such as \"?([^;\"]+)")
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "fields of its own",
    "null": "nothing",
}


def wanted(schema: Mapping[str, Any]) -> str:
    """What to write in a field: ``a date as year-month-day, such as 2026-11-23``; for a list, what it is a list of."""
    if "enum" in schema:
        return "one of the choices"
    if "x-written" in schema:
        return str(schema["x-written"])
    kind = schema.get("type")
    if kind == "array":
        return _listed(schema.get("items"))
    if isinstance(kind, list):
        return " or ".join(_TYPES.get(one, "a value") for one in kind)
    named = _TYPES.get(str(kind), "a value")
    return named + _bounds(schema) if kind in ("integer", "number") else named


def to_write(schema: Mapping[str, Any]) -> str:
    """The same for a field that is still empty: nobody has typed spaces at the ends of its text yet."""
    return wanted(schema).removesuffix(", without spaces at its ends")


def choices(schema: Mapping[str, Any]) -> list[str]:
    """The values a field has to choose from, as they are written, with their meaning where the code doesn't say it."""
    words: Mapping[str, str] = schema.get("x-words", {})
    return [_with_meaning(value, words.get(str(value), "")) for value in schema.get("enum", ())]


def _with_meaning(value: object, words: str) -> str:
    written, itself = as_written(value), str(value).replace("_", " ")
    adds_something = words.casefold().rstrip("s") not in ("", itself.casefold().rstrip("s"))
    return f"{written} ({words})" if adds_something else written


def as_written(value: object) -> str:
    """A single value as it is typed into a record: text that would be read as a number is in quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) and must_quote(value) else str(value)


def needed(schema: Mapping[str, Any], possible: Collection[str] = ()) -> tuple[str, ...]:
    """The fields that a group must have, where it has none besides but those that are ``possible``.

    A group may need one field only where another is there, or only where it isn't.
    """
    names: tuple[str, ...] = tuple(schema.get("required", ()))
    condition = schema.get("if", {})
    if condition.keys() != {"required"}:
        return names
    asked = set(condition["required"])
    holds = "then" if asked <= set(names) else "else" if asked - {*names, *possible} else ""
    return (*names, *schema.get(holds, {}).get("required", ()))


def shortest(schema: Mapping[str, Any]) -> Any:
    """A value that fits: for a group, the fields that must be there and nothing else; text is its title."""
    kind = schema.get("type")
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "object":
        properties: Mapping[str, Any] = schema.get("properties", {})
        return {name: shortest(properties[name]) for name in needed(schema) if name in properties}
    if kind == "array":
        return [shortest(schema["items"])] if isinstance(schema.get("items"), Mapping) else []
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 1), 1) if schema.get("maximum", 1) >= 1 else schema["maximum"]
    if kind == "boolean":
        return True
    found = _SUCH_AS.search(str(schema.get("x-written", "")))
    return found[1] if found else f"{schema.get('title', 'Text')} …"


def _listed(items: object) -> str:
    if not isinstance(items, Mapping) or not {"type", "enum"} & items.keys():
        return "a list"
    if items.get("type") == "object":
        return "a list of entries with fields of their own"
    return "a list of choices" if "enum" in items else f"a list, each entry {wanted(items)}"


def _bounds(schema: Mapping[str, Any]) -> str:
    lowest, highest = schema.get("minimum"), schema.get("maximum")
    if lowest is not None and highest is not None:
        return f" from {lowest:,} to {highest:,}"
    if lowest is not None:
        return f", {lowest:,} or more"
    return f", at most {highest:,}" if highest is not None else ""
