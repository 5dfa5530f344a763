"""The tables of the bundle, and how its file is opened.

Every question the gate asks is answered by exact keys: each table's primary key begins with what is known when
it is read. Tables of short rows are kept in the order of their keys (WITHOUT ROWID); `memory` is not, because values of
some kilobytes would fill the pages that are searched (measured: thrice as long to read). `docs/bundle.md` describes
the same for somebody who reads the file without us.
"""

import os
import sqlite3
import stat
from pathlib import Path

from sendbook.bundle.withdrawals import attach
from sendbook.errors import BundleError, SpentBundle

#: "sndb": told by `file(1)` and checked before anything is read.
APPLICATION_ID = 0x736E6462
VERSION = 8
#: Seconds to wait for another program that is publishing or emptying the log.
_PATIENCE = 30.0

#: The reader everybody is before signing in; a reader like any other, so it sees exactly what its scope names.
PUBLIC = "public"
#: Subjects that are not a student.
HANDBOOK = "handbook"
LIBRARY = "library"
DIRECTORY = "directory"
OWN = "own"
#: Is in ``meta`` from when somebody was forgotten until the file has been rewritten.
TO_BE_REWRITTEN = "to_be_rewritten"

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE object (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, form TEXT NOT NULL,
    media_type TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE route (path TEXT PRIMARY KEY, subject TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE page (subject TEXT NOT NULL, projection TEXT NOT NULL, path TEXT NOT NULL,
    object INTEGER NOT NULL REFERENCES object (id),
    PRIMARY KEY (subject, projection, path)) WITHOUT ROWID;
CREATE TABLE scope (reader TEXT NOT NULL, subject TEXT NOT NULL, projection TEXT NOT NULL,
    until TEXT, because TEXT NOT NULL, PRIMARY KEY (reader, subject)) WITHOUT ROWID;
CREATE TABLE reader (id TEXT PRIMARY KEY, name TEXT NOT NULL, edition TEXT NOT NULL, until TEXT,
    drawer TEXT NOT NULL, edition_until TEXT, later_edition TEXT NOT NULL, later_drawer TEXT NOT NULL,
    address TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE drawer (name TEXT NOT NULL, path TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (name, path))
    WITHOUT ROWID;
CREATE TABLE shell (edition TEXT PRIMARY KEY, digest BLOB NOT NULL, marks TEXT NOT NULL, body BLOB NOT NULL)
    WITHOUT ROWID;
CREATE TABLE asset (path TEXT PRIMARY KEY, object INTEGER NOT NULL REFERENCES object (id),
    hashed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE text (object INTEGER PRIMARY KEY REFERENCES object (id), title TEXT NOT NULL,
    title_words TEXT NOT NULL, words TEXT NOT NULL, kind TEXT NOT NULL, whose TEXT NOT NULL, place TEXT NOT NULL,
    names TEXT NOT NULL);
CREATE TABLE memory (unit TEXT NOT NULL, key TEXT NOT NULL, seal BLOB NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (unit, key));
CREATE INDEX page_by_object ON page (object);
CREATE INDEX asset_by_object ON asset (object);
CREATE INDEX scope_by_subject ON scope (subject, projection);
CREATE INDEX memory_by_key ON memory (key);
"""


def make(path: Path) -> sqlite3.Connection:
    """Make an empty bundle in a folder that only its owner may enter; refuse to overwrite anything."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_private(path.parent)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise BundleError(f"{path} is there already; a new bundle is never made over an old one.") from None
    connection = _connected(path, _PATIENCE)
    configure(connection)
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(f"BEGIN IMMEDIATE; {TABLES}")
    connection.execute("INSERT INTO meta VALUES ('version', ?)", (str(VERSION),))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("COMMIT")
    attach(connection, path)
    return connection


def open_file(path: Path, *, writing: bool, patience: float = _PATIENCE) -> sqlite3.Connection:
    """Open a bundle, after looking that it is one, of this version, and that nobody else may read it.

    `patience` is how many seconds to wait for another program that is publishing.
    """
    if not path.is_file():
        raise BundleError(f"There is no bundle at {path}; build the site first.")
    check_private(path.parent)
    check_private(path)
    connection = _connected(path, patience)
    try:
        configure(connection)
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            unfinished = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
            raise (SpentBundle if unfinished else BundleError)(f"{path} is not a bundle.")
        found = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        if found is None or found[0] != str(VERSION):
            raise SpentBundle(f"{path} was made by another version; build the site again.")
        attach(connection, path)
        if not writing:
            connection.execute("PRAGMA query_only = on")
    except sqlite3.DatabaseError as error:
        connection.close()
        damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT
        raise (SpentBundle if damaged else BundleError)(f"{path} can't be read as a bundle: {error}.") from error
    except BundleError:
        connection.close()
        raise
    return connection


def _connected(path: Path, patience: float) -> sqlite3.Connection:
    """By address, so that the withdrawals can be attached by one that says they are to be read only."""
    return sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None, timeout=patience)


def configure(connection: sqlite3.Connection) -> None:
    """Our settings: durable commits, freed bytes overwritten, nothing temporary on disk."""
    for setting in ("synchronous = full", "secure_delete = on", "temp_store = memory", "foreign_keys = on"):
        connection.execute(f"PRAGMA {setting}")
    # 16 MB: publishing goes through the tables in order, and every reader of pages has a cache of its own.
    connection.execute("PRAGMA cache_size = -16384")


def check_private(path: Path) -> None:
    """Refuse a file or folder that others on this machine may read."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        kind, mode = ("folder", "700") if path.is_dir() else ("file", "600")
        raise BundleError(f"The {kind} {path} can be read by others on this machine; run: chmod {mode} {path}")
