"""A campus's own schemas: what they change of who sees what is named in access.yml, with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sendbook.access.parts import ALL
from sendbook.access.schema_changes import (
    NOTHING,
    SchemaChange,
    named_in,
    own_changes,
    schema_changes,
)
from sendbook.campus.foundation import ACCESS
from sendbook.campus.idle_schemas import Idle
from sendbook.campus.nodes import Node
from sendbook.campus.records import Campus
from sendbook.campus.schema_lines import place_in_schema
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.strict_yaml import Position, pointer_of, positions
from sendbook.campus.words import listed
from sendbook.checks.case import Case
from sendbook.checks.finding import PageSpot, Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_PARTS = ((ACCESS, "policy"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFilesChange:
    """Compares the schemas, which say who sees which field, and the campus's own templates, then and now.

    ``then`` is None where the schemas of that time can't be read. ``templates`` are the templates and styles of the
    campus's own that differ, by path in the campus.
    """

    then: SchemaRegistry | None
    now: SchemaRegistry
    templates: tuple[str, ...] = ()


@rule("ACC-07", "A schema that changes who sees a field is named with a reason", source=HOUSE_RULE,
      severity=Severity.ERROR, parts=_PARTS)  # fmt: skip
def change_is_named(case: Case) -> Iterator[PageSpot]:
    """Access is granted by part, and the schema says which field is in which part. So a person who changes a copy of a
    shipped schema changes who sees what. Each such change is an entry under schema_changes in access.yml, where
    the person who answers for access reads it with its reason.
    """
    for change in unnamed(case.campus):
        if not change.added:
            yield _spot(
                case.campus.registry,
                change,
                f"This campus's schema changes who sees {change.place}: shipped “{change.was}”, here “{change.now}”.",
            )


@rule("ACC-08", "A field of the campus's own in a shipped part is named with a reason", source=HOUSE_RULE,
      parts=_PARTS)  # fmt: skip
def addition_is_named(case: Case) -> Iterator[PageSpot]:
    """A new field in a part that is granted already is seen at once by everybody who has that part.

    Name it under schema_changes in access.yml, or give it a part of its own: that is seen by the SENDCo alone until
    it is granted.
    """
    shipped = case.campus.registry.shipped.kinds
    for change in unnamed(case.campus):
        if change.added and _opened_at_once(change, shipped, case):
            yield _spot(
                case.campus.registry,
                change,
                f"A field of the campus's own is in “{change.now}”, so everybody who has this part sees it: "
                f"{change.place}.",
            )


@rule("ACC-09", "What is named as a change of a schema is one", source=HOUSE_RULE, parts=_PARTS)
def named_is_so(case: Case) -> Iterator[Spot]:
    """An entry under schema_changes for which the schemas hold nothing would one day excuse something else."""
    access = case.campus.get(ACCESS)
    if access is None or "schema_changes" not in access.data:
        return
    there = {change.named for change in own_changes(case.campus.registry)}
    for number, named in enumerate(named_in(access)):
        if named not in there:
            message = "The schemas have no such change, or no longer have it."
            remedy = "Take the entry out, or write kind, pointer, from and to as sendbook check gives them."
            yield Spot(access, f"/schema_changes/{number}", message, remedy)


@rule("ACC-13", "A schema of the campus's own has an effect", source=HOUSE_RULE, parts=_PARTS)
def schema_has_effect(case: Case) -> Iterator[PageSpot]:
    """Shipped kinds keep their shipped definitions. A campus changes a kind with a copy of its schema, and what such a
    copy doesn't refer to changes nothing, though it looks as if it did. Nor does a file whose name doesn't end in
    .schema.json.
    """
    for idle in case.campus.registry.idle:
        yield _idle_spot(case.campus.registry, idle)


@rule("ACC-14", "A copy of a shipped schema says its codes in words", source=HOUSE_RULE, parts=_PARTS)
def copy_has_words(case: Case) -> Iterator[PageSpot]:
    """The words for a field's codes stand in its schema (``x-words``). A copy that was made before the shipped schema
    had them shows people the code: “Withdrawal” in place of “Out of class”.
    """
    registry = case.campus.registry
    for name, kind in registry.kinds.items():
        shipped = registry.shipped.kinds.get(name)
        for pointer, codes in _without_words(shipped.root, kind.root, "") if shipped is not None else ():
            named = listed([f"“{code}”" for code in codes[:3]]) + (" and others" if codes[3:] else "")
            message = f"This copy of a shipped schema has no words for {named}, so people read the bare code."
            yield _field_spot(
                registry, kind.file, pointer, message, "Copy the field's x-words from the shipped schema."
            )


@rule("ACC-10", "A schema or a template changed who sees what", source=HOUSE_RULE, parts=_PARTS)
def own_files_changed(change: OwnFilesChange) -> Iterator[PageSpot]:
    """Reported by ``sendbook check --since``: a change of a schema or a template is a change of access.

    Read it as you would read a change of access.yml. Records need not have changed at all.
    """
    if change.then is None:
        message = "The schemas of the version that this is compared with can't be read."
        yield PageSpot(path="schemas", message=message, remedy="Read yourself what changed in schemas/ since.")
    else:
        for one in schema_changes(change.then, change.now):
            message = f"Who sees {one.place} changed with the schema: “{one.was}” then, “{one.now}” now."
            yield _spot(
                change.now, one, message, "Review it like a change to access.yml, with the person responsible for it."
            )
    for path in change.templates:
        message = "This template of the campus's own changed: it decides what of a page is shown, and how."
        yield PageSpot(path=path, message=message, remedy="Read the change as you would read a program's.")


def unnamed(campus: Campus) -> Iterator[SchemaChange]:
    """What the campus's own schemas change of who sees what, and access.yml doesn't name."""
    named = named_in(campus.get(ACCESS))
    return (change for change in own_changes(campus.registry) if change.named not in named)


def _opened_at_once(change: SchemaChange, shipped: Mapping[str, Any], case: Case) -> bool:
    """Whether some grant gives a new field to others than those who have everything."""
    if change.kind in shipped and change.part in shipped[change.kind].parts:
        return True
    return any((ALL, change.part) in grant.parts for grant in case.basis.policy.grants)


def _without_words(shipped: Node, own: Node, at: str) -> Iterator[tuple[str, list[str]]]:
    """The fields of a copy that lack words the shipped schema has for codes that both take, with those codes."""
    both = set(map(str, own.schema.get("enum", ()))) & shipped.words.keys() - own.words.keys()
    if both:
        yield at, [code for code in shipped.words if code in both]
    for name, inner in own.properties.items():
        if name in shipped.properties:
            yield from _without_words(shipped.properties[name], inner, f"{at}/{name}")
    for one, other, step in ((shipped.items, own.items, "-"), (shipped.values, own.values, "*")):
        if one is not None and other is not None:
            yield from _without_words(one, other, f"{at}/{step}")


def _field_spot(registry: SchemaRegistry, file: str, pointer: str, message: str, remedy: str) -> PageSpot:
    """A field in a schema file of the campus's own."""
    path, source = registry.source(file) or (f"schemas/{file}", b"{}")
    where = positions(source).get(pointer_of(place_in_schema(json.loads(source), pointer)))
    line, column = (where.line, where.column) if where is not None else (None, None)
    return PageSpot(path=path, line=line, column=column, pointer=pointer, message=message, remedy=remedy)


