"""Words that are not for the family: where a record holds them, so that they carry their mark wherever they are told.

An entry is one of these where its schema names a field that opens it to the family (``family_if`` of ``x-owner``) and
that field does not say yes. What was said to one adult is read aloud at a meeting in good faith if nothing says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.history.comparison import keyed
from sendbook.history.events import Path

#: The mark, as it is read before the words.
NOT_FOR_THE_FAMILY = "Not for the family"


class Sentence(NamedTuple):
    """Holds a sentence of what changed; ``confidential`` if it gives words that are not for the family."""

    text: str
    confidential: bool = False

    def marked(self) -> str:
        """Returns the sentence with its mark before it, for a terminal or a plain file."""
        return f"{NOT_FOR_THE_FAMILY}: {self.text}" if self.confidential else self.text


class Confidence(NamedTuple):
    """Names an entry of a record, by the record's id and its path in it."""

    record: str
    path: Path


def confidential_places(states: Iterable[Mapping[str, Record]], kinds: Mapping[str, Kind]) -> frozenset[Confidence]:
    """Returns the entries not for the family by the last state that has them; ``states`` are the oldest first."""
    return kept_from_family(answers(states, kinds))


def answers(states: Iterable[Mapping[str, Record]], kinds: Mapping[str, Kind]) -> dict[Confidence, bool]:
    """Returns each entry that can be opened to the family, with whether the last state that has it keeps it from them.

    ``states`` are the oldest first. What later states answer counts before what earlier ones do.
    """
    return dict(_answers(states, kinds))


def kept_from_family(answered: Mapping[Confidence, bool]) -> frozenset[Confidence]:
    """Returns the entries that are kept from the family."""
    return frozenset(place for place, confidential in answered.items() if confidential)


def opened_by_field(states: Iterable[Mapping[str, Record]], kinds: Mapping[str, Kind]) -> frozenset[Confidence]:
    """Returns every entry that can be opened to the family or kept from them, in any of the states."""
    return frozenset(place for place, _ in _answers(states, kinds))


def _answers(states: Iterable[Mapping[str, Record]], kinds: Mapping[str, Kind]) -> Iterator[tuple[Confidence, bool]]:
    """Each such entry of each state, and whether it is kept from the family there."""
    last: dict[str, Record] = {}
    for records in states:
        for record in records.values():
            kind = kinds.get(record.kind)
            if kind is None or last.get(record.id) is record:  # it answers as it did in the state before
                continue
            last[record.id] = record
            for path, confidential in _owned(kind.root, record.data, (), kind.with_confidences):
                yield Confidence(record.id, path), confidential


def touches(path: Path, places: Iterable[Path]) -> bool:
    """Whether a change at a path may give words of an entry at one of the places: it lies in it, or holds it.

    A whole record that came or went (an empty path) is told without anybody's words.
    """
    return any(path[: len(one)] == one or (path and one[: len(path)] == path) for one in places)


def _owned(node: Node | None, value: Any, path: Path, holding: frozenset[Node]) -> Iterator[tuple[Path, bool]]:
    """Every entry that a field of its own can open to the family, and whether it is kept from them."""
    if node is None or node not in holding:
        return
    if isinstance(value, list):
        for name, item in keyed(node, value).items():
            yield from _owned(node.items, item, (*path, name), holding)
    elif isinstance(value, Mapping):
        if node.owner is not None and node.owner.family_if is not None:
            yield path, node.owner.is_confidential(value)
        for name, inner in value.items():
            yield from _owned(node.child(name), inner, (*path, name), holding)
