"""The campus folder as it lies on disk: finds the records, refuses what has no business there, loads them.

Only plain files in places a schema knows are ever opened; a link might lead out of the folder, and reading a
device might never end. Loading works on all records or on one unit (the shared records, or one student's), so
that a build can stream a campus of any size. What the records say is not looked at here.
"""

from __future__ import annotations

import gc
import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sendbook.campus.cache import ParseCache
from sendbook.campus.litter import copy_of, may_be_a_record, stray, version_of
from sendbook.campus.paths import misplaced
from sendbook.campus.problems import Problem
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.strict_yaml import MAX_BYTES, parse, too_large
from sendbook.campus.walk import SETTLED_NS, Listing, Walk, link
from sendbook.errors import CampusNotFound

RECORDS = "records"
SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStamp:
    """A record's file, by its stamp. ``path`` is relative to the campus folder: ``records/students/7Q4K/plan.yml``."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    kind: str
    student: str | None

    def is_of(self, status: os.stat_result) -> bool:
        """Whether this is the stamp of a file of this status, and nobody has written to it since."""
        return (
            stat.S_ISREG(status.st_mode)
            and status.st_mtime_ns == self.mtime_ns
            and status.st_ctime_ns == self.ctime_ns
            and status.st_size == self.size
            and status.st_ino == self.inode
        )

    @property
    def record_id(self) -> str:
        """The record's id: the path below ``records/`` without ``.yml``."""
        return self.path.removeprefix(f"{RECORDS}/").removesuffix(".yml")

    @property
    def unit(self) -> str:
        """What it is loaded with: ``shared``, or a student's id."""
        return self.student or SHARED


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The files of a campus, sorted by path, and what was refused. ``listings`` are for the next scan."""

    entries: tuple[FileStamp, ...]
    problems: tuple[Problem, ...]
    listings: Mapping[str, Listing] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def by_path(self) -> Mapping[str, FileStamp]:
        """The entries by path."""
        return {entry.path: entry for entry in self.entries}

    @cached_property
    def units(self) -> Mapping[str, tuple[FileStamp, ...]]:
        """Entries by unit: ``shared`` first, then students in the order of their ids."""
        units: dict[str, list[FileStamp]] = {SHARED: []}
        for entry in sorted(self.entries, key=lambda entry: (entry.student or "", entry.path)):
            units.setdefault(entry.unit, []).append(entry)
        return {name: tuple(entries) for name, entries in units.items()}

    def unit(self, name: str) -> tuple[FileStamp, ...]:
        """The entries of ``shared`` or of a student."""
        return self.units.get(name, ())

    @property
    def students(self) -> tuple[str, ...]:
        """The ids of students with at least one file, sorted."""
        return tuple(name for name in self.units if name != SHARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The records that could be read, the problems of the others, and each file's digest by path."""

    campus: Campus
    problems: tuple[Problem, ...]
    sources: Mapping[str, str] = field(repr=False)


