"""Remembers what files held, so that an unchanged record is neither read nor parsed nor checked again.

Everything is keyed by the digest of a file's bytes, and "valid" by that and the schemas' digest, so nothing
here can be out of date; it can only be missing. Losing the file costs time and nothing else, which is why a
damaged one is simply replaced. What is read here decides who sees what, so no row is trusted: each carries a seal
(`sendbook.seals`) over all its fields and our code, proved whenever the row is read. A row without its seal is missing,
and its file is read again. Data is kept as JSON: unlike pickle or marshal it can't do harm, whatever has been done to
the file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, TypeVar

from sendbook.campus.code import code_digest
from sendbook.campus.spare_database import delete_spare, is_damaged, open_spare, transaction
from sendbook.campus.strict_yaml import DIALECT
from sendbook.seals import Seals

_LAYOUT = 3
_VERSION = _LAYOUT * 1000 + DIALECT
_MOST_PARAMETERS = 500
_TABLES = """
CREATE TABLE parsed (digest TEXT PRIMARY KEY, data TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE stamp (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL, digest TEXT NOT NULL, seal BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE valid (digest TEXT, schemas TEXT, seal BLOB NOT NULL, PRIMARY KEY (digest, schemas)) WITHOUT ROWID;
CREATE TABLE found (unit TEXT PRIMARY KEY, basis TEXT NOT NULL, text TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
"""

T = TypeVar("T")

#: The stamp of a file when its row was proved, and the digest of what it held, by path.
ProvedStamps = dict[str, tuple[tuple[int, int, int, int], str]]


class Stamped(Protocol):
    """A file as the folder's scan saw it."""

    @property
    def path(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...
    @property
    def ctime_ns(self) -> int: ...
    @property
    def inode(self) -> int: ...


class ParseCache:
    """A SQLite file of parsed records. Holds what the records hold, so it is private and forgets when asked to."""

    def __init__(self, path: Path, proved: ProvedStamps | None = None) -> None:
        """``proved`` are stamps whose rows were proved before by this process: these are not asked for again."""
        self.path = path
        self._proved_stamps = proved if proved is not None else {}
        self._seals = Seals.beside(path, "cache", code_digest())
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            self._connection = self._afresh()
        self._inode = self.path.stat().st_ino

    @property
    def is_there(self) -> bool:
        """Whether the file at the cache's place is the one that is open."""
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return False

    def close(self) -> None:
        """Closes the file; the cache can't be used after."""
        self._connection.close()

    def __enter__(self) -> ParseCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, digest: str) -> dict[str, Any] | None:
        """What the file with this digest held; None if it isn't known."""
        return self.get_many((digest,)).get(digest)

    def get_many(self, digests: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What the files with these digests held, as far as known."""
        found = self._select("SELECT digest, data, seal FROM parsed WHERE digest IN ({})", list(digests))
        proved = self._proved("parsed", found)
        return {digest: data for digest, text in proved if (data := _decoded(text)) is not None}

    def put(self, digest: str, data: Mapping[str, Any]) -> None:
        """Remembers what a file held."""
        self.put_many({digest: data})

    def put_many(self, parsed: Mapping[str, Mapping[str, Any]]) -> None:
        """Remembers what several files held, in one transaction."""
        rows = [(digest, json.dumps(data, ensure_ascii=False)) for digest, data in parsed.items()]
        self._put("parsed", rows)

    def recall(self, entries: Iterable[Stamped]) -> dict[str, str]:
        """The digests, by path, of those files whose size, times and inode are as when they were last read.

        The time of the last change of any kind is among them: nobody but the system can set it back.
        """
        by_path = {entry.path: _stamp(entry) for entry in entries}
        before = self._proved_stamps
        unchanged = (path for path, stamp in by_path.items() if path in before and before[path][0] == stamp)
        known = {path: before[path][1] for path in unchanged}
        rows = self._select(
            "SELECT path, size, mtime_ns, ctime_ns, inode, digest, seal FROM stamp WHERE path IN ({})",
            [path for path in by_path if path not in known],
        )
        same = [row for row in rows if by_path.get(row[0]) == row[1:5]]
        proved = {path: digest for path, *_, digest in self._proved("stamp", same)}
        before.update((path, (by_path[path], digest)) for path, digest in proved.items())
        return {**known, **proved}

    def remember(self, read: Iterable[tuple[Stamped, str]]) -> None:
        """Remembers which digest each file had as it stood when scanned."""
        self._put("stamp", [(entry.path, *_stamp(entry), digest) for entry, digest in read])

    def valid_among(self, digests: Iterable[str], schema_digest: str) -> frozenset[str]:
        """Those of the digests that were found good under these schemas."""
        statement = "SELECT digest, schemas, seal FROM valid WHERE schemas = ? AND digest IN ({})"
        found = self._select(statement, list(digests), schema_digest)
        return frozenset(digest for digest, _ in self._proved("valid", found))

    def mark_valid(self, digests: str | Iterable[str], schema_digest: str) -> None:
        """Remembers that files were found good under these schemas."""
        rows = [(digest, schema_digest) for digest in ([digests] if isinstance(digests, str) else digests)]
        self._put("valid", rows)

    def found_in_all(self) -> dict[str, tuple[str, str]]:
        """What was found in each unit when it was last looked at, and on what basis, by unit."""
        query = "SELECT unit, basis, text, seal FROM found"
        rows: list[tuple[Any, ...]] = self._guarded(self._fetch(query, ()), [])
        return {unit: (basis, text) for unit, basis, text in self._proved("found", rows)}

    def put_found(self, found: Mapping[str, tuple[str, str]]) -> None:
        """Remembers what was found in units, each with its basis."""
        rows = [(unit, basis, text) for unit, (basis, text) in found.items()]
        self._put("found", rows)

    def forget_found(self, units: Iterable[str]) -> None:
        """Forgets what was found in units: it may quote what is in them no more."""
        rows = [(unit,) for unit in units]
        self._write(lambda: self._many("DELETE FROM found WHERE unit = ?", rows))

    def holds_more_than(self, keep: Collection[str]) -> bool:
        """Whether it knows of a file, by path or by what it held, whose digest is not among these."""
        return not self._digests_in("parsed", "stamp") <= set(keep)

    def _digests_in(self, *tables: str) -> set[str]:
        query = " UNION ".join(f"SELECT digest FROM {table}" for table in tables)  # noqa: S608
        known: list[tuple[Any, ...]] = self._guarded(self._fetch(query, ()), [])
        return {digest for (digest,) in known}

    def prune(self, keep: Collection[str], *, thoroughly: bool = False) -> None:
        """Forgets every file whose digest is not among those to keep, and clears its text from the disk.

        ``thoroughly`` where somebody is gone: SQLite overwrites what it deletes, but where it has moved a row from one
        page to another a piece of it may stay behind, so the file is rewritten.
        """

        tables = ("parsed", "stamp", "valid")
        gone = self._digests_in(*tables) - set(keep)

        def forget() -> None:
            self._connection.execute("CREATE TEMP TABLE gone (digest TEXT PRIMARY KEY)")
            self._many("INSERT INTO gone VALUES (?)", [(digest,) for digest in gone])
            for table in tables:
                self._connection.execute(f"DELETE FROM {table} WHERE digest IN (SELECT digest FROM gone)")  # noqa: S608
            self._connection.execute("DROP TABLE gone")

        self._write(forget)
        kept = set(keep)
        for path in [path for path, (_, digest) in self._proved_stamps.items() if digest not in kept]:
            del self._proved_stamps[path]
        if thoroughly:
            self._guarded(lambda: self._connection.execute("VACUUM").fetchall(), [])
        # The log still holds what was deleted until it is truncated.
        self._guarded(lambda: self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall(), [])

    def _proved(self, table: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The fields of those rows whose last column is their seal."""
        hold = self._seals.hold
        return (fields for *values, seal in rows if hold(seal, table, *(fields := tuple(values))))

    def _put(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Writes rows with their seals, in one transaction."""
        sealed = [(*row, self._seals.of(table, *row)) for row in rows]
        if sealed:
            statement = f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(sealed[0]))})"  # noqa: S608
            self._write(lambda: self._many(statement, sealed))

    def _select(self, statement: str, among: list[str], *first: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for begin in range(0, len(among), _MOST_PARAMETERS):
            some = among[begin : begin + _MOST_PARAMETERS]
            query = statement.format(",".join("?" * len(some)))
            rows += self._guarded(self._fetch(query, (*first, *some)), [])
        return rows

    def _fetch(self, query: str, values: tuple[str, ...]) -> Callable[[], list[tuple[Any, ...]]]:
        return lambda: self._connection.execute(query, values).fetchall()

    def _many(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self._connection.executemany(statement, rows)

    def _write(self, work: Callable[[], None]) -> None:
        def whole() -> None:
            with transaction(self._connection):
                work()

        self._guarded(whole, None)

    def _guarded(self, work: Callable[[], T], otherwise: T) -> T:
        """Does the work, or starts afresh if the file turns out to be damaged."""
        try:
            return work()
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            self._connection.close()
            self._connection = self._afresh()
            return otherwise

    def _open(self) -> sqlite3.Connection:
        return open_spare(self.path, _TABLES, _VERSION)

    def _afresh(self) -> sqlite3.Connection:
        delete_spare(self.path)
        return self._open()


def _stamp(entry: Stamped) -> tuple[int, int, int, int]:
    return entry.size, entry.mtime_ns, entry.ctime_ns, entry.inode


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except (ValueError, TypeError):
        return None
    return data if isinstance(data, dict) else None
