"""Which version of which record came when: read from git once, kept next to the site, continued from there.

The line of history is that of first parents: the campus as it stood, commit after commit. A rewritten history (an
amended commit, another branch) is read anew. Keeps what old records held as well, by blob, so that each
version of a file is parsed once; like all caches it may be deleted at any time.

No row is trusted (`sendbook.seals`): the versions of a student, and of each shared file, are proved by a chain of
digests whose ends are sealed together with the commit they were read to, and what a blob held by a seal of its own.
What can't be proved is read from git again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

from sendbook.campus.code import code_digest
from sendbook.campus.spare_database import delete_spare, is_damaged, open_spare, transaction
from sendbook.errors import HistoryError
from sendbook.history.log import LOG, parsed_log
from sendbook.history.repository import Repository
from sendbook.seals import Seals

FILE = "history.db"
_LAYOUT = 5
_ABOUT_ONE_STUDENT = "records/students/"
_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE moment (number INTEGER PRIMARY KEY, day TEXT NOT NULL, clock TEXT NOT NULL, author TEXT NOT NULL);
CREATE TABLE version (path TEXT, number INTEGER, blob TEXT NOT NULL, PRIMARY KEY (path, number)) WITHOUT ROWID;
CREATE TABLE mark (unit TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE past (kind TEXT, blob TEXT, data TEXT, seal BLOB NOT NULL, PRIMARY KEY (blob, kind)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Names a file as one commit left it: ``blob`` is "" where the commit took it away.

    ``day`` is the one the commit counts from, ``clock`` what the computer's clock said (see `days`).
    """

    path: str
    number: int
    day: str
    clock: str
    blob: str


