"""Compares two sets of schemas as access sees them: which field is in another part, whose words lost their owner.

Access is granted by part, and a schema says which field is in which part. So a campus that changes a copy of a shipped
schema changes who sees what, without a line in access.yml. All that access rests on is compared: parts (their own or
inherited), owners, whom an entry is about, keys, links to people and students, states, where records are kept, and the
form of the fields that decide who somebody is to a student. Titles, descriptions and other limits are not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from sendbook.campus.inlining import ANNOTATIONS, OUR_ANNOTATIONS
from sendbook.campus.nodes import THE_ENTRY, THE_STUDENT, About, Node, Owner
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind, SchemaRegistry

#: The fields that say who somebody is to a student, what they do here, and what the policy gives them.
_DECIDING: Mapping[str, frozenset[str]] = {
    "student": frozenset({"id", "sign_in", "tutor_group", "teaching_groups", "on_roll", "born", "team", "family"})
    | {"year_group", "rights", "consents", "account_decision"},
    "person": frozenset({"id", "sign_in", "staff", "family"}),
    "campus": frozenset({"contacts", "tutor_groups", "teaching_groups", "student_accounts", "duty_year_groups"}),
    "access": frozenset({"grants", "covers", "shares", "revocations", "schema_changes"}),
    "withdrawn": frozenset({"withdrawn"}),
}
_NOT_FORM = ANNOTATIONS | OUR_ANNOTATIONS | {"properties", "items", "additionalProperties", "$schema", "$id"}
_PEOPLE = frozenset({"person", "student"})
# Stand for {student} and {id} where two kinds' places are compared.
_SAMPLES = {"{student}": "7Q4K", "{id}": "p-7q4k"}
WHOLE = "/"
#: Kind, place, before and now.
Named = tuple[str, str, str, str]
NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaChange:
    """One thing that access rests on, before and now.

    ``pointer`` is the field's place in a record: ``/-`` stands for each entry of a list, ``/*`` for a free name, ``/``
    for the whole record. ``added`` says that the field, or the kind, was not there before.
    """

    kind: str
    pointer: str
    was: str
    now: str
    file: str
    added: bool = False

    @property
    def named(self) -> Named:
        """What an entry of access.yml has to say to mean this change."""
        return self.kind, self.pointer, self.was, self.now

    @property
    def place(self) -> str:
        """The field, as a piece of a sentence."""
        return f"records of the kind {self.kind}" if self.pointer == WHOLE else f"{self.pointer} of a {self.kind}"

    @property
    def part(self) -> str:
        """The part that the field is in now; "" where that is not what changed."""
        return self.now.removeprefix("part ") if self.now.startswith("part ") else ""


def schema_changes(before: SchemaRegistry, now: SchemaRegistry) -> tuple[SchemaChange, ...]:
    """Everything that access rests on and that differs between two sets of schemas, by kind and place."""
    found: list[SchemaChange] = []
    for name, kind in now.kinds.items():
        old = before.kinds.get(name)
        found += _of_new_kind(kind) if old is None else _of_kind(old, kind)
    found += _places_taken(before, now)
    return tuple(dict.fromkeys(sorted(found, key=lambda change: (change.kind, change.pointer, change.was, change.now))))


def _of_new_kind(kind: Kind) -> Iterator[SchemaChange]:
    for part in sorted(kind.parts):
        yield SchemaChange(kind=kind.name, pointer=WHOLE, was=NOTHING, now=f"part {part}", file=kind.file, added=True)


def _of_kind(old: Kind, new: Kind) -> Iterator[SchemaChange]:
    if old.schema == new.schema:
        return
    if sorted(old.paths) != sorted(new.paths):
        yield _change(new, WHOLE, f"kept in {', '.join(sorted(old.paths))}", f"kept in {', '.join(sorted(new.paths))}")
    both_have_states = bool(old.states and new.states)
    for said in (_states, *([_settled] if both_have_states else []), _required):
        if said(old) != said(new):
            yield _change(new, WHOLE, said(old), said(new))
    yield from _Comparison(new).compared(old.root, new.root, "", deciding=False)


def _states(kind: Kind) -> str:
    return f"states {', '.join(sorted(kind.states))}" if "state" in kind.root.properties else "no states"


def _settled(kind: Kind) -> str:
    """The states in which a share opens a record."""
    return f"settled {', '.join(sorted(kind.traits.settled))}" if kind.traits.settled else "settled nothing"


def _required(kind: Kind) -> str:
    """The fields that access rests on and no record may lack: one without a state would be like one that is agreed."""
    asked = {*kind.schema.get("required", ())} & {"state", *_DECIDING.get(kind.name, ())}
    return f"required {', '.join(sorted(asked))}" if asked else "required nothing"


def _change(kind: Kind, pointer: str, was: str, now: str, *, added: bool = False) -> SchemaChange:
    return SchemaChange(kind=kind.name, pointer=pointer or WHOLE, was=was, now=now, file=kind.file, added=added)


def own_changes(registry: SchemaRegistry) -> tuple[SchemaChange, ...]:
    """What a campus's own schemas change of the shipped ones."""
    return () if registry.shipped is registry else schema_changes(registry.shipped, registry)


