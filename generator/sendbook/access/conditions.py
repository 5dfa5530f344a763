"""Conditions on single items: whom an item is about, and whose words it holds.

A part says that a reader may see lists of this sort; a condition says which items of the list. The schema's
``x-about`` and ``x-owner`` are read here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.access.basis import Basis
from sendbook.campus.nodes import THE_ENTRY, THE_STUDENT, About, Node, Owner, key_in
from sendbook.campus.schemas import Kind

EACH = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What one item has to pass. On a record's root, an absent owner means an ordinary record.

    ``closed`` says that the reader lacks the part which the owner rule asks for besides.
    """

    about: About | None
    owner: Owner | None
    on_root: bool
    closed: bool

    def asks_part(self, item: object) -> str | None:
        """The part an item asks for besides those of its fields, if any."""
        if self.owner is None or self.owner.part is None or not isinstance(item, Mapping):
            return None
        return self.owner.part if self.owner.keeps_apart(item) else None


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of all kinds of a campus."""

    owners: frozenset[Owner] = frozenset()
    of_kind: Mapping[str, tuple[tuple[tuple[str, ...], Condition], ...]] = field(default_factory=dict)


def conditions(basis: Basis) -> Conditions:
    """Returns the conditions of every kind: where each is (``EACH`` is every item of a list) and what it asks."""
    found = basis.memo.get("conditions")
    if not isinstance(found, Conditions):
        of_kind = {kind.name: tuple(_conditions_below(kind.root, ())) for kind in basis.kinds.values()}
        every = [condition for places in of_kind.values() for _, condition in places]
        owners = {condition.owner for condition in every if condition.owner is not None}
        found = basis.memo["conditions"] = Conditions(frozenset(owners), of_kind)
    return found


def condition_of(node: Node, *, on_root: bool = False, parts: frozenset[str] | None = None) -> Condition | None:
    """What a schema's node asks of each item, or None. ``parts`` are those a reader has, where that is known."""
    if node.about is None and node.owner is None:
        return None
    asked = node.owner.part if node.owner is not None else None
    closed = parts is not None and asked is not None and asked not in parts
    return Condition(about=node.about, owner=node.owner, on_root=on_root, closed=closed)


def has_conditions(kind: Kind, basis: Basis) -> bool:
    """Whether what a reader sees of a kind depends on more than its parts."""
    return bool(conditions(basis).of_kind[kind.name])


def fields_with_conditions(kind: Kind, basis: Basis) -> frozenset[str]:
    """The fields of a record that its conditions lie in or below; nothing else of it can answer one."""
    found = ({place[0]} if place else _fields_asked(one) for place, one in conditions(basis).of_kind[kind.name])
    return frozenset[str]().union(*found)


def asks_about_students(kind: Kind, basis: Basis) -> bool:
    """Whether items of a kind are about a student, who may be another than the record's."""
    return any(condition.about is not None for _, condition in conditions(basis).of_kind[kind.name])


def asks_only_who_lives_apart(kind: Kind, basis: Basis) -> bool:
    """Whether the conditions of a kind ask nothing of a reader but whom they live apart from."""
    of_kind = (condition for _, condition in conditions(basis).of_kind[kind.name])
    return all(condition.owner is not None and condition.owner.by == THE_ENTRY for condition in of_kind)


def owners_met(names: frozenset[str], basis: Basis) -> frozenset[tuple[str, ...]]:
    """The owner rules (each as its list of names) that let these duties and relations through."""
    return frozenset(owner.also for owner in conditions(basis).owners if names.intersection(owner.also))


def authors(kind: Kind, data: Mapping[str, Any], basis: Basis) -> frozenset[str]:
    """The people whom entries of a record belong to: whose own words they are, or who are named by them."""
    return frozenset(
        author
        for place, condition in conditions(basis).of_kind[kind.name]
        if condition.owner is not None and condition.owner.by != THE_STUDENT
        for item in _at(data, place)
        if isinstance(author := _named_by(condition.owner, item), str)
    )


def _named_by(owner: Owner, item: object) -> object:
    if owner.by == THE_ENTRY:
        return item
    return item.get(owner.by) if isinstance(item, Mapping) else None


def students_named(kind: Kind, data: Mapping[str, Any], basis: Basis) -> frozenset[str]:
    """The students whom items of a record are about."""
    return frozenset(
        student
        for place, condition in conditions(basis).of_kind[kind.name]
        if condition.about is not None
        for item in _at(data, place)
        if isinstance(item, Mapping) and isinstance(student := item.get(condition.about.student), str)
    )


def with_conditions_of_today(kind: Kind, past: Any, today: Any, basis: Basis) -> Any:
    """A record as it once was, its conditions as they are now.

    Where an entry still stands, it says today whose words it holds, whom it is about and whether the family may read
    it; an answer that was taken back must not go on in what was. What it said stays as it was.
    """
    for place, condition in conditions(basis).of_kind[kind.name]:
        past = _with_todays(kind.root, past, today, place, condition)
    return past


