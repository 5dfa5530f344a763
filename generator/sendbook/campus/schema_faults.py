"""Finds what a schema says that no record could go by: types and patterns that are none, names of fields that aren't
there, a place for drafts without a state, and what doesn't fit what another schema says.

What a single field says of itself is asked here once its kind is a tree of nodes; what one kind says of another, once
all kinds are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from sendbook.campus.abouts import wrong_abouts
from sendbook.campus.dues import Due, unknown_house_rules
from sendbook.campus.foundation import ACCESS, CAMPUS, PERSON
from sendbook.campus.link import TO_PERSON
from sendbook.campus.link_fields import Linked, wrong_links
from sendbook.campus.nodes import THE_ENTRY, THE_STUDENT, Node, combined
from sendbook.campus.traits import DRAFT, below, paths_in
from sendbook.campus.ways import EACH, Field, fields_of, place_of
from sendbook.campus.words import did_you_mean, listed, lowered

#: In a grant, every kind or every part. Nothing may be called so: a grant of that one thing would open all.
ALL = "all"

_TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
#: What people call a type, and what a schema calls it.
_MEANT: Mapping[str, str] = {
    **dict.fromkeys(("text", "str", "line", "prose", "word"), "string"),
    **dict.fromkeys(("int", "whole", "count"), "integer"),
    **dict.fromkeys(("float", "decimal", "numeric"), "number"),
    **dict.fromkeys(("bool", "yesno", "yes/no"), "boolean"),
    **dict.fromkeys(("list", "entries"), "array"),
    **dict.fromkeys(("group", "dict", "fields", "map"), "object"),
}
#: What a text, a list or a group counts, and what a number is held against.
_LENGTHS = frozenset({"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"})
_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
#: What asks anything of a value, besides its type.
_CHECKED = _LENGTHS | _BOUNDS | {"enum", "const", "format", "pattern", "uniqueItems"}
# Places are written with slashes, and findings and changes put names into sentences.
_NAME = re.compile(r"[\w$.-]+")
_AS_DATE = '“string”, and "format": "date" next to it'


class Said(Linked, Protocol):
    """What of a kind is asked here (see `schemas.Kind`)."""

    @property
    def parts(self) -> frozenset[str]: ...
    @property
    def dues(self) -> tuple[Due, ...]: ...


def faults_of_kind(name: str, parts: Collection[str], paths: Collection[str], root: Node) -> list[str]:
    """Everything that is wrong with one kind's fields, its names and its places, each with where it is."""
    return [*_called_all(name, parts, root), *_drafts_without_state(paths, root), *_faults_of_fields(root)]


