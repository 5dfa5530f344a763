"""Compares two projections of the same records, entry by entry and field by field, into events.

Entries of lists are the same if their keys are (``x-key``, or ``id``), wherever they stand. Order counts only where the
schema says so (``x-ordered``). What both sides share as one object is not looked into, so the work grows with
what changed. Knows nothing of readers: the caller hands in projections, never raw records that others will see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.history.events import Added, Changed, Event, Left, Moved, Path

Records = Mapping[str, Record]
_PLAIN = (dict, Mapping)


Memo = dict[tuple[str, str, str], tuple[Event, ...]]


def compare(
    before: Records, after: Records, kinds: Mapping[str, Kind], *, memo: Memo | None = None
) -> tuple[Event, ...]:
    """Returns what changed between two sets of records (by id): records by id, fields in the order of their schema.

    Who compares the projections of many readers, most of which are alike, hands in a ``memo`` to be kept.
    """
    memo = {} if memo is None else memo
    found: list[Event] = []
    for identity in sorted({*before, *after}):
        one, other = before.get(identity), after.get(identity)
        if one is other or (one is not None and other is not None and one.digest == other.digest):
            continue
        key = (identity, one.digest if one is not None else "", other.digest if other is not None else "")
        if key not in memo:
            memo[key] = compare_record(one, other, kinds)
        found.extend(memo[key])
    return tuple(found)


def compare_record(before: Record | None, after: Record | None, kinds: Mapping[str, Kind]) -> tuple[Event, ...]:
    """Returns what changed in one record; a missing side is a record that is not there."""
    record = after or before
    if record is None:
        return ()
    kind = kinds.get(record.kind)
    comparing = _Comparing(record.id, record.kind)
    if before is None or after is None:
        return (comparing.one_sided(before, after),)
    return tuple(comparing.values(kind.root if kind else None, before.data, after.data, ()))


def keyed(node: Node | None, items: list[Any]) -> dict[str, Any]:
    """Returns the entries of a list by their keys: by ``x-key`` or ``id``, or else by what they hold.

    A key that occurs twice, which no check lets pass, is counted on, so that no entry is lost.
    """
    keys = keys_of(node)
    found: dict[str, Any] = {}
    for item in items:
        name = _name(item, keys)
        count = 1
        while (numbered := name if count == 1 else f"{name}#{count}") in found:
            count += 1
        found[numbered] = item
    return found


def keys_of(node: Node | None) -> tuple[str, ...]:
    """Returns the fields that name the entries of a list, by the first that an entry has; none for plain values."""
    if node is None:
        return ("id",)
    if node.keys:
        return node.keys
    return ("id",) if node.items is not None and "id" in node.items.properties else ()


def _as_named_now(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The earlier entries, where one that has only been given a name of its own since goes by that."""
    came = {name: item for name, item in new.items() if name not in old and isinstance(item, _PLAIN) and key in item}
    # Without the name that was given, each is as it was; one that says anything else as well is a new entry.
    were = {name: {field: value for field, value in item.items() if field != key} for name, item in came.items()}
    gone = {was: item for was, item in old.items() if was not in new}
    names = {was: name for was, item in gone.items() for name, other in were.items() if other == item}
    return {names.get(was, was): came[names[was]] if was in names else item for was, item in old.items()}


class _Comparing:
    def __init__(self, record: str, kind: str) -> None:
        self.record, self.kind = record, kind

    def values(self, node: Node | None, before: Any, after: Any, path: Path) -> Iterator[Event]:
        # Two versions of a file share no object, though most of what they hold is equal: to see that costs far less
        # than to look into it. Equal alone isn't alike (to Python ``true`` is 1, in lists too); what is written is.
        if before is after or (before == after and repr(before) == repr(after)):
            return
        if isinstance(before, _PLAIN) and isinstance(after, _PLAIN):
            yield from self._fields(node, before, after, path)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._lists(node, before, after, path)
        elif not _alike(before, after):
            yield Changed(record=self.record, kind=self.kind, path=path, before=before, after=after)

    def one_sided(self, before: Record | None, after: Record | None) -> Event:
        if after is not None:
            return Added(record=self.record, kind=self.kind, path=(), value=after.data)
        return Left(record=self.record, kind=self.kind, path=(), value=before.data if before else None)

    def _fields(
        self, node: Node | None, before: Mapping[str, Any], after: Mapping[str, Any], path: Path
    ) -> Iterator[Event]:
        known = [name for name in (node.properties if node else ()) if name in before or name in after]
        others = [name for name in dict.fromkeys((*before, *after)) if node is None or name not in node.properties]
        for name in (*known, *others):
            yield from self._sides(node.child(name) if node else None, before, after, name, path)

    def _lists(self, node: Node | None, before: list[Any], after: list[Any], path: Path) -> Iterator[Event]:
        old, new = keyed(node, before), keyed(node, after)
        if node is not None and len(node.keys) > 1:
            old = _as_named_now(node.keys[0], old, new)
        for name in (*new, *(name for name in old if name not in new)):
            yield from self._sides(node.items if node else None, old, new, name, path)
        if node is not None and node.ordered:
            was = tuple(name for name in old if name in new)
            now = tuple(name for name in new if name in old)
            if was != now:
                yield Moved(record=self.record, kind=self.kind, path=path, before=was, after=now)

    def _sides(
        self, node: Node | None, before: Mapping[str, Any], after: Mapping[str, Any], name: str, path: Path
    ) -> Iterator[Event]:
        there = (*path, name)
        if name in before and name in after:
            yield from self.values(node, before[name], after[name], there)
        elif name in after and not _is_empty(after[name]):
            yield Added(record=self.record, kind=self.kind, path=there, value=after[name])
        elif name in before and not _is_empty(before[name]):
            yield Left(record=self.record, kind=self.kind, path=there, value=before[name])


def _alike(before: Any, after: Any) -> bool:
    """Equal, and of one type: ``true`` is not 1, though 1 is 1.0."""
    return isinstance(before, bool) is isinstance(after, bool) and bool(before == after)


def _is_empty(value: Any) -> bool:
    """Whether a list or group holds nothing: written out or left out, it says the same."""
    inner = value.values() if isinstance(value, _PLAIN) else value
    return isinstance(value, (list, *_PLAIN)) and all(map(_is_empty, inner))


def _name(item: Any, keys: tuple[str, ...]) -> str:
    for key in keys if isinstance(item, _PLAIN) else ():
        said = item.get(key)
        if isinstance(said, str) or (isinstance(said, (int, float)) and not isinstance(said, bool)):
            return str(said)
    return item if isinstance(item, str) else json.dumps(item, sort_keys=True, ensure_ascii=False, default=dict)
