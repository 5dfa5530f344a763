"""A SQLite file that may be lost: what it holds can be made again, so a damaged one is simply replaced.

It may hold what records hold: it is private, and overwrites what it deletes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A table that isn't there, or isn't made as we make it, is damage too: our own statements fit our own tables.
_DAMAGED = frozenset(
    {
        *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA),
        *(sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CONSTRAINT),
    }
)
_PATIENCE = 30  # seconds to wait for another process that is writing


def open_spare(path: Path, tables: str, version: int) -> sqlite3.Connection:
    """The file with these tables, made if it is missing; what another version of sendbook left in it goes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
    try:
        for setting in ("secure_delete = ON", "journal_mode = WAL", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {setting}")
        if connection.execute("PRAGMA user_version").fetchone()[0] != version:
            with transaction(connection):
                _make_tables(connection, tables, version)
    except BaseException:
        connection.close()
        raise
    return connection


def delete_spare(path: Path) -> None:
    """The file goes, and its log with it."""
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the error says that the file can't be read, and not that it is busy or the disk full.

    Text that is no UTF-8 is refused by Python, without a code of SQLite's.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, sqlite3.OperationalError)
    return code & 0xFF in _DAMAGED


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done in the block, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _make_tables(connection: sqlite3.Connection, tables: str, version: int) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    for statement in filter(str.strip, tables.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")
