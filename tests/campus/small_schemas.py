"""Small schemas for the tests of this room, so that they don't change when the real ones do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Schema = dict[str, Any]


def field(**more: Any) -> Schema:
    """A described field; text unless said otherwise."""
    return {"title": "Field", "description": "A field.", "type": "string", **more}


def group(properties: Schema, **more: Any) -> Schema:
    """A closed group of fields."""
    return {"type": "object", "additionalProperties": False, "properties": properties, **more}


def kind(name: str, path: str | list[str], properties: Schema, **more: Any) -> Schema:
    """A kind's schema as a file holds it; every part is "open" unless a field says otherwise."""
    head = {"title": name.title(), "description": f"A {name}.", "x-kind": name, "x-path": path, "x-part": "open"}
    return {**head, **group(properties), **more}


COMMON: Schema = {
    "title": "Shared",
    "$defs": {
        "date": {"type": "string", "format": "date"},
        "slug": {"type": "string", "pattern": "^[a-z-]+$"},
        "need": group({"id": field(), "area": field(), "note": field(**{"x-part": "private"})}),
    },
}

PLAN = kind(
    "plan",
    ["students/{student}/plan.yml", "students/{student}/drafts/plan.yml"],
    {
        "state": field(enum=["draft", "agreed"]),
        "from": {"title": "From", "description": "First day.", "$ref": "common.schema.json#/$defs/date"},
        "summary": field(),
        "hours": field(type="number"),
        "agreed": field(type="boolean"),
        "needs": field(
            type="array", **{"x-key": "id"}, items={"$ref": "common.schema.json#/$defs/need", "x-law": "CoP 6.28"}
        ),
        "strategies": field(type="array", items={"type": "string"}),
        "voice": field(
            type="array",
            items=group(
                {"from": field(), "text": field(**{"x-part": "voice"}), "share": field(type="boolean")},
                **{"x-owner": {"by": "from", "also": ["senco"], "family_if": "share"}},
            ),
        ),
    },
)

CAMPUS = kind(
    "campus", "campus.yml", {"name": field(), "contact": field(format="email"), "opens": field(format="time")}
)

GROUP = kind(
    "intervention",
    "interventions/{id}.yml",
    {
        "name": field(),
        "members": field(
            type="array",
            items=group(
                {"student": field(**{"x-link": "student"}), "minutes": field(type="integer", **{"x-unit": "minutes"})},
                **{"x-about": {"student": "student", "kind": "plan", "part": "private"}},
            ),
        ),
        "counts": field(
            type="object", additionalProperties={"type": "integer", "x-part": "figures"}, **{"x-say": "counted"}
        ),
    },
)

# What other kinds link to comes along with them.
_LINKED: dict[str, Schema] = {
    "person": kind("person", "people/{id}.yml", {"name": field()}),
    "student": kind("student", "students/{student}/student.yml", {"name": field()}),
}

ALL = {"common": COMMON, "plan": PLAN, "campus": CAMPUS, "intervention": GROUP}


def write_schemas(folder: Path, schemas: dict[str, Schema] | None = None) -> Path:
    """Writes schema files into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    written = ALL if schemas is None else schemas
    linked = {name: schema for name, schema in _LINKED.items() if f'"x-link": "{name}"' in json.dumps(written)}
    for name, schema in {**linked, **written}.items():
        (folder / f"{name}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return folder