def with_last_words(kind: Kind, past: Any, today: Any, basis: Basis) -> Any:
    """A record as it is now, with those entries at its conditions that are gone from it, as they were in the past.

    Made of one version after the other it holds what each entry said last. An answer that was taken back before the
    entry was removed stays taken back.
    """
    for place, condition in conditions(basis).of_kind[kind.name]:
        today = _with_gone(kind.root, past, today, place, condition)
    return today


def _with_gone(node: Node | None, past: Any, today: Any, place: tuple[str, ...], condition: Condition) -> Any:
    if not place or node is None:
        return today
    if place[0] == EACH and isinstance(past, list) and isinstance(today, list):
        then = {_told_apart_by(node, item, condition): item for item in past if isinstance(item, Mapping)}
        names = [_told_apart_by(node, item, condition) if isinstance(item, Mapping) else None for item in today]
        still = [
            _with_gone(node.items, then[name], item, place[1:], condition) if name in then else item
            for name, item in zip(names, today, strict=True)
        ]
        return [*still, *(item for name, item in then.items() if name not in names)]
    if place[0] == EACH and isinstance(past, Mapping) and isinstance(today, Mapping):
        free = _free_names(node, past)
        below = {
            name: _with_gone(node.values, past[name], item, place[1:], condition) if name in free else item
            for name, item in today.items()
        }
        return {**below, **{name: past[name] for name in free if name not in today}}
    if not (isinstance(past, Mapping) and isinstance(today, Mapping) and place[0] in past):
        return today
    if place[0] not in today:
        return {**today, place[0]: past[place[0]]}
    below = _with_gone(node.child(place[0]), past[place[0]], today[place[0]], place[1:], condition)
    return {**today, place[0]: below}


def _with_todays(node: Node | None, past: Any, today: Any, place: tuple[str, ...], condition: Condition) -> Any:
    if not place:
        return _asked_today(past, today, condition)
    if node is None:
        return past
    if place[0] == EACH and isinstance(past, list) and isinstance(today, list):
        now = {_told_apart_by(node, item, condition): item for item in today if isinstance(item, Mapping)}
        return [
            _with_todays(node.items, item, now[name], place[1:], condition)
            if isinstance(item, Mapping) and (name := _told_apart_by(node, item, condition)) in now
            else item
            for item in past
        ]
    if place[0] == EACH and isinstance(past, Mapping) and isinstance(today, Mapping):
        free = _free_names(node, today)
        return {
            name: _with_todays(node.values, item, today[name], place[1:], condition) if name in free else item
            for name, item in past.items()
        }
    if not (isinstance(past, Mapping) and isinstance(today, Mapping) and place[0] in past and place[0] in today):
        return past
    below = _with_todays(node.child(place[0]), past[place[0]], today[place[0]], place[1:], condition)
    return {**past, place[0]: below}


def _free_names(node: Node, data: Mapping[str, Any]) -> list[str]:
    """The names in a group that are no field of its own: what stands under each is an entry, as those of a list are."""
    return [name for name in data if name not in node.properties]


def _asked_today(past: Any, today: Any, condition: Condition) -> Any:
    """The item with the fields its condition asks for as they are today; a field that is gone today is gone."""
    if not isinstance(past, Mapping) or not isinstance(today, Mapping):
        return past
    asked = _fields_asked(condition)
    kept = {name: value for name, value in past.items() if name not in asked}
    return {**kept, **{name: today[name] for name in asked if name in today}}


def _told_apart_by(node: Node, item: Mapping[str, Any], condition: Condition) -> object:
    """What finds an entry again: its key, or without one all that it says besides what its condition asks."""
    key = key_in(node, item)
    if key is not None:
        return item[key]
    return repr(sorted((name, value) for name, value in item.items() if name not in _fields_asked(condition)))


def _fields_asked(condition: Condition) -> frozenset[str]:
    owner = (condition.owner.by, condition.owner.family_if) if condition.owner is not None else ()
    about = (condition.about.student,) if condition.about is not None else ()
    return frozenset(filter(None, (*owner, *about)))


def conditions_on_the_way(root: Node, data: object, pointer: str) -> Iterator[tuple[Condition, object]]:
    """Each condition, with the item it guards, from a record's root to the value a JSON pointer names."""
    node: Node | None = root
    value = data
    condition = condition_of(root, on_root=True)
    if condition is not None:
        yield condition, value
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            node, value = (node.child(name) if node is not None else None), value[name]
        elif isinstance(value, list):
            node, value = (node.items if node is not None else None), value[int(name)]
        condition = condition_of(node) if node is not None else None
        if condition is not None:
            yield condition, value


def _conditions_below(node: Node, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Condition]]:
    condition = condition_of(node, on_root=not place)
    if condition is not None:
        yield place, condition
    for name, child in node.properties.items():
        yield from _conditions_below(child, (*place, name))
    if node.items is not None:
        yield from _conditions_below(node.items, (*place, EACH))
    if node.values is not None:
        yield from _conditions_below(node.values, (*place, EACH))


def _at(value: object, place: tuple[str, ...]) -> Iterator[object]:
    """The groups and texts at a place in a record."""
    if not place:
        if isinstance(value, Mapping | str):
            yield value
    elif place[0] == EACH:
        inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        for item in inner:
            yield from _at(item, place[1:])
    elif isinstance(value, Mapping) and place[0] in value:
        yield from _at(value[place[0]], place[1:])
