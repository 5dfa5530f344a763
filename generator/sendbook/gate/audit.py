"""The access log: who opened what, when, in an order that can't be changed afterwards without a trace.

One SQLite file a month, each row carrying an HMAC over the row before it and itself, with a key that lies outside
the log: changing, removing or inserting a row breaks the chain from there on. Each month's beginning is sealed with its
name, and the first and last row of each month are listed outside the log (`audit_months`), so that rows cut off and
months taken away or put back are found (`audit_proof`). The newest row's `head` is kept elsewhere from time to time and
compared (`verify(..., heads=...)`).
It never holds a password, typed words, or the name of a child: readers and subjects are ids.
"""

import fcntl
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from sendbook.errors import ServeError
from sendbook.gate.audit_chain import Head, entries, last_of, link, opening_of, opening_seal, segments
from sendbook.gate.audit_proof import ends_hold, key_of, months_file, months_of
from sendbook.gate.private_files import open_private, private_folder, secret_key

_LOCK = "lock"
_TABLES = """
CREATE TABLE IF NOT EXISTS entry (n INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, reader TEXT NOT NULL,
    subject TEXT NOT NULL, path TEXT NOT NULL, detail TEXT NOT NULL, chain BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS opening (n INTEGER NOT NULL, chain BLOB NOT NULL, seal BLOB NOT NULL);
"""


class Event(NamedTuple):
    """Something that happened. `kind` is page, search, sign-in, sign-out, refused or set-aside.

    `subject` is whose page it was (after a search, `detail` lists everyone whose page was found).
    """

    at: float
    kind: str
    reader: str = ""
    subject: str = ""
    path: str = ""
    detail: str = ""


class AuditLog:
    """The log of one gate; only one may write to a folder."""

    def __init__(self, folder: Path, key_file: Path, lock: int | None = None) -> None:
        """Open the log; ``lock`` is one that the caller holds on it already, and that `close` lets go."""
        self._folder = private_folder(folder)
        self._lock = _locked(folder) if lock is None else lock
        try:
            self._key = key_of(folder, key_file) or secret_key(key_file)
            self._months = months_of(folder, self._key)
            broken = ends_hold(folder, self._key, self._months)
            if broken is not None:
                raise ServeError(
                    f"The access log is not as it was written ({broken}). Find out why first: sendbook access-log "
                    "verify. To begin a new log and keep this one: sendbook access-log set-aside"
                )
        except BaseException:
            os.close(self._lock)
            raise
        self._segment: sqlite3.Connection | None = None
        #: The month that is written to, "" before the first row, and the newest row: set together, for another thread.
        self._at = ("", self._newest())
        self._listing = threading.Lock()

    def append(self, events: Iterable[Event]) -> None:
        """Write the events and commit. Committed rows survive whatever happens to the gate; `flush` puts them on the
        disk, so that they survive the machine as well.
        """
        month, (n, chain) = self._at[0], (self._at[1].n, self._at[1].chain)
        rows: list[tuple[object, ...]] = []
        for event in events:
            at = datetime.fromtimestamp(event.at, UTC).isoformat()
            if at[:7] > month:
                self._commit(rows, Head(n, chain))
                rows.clear()
                month = self._open_segment(at[:7])
            fields = (at, event.kind, event.reader, event.subject, event.path, event.detail)
            n, chain = n + 1, link(self._key, n, chain, fields)
            rows.append((n, *fields, chain))
        self._commit(rows, Head(n, chain))

    def flush(self) -> None:
        """Wait until everything committed so far is on the disk, then list the newest row outside the log; may run in
        another thread.
        """
        with self._listing:
            month, newest = self._at
            log = self._folder / f"{month}.db-wal"
            if log.exists():
                with log.open("rb+") as handle:
                    os.fsync(handle.fileno())
            if month and self._months.head != newest:
                self._months = self._months.reaching(month, newest)
                self._months.write(months_file(self._folder), self._key)

    def close(self) -> None:
        """Close the file and let another gate write."""
        if self._segment is not None:
            self.flush()
            self._segment.close()
        os.close(self._lock)

    def _newest(self) -> Head:
        """The newest row. What was written just before the gate was killed is listed now."""
        months = self._months
        for file in segments(self._folder)[-2:]:
            begins = opening_of(file, self._key) or months.head  # it was proved a moment ago
            months = months.begun(file.stem, begins).reaching(file.stem, last_of(file) or begins)
        if months != self._months:
            months.write(months_file(self._folder), self._key)
            self._months = months
        return months.head

    def _commit(self, rows: list[tuple[object, ...]], newest: Head) -> None:
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
        self._at = (self._at[0], newest)

    def _open_segment(self, month: str) -> str:
        """Open the month's file; a new one begins with where the last one ended. Answers the month written to."""
        if self._segment is not None:
            self.flush()
            self._segment.close()
        newest = self._at[1]
        month = max(month, max(self._months.known, default=""), *(file.stem for file in segments(self._folder)))
        self._segment = open_private(self._folder / f"{month}.db", synchronous="normal")
        self._segment.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
        if self._segment.execute("SELECT 1 FROM opening").fetchone() is None:
            row = (newest.n, newest.chain, opening_seal(self._key, month, newest))
            self._segment.execute("INSERT INTO opening VALUES (?, ?, ?)", row)
        self._segment.execute("COMMIT")
        with self._listing:
            if month not in self._months.known:
                self._months = self._months.begun(month, newest)
                self._months.write(months_file(self._folder), self._key)
            self._at = (month, newest)
        return month


