"""Finds the field meant by a name the schema doesn't know: misspelt, called by its title, or in another place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sendbook.campus.verdict import compiled
from sendbook.checks.meant import hint

Schema = Mapping[str, Any]

# What people call a field, where neither its name nor its title is near.
_OTHERS = {"dob": "born", "tel": "phone", "mobile": "phone", "mail": "email", "class": "group", "date": "on"}


def field_meant(field: str, schema: Schema) -> str:
    """The field of this group that was meant; "" if none is near."""
    known: Mapping[str, Any] = schema.get("properties", {})
    spelt = {_plain(inner.get("title", name)): name for name, inner in known.items() if isinstance(inner, Mapping)}
    spelt |= {_plain(name): name for name in known}
    plain = _OTHERS.get(_plain(field), _plain(field))
    if plain in spelt:
        return spelt[plain]
    near = get_close_matches(plain, [_plain(name) for name in known], n=1, cutoff=0.6)
    near = near or get_close_matches(plain, list(spelt), n=1, cutoff=0.8)
    return spelt[near[0]] if near else ""


def what_to_do(field: str, schema: Schema, root: Schema) -> str:
    """What to do with a field that is none of this group's."""
    near = field_meant(field, schema)
    if _plain(near) != _plain(field):
        inside = [name for name, inner in schema.get("properties", {}).items() if _plain(field) in _inside(inner)]
        if inside:
            places = " or ".join(f"“{name}:”" for name in inside)
            return f"It goes below {places}, two spaces further in."
        of_root = {_plain(name): name for name in root.get("properties", {}) if name not in ("id", "note")}
        if schema is not root and _plain(field) in of_root:
            return f"“{of_root[_plain(field)]}” is a field of the record itself: begin its line at the margin."
    if near:
        return f"Did you mean “{near}”?"
    return f"Fields that can be here: {', '.join(schema.get('properties', {}))}."


def value_hint(value: Any, field: str, schema: Schema) -> str:
    """How to write the value under the right name, where it is not written as it should be either."""
    inner: Mapping[str, Any] = schema.get("properties", {}).get(field, {})
    return "" if not inner or compiled(dict(inner))(value) else hint(value, inner, field)


def _inside(schema: Any) -> frozenset[str]:
    grouped = isinstance(schema, Mapping) and schema.get("type") == "object"
    return frozenset(map(_plain, schema.get("properties", {}))) if grouped else frozenset()


def _plain(name: object) -> str:
    return re.sub(r"[\s_-]+", " ", str(name)).strip(" .:“”\"'").casefold()
