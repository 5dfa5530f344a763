"""Events hold what changed and nothing else: none without a change, all of a change, the same from the other side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sendbook.campus.nodes import Node
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.history.comparison import compare, keyed, keys_of
from sendbook.history.events import Added, Changed, Event, Left, Moved
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from sendbook.kinds.all_kinds import TELLERS
from tests.history.records_at_random import pairs, record_of, values

REGISTRY = SchemaRegistry.load(schemas())
KINDS = REGISTRY.kinds
a_kind = st.sampled_from(["plan", "profile", "meeting", "student"])
a_pair = a_kind.flatmap(lambda kind: st.tuples(st.just(kind), pairs(KINDS[kind])))


def events(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Event, ...]:
    old, new = record_of(kind, before, "before"), record_of(kind, after, "after")
    return compare({old.id: old}, {new.id: new}, REGISTRY.kinds)


def mirrored(event: Event) -> Event:
    """The same fact seen from the other side."""
    match event:
        case Added():
            return Left(record=event.record, kind=event.kind, path=event.path, value=event.value)
        case Left():
            return Added(record=event.record, kind=event.kind, path=event.path, value=event.value)
        case _:
            return replace(event, before=event.after, after=event.before)


def in_any_order(found: Iterable[Event]) -> list[str]:
    return sorted(map(repr, found))


def applied(node: Node | None, before: Any, found: Iterable[Event]) -> Any:
    """A value with events done to it; entries that were added stand at the end."""
    data = {"": deepcopy(before)}
    for event in found:
        holder, at = data, ""
        within = node
        for step in event.path:
            inner = holder[at]
            if isinstance(inner, list):
                inner = holder[at] = _Keyed(inner, within)
            holder = inner
            within = _below(within, inner, step)
            at = step
        match event:
            case Added():
                holder[at] = event.value
            case Changed():
                holder[at] = event.after
            case Left():
                del holder[at]
            case Moved():
                holder[at] = _Keyed(holder[at], within) if isinstance(holder[at], list) else holder[at]
    return _unkeyed(data[""])


class _Keyed(dict[str, Any]):
    def __init__(self, items: list[Any], node: Node | None) -> None:
        super().__init__(keyed(node, items))


def _below(node: Node | None, holder: Any, step: str) -> Node | None:
    if node is None:
        return None
    return node.items if isinstance(holder, _Keyed) else node.child(step)


def _unkeyed(value: Any) -> Any:
    if isinstance(value, _Keyed):
        return [_unkeyed(item) for item in value.values()]
    if isinstance(value, dict):
        return {name: _unkeyed(inner) for name, inner in value.items()}
    return [_unkeyed(item) for item in value] if isinstance(value, list) else value


def without_order(value: Any) -> Any:
    """A value with lists as what they hold, in an order of their own, and without what holds nothing."""
    if isinstance(value, dict):
        found = {name: without_order(value[name]) for name in sorted(value)}
        return {name: inner for name, inner in found.items() if inner not in ([], {})}
    if isinstance(value, list):
        return sorted((item for item in map(without_order, value) if item not in ([], {})), key=repr)
    return value


@given(a_kind.flatmap(lambda kind: st.tuples(st.just(kind), values(KINDS[kind].root))))
def test_a_record_compared_with_itself_yields_nothing(made: tuple[str, Any]) -> None:
    kind, data = KINDS[made[0]], made[1]
    assert events(kind, data, deepcopy(data)) == ()


@given(a_pair)
def test_events_done_to_the_one_side_make_the_other(made: tuple[str, tuple[Any, Any]]) -> None:
    kind, (before, after) = KINDS[made[0]], made[1]
    done = applied(kind.root, before, events(kind, before, after))
    assert repr(without_order(done)) == repr(without_order(after))


@given(a_pair)
def test_from_the_other_side_every_event_is_mirrored(made: tuple[str, tuple[Any, Any]]) -> None:
    kind, (before, after) = KINDS[made[0]], made[1]
    there, back = events(kind, before, after), events(kind, after, before)
    assert in_any_order(map(mirrored, there)) == in_any_order(back)


@given(a_pair)
def test_every_value_that_is_another_lies_under_an_event_and_every_event_over_one(
    made: tuple[str, tuple[Any, Any]],
) -> None:
    kind, (before, after) = KINDS[made[0]], made[1]
    old, new = dict(leaves(kind.root, before, ())), dict(leaves(kind.root, after, ()))
    changed = {path for path in {*old, *new} if repr(old.get(path, _NONE)) != repr(new.get(path, _NONE))}
    found = {event.path for event in events(kind, before, after) if not isinstance(event, Moved)}
    assert all(any(leaf[: len(path)] == path for path in found) for leaf in changed)
    assert all(any(leaf[: len(path)] == path for leaf in changed) for path in found)


_NONE = object()


def leaves(node: Node | None, value: Any, at: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Any]]:
    """Every value by the fields and keys that lead to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(node.child(name) if node else None, inner, (*at, name))
    elif isinstance(value, list):
        for item in value:
            key = next((key for key in keys_of(node) if isinstance(item, dict) and key in item), None)
            name = str(item[key]) if key is not None else item
            yield from leaves(node.items if node else None, item, (*at, name))
    else:
        yield at, value


