"""Reads what a form asks for a field (``x-form``) from a kind's schema, once, when it loads.

A title is a heading for somebody who reads a record: “By” over a date says enough there, and nothing to the person who
fills it in. Here a field says its question, and what the form does for that person: whom it offers, what it fills in.
The words are checked here, for the shipped kinds and for those of a campus alike; `campus.questions` reads them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sendbook.campus.link import TO_PERSON
from sendbook.campus.nodes import Node
from sendbook.campus.ways import EACH, Way

STAFF, FAMILY, TEAM = "staff", "family", "team"
TODAY, ME = "today", "me"
ID, RELATION, STATE, WORKED_OUT = "id", "relation", "state", "worked_out"
_PICKS = (STAFF, FAMILY, TEAM)
_DEFAULTS = (TODAY, ME)
_MADE = (ID, ME, RELATION, STATE, WORKED_OUT)
#: What has no meaning for a field that isn't asked.
_OF_QUESTIONS = ("ask", "answer", "pick", "unit_of", "default")

#: The step of a way that stands for every entry of a list, and the one for every free name in a group.
EACH_ENTRY, EACH_NAME = EACH


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What an ``x-form`` says; "" where it says nothing.

    ``ask`` is the question, ``hint`` the help under it, ``answer`` what to answer, where that isn't what a file has.
    ``pick`` are the people to choose from, ``unit_of`` the field next to it or around it that says the number's unit,
    and ``default`` what is filled in to begin with. What is ``made`` is not asked. ``author`` is the field of an entry
    that names who wrote it, ``either`` the fields of a group of which one is answered. What is the ``same_as`` another
    field, written in another way, is not asked either.
    """

    ask: str = ""
    hint: str = ""
    answer: str = ""
    pick: str = ""
    unit_of: str = ""
    default: str = ""
    made: str = ""
    author: str = ""
    either: tuple[str, ...] = ()
    same_as: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether a form asks for the field at all."""
        return not self.made and not self.same_as


NOTHING = Form()
_WORDS = tuple(one.name for one in fields(Form))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A field by its way from the record's root (``-`` is every entry of a list), with what is around it.

    ``groups`` are the groups and entries that it is in, the nearest first. ``keys`` are the fields that tell the
    entries of its list apart, if it is an entry or a field of one.
    """

    way: Way
    node: Node
    groups: tuple[Node, ...]
    keys: tuple[str, ...]
    of_student: bool

    @property
    def is_id(self) -> bool:
        """Whether it is what the record, or an entry of its list, is called in links."""
        node = self.node
        tells_apart = self.way == ("id",) or self.way[-1:] in [(key,) for key in self.keys]
        is_text = node.is_leaf and node.type == "string" and node.link is None and "format" not in node.schema
        return tells_apart and is_text

    def around(self, name: str) -> Node | None:
        """Returns the field of that name in the nearest group that has one."""
        return next((group.properties[name] for group in self.groups if name in group.properties), None)


def forms_of(
    root: Node, *, of_student: bool, shipped: Mapping[Way, Form] | None = None
) -> tuple[Mapping[Way, Form], list[str]]:
    """Returns what is said of each field by its way, and everything that is wrong with it.

    ``shipped`` is what the kind says that this one replaces: where a copy of a field says nothing, as much of it holds
    as still fits the field.
    """
    forms: dict[Way, Form] = {}
    faults: list[str] = []
    for place in _places(root, (), (), (), of_student=of_student):
        if "x-form" in place.node.schema:
            form, wrong = _read(place, place.node.schema["x-form"])
            faults += [f"/{'/'.join(place.way)} has an x-form that {one}" for one in wrong]
        else:
            form = _taken_over(place, (shipped or {}).get(place.way, NOTHING))
            form = _by_itself(place) if form == NOTHING else form
        if form != NOTHING:
            forms[place.way] = form
    return forms, faults


def _places(
    node: Node, way: Way, groups: tuple[Node, ...], keys: tuple[str, ...], *, of_student: bool
) -> Iterator[Place]:
    """Yields a field and all fields in it; ``keys`` tell the entries apart of which this is one, or a field of one."""
    yield Place(way=way, node=node, groups=groups, keys=keys, of_student=of_student)
    for name, inner in node.properties.items():
        of_entry = keys if way[-1:] == (EACH_ENTRY,) else ()
        yield from _places(inner, (*way, name), (node, *groups), of_entry, of_student=of_student)
    if node.items is not None:
        yield from _places(node.items, (*way, EACH_ENTRY), groups, node.keys, of_student=of_student)
    if node.values is not None:
        yield from _places(node.values, (*way, EACH_NAME), groups, (), of_student=of_student)


def _by_itself(place: Place) -> Form:
    """Returns what holds of an id and of a record's state without a word in the schema."""
    if place.is_id and place.way[-1] == "id":
        return Form(made=ID)
    return Form(made=STATE) if _is_state(place) else NOTHING


def _read(place: Place, said: Any) -> tuple[Form, list[str]]:
    """Returns what an ``x-form`` says, and what is wrong with it, each as the end of a sentence."""
    if not isinstance(said, dict) or not said:
        return NOTHING, ['is not written like {"ask": "Who leads the meeting?"}']
    wrong = {word: _wrong_with(place, word, value) for word, value in said.items()}
    needless = [word for word in _OF_QUESTIONS if word in said] if {"made", "same_as"} & said.keys() else []
    faults = [one for one in wrong.values() if one]
    faults += [f"says “{word}” of something that is not asked" for word in needless]
    good = {word: value for word, value in said.items() if not wrong[word] and word not in needless}
    return _form(good), faults


