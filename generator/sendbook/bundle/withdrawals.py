"""Access withdrawn by hand: a small database of its own next to the bundle, so that withdrawing waits for no build.

It is attached to every connection to the bundle, and every look-up asks it in the same statement: a row here
bites at the next request, whatever a build is writing meanwhile. Until a publication has taken the withdrawal into
account (`settled`), the reader's own lists and library are kept back as well: they may still name the student.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

#: A reader and a subject; the subject "" stands for all.
Pair = tuple[str, str]

# Own pages and the library name students besides the one they are filed under, so they wait until it is settled.
NOT_WITHDRAWN = """NOT EXISTS (
    SELECT 1 FROM withdrawals.withdrawn AS taken WHERE taken.reader = scope.reader
       AND (taken.subject IN ('', scope.subject) OR (NOT taken.settled AND scope.subject IN ('own', 'library'))))"""
NOT_SHUT_OUT = """NOT EXISTS (
    SELECT 1 FROM withdrawals.withdrawn AS taken WHERE taken.reader = reader.id AND taken.subject = '')"""

_TABLE = """CREATE TABLE IF NOT EXISTS withdrawn (reader TEXT NOT NULL, subject TEXT NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (reader, subject)) WITHOUT ROWID"""
_PATIENCE = 10.0


class Withdrawals:
    """The withdrawals next to a bundle, to be changed. Each change is committed by itself and takes a moment."""

    def __init__(self, bundle: Path) -> None:
        self._sql = _open(beside(bundle))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sql.close()

    def add(self, reader: str, subject: str) -> None:
        """Withdraw a subject from a reader; one that was withdrawn before stays as it is."""
        self._sql.execute("INSERT OR IGNORE INTO withdrawn (reader, subject) VALUES (?, ?)", (reader, subject))

    def remove(self, reader: str, subject: str) -> None:
        """Take a withdrawal back."""
        self._sql.execute("DELETE FROM withdrawn WHERE reader = ? AND subject = ?", (reader, subject))

    def all(self) -> frozenset[Pair]:
        """Everything that is withdrawn."""
        return frozenset(self._sql.execute("SELECT reader, subject FROM withdrawn"))

    def pending(self) -> frozenset[Pair]:
        """What no publication has taken into account yet."""
        return frozenset(self._sql.execute("SELECT reader, subject FROM withdrawn WHERE NOT settled"))

    def settle(self, pairs: Iterable[Pair]) -> None:
        """A publication has taken these into account: nothing in the bundle names those students to those readers."""
        with self._sql:
            self._sql.execute("BEGIN IMMEDIATE")
            self._sql.executemany("UPDATE withdrawn SET settled = 1 WHERE reader = ? AND subject = ?", pairs)


def beside(bundle: Path) -> Path:
    """Where the withdrawals of a bundle stand. They outlive it: a bundle that is made anew obeys them."""
    return bundle.with_name("withdrawals.db")


def attach(connection: sqlite3.Connection, bundle: Path) -> None:
    """Have a connection to the bundle ask the withdrawals too. To read only: a transaction that is publishing must
    not keep anybody from writing there.
    """
    path = beside(bundle)
    _open(path).close()
    connection.execute("ATTACH DATABASE ? AS withdrawals", (f"{path.absolute().as_uri()}?mode=ro",))


def _open(path: Path) -> sqlite3.Connection:
    """The file, made with mode 0600 at first use; its folder is the bundle's, and looked at there."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
    try:
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'withdrawn'").fetchone() is None:
            connection.execute("PRAGMA journal_mode = wal")
            connection.execute(_TABLE)
        connection.execute("PRAGMA synchronous = full")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
