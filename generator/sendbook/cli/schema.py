"""``sendbook schema KIND``: the fields of a kind of record in plain words, or the questions a form would ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sendbook.campus.defaults import house_rules
from sendbook.campus.due_words import due_in_words
from sendbook.campus.foundation import CAMPUS
from sendbook.campus.link_fields import what_to_write
from sendbook.campus.plausible import in_words
from sendbook.campus.retention import CLASSES
from sendbook.campus.schemas import Kind, Node, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.wanted import as_written, choices, shortest, to_write
from sendbook.campus.words import did_you_mean, sentence
from sendbook.campus.writer import dump
from sendbook.cli.options import HERE, open_campus
from sendbook.cli.questions import show_questions
from sendbook.errors import CampusNotFound, SendbookError


def show_schema(root: Path, kind: str | None, console: Console, *, questions: bool = False) -> int:
    """Prints one kind's fields or its questions, or the list of kinds."""
    kinds = _registry(root).kinds
    if kind is None:
        if questions:
            raise SendbookError("Name the kind whose questions you want, such as sendbook schema meeting --questions.")
        for one in kinds.values():
            console.print(Text.assemble((one.name, "bold"), f"  {one.description}"), soft_wrap=False)
        return 0
    kind = kind if kind in kinds else kind.replace("-", "_")  # files have a dash in their names: access-tests.yml
    if kind not in kinds:
        raise SendbookError(f"There is no kind “{kind}”.{did_you_mean(kind, kinds)} Kinds: {', '.join(kinds)}.")
    if questions:
        show_questions(kinds[kind], kinds, console)
    else:
        _show(kinds[kind], kinds, console)
    return 0


def _registry(root: Path) -> SchemaRegistry:
    """The campus's schemas; outside of one, those sendbook comes with."""
    try:
        return open_campus(root).registry
    except CampusNotFound:
        if root != HERE:
            raise
        return SchemaRegistry.load(schemas())


def _show(kind: Kind, kinds: Mapping[str, Kind], console: Console) -> None:
    console.print(Text.assemble((kind.title, "bold"), f". {kind.description}"), soft_wrap=False)
    for path in kind.paths:
        console.print(f"File: records/{path}{_ids(kind, path)}")
    if kind.traits.retain:
        console.print(f"In your retention schedule: {CLASSES[kind.traits.retain]} ({kind.traits.retain})")
    console.print()
    for depth, line in _fields(kind, kind.root, kind.schema, 0, kinds):
        console.print(Padding(line, (0, 0, 0, 4 * depth), expand=False), soft_wrap=False)
    if kind.dues:
        console.print("\nWhat is owed by when:\n")
        rules = house_rules(kinds[CAMPUS].defaults, {}) if CAMPUS in kinds else {}
        for due in kind.dues:
            line = Text.assemble((due.what, "bold"), f"  {due_in_words(due, rules)}")
            console.print(Padding(line, (0, 0, 0, 4), expand=False), soft_wrap=False)
    console.print("\nIts parts, as grants in access.yml name them:\n")
    for part, words in sorted(kind.traits.parts.items()):
        console.print(Padding(Text.assemble((part, "bold"), f"  {words}"), (0, 0, 0, 4), expand=False), soft_wrap=False)
    console.print("\nThe shortest record of this kind, to copy and change:\n")
    console.print(dump(shortest(kind.schema), kind).decode(), end="")


def _ids(kind: Kind, path: str) -> str:
    """What an id in a path looks like: that of a kind without a field “id” is in the path alone."""
    told = []
    if "{student}" in path:
        told.append("{student} is the student's id, such as 7Q4K")
    if "{id}" in path:
        made = kind.traits.id_of.format(day="2026-11-23", year=2026, random="k3f9", name="paired-reading")
        is_field = "id" in kind.root.properties
        told.append("{id} is the same as “id” in the record" if is_field else f"{{id}} is a name such as {made}")
    return f"  ({'; '.join(told)})" if told else ""


def _fields(
    kind: Kind, node: Node, schema: Mapping[str, Any], depth: int, kinds: Mapping[str, Kind]
) -> Iterator[tuple[int, Text]]:
    """A line for each field, with what to write there: those that must be there come first."""
    required = set(schema.get("required", ()))
    properties: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    for name in sorted(node.properties, key=lambda name: name not in required):
        field = node.properties[name]
        must = (" (must be there)", "red") if name in required else ""
        wanted = (f"  {_written(properties[name], _led_to(kind, field, kinds))}.", "dim")
        believable = _believable(kind, field if field.items is None else field.items)
        default = f" If you leave it out: {as_written(field.schema['default'])}." if "default" in field.schema else ""
        unit = f" In {field.unit}." if field.unit else ""
        yield depth, Text.assemble((name, "bold"), must, wanted, f"  {field.description}{unit}{believable}{default}")
        inner = field.items if field.items is not None else field
        inner_schema = properties[name].get("items", properties[name])
        if inner.properties:
            yield from _fields(kind, inner, inner_schema, depth + 1, kinds)


def _believable(kind: Kind, node: Node) -> str:
    """What is believable of a date or count, as a sentence after its description; "" where the schema doesn't say."""
    limits = [in_words(limit) for limit in kind.limits if limit.field.node is node]
    return f" {sentence(', '.join(limits))}." if limits else ""


def _led_to(kind: Kind, node: Node, kinds: Mapping[str, Kind]) -> str:
    """What to write for a link, or a list of them, that says nothing of how its ids look; "" for any other field."""
    if node.items is not None and not node.items.properties:
        each = _led_to(kind, node.items, kinds)
        return f"a list, each entry {each}" if each else ""
    return "" if node.link is None or "x-written" in node.schema else what_to_write(node.link, kind, kinds)


def _written(schema: Mapping[str, Any], led_to: str) -> str:
    """What to write: ``One of: draft, agreed``, ``A date as year-month-day, such as 2026-11-23``."""
    if led_to:
        return sentence(led_to)
    if "enum" in schema:
        return f"One of: {', '.join(choices(schema))}"
    items = schema.get("items")
    if isinstance(items, Mapping) and "enum" in items:
        return f"A list of some of: {', '.join(choices(items))}"
    said = to_write(schema)
    return said if said.startswith("p-") else sentence(said)
