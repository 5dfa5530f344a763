"""The bundle as its writers see it: made, opened, published to in one transaction.

A reader of the site sees the old site or the new one, never a mixture, and a build that is killed leaves the old
one whole: both are what a transaction is. Afterwards the write-ahead log is emptied, because pages that were
replaced or erased would stand there until it is; freed space in the file itself is overwritten (`secure_delete`).
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from sendbook.bundle import schema
from sendbook.bundle.proof import Proof
from sendbook.bundle.publication import Publication
from sendbook.bundle.withdrawals import Withdrawals, beside
from sendbook.encryption import Encryption
from sendbook.errors import BundleError, SpentBundle
from sendbook.seals import Seals, key_beside

#: What changes when a file is written to, or is another one.
Stamp = tuple[int, int, int, int, int]


class Bundle:
    """One bundle file. Use as a context manager, or call `close`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._files = self._files_there()
        self._spoilt = False
        #: Set where the bundle is not as its last publication left it: nothing it remembers is then believed, until a
        #: publication has started afresh.
        self.doubted = False
        self._proved_at: tuple[int, Stamp] | None = None
        self._of_all: dict[str, dict[str, bytes]] = {}

    @cached_property
    def _key(self) -> bytes:
        return key_beside(self.path)

    @cached_property
    def _proof(self) -> Proof:
        return Proof(self.connection, Seals(self._key, "bundle"))

    @cached_property
    def _encryption(self) -> Encryption:
        return Encryption(self._key, "bundle")

    def prove(self) -> bool:
        """Whether the bundle is as its last publication left it; if it is not, what it remembers is no longer given.

        Raises BundleError if the file was written to past SQLite while it was open.
        """
        now = self._version(), self._stamp()
        if self.was_written_past:
            raise BundleError(f"{self.path} was changed by something else than sendbook; build the site again.")
        if self._proved_at != now:
            self._of_all.clear()
            self.doubted = self._spoilt or not self._proof.is_as_left()
            self._proved_at = now
        return not self.doubted

    def doubt(self) -> None:
        """Have nothing in the bundle believed, whatever it says of itself, until a publication has started afresh."""
        self._spoilt = self.doubted = True
        self._of_all.clear()

    @property
    def was_written_past(self) -> bool:
        """Whether the file was written to by something else than SQLite since it was proved.

        SQLite would go on from what it has read of the file that was there before: the bundle has to be opened anew.
        """
        if self._proved_at is None:
            return False
        version, stamp = self._proved_at
        return version == self._version() and stamp != self._stamp()

    def _version(self) -> int:
        """Moves when another program publishes, or another connection of this one."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _stamp(self) -> Stamp:
        """Moves when something is written into the file, even past SQLite, or the file goes."""
        try:
            file = self.path.stat()
        except FileNotFoundError:
            return 0, 0, 0, 0, 0
        return file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns

    @property
    def is_there(self) -> bool:
        """Whether the files under this path, and the key, are still those that were opened."""
        try:
            return self._files_there() == self._files and key_beside(self.path) == self._key
        except OSError:
            return False

    def _files_there(self) -> list[tuple[int, int]]:
        files = (path.stat() for path in (self.path, beside(self.path)))
        return [(file.st_dev, file.st_ino) for file in files]

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty bundle; its folder is made with mode 0700, or must have it."""
        return cls(path, schema.make(path))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a bundle to publish to; what an interrupted build left in the log goes first."""
        bundle = cls(path, schema.open_file(path, writing=True))
        bundle.empty_log()
        return bundle

    @classmethod
    def open_or_create(cls, path: Path) -> Self:
        """Open the bundle that is there, or make one."""
        return cls.open(path) if path.exists() else cls.create(path)

    @classmethod
    def reading(cls, path: Path) -> Self:
        """Open a bundle to look up only; the connection refuses to write."""
        return cls(path, schema.open_file(path, writing=False))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def publish(self) -> Iterator[Publication]:
        """Everything done to the change takes effect at once when the block ends, or not at all if it raises."""
        change = version = None
        try:
            with Withdrawals(self.path) as withdrawals:
                self.connection.execute("BEGIN IMMEDIATE")
                sound, proof = self.prove(), self._proof
                proof.watch()
                published_from = self._version()
                change = Publication(self.connection, withdrawals, self._encryption)
                yield change
                change.finish()
                touched = proof.touched("memory")
                if sound or change.started_afresh:
                    proof.seal()
                else:
                    proof.unseal()
                self.connection.execute("COMMIT")
                version = published_from  # what another commits from now on is not proved by our seal
                self._of_all = {key: self._renewed(key, kept, touched) for key, kept in self._of_all.items()}
                self._spoilt = self._spoilt and not change.started_afresh
                withdrawals.settle(change.taken_out)
        except sqlite3.Error as error:
            raise BundleError(f"The site could not be published, and the old one stays: {error}.") from error
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            emptied = self._tidied()
            # What was sealed is proved. After what was given up the whole has to be looked at again.
            self._proved_at = (version, self._stamp()) if version is not None else None
            if version is None:
                self._of_all.clear()
            if change is not None:
                change.log_emptied = emptied

    def _tidied(self) -> bool:
        """Leave nothing behind of what was replaced or erased; False if that could not be done now."""
        try:
            rewritten = self._rewritten()
            return self.empty_log() and rewritten
        except sqlite3.OperationalError:  # a statement that failed is still open: why it failed is what is to be told
            return False

    def _rewritten(self) -> bool:
        """Once somebody was forgotten the whole file is written again; False if that could not be done now.

        Overwriting what is deleted (``secure_delete``) misses the copies of rows that SQLite leaves in corners of pages
        when it moves them. It takes as long as the file is large, so it is not done at each publication.
        """
        if self.meta(schema.TO_BE_REWRITTEN) is None:
            return True
        try:
            self.connection.execute("PRAGMA temp_store = file")  # the copy may be larger than memory should hold
            self.connection.execute("VACUUM")
            self.connection.execute("DELETE FROM meta WHERE key = ?", (schema.TO_BE_REWRITTEN,))
        except sqlite3.OperationalError:
            return False  # no room on the disk, or somebody is writing: the next publication tries again
        finally:
            self.connection.execute("PRAGMA temp_store = memory")
        return True

    def empty_log(self) -> bool:
        """Move the log into the file and cut it to nothing; False if a reader held on to an old state for too long."""
        as_proved = self._proved_at is not None and not self.was_written_past
        busy, _, _ = self.connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchone()
        if as_proved and self._proved_at is not None:
            self._proved_at = self._proved_at[0], self._stamp()
        return not busy

    def meta(self, key: str) -> str | None:
        """A fact about the whole bundle."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def readers(self) -> tuple[str, ...]:
        """Everybody the bundle knows, by id."""
        return self._column("SELECT id FROM reader ORDER BY id")

    def addresses(self) -> dict[str, str]:
        """What stands for the address of everybody the bundle knows, by id."""
        return dict(self.connection.execute("SELECT id, address FROM reader"))

    def subjects(self) -> tuple[str, ...]:
        """Every subject with a path."""
        return self._column("SELECT DISTINCT subject FROM route ORDER BY subject")

    def readers_of(self, subject: str) -> tuple[str, ...]:
        """Whose scope names the subject."""
        return self._column("SELECT reader FROM scope WHERE subject = ? ORDER BY reader", subject)

    def scopes_of(self, subject: str) -> dict[str, tuple[str, date | None]]:
        """Who sees a subject: projection and last day, by reader."""
        rows = self.connection.execute("SELECT reader, projection, until FROM scope WHERE subject = ?", (subject,))
        return {reader: (kept, date.fromisoformat(until) if until else None) for reader, kept, until in rows}

    def given(self, subject: str) -> dict[str, str]:
        """Returns the projections of a subject that anybody sees, each with one reader who does."""
        query = "SELECT projection, max(reader) FROM scope WHERE subject = ? GROUP BY projection"
        return dict(self.connection.execute(query, (subject,)))

    def revoked(self) -> frozenset[tuple[str, str]]:
        """Pairs of reader and subject withdrawn by hand; a subject of "" stands for all.

        A build leaves these readers' lists without those students; scopes it sets for them
        are ignored in any case.
        """
        return frozenset(self.connection.execute("SELECT reader, subject FROM withdrawals.withdrawn"))

    def remembered(self, unit: str, key: str) -> bytes | None:
        """What an earlier build kept with `Publication.remember`."""
        query = "SELECT seal, value FROM memory WHERE unit = ? AND key = ?"
        rows = self.connection.execute(query, (unit, key)).fetchall()
        return next((self._believed(seal, unit, key, value) for seal, value in rows), None)

    def _believed(self, seal: object, unit: str, key: str, value: object) -> bytes | None:
        """What a row remembers, None while the bundle is doubted; raises SpentBundle if it was changed since."""
        if self.doubted:
            return None
        kept = self._encryption.decrypted(seal, value, unit, key)
        if kept is None:
            raise SpentBundle(f"{self.path} was changed by something else than sendbook; build the site again.")
        return kept

    def remembered_of_all(self, key: str) -> Mapping[str, bytes]:
        """The same of every unit at once; it is kept, and only units that were touched are read again."""
        if self.doubted or self._proved_at is None or self._proved_at[0] != self._version():
            return self._remembered_of_all(key)
        if key not in self._of_all:
            self._of_all[key] = self._remembered_of_all(key)
        return self._renewed(key, self._of_all[key], self._proof.touched("memory"))

    def _renewed(self, key: str, kept: dict[str, bytes], touched: Collection[str]) -> dict[str, bytes]:
        """What was remembered of all, with the units that were touched as they are now."""
        if not touched:
            return kept
        now = {unit: self.remembered(unit, key) for unit in touched}
        others = {unit: value for unit, value in kept.items() if unit not in now}
        return others | {unit: value for unit, value in now.items() if value is not None}

    def _remembered_of_all(self, key: str) -> dict[str, bytes]:
        rows = self.connection.execute("SELECT unit, seal, value FROM memory WHERE key = ?", (key,)).fetchall()
        believed = ((unit, self._believed(seal, unit, key, value)) for unit, seal, value in rows)
        return {unit: value for unit, value in believed if value is not None}

    def remembered_for(self, reader: str, prefix: str) -> Iterator[tuple[str, str, date | None, bytes | None]]:
        """What builds kept of each subject in a reader's scope, under ``prefix`` and the projection they see.

        Subject, projection, last day and what was kept, by subject: one question, where many would take as long as
        all that is made of the answers.
        """
        rows = self.connection.execute(
            "SELECT scope.subject, scope.projection, scope.until, memory.seal, memory.value FROM scope LEFT JOIN memory"
            " ON memory.unit = scope.subject AND memory.key = ? || scope.projection"
            " WHERE scope.reader = ? ORDER BY scope.subject",
            (prefix, reader),
        ).fetchall()
        for subject, projection, until, seal, value in rows:
            known = None if value is None else self._believed(seal, subject, f"{prefix}{projection}", value)
            yield subject, projection, date.fromisoformat(until) if until else None, known

    def remembered_keys(self, unit: str) -> tuple[str, ...]:
        """Under which keys something of a unit is kept."""
        return self._column("SELECT key FROM memory WHERE unit = ? ORDER BY key", unit)

    def projections(self, subject: str) -> tuple[str, ...]:
        """The projections of a subject that have pages."""
        return self._column("SELECT DISTINCT projection FROM page WHERE subject = ? ORDER BY projection", subject)

    def paths(self, subject: str, projection: str) -> frozenset[str]:
        """Where a projection of a subject has pages."""
        query = "SELECT path FROM page WHERE subject = ? AND projection = ?"
        return frozenset(self._column(query, subject, projection))

    def amounts(self) -> dict[str, dict[str, int]]:
        """How many bytes of pages each reader has of each subject."""
        rows = self.connection.execute(
            "SELECT scope.reader, scope.subject, sum(length(object.body)) FROM scope"
            " JOIN page ON page.subject = scope.subject AND page.projection = scope.projection"
            " JOIN object ON object.id = page.object GROUP BY scope.reader, scope.subject"
        )
        found: dict[str, dict[str, int]] = {}
        for reader, subject, amount in rows:
            found.setdefault(reader, {})[subject] = amount
        return found

    def _column(self, query: str, *keys: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self.connection.execute(query, keys))
