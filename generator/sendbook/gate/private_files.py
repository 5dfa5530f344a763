"""Files of the gate that nobody else on the machine may read: keys, and the database of accounts."""

import os
import secrets
import sqlite3
import stat
from pathlib import Path

from sendbook.errors import ServeError

_TABLES = """
CREATE TABLE IF NOT EXISTS account (email TEXT PRIMARY KEY, reader TEXT NOT NULL, hash TEXT NOT NULL,
    demo INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (token BLOB PRIMARY KEY, reader TEXT NOT NULL, email TEXT NOT NULL,
    started REAL NOT NULL, seen REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_by_reader ON session (reader);
CREATE TABLE IF NOT EXISTS throttle (key BLOB PRIMARY KEY, failures INTEGER NOT NULL, last REAL NOT NULL,
    until REAL NOT NULL) WITHOUT ROWID;
"""


def private_folder(path: Path) -> Path:
    """The folder, made with mode 0700 if it isn't there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check(path)
    return path


def secret_key(path: Path) -> bytes:
    """The 32 random bytes in the file, made at first use."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as handle:
            handle.write(secrets.token_bytes(32))
            os.fsync(handle.fileno())
    return kept_key(path)


def kept_key(path: Path) -> bytes:
    """The 32 random bytes in a file that is there; raises ServeError if others may read it, or it is damaged."""
    _check(path)
    key = path.read_bytes()
    if len(key) != 32:
        raise ServeError(f"The key {path} is damaged; restore it from a copy.")
    return key


def open_database(path: Path) -> sqlite3.Connection:
    """The gate's database, made at first use."""
    private_folder(path.parent)
    connection = open_private(path)
    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT")
    if "disabled" in {row[1] for row in connection.execute("PRAGMA table_info(account)")}:
        # Made by a version that marked closed accounts and kept their addresses.
        connection.executescript("DELETE FROM account WHERE disabled; ALTER TABLE account DROP COLUMN disabled")
    return connection


def open_private(path: Path, *, synchronous: str = "full") -> sqlite3.Connection:
    """An SQLite file with mode 0600; what is deleted is overwritten, and a commit waits for the disk unless told."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    _check(path)
    connection = sqlite3.connect(path, isolation_level=None, timeout=10.0)
    for setting in ("journal_mode = wal", f"synchronous = {synchronous}", "secure_delete = on", "temp_store = memory"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """A second connection to a file that is there, which refuses to write."""
    connection = open_private(path)
    connection.execute("PRAGMA query_only = on")
    return connection


def _check(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        mode = "700" if path.is_dir() else "600"
        raise ServeError(f"{path} can be read by others on this machine; run: chmod {mode} {path}")
