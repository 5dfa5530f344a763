"""Tells what changed, in sentences: events of projections in, passages with a heading out.

Everything said comes from the projections and the names handed in, so it is as safe as they are. Words for a kind of
record are handed in as tellers; the rest, headings and the names of records too, is told from the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sendbook.campus.links import Links
from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.campus.traits import LAST
from sendbook.history.confidences import Confidence, Sentence, confidential_places, touches
from sendbook.history.events import Event, Path
from sendbook.history.exchanges import exchanged
from sendbook.history.names import Names
from sendbook.history.phrases import ALONE, Around, ended, title_of
from sendbook.history.telling import Group, Tellers, groups, plainly

_NOTHING: Mapping[str, Any] = {}
#: Stands above the reason for a version: told first, once, and not as a change of its own.
WHY = "Why"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences under a heading; ``of_record`` where that only says again which kind of record it is."""

    heading: str
    sentences: tuple[Sentence, ...]
    of_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Holds what changed in one record, in sentences. ``title`` says which: "Annual review, 29 September 2026"."""

    record: str
    kind: str
    title: str
    passages: tuple[Passage, ...]

    @property
    def under_its_title(self) -> tuple[Passage, ...]:
        """Returns the passages below the title: why first, then what needs no heading of its own, then what has one."""
        return tuple(sorted(self.passages, key=lambda passage: (passage.heading != WHY, not passage.of_record)))


def narrate(
    events: Iterable[Event],
    before: Mapping[str, Record],
    after: Mapping[str, Record],
    kinds: Mapping[str, Kind],
    names: Names,
    confidential: Iterable[Confidence] = (),
    *,
    tellers: Tellers,
) -> tuple[Account, ...]:
    """Returns the events between two projections (records by id) in the words of one reader, record by record.

    ``confidential`` are entries that are not for the family today, whatever they were on either side; what is so on the
    later side is found here. A family is handed none of them, so nothing they read is marked. ``tellers`` are the words
    of single kinds.
    """
    events = tuple(events)
    named = {event.record for event in events}
    sides = ({name: side[name] for name in named if name in side} for side in (before, after))
    places = set() if names.voice == "family" else {*confidential, *confidential_places(sides, kinds)}
    told: list[Account] = []
    sides_around = (Links(after.values(), kinds), Links(before.values(), kinds))
    for record, own in groupby(events, key=lambda event: event.record):
        if _became_the_record(record, before, after):
            continue
        old, new = before.get(record), after.get(record)
        known = new or old
        kind = kinds.get(known.kind) if known is not None else None
        both = (old.data if old else _NOTHING, new.data if new else _NOTHING)
        paths = frozenset(place.path for place in places if place.record == record)
        around = Around(student=known.student or "", sides=sides_around) if known is not None else ALONE
        passages = tuple(passages_of(own, kind, *both, names, paths, around, tellers=tellers))
        if known is not None and passages:
            told.append(
                Account(record=record, kind=known.kind, title=name_of_record(known, kind, names), passages=passages)
            )
    return tuple(sorted(told, key=lambda account: place_of(kinds.get(account.kind))))


def _became_the_record(record: str, before: Mapping[str, Record], after: Mapping[str, Record]) -> bool:
    """Whether a draft is gone because what it was for has changed: it is told of that."""
    agreed = record.replace("/drafts/", "/")
    return record != agreed and record not in after and agreed in after and before.get(agreed) != after[agreed]


def name_of_record(record: Record, kind: Kind | None, names: Names) -> str:
    """Returns what a record is called, for a reader who sees this much of it."""
    name = kind.name_of(record.data, names.known) if kind is not None else record.kind
    return f"{name}, draft" if "/drafts/" in record.id else name


def place_of(kind: Kind | None) -> float:
    """Returns a number that says where a kind comes among others."""
    return kind.traits.order if kind is not None else LAST


def passages_of(
    events: Iterable[Event],
    kind: Kind | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Names,
    confidential: frozenset[Path] = frozenset(),
    around: Around = ALONE,
    *,
    tellers: Tellers,
) -> Iterator[Passage]:
    """Yields what changed in one record: why first, then heading by heading in the order of the schema.

    ``confidential`` are the paths of entries whose words are marked as not for the family, ``around`` the other records
    of the student.
    """
    name = kind.name if kind is not None else ""
    reason = kind.traits.reason if kind is not None else ""
    root = kind.root if kind is not None else None
    found: dict[str, list[Sentence]] = {}
    of_record = _heading(kind, root, "", names)
    for section, group in exchanged(groups(events, root, before, after, names, around)):
        if not section:
            found.setdefault(WHY, []).extend(map(Sentence, _reason(reason, group)))
        marked = any(touches((*group.path, *path), confidential) for path in group.waiting)
        teller = tellers.get((name, section))
        heading = _heading(kind, root, section, names)
        lines = [] if group.waiting and teller is None else list(teller(group)) if teller is not None else []
        found.setdefault(heading, []).extend(Sentence(line, marked) for line in (*lines, *plainly(group)))
    for heading in (WHY, *(heading for heading in found if heading != WHY)):
        if found.get(heading):
            yield Passage(heading=heading, sentences=tuple(found[heading]), of_record=heading == of_record)


def _reason(field: str, group: Group) -> Iterator[str]:
    said = group.after.get(field) if isinstance(group.after, Mapping) else None
    # A reason that was taken out, or left empty, is a change like any other.
    if field and isinstance(said, str) and said.strip() and group.take(field):
        yield ended(said)


def _heading(kind: Kind | None, root: Node | None, section: str, names: Names) -> str:
    if not section:
        return kind.title if kind is not None else "Record"
    node = root.child(section) if root is not None else None
    return (node.heading(names.voice) if node is not None else "") or title_of(node, section)
