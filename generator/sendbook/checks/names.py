"""Knows what everybody is called: asked for by whoever looks for people in texts that are about somebody else.

Reading every student's name takes a moment on a large campus. So a digest of them all is remembered, and the names
themselves are read only if some text has to be looked through.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, Entry, Scan
from sendbook.campus.records import Campus, Record
from sendbook.checks.known import NAMES, KnownFindings
from sendbook.checks.texts.everybody import Everybody

# What of a student's own record says who they are, and who may know them anyway.
_NAMING = ("name", "sign_in", "family")


@dataclass(frozen=True)
class Names:
    """The names of a campus: of its people, and of all its students."""

    folder: CampusFolder
    shared: Campus
    entries: tuple[Entry, ...]
    cache: ParseCache | None

    @classmethod
    def of(cls, folder: CampusFolder, shared: Campus, scan: Scan, cache: ParseCache | None) -> Names:
        """Of what was scanned; nothing is read yet."""
        entries = tuple(entry for entry in scan.entries if entry.kind == "student")
        return cls(folder=folder, shared=shared, entries=entries, cache=cache)

    @cached_property
    def everybody(self) -> Everybody:
        """All of them, ready to be looked for."""
        return Everybody.among(self.shared.of_kind("person"), self.headers.of_kind("student"))

    @cached_property
    def headers(self) -> Campus:
        """Every student's own record."""
        return self.folder.load(self.entries, self.cache).campus

    def header_of(self, student: str) -> Record | None:
        """One student's own record."""
        return self.headers.get(f"students/{student}/student")

    def digest(self, known: KnownFindings) -> str:
        """Stands for all students' names; those of people stand in the basis of everything that is known."""
        files = self._files()
        before = known.of(NAMES, files) if files else None
        if before is not None:
            return str(before.beside)
        named = [
            [one.id, [_plain(one.data.get(field)) for field in _NAMING]] for one in self.headers.of_kind("student")
        ]
        digest = blake2b(json.dumps(named, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()
        if files := self._files():
            known.add(NAMES, files, (), beside=digest)
        return digest

    def _files(self) -> dict[str, str]:
        """The digest of each file, by path; nothing if one is unknown, because it was written just now."""
        files = self.cache.recall(self.entries) if self.cache is not None else {}
        return files if len(files) == len(self.entries) else {}


def _plain(value: object) -> Any:
    return value if value is not None else ""