class VersionIndex:
    """Indexes the versions of all records of a campus, as far as the commit it was last continued to."""

    def __init__(self, folder: Path, repository: Repository) -> None:
        self.path = folder / FILE
        self.repository = repository
        self._seals = Seals.beside(self.path, "history", code_digest())
        self._reading = ""
        #: As proved when the index was opened: by student or shared file the end of the chain of its versions, and the
        #: number of the newest commit. What another process adds since belongs to the next index.
        self._marks: dict[str, str] = {}
        self._last = 0
        self._last_proved: tuple[str, list[tuple[Version, str]]] = ("", [])
        try:
            self._connection = self._open()
            self._continue()
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            self._afresh()

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
        """Returns every version of a student's files, commit by commit."""
        return tuple(version for version, _ in self._proved(student))

    def mark_of(self, unit: str) -> str:
        """Returns the end of the chain of the versions of a student, or of a file that is no student's (by its path):
        it proves each of them, and their order.
        """
        return self._marks.get(unit, "")

    def after(self, student: str, mark: str, number: int) -> tuple[Version, ...] | None:
        """Returns a student's versions after the commit of a number, where the chain ended at a mark.

        None if the versions up to there are others now: the history was rewritten, or something in the index was.
        """
        found = self._versions(student, number)
        whole = _chained(found, mark) == self.mark_of(student)
        return tuple(version for version, _ in found) if whole else None

    def of_path(self, path: str) -> tuple[Version, ...]:
        """Returns every version of one file."""
        return tuple(version for version, _ in self._proved(_unit(path)) if version.path == path)

    def authors_of_student(self, student: str) -> tuple[tuple[str, str], ...]:
        """Returns day and author's address, in small letters, of the commits that changed a file of a student."""
        return tuple(dict.fromkeys((version.day, author) for version, author in self._proved(student)))

    def clocks_of_student(self, student: str) -> tuple[tuple[str, str], ...]:
        """Returns the day counted, and the day by a wrong clock, of the commits that changed a file of a student."""
        wrong = ((one.day, one.clock) for one, _ in self._proved(student) if one.day != one.clock)
        return tuple(dict.fromkeys(wrong))

    def marks(self) -> dict[str, str]:
        """Returns, by student, a text that changes when a version of theirs is added, and with nothing else."""
        return {unit: mark for unit, mark in self._marks.items() if "/" not in unit}

    def past(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
        """Returns, by kind of record and blob, what these held, as JSON, as far as known.

        None for one that could not be read as a record of that kind.
        """
        query = "SELECT data, seal FROM past WHERE kind = ? AND blob = ?"
        found = (((kind, blob), self._fetch(query, kind, blob)) for kind, blob in wanted)
        return {
            pair: data
            for pair, rows in found
            for data, seal in rows
            if self._seals.hold(seal, "past", *pair, self._reading, data)
        }

    def remember(self, read: Mapping[tuple[str, str], str | None]) -> None:
        """Remembers what blobs held, by kind of record and blob."""
        with transaction(self._connection):
            rows = [(*pair, data, self._seals.of("past", *pair, self._reading, data)) for pair, data in read.items()]
            self._connection.executemany("INSERT OR REPLACE INTO past VALUES (?, ?, ?, ?)", rows)

    def read_under(self, reading: str) -> None:
        """Forgets what old records held if they were read by other schemas, or by another parser."""
        self._reading = reading
        if self._said("reading") == reading:
            return
        with transaction(self._connection):
            self._connection.execute("DELETE FROM past")
            self._say("reading", reading)

    def _proved(self, unit: str) -> list[tuple[Version, str]]:
        """The versions of a student or of a shared file, each with its author; from git again if unproved."""
        if self._last_proved[0] == unit:
            return self._last_proved[1]
        found = self._versions(unit)
        if _chained(found) != self._marks.get(unit, ""):
            self._afresh()
            found = self._versions(unit)
        self._last_proved = unit, found
        return found

    def _versions(self, unit: str, after: int = 0) -> list[tuple[Version, str]]:
        start, end = (unit, f"{unit}\0") if "/" in unit else _below(f"{_ABOUT_ONE_STUDENT}{unit}/")
        query = (
            "SELECT path, version.number, day, clock, blob, author FROM version JOIN moment USING (number)"
            " WHERE path >= ? AND path < ? AND version.number > ? AND version.number <= ?"
            " ORDER BY version.number, path"
        )
        return [
            (Version(path=path, number=number, day=day, clock=clock, blob=blob), author)
            for path, number, day, clock, blob, author in self._fetch(query, start, end, after, self._last)
        ]

    def _fetch(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            self._afresh()
            return self._connection.execute(query, values).fetchall()

    def _continue(self) -> None:
        """Reads the commits that came since, or all of them."""
        if self._is_up_to_date():
            self._take_stock()
            return
        rewritten = False
        with transaction(self._connection):
            if not self._is_up_to_date():  # another process may have come first
                rewritten = self._read()
        # A history is rewritten to take something out. SQLite overwrites what it deletes, but where it has moved a
        # row a piece may stay behind, and the log keeps all of it: the file is rewritten, and the log emptied.
        if rewritten:
            self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._take_stock()

    def _is_up_to_date(self) -> bool:
        head = self.repository.head or ""
        return self._said("head") == head and self._said("prefix") == self.repository.prefix and self._is_proved()

    def _is_proved(self) -> bool:
        """Whether the ends of all chains are those that were sealed with the commit they were read to."""
        said = self._said("proof")
        return bool(said) and said == self._proof()

    def _proof(self) -> str:
        marks = self._connection.execute("SELECT unit, mark FROM mark ORDER BY unit").fetchall()
        return self._seals.of("head", self._said("head"), self._said("prefix"), self._newest(), repr(marks)).hex()

    def _newest(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM moment").fetchone()[0])

    def _take_stock(self) -> None:
        """Keeps the ends of the chains as they were just proved."""
        with transaction(self._connection):
            if not self._is_proved():
                self._read()
            self._marks = dict(self._connection.execute("SELECT unit, mark FROM mark"))
            self._last = self._newest()

    def _afresh(self) -> None:
        """Throws the file away and reads all of it again."""
        self._last_proved = ("", [])
        with suppress(AttributeError):  # it may never have been opened
            self._connection.close()
        delete_spare(self.path)
        self._connection = self._open()
        self._continue()

    def _read(self) -> bool:
        """Reads what is new; answers whether what was known before no longer holds."""
        head, last = self.repository.head or "", self._said("head")
        goes_on = last and head and self.repository.prefix == self._said("prefix") and self._is_proved()
        goes_on = goes_on and self._follows(last, head)
        if not goes_on:
            for table in ("moment", "version", "mark", "past"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own four names
        if head:
            self._add(self.repository.git(*LOG, f"{last}..{head}" if goes_on else head, "--", "records"))
        self._say("head", head)
        self._say("prefix", self.repository.prefix)
        self._say("proof", self._proof())
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
        number = self._newest()
        marks = dict(self._connection.execute("SELECT unit, mark FROM mark"))
        versions: dict[tuple[int, str], tuple[Version, str]] = {}
        author = ""
        moments: list[tuple[int, str, str, str]] = []
        for commit, clock, path, blob in parsed_log(log):
            day = self.repository.day_of(commit)
            if not path:
                moments.append((number := number + 1, day, clock, author := blob))
            elif path.isascii():  # no record has any other name
                versions[number, path] = Version(path=path, number=number, day=day, clock=clock, blob=blob), author
        for _, (version, by) in sorted(versions.items()):
            unit = _unit(version.path)
            marks[unit] = _chained([(version, by)], marks.get(unit, ""))
        self._connection.executemany("INSERT INTO moment VALUES (?, ?, ?, ?)", moments)
        rows = [(version.path, version.number, version.blob) for version, _ in versions.values()]
        self._connection.executemany("INSERT OR REPLACE INTO version VALUES (?, ?, ?)", rows)
        self._connection.executemany("INSERT OR REPLACE INTO mark VALUES (?, ?)", list(marks.items()))

    def _said(self, name: str) -> str:
        found = self._connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def _say(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def _open(self) -> sqlite3.Connection:
        return open_spare(self.path, _TABLES, _LAYOUT)


def _unit(path: str) -> str:
    """What a file's versions are proved with: the student's others, or for a shared file its path."""
    if not path.startswith(_ABOUT_ONE_STUDENT):
        return path
    return path.removeprefix(_ABOUT_ONE_STUDENT).partition("/")[0]


def _below(folder: str) -> tuple[str, str]:
    return folder, f"{folder}\U0010ffff"


def _chained(versions: Iterable[tuple[Version, str]], mark: str = "") -> str:
    """The end of the chain that these versions make, from where it ended before."""
    for version, author in versions:
        said = repr((mark, version.number, version.day, version.clock, author, version.path, version.blob))
        mark = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return mark
