"""Which version of which record came when: read from git once, kept beside the site, continued from there.

The line of history is that of first parents: the campus as it stood, commit after commit. A rewritten history (an
amended commit, another branch) is read anew. Keeps what old records held as well, by blob, so that each
version of a file is parsed once; like all caches it may be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

from sendbook.campus.spare_database import delete_spare, is_damaged, open_spare, transaction
from sendbook.errors import HistoryError
from sendbook.history.log import LOG, parsed_log
from sendbook.history.repository import Repository

FILE = "history.db"
_LAYOUT = 2
_ABOUT_ONE_STUDENT = "records/students/"
_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE moment (number INTEGER PRIMARY KEY, day TEXT NOT NULL, author TEXT NOT NULL);
CREATE TABLE version (path TEXT, number INTEGER, blob TEXT NOT NULL, PRIMARY KEY (path, number)) WITHOUT ROWID;
CREATE TABLE mark (student TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE past (blob TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A file as one commit left it: ``blob`` is "" where the commit took it away."""

    path: str
    number: int
    day: str
    blob: str


class VersionIndex:
    """The versions of all records of a campus, as far as the commit it was last continued to."""

    def __init__(self, folder: Path, repository: Repository) -> None:
        self.path = folder / FILE
        self.repository = repository
        try:
            self._connection = self._open()
            self._continue()
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            delete_spare(self.path)
            self._connection = self._open()
            self._continue()

    def close(self) -> None:
        """Closes the file; the index can't be used after."""
        self._connection.close()

    def __enter__(self) -> VersionIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def of_student(self, student: str) -> tuple[Version, ...]:
        """Every version of a student's files, commit by commit."""
        return self._versions(f"{_ABOUT_ONE_STUDENT}{student}/")

    def of_path(self, path: str) -> tuple[Version, ...]:
        """Every version of one file."""
        return tuple(version for version in self._versions(path) if version.path == path)

    def authors_of_student(self, student: str) -> tuple[tuple[str, str], ...]:
        """Day and author's address, in small letters, of the commits that changed a file of a student."""
        start = f"{_ABOUT_ONE_STUDENT}{student}/"
        query = "SELECT DISTINCT day, author FROM version JOIN moment USING (number) WHERE path >= ? AND path < ?"
        return tuple(self._connection.execute(query, (start, f"{start}\U0010ffff")))

    def marks(self) -> dict[str, str]:
        """By student, a text that changes when a version of theirs is added, and with nothing else."""
        return dict(self._connection.execute("SELECT student, mark FROM mark"))

    def past(self, blobs: Iterable[str]) -> dict[str, str | None]:
        """What these blobs held, as JSON, as far as known; None for one that could not be read."""
        query = "SELECT data FROM past WHERE blob = ?"
        found = ((blob, self._connection.execute(query, (blob,)).fetchone()) for blob in blobs)
        return {blob: row[0] for blob, row in found if row is not None}

    def remember(self, read: Mapping[str, str | None]) -> None:
        """Remembers what blobs held."""
        with transaction(self._connection):
            self._connection.executemany("INSERT OR REPLACE INTO past VALUES (?, ?)", list(read.items()))

    def read_under(self, reading: str) -> None:
        """Forgets what old records held if they were read by other schemas, or by another parser."""
        if self._said("reading") == reading:
            return
        with transaction(self._connection):
            self._connection.execute("DELETE FROM past")
            self._say("reading", reading)

    def _versions(self, start: str) -> tuple[Version, ...]:
        query = (
            "SELECT path, version.number, day, blob FROM version JOIN moment USING (number)"
            " WHERE path >= ? AND path < ? ORDER BY version.number, path"
        )
        rows = self._connection.execute(query, (start, f"{start}\U0010ffff"))
        return tuple(Version(path=path, number=number, day=day, blob=blob) for path, number, day, blob in rows)

    def _continue(self) -> None:
        """Reads the commits that came since, or all of them."""
        if self._is_up_to_date():
            return
        rewritten = False
        with transaction(self._connection):
            if not self._is_up_to_date():  # another process may have come first
                rewritten = self._read()
        # A history is rewritten to take something out. SQLite overwrites what it deletes, but where it has moved a
        # row a piece may stay behind, and the log keeps all of it: the file is written anew, and the log emptied.
        if rewritten:
            self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _is_up_to_date(self) -> bool:
        head = self.repository.head or ""
        return self._said("head") == head and self._said("prefix") == self.repository.prefix

    def _read(self) -> bool:
        """Reads what is new; answers whether what was known before no longer holds."""
        head, last = self.repository.head or "", self._said("head")
        goes_on = last and head and self.repository.prefix == self._said("prefix") and self._follows(last, head)
        if not goes_on:
            for table in ("moment", "version", "mark", "past"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own four names
        if head:
            self._add(self.repository.git(*LOG, f"{last}..{head}" if goes_on else head, "--", "records"))
        self._say("head", head)
        self._say("prefix", self.repository.prefix)
        return bool(last) and not goes_on

    def _follows(self, last: str, head: str) -> bool:
        """Whether the last commit read is still one of the first parents of the one checked out."""
        try:
            said = self.repository.git("rev-list", "--first-parent", "--parents", f"{last}..{head}").decode()
        except HistoryError:  # it is there no longer
            return False
        oldest = said.splitlines()[-1].split() if said else []
        return oldest[1:2] == [last]

    def _add(self, log: bytes) -> None:
        number = self._connection.execute("SELECT coalesce(max(number), 0) FROM moment").fetchone()[0]
        marks = self.marks()
        versions: list[tuple[str, int, str]] = []
        moments: list[tuple[int, str, str]] = []
        for day, path, blob in parsed_log(log):
            if not path:
                moments.append((number := number + 1, day, blob))
            elif path.isascii():  # no record has any other name
                versions.append((path, number, blob))
                student = _student(path)
                said = f"{marks.get(student, '')}\n{day}\n{path}\n{blob}"
                marks[student] = blake2b(said.encode(), digest_size=12).hexdigest()
        marks.pop("", None)
        self._connection.executemany("INSERT INTO moment VALUES (?, ?, ?)", moments)
        self._connection.executemany("INSERT OR REPLACE INTO version VALUES (?, ?, ?)", versions)
        self._connection.executemany("INSERT OR REPLACE INTO mark VALUES (?, ?)", list(marks.items()))

    def _said(self, name: str) -> str:
        found = self._connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def _say(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def _open(self) -> sqlite3.Connection:
        return open_spare(self.path, _TABLES, _LAYOUT)


def _student(path: str) -> str:
    return path.removeprefix(_ABOUT_ONE_STUDENT).partition("/")[0] if path.startswith(_ABOUT_ONE_STUDENT) else ""
