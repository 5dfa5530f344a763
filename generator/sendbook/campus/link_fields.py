"""Knows which fields of a kind are links and where they lead, and refuses schemas whose links lead nowhere.

The kinds of a campus are read together before anything is asked here, so that a link may name any of them. How its
records lie on disk comes from ``x-path``, and what they are called from their titles: no kind is listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sendbook.campus.foundation import STUDENT
from sendbook.campus.link import TO_PERSON, TO_STUDENT, Link
from sendbook.campus.nodes import Node
from sendbook.campus.ways import Field, Way, fields_of, place_of
from sendbook.campus.words import in_words, one_thing


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkField:
    """A field that is a link. ``student`` is the way to the field that says whose record is meant, if there is one."""

    field: Field
    link: Link
    student: Way = ()


class Linked(Protocol):
    """What of a kind is asked here (see `schemas.Kind`)."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def paths(self) -> tuple[str, ...]: ...
    @property
    def root(self) -> Node: ...
    @property
    def of_student(self) -> bool: ...
    @property
    def links(self) -> tuple[LinkField, ...]: ...


def link_fields_of(root: Node) -> tuple[LinkField, ...]:
    """Every field of a kind that is a link, in the order of the schema."""
    fields = {field.way: field for field in fields_of(root)}
    return tuple(
        LinkField(field=field, link=field.node.link, student=_naming_student(field, field.node.link, fields))
        for field in fields.values()
        if field.node.link is not None
    )


def list_at(root: Node, steps: Way) -> Node | None:
    """The list that some steps lead to through groups, if its entries can be told apart; None for any other place."""
    node: Node | None = root
    for step in steps:
        node = node.properties.get(step) if node is not None else None
    return node if node is not None and key_of(node) else None


def key_of(node: Node) -> str:
    """The field by which links name the entries of a list; "" where they have none."""
    fields = node.items.properties if node.items is not None else {}
    return next((key for key in node.keys or ("id",) if key in fields and fields[key].type == "string"), "")


def wrong_links(kind: Linked, kinds: Mapping[str, Linked]) -> list[tuple[str, str]]:
    """List what is wrong with where the fields of a kind lead: the kind each leads to, and its fault with its place."""
    found = ((one, _fault(one, kind, kinds)) for one in kind.links)
    return [
        (one.link.kind or kind.name, f"{place_of(one.field)} has an x-link to “{one.link.to}”, {fault}")
        for one, fault in found
        if fault
    ]


def id_segment(kind: Linked) -> str:
    """What a record of a kind is called by in its path; "" where there is only one."""
    if any("{id}" in path for path in kind.paths):
        return "{id}"
    return "{student}" if kind.name == STUDENT else ""


def thing(link: Link, kinds: Mapping[str, Linked]) -> str:
    """What a link leads to, in words: ``person``, ``entry of targets``."""
    return f"entry of {_list_in_words(link)}" if link.steps else kinds[link.kind].title.lower()


def sort_of_thing(link: Link, kinds: Mapping[str, Linked], own: Node | None = None) -> str:
    """What sort of thing a link leads to, for readers who may know no more of it: ``a target``, ``a home visit``.

    It is made of schemas alone, never of the id, which may be made of words. ``own`` is the record that the link is in.
    """
    if link == TO_PERSON:
        return "someone"
    kind = kinds.get(link.kind) if link.kind else None
    root = kind.root if kind is not None else own
    if not link.steps:
        return one_thing(kind.title if kind is not None else in_words(link.kind))
    entries = list_at(root, link.steps) if root is not None else None
    title = entries.items.title if entries is not None and entries.items is not None else ""
    return one_thing(title) if title else f"an entry of {_list_in_words(link)}"


def where_it_lies(link: Link, kinds: Mapping[str, Linked], student: str = "") -> str:
    """Where the records or entries lie that a link may lead to: a folder, a file or ``this record``.

    Without a ``student`` it is said from the student's folder on, which is where such a link is written.
    """
    if not link.kind:
        return "this record"
    kind = kinds[link.kind]
    path, segment = kind.paths[0], id_segment(kind)
    if segment == "{id}" or (segment and not link.steps):
        path = path.partition(f"/{segment}")[0]
    if "{student}" not in path:
        return f"records/{path}"
    return f"records/{path}".replace("{student}", student) if student else path.partition("{student}/")[2]


def what_to_write(link: Link, own: Linked, kinds: Mapping[str, Linked]) -> str:
    """What to write for a link in a record of a kind: ``the name of the person's file in records/people``."""
    kind, where = kinds.get(link.kind, own), where_it_lies(link, kinds)
    if link.steps:
        entries = list_at(kind.root, link.steps)
        key = key_of(entries) if entries is not None else "id"
        return f"one of those under “{key}:” in the list of {_list_in_words(link)} in {where}"
    if kind.paths[0].endswith(f"{id_segment(kind)}.yml"):
        return f"the name of the {kind.title.lower()}'s file in {where}, without .yml"
    return f"the name of the {kind.title.lower()}'s folder in {where}"


def _list_in_words(link: Link) -> str:
    return link.steps[-1].replace("_", " ")


def _naming_student(field: Field, link: Link, fields: Mapping[Way, Field]) -> Way:
    """The field that says whose record is meant: next to the link, or in the nearest group around it."""
    if not link.of:
        return ()
    around = ((*field.way[:length], link.of) for length in range(len(field.way) - 1, -1, -1))
    return next((way for way in around if way != field.way and _names_a_student(fields.get(way))), ())


def _names_a_student(field: Field | None) -> bool:
    return field is not None and field.node.link == TO_STUDENT


def _fault(one: LinkField, kind: Linked, kinds: Mapping[str, Linked]) -> str:
    """What is wrong with where a link leads, as the end of a sentence; "" for a sound one."""
    link = one.link
    to = kinds.get(link.kind) if link.kind else kind
    if to is None:
        return "which is no kind of record"
    if link.steps and list_at(to.root, link.steps) is None:
        return f"where {to.file} has no list whose entries have an id"
    if not link.steps and not id_segment(to):
        return "of which there is only one record: name a list in it, such as plan#/targets"
    return _fault_of_student(one, kind, to)


def _fault_of_student(one: LinkField, kind: Linked, to: Linked) -> str:
    leads_into_one = bool(one.link.kind) and to.of_student and one.link != TO_STUDENT
    if one.link.of and (kind.of_student or not leads_into_one):
        return "with “of”, which is only for links from a record of no student into a student's"
    if one.link.of and not one.student:
        return f"of “{one.link.of}”, which is no field next to it with an x-link to “{STUDENT}”"
    if leads_into_one and not kind.of_student and not one.link.of:
        return (
            "which is in a student's records: say which field names the student, "
            f'like {{"to": "{one.link.to}", "of": "student"}}'
        )
    return ""
