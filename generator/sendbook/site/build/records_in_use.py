"""The shared records a site can rest on while some of them have an error.

A record that belongs to no student and has an error is left out of the site, and its last sound version stands in for
it, less all that the newer one takes away, and less each text that today tells all families whom it may not. While the
campus itself or the policy is such a record nobody gains anything, whichever record would give it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sendbook.access.narrowing import narrowed, within
from sendbook.campus.digests import digest_of
from sendbook.campus.folder import RECORDS, Loaded, Scan
from sendbook.campus.records import Campus, Record
from sendbook.campus.salvage import NOTHING_READ, Salvaged, salvage
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.strict_yaml import MAX_BYTES
from sendbook.checks.finding import Finding, Severity, has_errors
from sendbook.checks.sound_shared import alike, is_shared
from sendbook.site.build.last_good import LastShared

#: While one of these has an error nobody gains anything: it decides who sees what, or proves who doesn't.
_DECIDING = frozenset({"campus", "access", "access-tests", "withdrawn"})
#: Where one of these has an error, and no sound version is known, there is nothing to rest a site on.
_NEEDED = ("campus", "access", "withdrawn")
_SCHEMAS = "schemas"
# How the codes begin of a text that tells families what is not for them.
_TELLS = "TXT"

#: What is there instead of a text that may not be shown any more.
BEING_CORRECTED = "This text is being corrected."

#: Checks the shared records of a campus, of which those with these paths are known to be out of use.
Check = Callable[[Campus, frozenset[str]], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsInUse:
    """Holds the shared records to build from.

    ``standing_in`` are the ids of those that stand in for a newer version, ``left_out`` the paths of those with an
    error and no sound version to fall back on. ``silenced`` are the ids of those that stand in without a text that may
    not be shown any more. ``capped`` are the people who may gain nothing, None if that is
    everybody; ``whole`` is False where there is nothing to build from at all.
    """

    records: tuple[Record, ...] = field(repr=False)
    standing_in: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    silenced: frozenset[str] = frozenset()
    capped: frozenset[str] | None = frozenset()
    whole: bool = True

    @property
    def nobody_gains(self) -> bool:
        """Whether everybody is held to what they had."""
        return self.capped is None

    @property
    def is_plain(self) -> bool:
        """Whether these are the records as they lie in the folder."""
        return self.whole and not (self.standing_in or self.left_out or self.nobody_gains)

    def campus(self, registry: SchemaRegistry) -> Campus:
        """Returns the records as a campus."""
        return Campus(self.records, registry)


def records_in_use(
    root: Path, scan: Scan, loaded: Loaded, findings: Iterable[Finding], last: LastShared, check: Check
) -> RecordsInUse:
    """Returns what can be built from; ``findings`` are all there are about shared records and files out of place."""
    findings = list(findings)
    if any(one.severity is Severity.ERROR and one.path.startswith(_SCHEMAS) for one in findings):
        return RecordsInUse(records=(), whole=False)  # a schema says which part of a record is whose: all rests on it
    wrong = _wrong(scan, findings, last)
    if not has_errors(findings):
        return RecordsInUse(records=tuple(loaded.campus.records.values()))
    # Also where no shared record is wrong yet: while there is an error anywhere, not all was asked of them before.
    read: dict[str, Salvaged] = {}
    silent: set[tuple[str, str]] = set()
    while True:
        read |= {one: read_in_part(root, one) for one in wrong - read.keys()}
        in_use = _without(loaded.campus, wrong, read, last, silent)
        asked = check(in_use.campus(loaded.campus.registry), in_use.left_out)
        errors = [one for one in asked if one.severity is Severity.ERROR and is_shared(one.path)]
        more = {_id(one.path) for one in errors} - wrong
        # What came into the records since may be in a text that was published long ago.
        telling = {(_id(one.path), one.pointer) for one in errors if one.code.startswith(_TELLS)}
        telling = {(record, pointer) for record, pointer in telling if record in in_use.standing_in} - silent
        if not more and not telling:
            return in_use
        wrong |= more
        silent |= telling


def _without(
    sound: Campus, wrong: set[str], read: Mapping[str, Salvaged], last: LastShared, silent: Set[tuple[str, str]]
) -> RecordsInUse:
    """Returns the records with the last sound version of each that is wrong, or without it; ``silent`` are the places
    of texts that are not shown.
    """
    nobody_gains = bool(wrong & _DECIDING)
    kept = {one.id: one for one in sound.records.values() if one.id not in wrong}
    standing_in, left_out = set(), set()
    for record_id in sorted(wrong):
        found = last.get(record_id)
        if found is None:
            left_out.add(f"{RECORDS}/{record_id}.yml")
            continue
        record, on = found
        settled = sound.registry.kinds[record.kind].traits.settled
        left = narrowed(record.kind, record.data, read[record_id], sound_on=on, settled=settled)
        places = [pointer for one, pointer in silent if one == record_id]
        kept[record_id] = _with_data(record, _silenced(left, places))
        standing_in.add(record_id)
    if nobody_gains:
        kept = dict(_held_back(kept, standing_in, last))
    people = frozenset(one.rpartition("/")[2] for one in wrong if one.startswith("people/"))
    return RecordsInUse(
        records=tuple(kept.values()),
        standing_in=frozenset(standing_in),
        left_out=frozenset(left_out),
        silenced=frozenset(record_id for record_id, _ in silent),
        capped=None if nobody_gains else people,
        whole=all(name in kept or name not in wrong for name in _NEEDED),
    )


def _held_back(kept: Mapping[str, Record], standing_in: set[str], last: LastShared) -> Iterable[tuple[str, Record]]:
    """The records as far as they give nobody more than before."""
    known = set(last.ids)
    for record_id, record in kept.items():
        if record_id in standing_in or record.kind not in ("access", "campus", "person"):
            yield record_id, record
            continue
        found = last.get(record_id) if record_id in known else None
        if found is not None and found[0].digest == record.digest:
            yield record_id, record
            continue
        before, on = (found[0].data, found[1]) if found is not None else (None, "")
        data = within(record.kind, before, record.data, sound_on=on)
        if data is not None:
            yield record_id, _with_data(record, data)


def _with_data(record: Record, data: Mapping[str, Any]) -> Record:
    """The record with other data, under a digest that says so; the very record if nothing is taken away."""
    return record if data == record.data else replace(record, data=data, digest=digest_of(data))


def _silenced(data: Mapping[str, Any], pointers: Iterable[str]) -> Mapping[str, Any]:
    """Returns the data with the words that a text is being corrected in these places."""
    left = copy.deepcopy(dict(data))
    for pointer in pointers:
        *way, name = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
        around: Any = left
        for part in way:
            around = around[int(part) if isinstance(around, list) else part]
        around[int(name) if isinstance(around, list) else name] = BEING_CORRECTED
    return left


def _wrong(scan: Scan, findings: Iterable[Finding], last: LastShared) -> set[str]:
    """The ids of the shared records that can't be used: with an error, or no longer where they were, and a file with a
    name like theirs out of place.
    """
    errors = {one.path for one in findings if one.severity is Severity.ERROR and is_shared(one.path)}
    there = {entry.path for entry in scan.entries}
    ids = set(last.ids)
    wrong = {_id(path) for path in errors if path in there or _id(path) in ids}
    for path in errors - there:
        wrong |= {one for one in ids if f"{RECORDS}/{one}.yml" not in there and alike(path, f"{RECORDS}/{one}.yml")}
    return wrong


def _id(path: str) -> str:
    return path.removeprefix(f"{RECORDS}/").removesuffix(".yml")


def read_in_part(root: Path, record_id: str) -> Salvaged:
    """Returns what can be read of a record's file, sound or not; nothing where there is none."""
    path = root / RECORDS / f"{record_id}.yml"
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return NOTHING_READ
    try:
        return salvage(path.read_bytes())
    except OSError:
        return NOTHING_READ
