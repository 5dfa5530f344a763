"""Schemas of a campus's own, made of shipped ones with something changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas

Schema = dict[str, Any]
Edit = Callable[[Schema], object]


def write(root: Path, name: str, edit: Edit = lambda _: None) -> None:
    """A copy of a shipped schema in the campus, with something changed."""
    schema = json.loads((schemas() / f"{name}.schema.json").read_text(encoding="utf-8"))
    edit(schema)
    (root / "schemas").mkdir(exist_ok=True)
    (root / "schemas" / f"{name}.schema.json").write_text(json.dumps(schema, indent=2), encoding="utf-8")


def registry(root: Path) -> SchemaRegistry:
    return SchemaRegistry.load(schemas(), root / "schemas")


def field(schema: Schema, *steps: str) -> Schema:
    for step in steps:
        schema = schema["items"] if step == "-" else schema["properties"][step]
    return schema


def put(*steps: str, **values: Any) -> Edit:
    return lambda schema: field(schema, *steps).update({name.replace("_", "-"): one for name, one in values.items()})


def own_kind(root: Path, path: str, part: str) -> None:
    (root / "schemas").mkdir(exist_ok=True)
    schema = {
        "title": "Log",
        "description": "A log.",
        "x-kind": "log",
        "x-path": path,
        "x-part": part,
        "type": "object",
        "additionalProperties": False,
        "properties": {"text": {"title": "Text", "description": "Text.", "type": "string"}},
    }
    (root / "schemas/log.schema.json").write_text(json.dumps(schema), encoding="utf-8")


def name_them(root: Path, changes: list[Any]) -> None:
    """Names the changes in access.yml, with a reason."""
    access = root / "records/access.yml"
    entries = [
        {
            "id": f"change-{number}",
            "kind": one.kind,
            "pointer": one.pointer,
            "from": one.was,
            "to": one.now,
            "reason": "It was agreed with the data protection officer.",
        }
        for number, one in enumerate(changes)
    ]
    lines = [
        f"{'  - ' if name == 'id' else '    '}{name}: {json.dumps(value)}\n"
        for entry in entries
        for name, value in entry.items()
    ]
    access.write_text(access.read_text(encoding="utf-8") + "schema_changes:\n" + "".join(lines), encoding="utf-8")