class CampusFolder:
    """A campus on disk. ``root`` is the folder that holds ``records/``."""

    def __init__(self, root: Path, registry: SchemaRegistry) -> None:
        self.root = root
        self.registry = registry

    def scan(self, before: Scan | None = None) -> Scan:
        """Every record's file, without opening one. Raises CampusNotFound if there is no ``records/campus.yml``.

        ``before`` is what an earlier scan under the same schemas found: a file that is still the same is not asked
        again which record it is, and a folder that nothing has come to or gone from is not listed again.
        """
        if not (self.root / RECORDS / "campus.yml").exists():
            raise CampusNotFound(f"There is no campus in {self.root}: records/campus.yml is missing.")
        entries: list[FileStamp] = []
        problems: list[Problem] = []
        if (self.root / RECORDS).is_symlink():
            return Scan(entries=(), problems=(link(RECORDS),))
        known = before.by_path if before is not None else {}
        walk = Walk(self.root, before.listings if before is not None else {}, problems)
        for path, status in walk.below(RECORDS, self.registry.depth):
            same = known.get(path)
            if same is not None and same.is_of(status):
                entries.append(same)
            else:
                self._sort_in(path, status, entries, problems)
        found = Scan(
            entries=tuple(sorted(entries, key=lambda entry: entry.path)),
            problems=tuple(sorted(problems, key=lambda problem: problem.path)),
            listings=walk.listings,
        )
        # The same in every way: what was worked out of it is still right.
        return before if before is not None and found == before and found.listings == before.listings else found

    def read(self, entry: FileStamp) -> bytes:
        """A file's bytes. Raises OSError if it has become a link or no plain file, or grown too large, since."""
        # Not following a link, and not waiting for a pipe, in case the file was replaced since the scan.
        handle = os.open(self.root / entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(f"{entry.path} is no longer a plain file")
            source = file.read(MAX_BYTES + 1)
        if len(source) > MAX_BYTES:
            raise OSError(f"{entry.path} has grown over 1 MiB")
        return source

    def load(self, entries: Iterable[FileStamp] | None = None, cache: ParseCache | None = None) -> Loaded:
        """Records of these entries, or of the whole folder with the problems of its scan."""
        problems: list[Problem] = []
        if entries is None:
            scan = self.scan()
            entries = scan.entries
            problems.extend(scan.problems)
        with _without_gc():
            loading = _Loading(self, tuple(entries), cache)
            records = loading.records()
        campus = Campus(records, self.registry)
        return Loaded(campus=campus, problems=(*problems, *loading.problems), sources=loading.sources)

    def _unknown(self, path: str) -> Problem:
        """What a file is that no kind of record has this place for."""
        place = self.root / path
        original = version_of(place.name, [one.name for one in place.parent.iterdir()])
        if original is not None:
            return copy_of(path, original)
        return misplaced(path) if may_be_a_record(path) else stray(path)

    def _sort_in(self, path: str, status: os.stat_result, entries: list[FileStamp], problems: list[Problem]) -> None:
        match = self.registry.match(path.removeprefix(f"{RECORDS}/"))
        refused = _not_a_file(path) if not stat.S_ISREG(status.st_mode) else too_large(status.st_size, path)
        if match is None or refused:
            wrong = self._unknown(path)
            problems.append(refused if refused and match is not None else wrong)
            return
        entries.append(
            FileStamp(
                path=path,
                size=status.st_size,
                mtime_ns=status.st_mtime_ns,
                ctime_ns=status.st_ctime_ns,
                inode=status.st_ino,
                kind=match.kind.name,
                student=match.keys.get("student"),
            )
        )


class _Loading:
    """One load: what is remembered is taken from the cache, the rest is read and parsed, and then remembered."""

    def __init__(self, folder: CampusFolder, entries: tuple[FileStamp, ...], cache: ParseCache | None) -> None:
        self.folder = folder
        self.entries = entries
        self.cache = cache
        self.problems: list[Problem] = []
        self.sources: dict[str, str] = cache.recall(entries) if cache else {}
        self.known = cache.get_many(set(self.sources.values())) if cache else {}
        self.parsed: dict[str, dict[str, Any]] = {}
        self.read: list[tuple[FileStamp, str]] = []

    def records(self) -> list[Record]:
        """The records of all entries that read well."""
        made = [record for entry in self.entries if (record := self._record(entry)) is not None]
        self._remember()
        return made

    def _record(self, entry: FileStamp) -> Record | None:
        digest = self.sources.get(entry.path)
        data = self.known.get(digest) if digest is not None else None
        if data is None:
            data = self._from_file(entry)
        if data is None:
            return None
        return Record(
            id=entry.record_id,
            kind=entry.kind,
            student=entry.student,
            path=entry.path,
            digest=self.sources[entry.path],
            data=data,
        )

    def _from_file(self, entry: FileStamp) -> dict[str, Any] | None:
        try:
            source = self.folder.read(entry)
        except OSError:
            self.problems.append(_unreadable(entry.path))
            return None
        digest = hashlib.sha256(source).hexdigest()
        self.sources[entry.path] = digest
        self.read.append((entry, digest))
        known = self.known.get(digest) or (self.cache.get(digest) if self.cache else None)
        if known is not None:
            return known
        parsed = parse(source, entry.path)
        self.problems.extend((*parsed.problems, *parsed.lost))
        if parsed.data is not None and not parsed.lost:  # what is lost is reported each time, until it is corrected
            self.parsed[digest] = parsed.data
        return parsed.data

    def _remember(self) -> None:
        if self.cache is None or not self.read:
            return
        # Compared with the files' own times only: no answer depends on it, just whether a file is read once
        # more.
        settled = time.time_ns() - SETTLED_NS
        self.cache.put_many(self.parsed)
        self.cache.remember((entry, digest) for entry, digest in self.read if entry.mtime_ns < settled)


@contextmanager
def _without_gc() -> Iterator[None]:
    """Loading makes a great many dictionaries and no cycles; looking for cycles among them takes 40 % of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _not_a_file(path: str) -> Problem:
    return Problem("not-a-file", path, None, None, "This is not a plain file.", "Take it out of records/.")


def _unreadable(path: str) -> Problem:
    message = "The file could not be opened, or was replaced while it was being read."
    return Problem("unreadable", path, None, None, message, "Check that you may read it, and try again.")
