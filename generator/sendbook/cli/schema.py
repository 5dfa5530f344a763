"""``sendbook schema KIND``: the fields of a kind of record, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding

from sendbook.campus.schemas import Kind, Node
from sendbook.cli.options import open_campus
from sendbook.errors import SendbookError

_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
}


def show_schema(root: Path, kind: str | None, console: Console) -> None:
    """Prints one kind's fields, or the list of kinds."""
    kinds = open_campus(root).registry.kinds
    if kind is None:
        for one in kinds.values():
            console.print(f"[bold]{one.name}[/bold]  {one.description}", highlight=False)
        return
    if kind not in kinds:
        raise SendbookError(f"There is no kind “{kind}”. Kinds: {', '.join(kinds)}.")
    _show(kinds[kind], console)


def _show(kind: Kind, console: Console) -> None:
    console.print(f"[bold]{kind.title}[/bold]. {kind.description}", highlight=False)
    for path in kind.paths:
        console.print(f"File: records/{path}", highlight=False)
    console.print()
    for depth, line in _fields(kind.root, kind.schema, 0):
        console.print(Padding(line, (0, 0, 0, 4 * depth)), highlight=False)


def _fields(node: Node, schema: Mapping[str, Any], depth: int) -> Iterator[tuple[int, str]]:
    required = set(schema.get("required", ()))
    properties: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    for name, field in node.properties.items():
        must = " [red](must be there)[/red]" if name in required else ""
        yield depth, f"[bold]{name}[/bold]{must}  [dim]{_type(properties[name])}[/dim]  {field.description}"
        inner = field.items if field.items is not None else field
        inner_schema = properties[name].get("items", properties[name])
        if inner.properties:
            yield from _fields(inner, inner_schema, depth + 1)


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    if schema.get("format") == "date":
        return "day, such as 2026-11-23"
    items = schema.get("items")
    if isinstance(items, dict) and items.get("type") != "object":
        return f"list of: {_type(items)}"
    return _TYPES.get(str(schema.get("type")), "group of fields")
