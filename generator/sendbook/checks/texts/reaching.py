"""Finds the texts of one student that a family or the student reads, each with its place in the record and its readers.

What they read are projections; a place in a projection is brought back to the place in the file, so that a person can
correct it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.projection import A_MAPPING
from sendbook.access.student_file import ProjectedStudent
from sendbook.access.views import Scope, scopes
from sendbook.campus.nodes import Node
from sendbook.campus.records import Campus, Record

AT_HOME = ("family", "student")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A text, where it is written, and who of the family and the student reads it."""

    record: Record
    pointer: str
    text: str = field(repr=False)
    readers: frozenset[str]


def texts_reaching(own: Campus, student: str, on: date, basis: Basis) -> list[Reached]:
    """Returns every text of a student that somebody at home can read that day."""
    found, projections = scopes(own, student, on, basis=basis)
    return reached_by(own, found, projections, basis)


def reached_by(
    own: Campus, found: tuple[Scope, ...], projections: Mapping[str, ProjectedStudent], basis: Basis
) -> list[Reached]:
    """The same where scopes and projections are known already."""
    readers: dict[str, set[str]] = {}
    for scope in found:
        if projections[scope.projection].manner in AT_HOME:
            readers.setdefault(scope.projection, set()).add(scope.reader)
    shown: dict[tuple[str, str], tuple[Record, set[str]]] = {}
    for projection, who in readers.items():
        for record in projections[projection].records.values():
            shown.setdefault((record.id, record.digest), (record, set()))[1].update(who)
    places: dict[tuple[str, str, str], set[str]] = {}
    for record, who in shown.values():
        whole = own.records[record.id]
        for pointer, text in texts_in(basis.kinds[record.kind].root, whole.data, record.data):
            places.setdefault((record.id, pointer, text), set()).update(who)
    return [
        Reached(record=own.records[identity], pointer=pointer, text=text, readers=frozenset(who))
        for (identity, pointer, text), who in places.items()
    ]


def texts_of(found: Iterable[Scope], projections: Mapping[str, ProjectedStudent]) -> frozenset[str]:
    """The texts that somebody at home reads, wherever they are written."""
    at_home = {scope.projection for scope in found if projections[scope.projection].manner in AT_HOME}
    records = {record.digest: record for name in at_home for record in projections[name].records.values()}
    texts: set[str] = set()
    waiting: list[Any] = [record.data for record in records.values()]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.add(value)
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, A_MAPPING):
            waiting += value.values()
    return frozenset(texts)


def texts_in(node: Node | None, whole: Any, shown: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Pointer in the whole and text of every text that is shown; codes, and ids that point elsewhere, are none."""
    if isinstance(shown, str):
        if node is None or (node.link is None and "enum" not in node.schema):
            yield pointer, shown
    elif isinstance(shown, A_MAPPING) and isinstance(whole, A_MAPPING):
        for name, inner in shown.items():
            if name in whole:
                child = node.child(name) if node is not None else None
                yield from texts_in(child, whole[name], inner, f"{pointer}/{_escaped(name)}")
    elif isinstance(shown, list) and isinstance(whole, list):
        child = node.items if node is not None else None
        for at, item in _entries(whole, shown):
            yield from texts_in(child, whole[at], item, f"{pointer}/{at}")


def every_text(node: Node | None, data: Any, *, addresses: bool = False) -> Iterator[str]:
    """Yields every text of a record, for any reader: what `texts_in` finds, without ``addresses`` to sign in with."""
    waiting: list[tuple[Node | None, Any]] = [(node, data)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, str):
            if at is None or (at.link is None and "enum" not in at.schema):
                yield value
        elif isinstance(value, list):
            inside = at.items if at is not None else None
            waiting += [(inside, inner) for inner in value]
        elif isinstance(value, A_MAPPING):
            waiting += [
                (at.child(name) if at is not None else None, inner)
                for name, inner in value.items()
                if addresses or name != "email" or not isinstance(inner, str)
            ]


def _entries(whole: list[Any], shown: list[Any]) -> Iterator[tuple[int, Any]]:
    """Each entry shown with its number among all: a projection leaves entries out and keeps their order."""
    at = 0
    for item in shown:
        while at < len(whole) and not _is_cut_from(item, whole[at]):
            at += 1
        if at == len(whole):
            return
        yield at, item
        at += 1


def _is_cut_from(shown: Any, whole: Any) -> bool:
    if shown is whole:
        return True
    if isinstance(shown, A_MAPPING):
        return isinstance(whole, A_MAPPING) and all(
            name in whole and _is_cut_from(inner, whole[name]) for name, inner in shown.items()
        )
    if isinstance(shown, list):
        return isinstance(whole, list) and sum(1 for _ in _entries(whole, shown)) == len(shown)
    return bool(shown == whole)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
