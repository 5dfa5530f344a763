"""The audit log: who opened what, when, in an order that can't be changed afterwards without a trace.

One SQLite file a month, each row carrying an HMAC over the row before it and itself, with a key that lies outside
the log: changing, removing or inserting a row breaks the chain from there on. Rows cut off at the end leave no
gap, so the newest row's `head` is exported from time to time and compared (`verify(..., heads=...)`).
It never holds a password, typed words, or the name of a child: readers and subjects are ids.
"""

import fcntl
import hmac
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sendbook.errors import ServeError
from sendbook.gate.private_files import open_private, private_folder, secret_key

_TABLES = """
CREATE TABLE IF NOT EXISTS entry (n INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, reader TEXT NOT NULL,
    subject TEXT NOT NULL, path TEXT NOT NULL, detail TEXT NOT NULL, chain BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS opening (n INTEGER NOT NULL, chain BLOB NOT NULL);
"""
_SEGMENT = re.compile(r"\d{4}-\d{2}\.db")
_START = bytes(32)


class Event(NamedTuple):
    """Something that happened. `kind` is page, search, sign-in, sign-out or refused.

    `subject` is whose page it was (after a search, `detail` lists everyone whose page was found).
    """

    at: float
    kind: str
    reader: str = ""
    subject: str = ""
    path: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row: its number, and the chain's value there."""

    n: int
    chain: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is not as it was written."""

    segment: str
    n: int
    why: str


class AuditLog:
    """The log of one gate; only one may write to a folder."""

    def __init__(self, folder: Path, key_file: Path) -> None:
        self._folder = private_folder(folder)
        self._key = secret_key(key_file)
        self._lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise ServeError("Another gate is running on this campus; stop it first.") from None
        self._month = ""
        self._segment: sqlite3.Connection | None = None
        self._head = _last_head(folder)

    def append(self, events: Iterable[Event]) -> None:
        """Write the events and commit. Committed rows survive whatever happens to the gate; `flush` puts them on the
        disk, so that they survive the machine as well.
        """
        n, chain = self._head.n, self._head.chain
        rows: list[tuple[object, ...]] = []
        for event in events:
            at = datetime.fromtimestamp(event.at, UTC).isoformat()
            if at[:7] > self._month:
                self._commit(rows, Head(n, chain))
                rows.clear()
                self._open_segment(at[:7])
            fields = (at, event.kind, event.reader, event.subject, event.path, event.detail)
            n, chain = n + 1, _link(self._key, n, chain, fields)
            rows.append((n, *fields, chain))
        self._commit(rows, Head(n, chain))

    def flush(self) -> None:
        """Wait until everything committed so far is on the disk; may run in another thread."""
        log = self._folder / f"{self._month}.db-wal"
        if log.exists():
            with log.open("rb+") as handle:
                os.fsync(handle.fileno())

    def close(self) -> None:
        """Close the file and let another gate write."""
        if self._segment is not None:
            self.flush()
            self._segment.close()
        os.close(self._lock)

    def _commit(self, rows: list[tuple[object, ...]], head: Head) -> None:
        if not rows or self._segment is None:
            return
        try:
            self._segment.execute("BEGIN IMMEDIATE")
            self._segment.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self._segment.execute("COMMIT")
        except sqlite3.Error:
            if self._segment.in_transaction:
                self._segment.execute("ROLLBACK")
            raise
        self._head = head

    def _open_segment(self, month: str) -> None:
        """Open the month's file; a new one begins with where the last one ended."""
        if self._segment is not None:
            self.flush()
            self._segment.close()
        self._month = max(month, _newest_month(self._folder))
        self._segment = open_private(self._folder / f"{self._month}.db", synchronous="normal")
        self._segment.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
        if self._segment.execute("SELECT 1 FROM opening").fetchone() is None:
            self._segment.execute("INSERT INTO opening VALUES (?, ?)", (self._head.n, self._head.chain))
        self._segment.execute("COMMIT")


def head(folder: Path) -> Head:
    """The newest row, to be kept somewhere else: a later `verify` is told it and can't be fooled about the end."""
    return _last_head(folder)


def verify(folder: Path, key_file: Path, heads: Iterable[Head] = ()) -> Broken | None:
    """The first row that was changed, removed or put in since it was written; None if all is as it was.

    Old months may be deleted whole, oldest first. `heads` are rows known from before; each that belongs to a month
    still there must be there unchanged.
    """
    key = secret_key(key_file)
    known = {head.n: head.chain for head in heads if head.n > 0}
    last: Head | None = None
    for file in _segments(folder):
        with closing(sqlite3.connect(file, isolation_level=None)) as segment:
            opening = segment.execute("SELECT n, chain FROM opening").fetchone()
            if opening is None or (last is not None and opening != (last.n, last.chain)):
                return Broken(file.name, last.n + 1 if last else 1, "does not follow the month before")
            last = Head(*opening) if last is None else last
            known = {n: chain for n, chain in known.items() if n >= last.n}
            if known.get(last.n, last.chain) != last.chain:
                return Broken(file.name, last.n, "is not the row exported earlier")
            broken = _broken_row(segment, file.name, key, known, last)
            if isinstance(broken, Broken):
                return broken
            last = broken
    missing = [n for n in known if n > (last.n if last else 0)]
    return Broken("", min(missing), "was cut off at the end") if missing else None


def _broken_row(
    segment: sqlite3.Connection, name: str, key: bytes, known: dict[int, bytes], last: Head
) -> Broken | Head:
    """The first broken row of a month, or the head it ends with."""
    for n, *fields, chain in segment.execute("SELECT * FROM entry ORDER BY n"):
        if n != last.n + 1:
            return Broken(name, last.n + 1, "is missing")
        link = _link(key, last.n, last.chain, tuple(fields))
        if not isinstance(chain, bytes) or not hmac.compare_digest(chain, link):
            return Broken(name, n, "is not as it was written")
        if known.get(n, chain) != chain:
            return Broken(name, n, "is not the row exported earlier")
        last = Head(n, chain)
    return last


def _link(key: bytes, n: int, chain: bytes, fields: tuple[object, ...]) -> bytes:
    """The chain's value at the row after number `n`. No field holds a NUL, so where one ends is never in doubt."""
    text = "\0".join((str(n + 1), *map(str, fields)))
    return hmac.digest(key, chain + text.encode(), "sha256")


def _segments(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if _SEGMENT.fullmatch(file.name)) if folder.is_dir() else []


def _newest_month(folder: Path) -> str:
    segments = _segments(folder)
    return segments[-1].stem if segments else ""


def _last_head(folder: Path) -> Head:
    for file in reversed(_segments(folder)):
        with closing(sqlite3.connect(file, isolation_level=None)) as segment:
            row = segment.execute("SELECT n, chain FROM entry ORDER BY n DESC LIMIT 1").fetchone()
            row = row or segment.execute("SELECT n, chain FROM opening").fetchone()
            if row is not None:
                return Head(*row)
    return Head(0, _START)


def rows(folder: Path, *, subject: str | None = None, reader: str | None = None) -> Iterator[tuple[str, ...]]:
    """Rows as (at, kind, reader, subject, path, detail), oldest first: who opened this child's record?"""
    for file in _segments(folder):
        with closing(sqlite3.connect(file, isolation_level=None)) as segment:
            query = "SELECT at, kind, reader, subject, path, detail FROM entry ORDER BY n"
            for row in segment.execute(query):
                of_subject = subject is None or subject == row[3] or subject in row[5].split()
                if of_subject and (reader is None or reader == row[2]):
                    yield row
