"""A schema as a tree of nodes: what each field is called, which part it belongs to, what it points to.

Everything that follows a record's shape (access, comparison, the canonical writer, generic pages) walks this
tree, so that the schema is said once. A schema whose fields lack a part, a title or a description is refused
here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sendbook.campus.formats import FORMATS
from sendbook.campus.inlining import HOLDS_SCHEMA, HOLDS_SCHEMAS, Schema
from sendbook.campus.link import Link, read_link
from sendbook.campus.words import in_words

THE_STUDENT = "@student"
THE_ENTRY = "@itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """``x-about``: an entry concerns the student named in property ``student``, and belongs to ``part`` of their
    records of ``kind``.
    """

    student: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """``x-owner``: an entry is for the person named in property ``by`` and for holders of the roles in ``also``.

    ``by`` may be ``@student``, the student the record belongs to. ``family_if`` names a property that, when
    true, shows the entry to the family. ``by`` may also be ``@itself``: the entry is a person's id, and is kept
    from members of the student's family who live in another household than that person, and from nobody else.

    ``part`` is asked of every reader besides the parts of the entry's fields,
    wherever the entry is somebody's own: it names a person, or is not for the family.
    """

    by: str
    also: tuple[str, ...]
    family_if: str | None = None
    part: str | None = None

    def keeps_apart(self, entry: Mapping[str, Any]) -> bool:
        """Whether an entry is somebody's own, so that ``part`` is asked for."""
        if self.family_if is not None:
            return entry.get(self.family_if) is not True
        return self.by == THE_STUDENT or entry.get(self.by) is not None

    def is_confidential(self, entry: Mapping[str, Any]) -> bool:
        """Whether an entry that could be opened to the family is not."""
        return self.family_if is not None and entry.get(self.family_if) is not True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """One field, or the entries of a list.

    ``part`` is its own or inherited; only what holds other fields may have none. ``values`` describes the
    values of an object whose keys are free. ``type`` is JSON Schema's, the first of several, or "" if the
    schema names none. ``keys`` (``x-key``) are the fields that tell a list's entries apart: an entry is named by the
    first of them that it has. ``ordered`` (``x-ordered``) says that the order of a list's entries means something.
    ``link`` (``x-link``) is what its value leads to.
    ``words`` (``x-words``) are the words for those of its codes that don't say themselves, by code. ``headings``
    (``x-heading``) are what it is called as a heading to staff, family and student, where that is not its title.
    ``folded`` (``x-fold``) fields are shown under Details, and one that ``says_why`` (``x-why``) is the reason for this
    version of the record. ``of_family`` says of a link to a person that they are named there as one of the student's
    family: by an owner rule, or in the list of the family itself.
    """

    name: str
    title: str
    description: str
    type: str
    part: str | None = None
    about: About | None = None
    owner: Owner | None = None
    keys: tuple[str, ...] = ()
    link: Link | None = None
    say: str | None = None
    unit: str | None = None
    law: str | None = None
    ordered: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)
    folded: bool = False
    says_why: bool = False
    of_family: bool = False
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    properties: Mapping[str, Node] = field(default_factory=dict, repr=False)
    items: Node | None = field(default=None, repr=False)
    values: Node | None = field(default=None, repr=False)
    schema: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str | None:
        """The field that names the entries of a list; None if nothing does."""
        return self.keys[0] if self.keys else None

    def key_in(self, entry: object) -> str | None:
        """The field that names this entry of the list: the first of its ``keys`` that the entry has."""
        return next((key for key in self.keys if isinstance(entry, Mapping) and key in entry), None)

    @property
    def is_leaf(self) -> bool:
        """Whether it holds a value of its own and no further fields."""
        return not self.properties and self.items is None and self.values is None

    def child(self, name: str) -> Node | None:
        """The node of a field of an object; None if the schema does not know it."""
        return self.properties.get(name, self.values)

    def at(self, place: str) -> Node | None:
        """The node of a field below, such as ``targets/result/outcome``; entries of lists are no step of their own."""
        node: Node | None = self
        for name in place.split("/"):
            node = node.child(name) if node is not None else None
            node = node.items if node is not None and node.items is not None else node
        return node

    def said(self, code: object) -> str:
        """One of its codes in the words of this field."""
        return self.words.get(str(code)) or in_words(code)

    def heading(self, voice: str) -> str:
        """What it is called above what is in it, to ``staff``, ``family`` or ``student``."""
        return self.headings.get(voice) or self.title


def key_in(node: Node | None, entry: object) -> str | None:
    """The field that names an entry of a list: as its schema says, else ``id``; None for one that has no such field."""
    if node is not None and node.keys:
        return node.key_in(entry)
    return "id" if isinstance(entry, Mapping) and "id" in entry else None