def faults_among(
    kinds: Mapping[str, Said], own: Collection[str], rules: Mapping[str, Any], readers: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with what kinds say of one another: the file to correct, and what is wrong with it.

    ``own`` are the kinds that schemas of the campus describe, ``rules`` the house rules, and ``readers`` the duties and
    relations that can be named as readers (:func:`readers_in`). The shipped schemas fit one another. Where one of them
    doesn't, a schema of the campus's own took away what it names, and is to blame.
    """
    yield from _places_taken(kinds, own)
    of_students = {kind.name: kind.parts for kind in kinds.values() if kind.of_student}
    for kind in kinds.values():
        wrong = [
            *wrong_abouts(kind.root, of_students),
            *((CAMPUS, fault) for fault in unknown_house_rules(kind.dues, rules)),
            *wrong_links(kind, kinds),
            *((PERSON, fault) for fault in _unknown_readers(kind.root, readers)),
            *((kind.name, fault) for fault in _owned_by_nobody(kind.root) if PERSON in kinds),
        ]
        for named, fault in wrong:
            if kind.name not in own and named in own:
                remedy = f"keep what that needs, or copy {kind.file} next to this and change the copy"
                yield kinds[named].file, f"/ lacks what {kind.file} needs, where {fault}: {remedy}"
            else:
                yield kind.file, fault


def _places_taken(kinds: Mapping[str, Said], own: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yields each place that two kinds have: nobody could tell whose record a file there is."""
    first: dict[str, Said] = {}
    for kind in sorted(kinds.values(), key=lambda one: one.name in own):
        for path in kind.paths:
            other = first.setdefault(path, kind)
            if other is not kind:
                yield (
                    kind.file,
                    f"/ has the x-path “{path}”, where records of the kind “{other.name}” lie: write another",
                )


def readers_in(kind: Said) -> frozenset[str]:
    """The duties (of people's records) or relations (of grants) that a kind has and that can be named as readers."""
    place = {PERSON: "staff/duties/role", ACCESS: "grants/relation"}.get(kind.name)
    node = kind.root.at(place) if place else None
    return frozenset(node.schema.get("enum", ())) if node is not None else frozenset()


def _unknown_readers(root: Node, readers: Collection[str]) -> Iterator[str]:
    """Says which entries are to be read by a duty or relation that there isn't: by nobody besides whose they are."""
    for one in fields_of(root) if readers else ():
        for name in one.node.owner.also if one.node.owner is not None else ():
            if name not in readers:
                meant = did_you_mean(name, readers)
                told = f"{place_of(one)} has an x-owner with “{name}” under “also”, which is no duty and no relation"
                yield f"{told} ({lowered(meant.strip())})" if meant else told


def _owned_by_nobody(root: Node) -> Iterator[str]:
    """Says which entries would be nobody's: what is to say whose they are leads to no person."""
    for one in fields_of(root):
        owner = one.node.owner
        if owner is None or owner.by == THE_STUDENT:
            continue
        named = one.node if owner.by == THE_ENTRY else one.node.properties.get(owner.by)
        if named is not None and named.link != TO_PERSON:
            there = [f"“{name}”" for name, inner in one.node.properties.items() if inner.link == TO_PERSON]
            remedy = f'give it "x-link": "person"{f", or name {listed(there)}" if there else ""}'
            yield f"{place_of(one)} has an x-owner by “{owner.by}”, which is no link to a person: {remedy}"


def _called_all(name: str, parts: Collection[str], root: Node) -> list[str]:
    """Say which names in a kind are the word that stands for everything in a grant."""
    named = {"kind": [name], "part": parts, "state": _states(root)}
    return [f"/ has a {what} called “{ALL}”, which in a grant means every one" for what in named if ALL in named[what]]


def _drafts_without_state(paths: Collection[str], root: Node) -> list[str]:
    """Say that a kind has a place for drafts and no state by which grants could leave them out."""
    if not any("/drafts/" in path for path in paths) or DRAFT in _states(root):
        return []
    shown = "so everybody who sees its records would see drafts"
    remedy = "add a field “state” that can be “draft”, or take that place out"
    return [f"/ has a place for drafts in its x-path and no state “draft”, {shown}: {remedy}"]


def _states(root: Node) -> list[Any]:
    state = root.child("state")
    states = state.schema.get("enum") if state is not None else None
    return states if isinstance(states, list) else []


def _faults_of_fields(root: Node) -> list[str]:
    """Everything that is wrong with what single fields say of themselves, in the order of the schema."""
    return [f"{place_of(field)} {fault}" for field in fields_of(root) for fault in _faults_of(field)]


def _faults_of(field: Field) -> Iterator[str]:
    node = field.node
    if field.way and field.way[-1] not in EACH and _NAME.fullmatch(field.way[-1]) is None:
        yield "has a name that no field can have: write small letters, digits and underscores, such as visited_on"
    named = node.schema.get("type", [])
    for one in named if isinstance(named, list) else [named]:
        if one not in _TYPES:
            yield f"has the type “{one}”, which there isn't: write {_type_meant(one)}"
    pattern = node.schema.get("pattern")
    if pattern is not None and (fault := _fault_of_pattern(pattern)):
        yield f"has a pattern that can't be read ({fault}): write a regular expression, such as “^[0-9]{{4}}$”"
    if "x-written" in node.schema and not _CHECKED & node.schema.keys():
        yield "has an x-written, and nothing that checks it: add a pattern or a format, or say it in the description"
    yield from _wrong_limits(node)
    yield from _unknown_in_say(node)
    yield from _unknown_required(node)


def _wrong_limits(node: Node) -> Iterator[str]:
    """Says which limits no value can be held against, and which choices and orders mean nothing."""
    schema = node.schema
    for word in sorted(_LENGTHS & schema.keys()):
        if type(schema[word]) is not int or schema[word] < 0:
            yield f"has “{word}” with something that is not a whole number, such as 3 (without quotes)"
    for word in sorted(_BOUNDS & schema.keys()):
        if type(schema[word]) not in (int, float):
            yield f"has “{word}” with something that is not a number, such as 3 (without quotes)"
    if schema.get("multipleOf", 1) == 0:
        yield "has “multipleOf” 0, of which nothing is a multiple"
    if schema.get("enum") == []:
        yield "has an enum without a choice, so nothing could be written there"
    if not isinstance(schema.get("x-ordered", False), bool):
        yield "has an x-ordered that is neither true nor false"


def _unknown_required(node: Node) -> Iterator[str]:
    """Says which fields must be there that no record may have: none of that kind would ever be sound."""
    if node.type != "object" or node.values is not None:
        return
    fields = ", ".join(node.properties)
    for name in sorted(_asked_for(node.schema) - node.properties.keys()):
        yield f"asks for “{name}”, which is no field of it: describe it under properties, or write one of {fields}"


def _asked_for(schema: Mapping[str, Any]) -> set[str]:
    """The fields that a group must have, or must have where another is there."""
    names = set(schema.get("required", ()))
    dependent = schema.get("dependentRequired", {})
    names |= {*dependent, *(name for needed in dependent.values() for name in needed)}
    asking = (inner for inner in combined(schema) if inner is not schema.get("if") and inner is not schema.get("not"))
    return names.union(*map(_asked_for, asking))


def _type_meant(named: object) -> str:
    if str(named).lower() in ("date", "day"):
        return _AS_DATE
    meant = _MEANT.get(str(named).lower())
    return f"“{meant}”" if meant else f"one of {', '.join(_TYPES[:-1])}"


def _fault_of_pattern(pattern: object) -> str:
    try:
        re.compile(pattern)  # type: ignore[call-overload]
    except (re.error, TypeError) as error:
        return str(error)
    return ""


def _unknown_in_say(node: Node) -> Iterator[str]:
    """Says which names in an ``x-say`` are no field of the entry: a change would be told with a gap, or not at all."""
    for path in paths_in(node.say or ""):
        if node.type == "object" and below(node, tuple(path.split("/"))) is None:
            fields = ", ".join(f"{{{name}}}" for name in node.properties)
            yield f"has an x-say that names “{path}”, which is no field of it: write one of {fields}"
        elif node.type != "object" and path != "value":
            yield f"has an x-say that names “{path}”: a field by itself has only {{value}}"
