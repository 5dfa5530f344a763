"""Keeps the last sound records in the bundle, so that they can stand in while a newer version has an error.

Of a student also how each reader stood to them when the pages were made: who stands narrower since is not served those
pages any more. They lie where the pages lie that were made of them, and go when those go.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sendbook.access.remembered import as_plain, from_plain
from sendbook.access.sight import Standing
from sendbook.bundle.publication import Publication
from sendbook.bundle.store import Bundle
from sendbook.campus.records import Campus, Record
from sendbook.checks.texts.reaching import Reached
from sendbook.site.build.family_contacts import Contacts

#: Under this name the bundle keeps what a student's pages were last made of.
LAST_GOOD = "last-good"
_SHARED = "~shared"
_INDEX = "~index"
_QUICK = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """Holds what a student's pages were last made of.

    ``rules`` names the access rules of then for those who were ``related`` to the student, as grants call them, with
    schemas and withdrawals; ``readers`` holds each reader's standing and the projection they were given. ``told`` are
    the sentences about earlier versions that somebody at home reads, and ``contacts`` how the family could be reached,
    by projection and person.
    """

    rules: str
    related: frozenset[str]
    records: tuple[Record, ...] = field(repr=False)
    readers: Mapping[str, tuple[Standing, str]]
    told: tuple[Reached, ...] = field(default=(), repr=False)
    contacts: Mapping[str, Contacts] = field(default_factory=dict, repr=False)


def pack(
    rules: str,
    related: Iterable[str],
    records: Iterable[Record],
    readers: Mapping[str, tuple[Standing, str]],
    told: Iterable[Reached] = (),
    contacts: Mapping[str, Contacts] | None = None,
) -> bytes:
    """Returns the bytes that `unpack` reads."""
    distinct: dict[Standing, int] = {}
    rows = {
        reader: [distinct.setdefault(stands, len(distinct)), projection]
        for reader, (stands, projection) in readers.items()
    }
    said = {"rules": rules, "related": sorted(related), "records": list(map(_plain, records)), "readers": rows}
    said |= as_plain(distinct)
    said["told"] = [[one.record.id, one.text, sorted(one.readers)] for one in told]
    said["contacts"] = contacts or {}
    return zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), _QUICK)


def unpack(kept: bytes) -> LastGood:
    """Returns what was packed."""
    said = json.loads(zlib.decompress(kept))
    standings = from_plain(said)
    records = {str(one[0]): _record(one) for one in said["records"]}
    return LastGood(
        rules=said["rules"],
        related=frozenset(said["related"]),
        records=tuple(records.values()),
        told=tuple(
            Reached(record=records[identity], pointer="", text=text, readers=frozenset(readers))
            for identity, text, readers in said["told"]
        ),
        readers={reader: (standings[number], projection) for reader, (number, projection) in said["readers"].items()},
        contacts=said.get("contacts", {}),
    )


def last_good_of(bundle: Bundle, student: str) -> LastGood | None:
    """Returns what the bundle keeps of a student, if anything."""
    kept = bundle.remembered(student, LAST_GOOD)
    return unpack(kept) if kept else None


class LastShared:
    """Remembers the last sound version of each shared record, with the last day on which it was sound."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @cached_property
    def _index(self) -> dict[str, str]:
        kept = self._bundle.remembered(_SHARED, _INDEX)
        found: dict[str, str] = json.loads(kept) if kept else {}
        return found

    @property
    def ids(self) -> Sequence[str]:
        """Returns the ids of all records that are kept."""
        return list(self._index)

    def get(self, record_id: str) -> tuple[Record, str] | None:
        """Returns a record, and the last day on which it was sound."""
        kept = self._bundle.remembered(_SHARED, record_id)
        if kept is None:
            return None
        said = json.loads(zlib.decompress(kept))
        return _record(said["record"]), str(said["on"])

    def remember(self, change: Publication, sound: Campus, standing_in: Iterable[str], on: str) -> None:
        """Keeps the sound records; forget those that are gone, and leave the versions that are ``standing_in``."""
        now = {one.id: one.digest for one in sound.records.values() if one.id not in standing_in}
        kept = {one: self._index[one] for one in standing_in if one in self._index}
        for record_id, digest in now.items():
            if self._index.get(record_id) != digest:
                said = {"on": on, "record": _plain(sound.records[record_id])}
                change.remember(_SHARED, record_id, _packed(said))
        for gone in self._index.keys() - now.keys() - kept.keys():
            change.remember(_SHARED, gone, None)
        if (index := {**now, **kept}) != self._index:
            change.remember(_SHARED, _INDEX, json.dumps(index).encode())
            self._index = index


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), _QUICK)


def _plain(record: Record) -> list[Any]:
    return [record.id, record.kind, record.student, record.path, record.digest, record.data]


def _record(said: Sequence[Any]) -> Record:
    identity, kind, student, path, digest, data = said
    return Record(id=identity, kind=kind, student=student, path=path, digest=digest, data=data)
