"""Knows what everybody is called: for looking for people in texts that are about somebody else.

Reading every student's name takes a moment on a large campus. So a digest of them all is remembered, and the names
themselves are read only if some text has to be looked through.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

from sendbook.access.projection import known as known_fields
from sendbook.campus.cache import ParseCache
from sendbook.campus.called import called
from sendbook.campus.folder import CampusFolder, FileStamp, Scan
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.salvage import salvage
from sendbook.checks.finding_cache import NAMES, FindingCache
from sendbook.checks.texts.everybody import Everybody, Known

# What of a student's own record says who they are, and who may know them anyway.
_NAMING = ("name", "sign_in", "family")


@dataclass(frozen=True)
class Names:
    """The names of a campus: of its people, and of all its students.

    ``read`` gives the students' own records, where the caller has them already, and ``known`` who was in which before.
    """

    folder: CampusFolder
    shared: Campus
    entries: tuple[FileStamp, ...]
    cache: ParseCache | None
    read: Callable[[], Campus] | None = None
    known: dict[str, Known] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, folder: CampusFolder, shared: Campus, scan: Scan, cache: ParseCache | None) -> Names:
        """Of what was scanned; nothing is read yet."""
        entries = tuple(entry for entry in scan.entries if entry.kind == STUDENT)
        return cls(folder=folder, shared=shared, entries=entries, cache=cache)

    @cached_property
    def everybody(self) -> Everybody:
        """All of them, ready to be looked for."""
        return Everybody.among(self.shared.of_kind(PERSON), self.headers.of_kind(STUDENT), self.known)

    @cached_property
    def headers(self) -> Campus:
        """Every student's own record."""
        if self.read is not None:
            return self.read()
        return Campus(named_students(self.folder, self.entries, self.cache), self.folder.registry)

    def header_of(self, student: str) -> Record | None:
        """One student's own record."""
        return self.headers.get(f"students/{student}/student")

    def digest(self, finding_cache: FindingCache) -> str:
        """Stands for all students' names; those of people stand in the basis of everything that is known."""
        files = self._files()
        before = finding_cache.of(NAMES, files) if files else None
        if before is not None:
            return str(before.beside)
        named = [[one.id, [_plain(one.data.get(field)) for field in _NAMING]] for one in self.headers.of_kind(STUDENT)]
        digest = blake2b(json.dumps(named, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()
        if files := self._files():
            finding_cache.add(NAMES, files, (), beside=digest)
        return digest

    def _files(self) -> dict[str, str]:
        """The digest of each file, by path; nothing if one is unknown, because it was written just now."""
        files = self.cache.recall(self.entries) if self.cache is not None else {}
        return files if len(files) == len(self.entries) else {}


def _plain(value: object) -> Any:
    return value if value is not None else ""


def named_students(folder: CampusFolder, entries: Iterable[FileStamp], cache: ParseCache | None) -> list[Record]:
    """The students' own records, as far as each can be read."""
    listed = list(entries)
    loaded = folder.load(listed, cache).campus
    found = (_readable(folder, entry, loaded.get(entry.record_id)) for entry in listed)
    return [one for one in found if one is not None]


def _readable(folder: CampusFolder, entry: FileStamp, record: Record | None) -> Record | None:
    """A student's record as names are looked for in it: one with an error is read as far as that goes."""
    kind = folder.registry.kinds[STUDENT]
    if record is not None and kind.is_valid(record.data):
        return record
    try:
        data = record.data if record is not None else salvage(folder.read(entry)).data
    except OSError:
        return None
    data = {**data, "name": called(data)._asdict()}
    whole = Record(id=entry.record_id, kind="student", student=entry.student, path=entry.path, digest="", data=data)
    clean = known_fields(whole, kind)
    return replace(whole, data=clean) if isinstance(clean, Mapping) else None