def _spot(registry: SchemaRegistry, change: SchemaChange, message: str, remedy: str = "") -> PageSpot:
    path, where = _where(registry, change)
    entry = (
        "Undo the change, or name it with its reason in records/access.yml under schema_changes: "
        f"kind: {change.kind}, pointer: {change.pointer}, from: “{change.was}”, to: “{change.now}”."
    )
    line, column = (where.line, where.column) if where is not None else (None, None)
    return PageSpot(
        path=path, line=line, column=column, pointer=change.pointer, message=message, remedy=remedy or entry
    )


def _idle_spot(registry: SchemaRegistry, idle: Idle) -> PageSpot:
    path, source = registry.source(idle.file) or (f"schemas/{idle.file}", b"")
    where = positions(source).get(idle.pointer) if idle.pointer else None
    if idle.misnamed:
        message = "This file is not read: the name of a schema ends in .schema.json, and it lies in schemas/ itself."
        remedy = "Give it such a name there, like reading-log.schema.json. If it is no schema, keep it somewhere else."
    elif idle.of_headers:
        message = "The headers of handbook pages are always those that sendbook ships, so this file has no effect."
        remedy = "Take the file out."
    elif idle.name:
        message = f"Shipped schemas keep the shipped “{idle.name}”, so this definition has no effect."
        remedy = (
            "Copy the schema of the kind that you mean to change into schemas/ as well, and let it refer to this. "
            "Or take the definition out."
        )
    else:
        message = "This file has the name of a shipped schema and no “x-kind”, so it replaces nothing."
        remedy = "Begin with a copy of the shipped schema and change that; or give the file another name."
    line, column = (where.line, where.column) if where is not None else (None, None)
    return PageSpot(path=path, line=line, column=column, pointer=idle.pointer, message=message, remedy=remedy)


def _where(registry: SchemaRegistry, change: SchemaChange) -> tuple[str, Position | None]:
    """The schema file of the campus and the place in it; of a field that is there no more, what held it."""
    found = registry.source(change.file)
    if found is None or change.now == NOTHING:
        return f"schemas/{change.file}", None
    path, source = found
    steps = place_in_schema(json.loads(source), change.pointer)
    return path, positions(source).get(pointer_of(steps))


RULES: tuple[Rule[Case], ...] = (change_is_named, addition_is_named, named_is_so, schema_has_effect, copy_has_words)
SINCE: tuple[Rule[OwnFilesChange], ...] = (own_files_changed,)