@settings(max_examples=200)
@given(a_pair, st.sampled_from(["staff", "family", "student"]))
@example(("plan", ({"reason": "The new timetable."}, {})), "staff")
@example(("plan", ({}, {"reason": ""})), "family")
def test_whatever_changed_is_told_and_in_whole_sentences(made: tuple[str, tuple[Any, Any]], voice: Any) -> None:
    kind, (before, after) = KINDS[made[0]], made[1]
    old, new = record_of(kind, before, "before"), record_of(kind, after, "after")
    found = compare({old.id: old}, {new.id: new}, REGISTRY.kinds)
    names = Names(voice=voice, units={"a": "% correct"})
    told = narrate(found, {old.id: old}, {new.id: new}, REGISTRY.kinds, names, tellers=TELLERS)
    places = {event.path[:1] for event in found if not isinstance(event, Moved)}
    sentences = [sentence.text for account in told for passage in account.passages for sentence in passage.sentences]
    assert bool(sentences) >= bool(places)
    for sentence in sentences:
        assert sentence == sentence.strip()
        assert sentence[-1] in ".!?…”"
        assert "\n" not in sentence
        assert "{" not in sentence.replace("{}", "")
        assert "None" not in sentence


@given(a_kind.flatmap(lambda kind: st.tuples(st.just(kind), values(KINDS[kind].root))))
def test_a_record_that_came_or_went_is_one_event(made: tuple[str, Any]) -> None:
    kind, data = KINDS[made[0]], made[1]
    record = record_of(kind, data, "one")
    (came,) = compare({}, {record.id: record}, REGISTRY.kinds)
    (went,) = compare({record.id: record}, {}, REGISTRY.kinds)
    assert (type(came), type(went)) == (Added, Left)
    assert came.path == went.path == ()
    assert narrate((came,), {}, {record.id: record}, REGISTRY.kinds, Names(), tellers=TELLERS)
    assert narrate((went,), {record.id: record}, {}, REGISTRY.kinds, Names(), tellers=TELLERS)


@pytest.mark.parametrize(
    ("before", "after", "is_change"), [(1, 1.0, False), (1, True, True), (0, False, True), ("1", 1, True)]
)
def test_a_yes_is_no_one_and_a_text_no_number(before: Any, after: Any, is_change: bool) -> None:
    plan = REGISTRY.kinds["plan"]
    assert bool(events(plan, {"layer": before}, {"layer": after})) is is_change


@pytest.mark.parametrize("field", ["needs", "parents_view"])
def test_a_yes_is_no_one_within_a_list_or_group_that_is_equal_to_python(field: str) -> None:
    plan = REGISTRY.kinds["plan"]
    one, yes = ({"id": "a", "whim": value} for value in (1, True))
    assert [one] == [yes]
    (changed,) = events(plan, {field: [one]}, {field: [yes]})
    assert changed.path == (field, "a", "whim")
    assert events(plan, {field: [one]}, {field: [dict(one)]}) == ()


def test_records_that_are_the_same_object_or_have_one_digest_are_not_looked_into() -> None:
    plan = REGISTRY.kinds["plan"]
    same = record_of(plan, {"summary": "a"}, "one")
    assert compare({same.id: same}, {same.id: same}, REGISTRY.kinds) == ()
    alike = replace(same, data={"summary": "not looked at"})
    assert compare({same.id: same}, {same.id: alike}, REGISTRY.kinds) == ()


def test_two_entries_with_one_key_are_both_compared() -> None:
    plan = REGISTRY.kinds["plan"]
    twice = [{"id": "a", "name": "One"}, {"id": "a", "name": "Two"}]
    (event,) = events(plan, {"needs": twice}, {"needs": [twice[0], {"id": "a", "name": "Three"}]})
    assert (event.path, event.before, event.after) == (("needs", "a#2", "name"), "Two", "Three")


MORNING, AFTERNOON = {"on": "2026-11-16", "value": 3}, {"on": "2026-11-16", "value": 5}


@pytest.mark.parametrize(
    ("before", "after", "paths"),
    [
        ([MORNING], [MORNING, {"id": "second", **AFTERNOON}], [("second",)]),
        ([MORNING], [{"id": "first", **MORNING}, {"id": "second", **AFTERNOON}], [("second",)]),
        ([MORNING], [{"id": "first", **MORNING}], []),
        ([MORNING], [{**MORNING, "value": 4}], [("2026-11-16", "value")]),
        ([MORNING], [{"id": "first", **AFTERNOON}], [("first",), ("2026-11-16",)]),
        ([MORNING, {"id": "second", **AFTERNOON}], [MORNING], [("second",)]),
    ],
)
def test_a_measurement_goes_by_its_day_until_it_has_a_name_of_its_own(
    before: list[Any], after: list[Any], paths: list[tuple[str, ...]]
) -> None:
    plan = REGISTRY.kinds["plan"]
    target = {"id": "reads-aloud"}
    found = events(plan, {"targets": [{**target, "progress": before}]}, {"targets": [{**target, "progress": after}]})
    assert [event.path[3:] for event in found] == paths


def test_what_no_schema_knows_is_compared_as_well() -> None:
    plan = REGISTRY.kinds["plan"]
    (event,) = events(plan, {"whim": {"list": [{"id": "a", "x": 1}]}}, {"whim": {"list": [{"id": "a", "x": 2}]}})
    assert event.path == ("whim", "list", "a", "x")