def build(schema: Schema, *, with_parts: bool = True) -> tuple[Node, list[str]]:
    """The root node of a kind's inlined schema, and everything that is wrong with the schema."""
    building = _Building(with_parts)
    return building.node(schema, "", "", None), building.faults


# To whom a heading is said.
_VOICES = frozenset({"staff", "family", "student"})
# Where a student's family is listed.
_FAMILY = "/family/-"


class _Building:
    def __init__(self, with_parts: bool) -> None:
        self.with_parts = with_parts
        self.faults: list[str] = []

    def node(self, schema: Any, name: str, where: str, inherited: str | None) -> Node:
        if not isinstance(schema, dict):
            self._fault(where, "is not described")
            schema = {}
        part = schema.get("x-part", inherited)
        node = Node(
            name=name,
            title=schema.get("title", ""),
            description=schema.get("description", ""),
            type=_type(schema),
            part=part,
            about=self._about(schema, where),
            owner=self._owner(schema, where),
            keys=_as_names(schema.get("x-key")),
            link=self._link(schema, where),
            say=schema.get("x-say"),
            unit=schema.get("x-unit"),
            law=schema.get("x-law"),
            ordered=schema.get("x-ordered") is True,
            words=self._words(schema, where),
            headings=self._headings(schema, where),
            folded=self._marked(schema, "x-fold", where),
            says_why=self._marked(schema, "x-why", where),
            schema=schema,
        )
        node = self._with_fields(node, schema, where, part)
        self._check(node, schema, where)
        return node

    def _with_fields(self, node: Node, schema: Schema, where: str, part: str | None) -> Node:
        properties = {
            name: self._property(inner, name, f"{where}/{name}", part)
            for name, inner in schema.get("properties", {}).items()
        }
        named = {"person"} if where == _FAMILY else {node.owner.by} if node.owner is not None else set()
        properties |= {name: replace(one, of_family=True) for name, one in properties.items() if name in named}
        items = self.node(schema["items"], node.name, f"{where}/-", part) if "items" in schema else None
        free = schema.get("additionalProperties")
        values = self.node(free, node.name, f"{where}/*", part) if isinstance(free, dict) else None
        return replace(node, properties=properties, items=items, values=values)

    def _property(self, schema: Any, name: str, where: str, part: str | None) -> Node:
        node = self.node(schema, name, where, part)
        for said in ("title", "description"):
            if not getattr(node, said):
                self._fault(where, f"has no {said}")
        return node

    def _check(self, node: Node, schema: Schema, where: str) -> None:
        if node.is_leaf and node.type in ("object", "array"):
            self._fault(where, "is a group or list that does not say what it holds")
        elif node.is_leaf and self.with_parts and node.part is None:
            self._fault(where, "has no x-part, neither its own nor inherited")
        if node.type == "object" or node.properties:
            self._check_closed(schema, where)
        if "x-key" in schema and (not node.keys or node.items is None or set(node.keys) - node.items.properties.keys()):
            self._fault(where, "has an x-key that its entries do not have")
        # What was is judged by the entry of today. One that got a name of its own since would not be found again.
        if len(node.keys) > 1 and node.items is not None and _is_gated(node.items):
            self._fault(where, "has an x-key of several fields, and entries with an x-owner or x-about: these need one")
        if node.says_why and (where.count("/") != 1 or node.type != "string"):
            self._fault(where, "has an x-why, which is for a text of the record itself")
        if len([inner for inner in node.properties.values() if inner.says_why]) > 1:
            self._fault(where, "has more than one field with x-why")
        if "x-unit" in schema and (node.type not in ("integer", "number") or not _is_in_words(node.unit)):
            self._fault(where, "has an x-unit, which says in words what a number counts")
        if "x-written" in schema and not _is_in_words(schema["x-written"]):
            self._fault(where, "has an x-written that is not in words")
        if schema.get("format", "date") not in FORMATS:
            self._fault(where, f"asks for the format “{schema['format']}”, which is not checked")
        for inner in combined(schema):
            if set(inner.get("properties", {})) - set(schema.get("properties", {})) and node.type == "object":
                self._fault(where, "names fields in a condition that its properties do not have")

    def _check_closed(self, schema: Schema, where: str) -> None:
        closed = schema.get("additionalProperties", schema.get("unevaluatedProperties", True))
        if closed is True:
            self._fault(where, "lets unknown fields through (additionalProperties: false is missing)")

    def _headings(self, schema: Schema, where: str) -> Mapping[str, str]:
        said = schema.get("x-heading", {})
        if isinstance(said, dict) and all(isinstance(words, str) and words.strip() for words in said.values()):
            if not set(said) <= _VOICES:
                self._fault(where, f"has an x-heading for others than {', '.join(sorted(_VOICES))}")
            return said
        self._fault(where, "has an x-heading that is not in words")
        return {}

    def _marked(self, schema: Schema, annotation: str, where: str) -> bool:
        said = schema.get(annotation, False)
        if not isinstance(said, bool):
            self._fault(where, f"has an {annotation} that is neither true nor false")
        return said is True

    def _link(self, schema: Schema, where: str) -> Link | None:
        """Where it leads; whether there is such a place is asked once all kinds are read (`link_fields`)."""
        if "x-link" not in schema:
            return None
        if _type(schema) != "string":
            self._fault(where, "has an x-link, but is no text")
        try:
            return read_link(schema["x-link"])
        except ValueError:
            written = '“person”, “#/targets”, “plan#/targets” or {"to": "plan#/targets", "of": "student"}'
            self._fault(where, f"has an x-link that is not written like {written}")
            return None

    def _about(self, schema: Schema, where: str) -> About | None:
        said = schema.get("x-about")
        if said is None:
            return None
        named = isinstance(said, dict) and all(isinstance(name, str) for name in said.values())
        if not named or set(said) != {"student", "kind", "part"}:
            example = '{"student": "student", "kind": "plan", "part": "provision"}'
            self._fault(where, f"has an x-about without student, kind and part, such as {example}")
            return None
        self._check_named(schema, where, "x-about", said["student"])
        return About(student=said["student"], kind=said["kind"], part=said["part"])

    def _owner(self, schema: Schema, where: str) -> Owner | None:
        said = schema.get("x-owner")
        if said is None:
            return None
        named = isinstance(said, dict) and isinstance(said.get("by"), str)
        if not named or set(said) - {"by", "also", "family_if", "part"}:
            self._fault(where, "has an x-owner without by, or with something sendbook does not know")
            return None
        also = said.get("also", [])
        if not isinstance(also, list) or not all(isinstance(role, str) for role in also):
            self._fault(where, 'has an x-owner with an “also” that is no list of duties, such as ["senco"]')
            return None
        if said["by"] == THE_ENTRY and _type(schema) != "string":
            self._fault(where, f"has an x-owner by {THE_ENTRY}, but is no text")
        if said["by"] not in (THE_STUDENT, THE_ENTRY):
            self._check_named(schema, where, "x-owner", said["by"])
        if "family_if" in said:
            self._check_named(schema, where, "x-owner", said["family_if"])
        return Owner(
            by=said["by"], also=tuple(said.get("also", ())), family_if=said.get("family_if"), part=said.get("part")
        )

    def _words(self, schema: Schema, where: str) -> Mapping[str, str]:
        said = schema.get("x-words", {})
        if not isinstance(said, dict):
            self._fault(where, "has an x-words that does not give codes and their words")
            return {}
        codes = frozenset(map(str, schema.get("enum", ())))
        for code in said.keys() - codes:
            self._fault(where, f"has x-words for “{code}”, which is none of its choices")
        for code, words in said.items():
            if not isinstance(words, str) or not words.strip():
                self._fault(where, f"has an x-words without words for “{code}”")
        return said

    def _check_named(self, schema: Schema, where: str, annotation: str, name: str) -> None:
        if name not in schema.get("properties", {}):
            self._fault(where, f"has an {annotation} that names “{name}”, which it does not have")

    def _fault(self, where: str, what: str) -> None:
        self.faults.append(f"{where or '/'} {what}")


def _is_in_words(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())


def _type(schema: Schema) -> str:
    named = schema.get("type", "")
    if isinstance(named, list):
        return next((str(one) for one in named if one != "null"), "null")
    if not named and "properties" in schema:
        return "object"
    return str(named)


def _as_names(said: object) -> tuple[str, ...]:
    """One name, or a list of several."""
    names = [said] if isinstance(said, str) else said
    return tuple(names) if isinstance(names, list) and all(isinstance(name, str) for name in names) else ()


def _is_gated(node: Node) -> bool:
    """Whether who sees it, or something in it, depends on what its entries say."""
    inner = (*node.properties.values(), node.items, node.values)
    return bool(node.owner or node.about) or any(_is_gated(one) for one in inner if one is not None)


def combined(schema: Mapping[str, Any]) -> Iterator[Schema]:
    """The schemas a schema is combined with at the same place."""
    for keyword in HOLDS_SCHEMAS:
        yield from (one for one in schema.get(keyword, ()) if isinstance(one, dict))
    for keyword in HOLDS_SCHEMA & {"not", "if", "then", "else"}:
        if isinstance(schema.get(keyword), dict):
            yield schema[keyword]