def _taken_over(place: Place, form: Form) -> Form:
    """Returns what a shipped field says, as far as it still fits the copy's."""
    said = {word: value for word in _WORDS if (value := getattr(form, word))}
    return _form({word: value for word, value in said.items() if not _wrong_with(place, word, value)})


def _form(said: Mapping[str, Any]) -> Form:
    form = Form(**{word: value for word, value in said.items() if word != "either"})
    return replace(form, either=tuple(said.get("either", ())))


def _wrong_with(place: Place, word: str, value: Any) -> str:
    """Returns what is wrong with one word of an ``x-form``, as the end of a sentence; "" where nothing is."""
    check = _CHECKS.get(word)
    if check is None:
        return f"says “{word}”; the words are {', '.join(_WORDS)}"
    return check(place, value)


def _text(word: str) -> Callable[[Place, Any], str]:
    def check(place: Place, value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or len(value.splitlines()) > 1:
            return f"has no words for “{word}”, or more than one line"
        if word == "answer" and not _innermost(place.node).is_leaf:
            return "says “answer” of something that has questions of its own"
        return ""

    return check


def _pick(place: Place, value: Any) -> str:
    if value not in _PICKS:
        return f"says “pick: {value}”; it is one of {', '.join(_PICKS)}"
    if place.node.link != TO_PERSON:
        return "says “pick” of something that is not a link to a person"
    if value != STAFF and not place.of_student:
        return f"says “pick: {value}” in a kind that belongs to no student"
    return ""


def _unit_of(place: Place, value: Any) -> str:
    if place.node.type not in ("integer", "number"):
        return "says “unit_of” of something that is not a number"
    if place.node.unit is not None:
        return "says “unit_of” next to an x-unit"
    found = place.around(value) if isinstance(value, str) else None
    if found is None or not found.is_leaf or found.type != "string":
        return f"says “unit_of: {value}”, which is no text or link next to the field or around it"
    return ""


def _default(place: Place, value: Any) -> str:
    if value not in _DEFAULTS:
        return f"says “default: {value}”; it is one of {', '.join(_DEFAULTS)}"
    if value == TODAY and place.node.schema.get("format") != "date":
        return "says “default: today” of something that is not a date"
    if value == ME and place.node.link != TO_PERSON:
        return "says “default: me” of something that is not a link to a person"
    return ""


def _made(place: Place, value: Any) -> str:
    if value not in _MADE:
        return f"says “made: {value}”; it is one of {', '.join(_MADE)}"
    if value == ID and not place.is_id:
        return "says “made: id” of something that is neither the record's id nor the x-key of its list"
    if value == ME and place.node.link != TO_PERSON:
        return "says “made: me” of something that is not a link to a person"
    if value == STATE and not _is_state(place):
        return "says “made: state” of something that is not the record's state, with its choices"
    if value == RELATION and not _may_be_relation(place):
        return "says “made: relation” of something that is not a text next to a link to a person, in a student's record"
    return ""


def _author(place: Place, value: Any) -> str:
    if place.way[-1:] != (EACH_ENTRY,) or not place.node.properties:
        return "says “author” of something that is not an entry of a list"
    named = place.node.properties.get(value) if isinstance(value, str) else None
    return "" if named is not None and named.link == TO_PERSON else f"says “author: {value}”, which links to no person"


def _either(place: Place, value: Any) -> str:
    names = [name for name in value if isinstance(name, str)] if isinstance(value, list | tuple) else []
    if len(names) < 2 or len(set(names)) < len(value):
        return "needs two or more different fields for “either”"
    unknown = [name for name in names if name not in place.node.properties]
    if unknown:
        return f"says “either” with “{unknown[0]}”, which is no field here"
    certain = [name for name in names if name in place.node.schema.get("required", ())]
    return f"says “either” with “{certain[0]}”, which must always be there" if certain else ""


def _same_as(place: Place, value: Any) -> str:
    group = place.groups[0] if place.groups else None
    there = group is not None and isinstance(value, str) and value in group.properties
    return "" if there and value != place.way[-1] else f"says “same_as: {value}”, which is no other field next to it"


_CHECKS: Mapping[str, Callable[[Place, Any], str]] = {
    **{word: _text(word) for word in ("ask", "hint", "answer")},
    "pick": _pick,
    "unit_of": _unit_of,
    "default": _default,
    "made": _made,
    "author": _author,
    "either": _either,
    "same_as": _same_as,
}


def _innermost(node: Node) -> Node:
    """Returns what the lists and free names in a field hold in the end."""
    inner = node.items or (None if node.properties else node.values)
    return node if inner is None else _innermost(inner)


def _is_state(place: Place) -> bool:
    return place.way == ("state",) and "enum" in place.node.schema


def _may_be_relation(place: Place) -> bool:
    node, group = place.node, place.groups[:1]
    is_text = node.is_leaf and node.type == "string" and node.link is None
    next_to = [inner for one in group for inner in one.properties.values() if inner.link == TO_PERSON]
    return place.of_student and is_text and bool(next_to)