def drop(folder: Path, key_file: Path, up_to: str, on: date) -> tuple[str, ...]:
    """Deletes all months up to one, on purpose: they are then not missed. Answers which; the newest is kept.

    Raises ServeError while a gate is running, and where the log is not as it was written.
    """
    AuditLog(folder, key_file).close()  # refuses, with what to do
    with _alone(folder):
        key = kept_key_of(folder, key_file)
        months = months_of(folder, key)
        gone = tuple(name for name in months.there if name <= up_to and name != max(months.known))
        if not gone:
            raise ServeError(f"The access log holds no month up to {up_to} that could be deleted; the newest is kept.")
        months.without(gone[-1], on.isoformat()).write(months_file(folder), key)
        for name in gone:
            for ending in ("", "-wal", "-shm"):
                (folder / f"{name}.db{ending}").unlink(missing_ok=True)
        return gone


def kept_key_of(folder: Path, key_file: Path) -> bytes:
    """The key of a log that is there."""
    key = key_of(folder, key_file)
    if key is None:
        raise ServeError("There is no access log yet.")
    return key


def set_aside(folder: Path, key_file: Path, at: float) -> Path:
    """Puts the log, its list of months and its key into a folder of their own, and begins a new log that says so.

    Raises ServeError while a gate is running, or where there is nothing to set aside.
    """
    if not segments(folder) and not months_file(folder).exists():
        raise ServeError("There is no access log to set aside.")
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    lock = _locked(private_folder(folder))
    try:
        names = (f"access-log-{day}{ending}" for ending in ("", *(f"-{n}" for n in range(2, 1000))))
        target = next(path for name in names if not (path := folder.parent / name).exists())
        inside = target / folder.name
        target.mkdir(mode=0o700)
        inside.mkdir(mode=0o700)
        # The folder stays, and its lock with it: no gate can begin a log before the new one has its first row.
        for piece in sorted(folder.iterdir()):
            if piece.name != _LOCK:
                shutil.move(piece, inside / piece.name)
        for piece in (months_file(folder), key_file):
            if piece.exists():
                shutil.move(piece, target / piece.name)
    except BaseException:
        os.close(lock)
        raise
    log = AuditLog(folder, key_file, lock)
    try:
        log.append([Event(at=at, kind="set-aside", detail=target.name)])
    finally:
        log.close()
    return target


def _locked(folder: Path) -> int:
    lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise ServeError("Another gate is running on this campus; stop it first.") from None
    return lock


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While no gate can write."""
    lock = _locked(private_folder(folder))
    try:
        yield
    finally:
        os.close(lock)


def put_back(folder: Path) -> int:
    """How many rows say an earlier month than a row before them: the machine's clock had been put back."""
    latest, number = "", 0
    for at, *_ in rows(folder):
        number += at[:7] < latest
        latest = max(latest, at[:7])
    return number


def rows(folder: Path, *, subject: str | None = None, reader: str | None = None) -> Iterator[tuple[str, ...]]:
    """Rows as (at, kind, reader, subject, path, detail), oldest first: who opened this child's record?"""
    for file in segments(folder):
        for _, *fields, _ in entries(file):
            of_subject = subject is None or subject == fields[3] or subject in str(fields[5]).split()
            if of_subject and (reader is None or reader == fields[2]):
                yield tuple(map(str, fields))