def named_in(access: Record | None) -> dict[Named, str]:
    """The changes that access.yml names, each with its reason."""
    entries = access.data.get("schema_changes", ()) if access is not None else ()
    return {(one["kind"], one["pointer"], one["from"], one["to"]): str(one["reason"]) for one in entries}


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Goes down two trees of one kind side by side."""

    kind: Kind

    def compared(
        self, old: Node, new: Node, at: str, *, deciding: bool, above: tuple[str, str] = ("", "")
    ) -> Iterator[SchemaChange]:
        """``above`` is the change of part told of what holds this field: it is told once for all within."""
        said = _said(old, deciding=deciding)
        now = _said(new, deciding=deciding)
        parts = (said.pop("part"), now.pop("part"))
        moved = parts[0] != parts[1] and not (old.part is None and not old.is_leaf)
        if moved and parts != above:
            yield _change(self.kind, at, *parts)
        for aspect, was in said.items():
            if was != now[aspect]:
                yield _change(self.kind, at, was, now[aspect])
        yield from self._below(old, new, at, deciding=deciding, above=parts if moved else above)

    def _below(
        self, old: Node, new: Node, at: str, *, deciding: bool, above: tuple[str, str]
    ) -> Iterator[SchemaChange]:
        for step, node in _children(old).items():
            within = deciding or (not at and step in _DECIDING.get(self.kind.name, ()))
            other = _child(new, step)
            if other is None and new.is_leaf:
                other = _bare(new)  # what had fields of its own is one value now, and they are in it
            within = within or _is_named(old, step)
            if other is None and within:
                yield _change(self.kind, f"{at}/{step}", _said(node, deciding=True)["form"], "not there")
            if other is not None:
                yield from self.compared(node, other, f"{at}/{step}", deciding=within, above=above)
        for step, node in _children(new).items():
            if _child(old, step) is None:
                yield from self._new(node, old, f"{at}/{step}", above)

    def _new(self, node: Node, old: Node, at: str, above: tuple[str, str]) -> Iterator[SchemaChange]:
        """A field that was not there: a piece, in another part, of what was one value; or a new field."""
        was = f"part {old.part}" if old.is_leaf and old.part is not None else ""
        parts = sorted({f"part {part}" for part in _parts(node)})
        for now in parts:
            if not was:
                yield _change(self.kind, at, NOTHING, now, added=True)
            elif now != was and (was, now) != above:
                yield _change(self.kind, at, was, now)


def _said(node: Node, *, deciding: bool) -> dict[str, str]:
    """What access rests on at one place, in words that access.yml can repeat."""
    return {
        "part": f"part {node.part}" if node.part is not None else "no part",
        "owner": _owner(node.owner),
        "about": _about(node.about),
        "key": f"key {' or '.join(node.keys)}" if node.keys else "no key",
        "link": f"link {node.link.to}" if node.link is not None and node.link.to in _PEOPLE else "no link to people",
        "form": f"form {_form(node)}" if deciding else "",
    }


def _owner(owner: Owner | None) -> str:
    if owner is None:
        return "no owner"
    by = {THE_STUDENT: "the student", THE_ENTRY: "the person named"}.get(owner.by, owner.by)
    also = f", also {', '.join(sorted(owner.also))}" if owner.also else ""
    family_if = f", family if {owner.family_if}" if owner.family_if else ""
    return f"owner {by}{also}{family_if}" + (f", and only with the part {owner.part}" if owner.part else "")


def _about(about: About | None) -> str:
    return "about nobody" if about is None else f"about {about.student}, part {about.part} of {about.kind}"


def _form(node: Node) -> str:
    """A short name for everything the schema asks of a value, so that any change of it has another."""
    asked = {name: value for name, value in node.schema.items() if name not in _NOT_FORM}
    free = node.schema.get("additionalProperties")
    said = json.dumps([asked, free if isinstance(free, bool) else None], sort_keys=True, ensure_ascii=False)
    return blake2b(said.encode(), digest_size=4).hexdigest()


def _is_named(holder: Node, step: str) -> bool:
    """Whether a field says whose words an entry holds, whom it is about, or whether the family sees it."""
    owner, about = holder.owner, holder.about
    return (owner is not None and step in (owner.by, owner.family_if)) or (about is not None and step == about.student)


def _children(node: Node) -> dict[str, Node]:
    found = {_step(name): inner for name, inner in node.properties.items()}
    return {
        **found,
        **({"-": node.items} if node.items is not None else {}),
        **({"*": node.values} if node.values is not None else {}),
    }


def _child(node: Node, step: str) -> Node | None:
    """What the schema makes of a step; a name it doesn't list may be one of its free names."""
    found = _children(node)
    return found.get(step) or (found.get("*") if step != "-" else None)


def _bare(node: Node) -> Node:
    """A value as such: nothing within it is anybody's."""
    return Node(name="", title="", description="", type=node.type, part=node.part, schema=node.schema)


def _parts(node: Node) -> Iterator[str]:
    if node.is_leaf and node.part is not None:
        yield node.part
    for inner in _children(node).values():
        yield from _parts(inner)


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _places_taken(before: SchemaRegistry, now: SchemaRegistry) -> Iterator[SchemaChange]:
    """Places whose records were of one kind and are of another now."""
    texts = {text for registry in (before, now) for kind in registry.kinds.values() for text in kind.paths}
    for text in sorted(texts):
        sample = text
        for mark, name in _SAMPLES.items():
            sample = sample.replace(mark, name)
        old, new = before.match(sample), now.match(sample)
        if old is not None and new is not None and old.kind.name != new.kind.name:
            yield _change(new.kind, WHOLE, f"{text} is a {old.kind.name}", f"{text} is a {new.kind.name}")
