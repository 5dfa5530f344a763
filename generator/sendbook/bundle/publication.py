"""One publication: what a build hands over between BEGIN and COMMIT.

Nothing is written twice: content is known by its digest, so handing over what is there already costs a
digest and a look. What a change let go of is followed up at its end: a projection that no scope names goes with
its pages, a path without pages goes from the routes, an object without a path goes with its words.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b

from sendbook.bundle.addresses import NO_ADDRESS
from sendbook.bundle.fragment import Content, File, Shell, compress_shell, pack_shell
from sendbook.bundle.pieces import Compressor, pack
from sendbook.bundle.prepared import Prepared, object_digest, prepare
from sendbook.bundle.schema import HANDBOOK, LIBRARY, OWN, TO_BE_REWRITTEN
from sendbook.bundle.withdrawals import Pair, Withdrawals
from sendbook.encryption import Encryption
from sendbook.errors import BundleError

#: One row of a subject's scope: reader, projection, last day (inclusive, None without end), the reason in words.
ScopeRow = tuple[str, str, date | None, str]

_PATH = re.compile(r"/(?:(?!\.{1,2}(?:/|\Z))[^/\\\x00-\x1f\x7f]+(?:/|\Z))*")
# Styles and scripts are compressed once a release and fetched by everybody: here the slowest way pays.
_THOROUGH = 9
_SCOPES_OF = "SELECT reader, projection, until, because FROM scope WHERE subject = ?"
_PAGES_OF = """SELECT page.path, page.object, object.digest FROM page JOIN object ON object.id = page.object
    WHERE page.subject = ? AND page.projection = ?"""


class Publication:
    """Handed out by `Bundle.publish`; every method may be called in any order, all take effect together."""

    def __init__(self, connection: sqlite3.Connection, withdrawals: Withdrawals, encryption: Encryption) -> None:
        self._sql = connection
        self._encryption = encryption
        self._compressor = Compressor()
        self._withdrawals = withdrawals
        self._revoked = set(withdrawals.all())
        self._projections: set[tuple[str, str]] = set()
        self._paths: set[tuple[str, str]] = set()
        self._objects: set[int] = set()
        #: False if another program was reading for so long that replaced pages still stand in the log file;
        #: known when `publish` is over. The next publication, or `Bundle.empty_log`, tries again.
        self.log_emptied = True
        #: The withdrawals that this publication takes out of the bundle.
        self.taken_out: set[Pair] = set()
        #: Whether this publication threw out all that stood there.
        self.started_afresh = False
        self._take_out_withdrawn()

    def put_pages(self, subject: str, projection: str, pages: Mapping[str, Content | Prepared | None]) -> None:
        """Make these the pages of one projection of a subject; paths it had before and has no more are dropped.

        None leaves the page that is there.
        A projection that no reader's scope names when the change ends is not kept, unless it is an edition.
        """
        there = {path: (number, digest) for path, number, digest in self._sql.execute(_PAGES_OF, (subject, projection))}
        self._projections.add((subject, projection))
        for path, content in pages.items():
            number, digest = there.pop(path, (None, b""))
            if content is None:
                if number is None:
                    raise BundleError(f"There is no page under {path} to leave as it is.")
                continue
            new = object_digest(content)
            if new == digest:
                continue
            if number is None:
                self._claim(path, subject)
            else:
                self._objects.add(number)
            row = (subject, projection, path, self._object(new, content))
            self._sql.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", row)
        for path, (number, _) in there.items():
            self._drop_page(subject, projection, path, number)

    def take_over(self, subject: str, source: str, projection: str, below: str) -> frozenset[str]:
        """Give a projection the pages at and below a path that another one of its subject has; returns their paths.

        Hand these paths to `put_pages` with None, or they are dropped.
        """
        rows = self._sql.execute(
            "INSERT OR IGNORE INTO page SELECT subject, ?3, path, object FROM page"
            " WHERE subject = ?1 AND projection = ?2 AND substr(path, 1, length(?4)) = ?4 RETURNING path",
            (subject, source, projection, below),
        )
        self._projections.add((subject, projection))
        return frozenset(path for (path,) in rows.fetchall())

    def set_scopes(self, subject: str, rows: Iterable[ScopeRow]) -> None:
        """Make these all the readers of a subject. A reader whose access was revoked is left out."""
        wanted = {reader: (projection, _day(until), because) for reader, projection, until, because in rows}
        for reader in [reader for reader in wanted if self._is_revoked(reader, subject)]:
            del wanted[reader]
        there = {reader: tuple(row) for reader, *row in self._sql.execute(_SCOPES_OF, (subject,))}
        changed = [(reader, subject, *row) for reader, row in wanted.items() if there.get(reader) != row]
        gone = [(reader, subject) for reader in there if reader not in wanted]
        self._projections.update((subject, str(row[0])) for reader, row in there.items() if wanted.get(reader) != row)
        self._sql.executemany("DELETE FROM scope WHERE reader = ? AND subject = ?", gone)
        self._sql.executemany("INSERT OR REPLACE INTO scope VALUES (?, ?, ?, ?, ?)", changed)

    def set_scope(self, reader: str, subject: str, projection: str, until: date | None, because: str) -> None:
        """Give one reader one projection of a subject, the subject's other readers staying as they are."""
        if self._is_revoked(reader, subject):
            return
        row = (projection, _day(until), because)
        where = (reader, subject)
        there = self._sql.execute(
            "SELECT projection, until, because FROM scope WHERE reader = ? AND subject = ?", where
        ).fetchone()
        if there != row:
            if there is not None:
                self._projections.add((subject, there[0]))
            self._sql.execute("INSERT OR REPLACE INTO scope VALUES (?, ?, ?, ?, ?)", (*where, *row))

    def remove_scope(self, reader: str, subject: str) -> None:
        """Take one subject from one reader."""
        where = (reader, subject)
        gone = self._sql.execute("DELETE FROM scope WHERE reader = ? AND subject = ? RETURNING projection", where)
        self._projections.update((subject, projection) for (projection,) in gone.fetchall())

    def set_own_pages(self, reader: str, pages: Mapping[str, Content | Prepared | None], *, until: date | None) -> None:
        """Set the pages that are one reader's alone (home, lists); None leaves one as it stands.

        They name students, so `until` must be the earliest last day among the scopes whose names they hold: a
        list must not outlive the access it lists.
        """
        self.put_pages(OWN, reader, pages)
        self.set_scope(reader, OWN, reader, until, "their own pages")

    def set_reader(
        self,
        reader: str,
        *,
        name: str,
        edition: str,
        until: date | None = None,
        drawer: str = "",
        edition_until: date | None = None,
        later_edition: str = "",
        later_drawer: str = "",
        address: str = NO_ADDRESS,
    ) -> None:
        """Make a reader known: the name shown to themselves, the edition of their shell, their drawer, their last day.

        `address` is what `stands_for` their address; without one nobody signs in as this reader.

        Where the edition holds for some days only, `later_edition` names the one whose shell they have after these, and
        `later_drawer` what is in it then.
        """
        if self._is_revoked(reader, ""):
            return
        row = (reader, name, edition, _day(until), drawer, _day(edition_until), later_edition, later_drawer, address)
        if self._sql.execute("SELECT * FROM reader WHERE id = ?", (reader,)).fetchone() != row:
            self._sql.execute("INSERT OR REPLACE INTO reader VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def remove_reader(self, reader: str) -> None:
        """Forget a reader and everything in their scope."""
        self._projections.update(self._sql.execute("SELECT subject, projection FROM scope WHERE reader = ?", (reader,)))
        self._sql.execute("DELETE FROM scope WHERE reader = ?", (reader,))
        self._sql.execute("DELETE FROM reader WHERE id = ?", (reader,))
        self.leave_no_trace()

    def put_drawer(self, lists: Mapping[str, str]) -> str:
        """Keep a reader's ways round, as HTML by the path that is being read, and under "" for every other path.

        Answers the name to set a reader's drawer to; the same lists have the same name, and readers share them.
        """
        name = blake2b(repr(sorted(lists.items())).encode(), digest_size=16).hexdigest()
        if self._sql.execute("SELECT 1 FROM drawer WHERE name = ?", (name,)).fetchone() is None:
            rows = [(name, path, pack((self._compressor.piece(html.encode()),))) for path, html in lists.items()]
            self._sql.executemany("INSERT INTO drawer VALUES (?, ?, ?)", rows)
        return name

    def set_shell(self, edition: str, shell: Shell) -> None:
        """Set an edition's shell."""
        source = "\0".join(shell.literals) + "\1" + " ".join(shell.marks)
        digest = blake2b(source.encode(), digest_size=16).digest()
        there = self._sql.execute("SELECT digest FROM shell WHERE edition = ?", (edition,)).fetchone()
        if there is None or there[0] != digest:
            row = (edition, digest, *pack_shell(compress_shell(shell, self._compressor)))
            self._sql.execute("INSERT OR REPLACE INTO shell VALUES (?, ?, ?, ?)", row)

    def set_assets(self, files: Mapping[str, File]) -> None:
        """Make these all the files that are the same for everybody, signed in or not: styles, scripts, fonts."""
        rows = self._sql.execute(
            "SELECT asset.path, asset.hashed, asset.object, object.digest FROM asset JOIN object ON id = asset.object"
        )
        there = {path: (hashed, number, digest) for path, hashed, number, digest in rows}
        for path, file in files.items():
            hashed, number, digest = there.pop(path, (None, None, b""))
            new = object_digest(file)
            if new == digest and hashed == file.hashed:
                continue
            if number is None:
                self._check_path(path, taken_by="route")
            else:
                self._objects.add(number)
            row = (path, self._object(new, prepare(file, Compressor(_THOROUGH))), file.hashed)
            self._sql.execute("INSERT OR REPLACE INTO asset VALUES (?, ?, ?)", row)
        for path, (_, number, _) in there.items():
            self._sql.execute("DELETE FROM asset WHERE path = ?", (path,))
            self._objects.add(number)

    def set_meta(self, key: str, value: str) -> None:
        """Set a fact about the whole bundle, such as `script_hashes` (a JSON list of CSP hashes)."""
        if key == "version":
            raise ValueError("the version is the schema's, not the build's")
        self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def remember(self, unit: str, key: str, value: bytes | None) -> None:
        """Keep something, encrypted, for the next build (None drops it). `forget(unit)` forgets it too."""
        if value is None:
            self._sql.execute("DELETE FROM memory WHERE unit = ? AND key = ?", (unit, key))
        elif not self._remembers(unit, key, value):
            row = (unit, key, *self._encryption.encrypted(value, unit, key))
            self._sql.execute("INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?)", row)

    def _remembers(self, unit: str, key: str, value: bytes) -> bool:
        """Whether just this is kept already: encrypted once more it would be other bytes, and a row to write."""
        found = self._sql.execute("SELECT seal, value FROM memory WHERE unit = ? AND key = ?", (unit, key)).fetchone()
        return found is not None and self._encryption.decrypted(*found, unit, key) == value

    def start_afresh(self) -> None:
        """Throw out all that is there: the old site is served until this publication has made all of it anew."""
        for table in ("text", "asset", "page", "object", "route", "scope", "reader", "drawer", "shell", "memory"):
            self._sql.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        self._sql.execute("DELETE FROM meta WHERE key != 'version'")
        self.started_afresh = True
        self.leave_no_trace()

    def forget(self, subject: str) -> None:
        """Remove a subject altogether: its pages, who could see them, and what builds remembered of it."""
        rows = self._sql.execute("SELECT projection, path, object FROM page WHERE subject = ?", (subject,)).fetchall()
        for projection, path, number in rows:
            self._drop_page(subject, projection, path, number)
        self._sql.execute("DELETE FROM scope WHERE subject = ?", (subject,))
        self._sql.execute("DELETE FROM memory WHERE unit = ?", (subject,))
        self.leave_no_trace()

    def leave_no_trace(self) -> None:
        """Has the whole file rewritten after this publication: something in it must be nowhere in its bytes."""
        self.set_meta(TO_BE_REWRITTEN, "yes")

    def finish(self) -> None:
        """Take out what was withdrawn meanwhile, and drop what nothing refers to any more. `Bundle.publish` calls it
        before it commits.
        """
        self._take_out_withdrawn()
        for subject, projection in self._projections:
            if subject == HANDBOOK:
                continue  # an edition nobody has today may have a reader in the next build, which makes it no more
            query = "SELECT 1 FROM scope WHERE subject = ? AND projection = ?"
            if self._sql.execute(query, (subject, projection)).fetchone() is None:
                for path, number, _ in self._sql.execute(_PAGES_OF, (subject, projection)).fetchall():
                    self._drop_page(subject, projection, path, number)
        self._sql.execute(
            "DELETE FROM drawer WHERE name NOT IN (SELECT drawer FROM reader UNION SELECT later_drawer FROM reader)"
        )
        for subject, path in self._paths:
            query = "SELECT 1 FROM page WHERE subject = ? AND path = ? LIMIT 1"
            if self._sql.execute(query, (subject, path)).fetchone() is None:
                self._sql.execute("DELETE FROM route WHERE path = ?", (path,))
        query = "SELECT 1 FROM page WHERE object = ?1 UNION ALL SELECT 1 FROM asset WHERE object = ?1 LIMIT 1"
        for number in self._objects:
            if self._sql.execute(query, (number,)).fetchone() is None:
                self._sql.execute("DELETE FROM text WHERE object = ?", (number,))
                self._sql.execute("DELETE FROM object WHERE id = ?", (number,))

    def _take_out_withdrawn(self) -> None:
        """Take from readers what was withdrawn by hand, and their pages that may name it: a build makes those anew."""
        for reader, subject in sorted(self._withdrawals.pending() - self.taken_out):
            self._revoked.add((reader, subject))
            self.taken_out.add((reader, subject))
            if not subject:
                self.remove_reader(reader)
                continue
            for gone in (subject, OWN, LIBRARY):
                self.remove_scope(reader, gone)

    def _is_revoked(self, reader: str, subject: str) -> bool:
        return (reader, subject) in self._revoked or (reader, "") in self._revoked

    def _drop_page(self, subject: str, projection: str, path: str, number: int) -> None:
        where = (subject, projection, path)
        self._sql.execute("DELETE FROM page WHERE subject = ? AND projection = ? AND path = ?", where)
        self._paths.add((subject, path))
        self._objects.add(number)

    def _claim(self, path: str, subject: str) -> None:
        """Route a path to its subject; a path belongs to one subject only, or one child's page might hide another's."""
        there = self._sql.execute("SELECT subject FROM route WHERE path = ?", (path,)).fetchone()
        if there is None:
            self._check_path(path, taken_by="asset")
            self._sql.execute("INSERT INTO route VALUES (?, ?)", (path, subject))
        elif there[0] != subject:
            raise BundleError(f"The path {path} belongs to {there[0]} and can't be {subject}'s as well.")

    def _check_path(self, path: str, *, taken_by: str) -> None:
        if not _PATH.fullmatch(path):
            raise BundleError(f"{path!r} is not a path that a page can stand under.")
        query = f"SELECT 1 FROM {taken_by} WHERE path = ?"  # noqa: S608 - one of two names of ours
        if self._sql.execute(query, (path,)).fetchone():
            raise BundleError(f"The path {path} can't be a page and an asset at once.")

    def _object(self, digest: bytes, content: Content | Prepared) -> int:
        there = self._sql.execute("SELECT id FROM object WHERE digest = ?", (digest,)).fetchone()
        if there is not None:
            return int(there[0])
        new = content if isinstance(content, Prepared) else prepare(content, self._compressor)
        row = (digest, new.form, new.media_type, new.body)
        done = self._sql.execute("INSERT INTO object (digest, form, media_type, body) VALUES (?, ?, ?, ?)", row)
        number = done.lastrowid
        if number is None:
            raise BundleError("SQLite did not say where it put a page.")
        if new.text is not None:
            self._sql.execute("INSERT INTO text VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *new.text))
        return number


def _day(until: date | None) -> str | None:
    """A last day as it is kept: ISO dates sort as text."""
    return None if until is None else until.isoformat()
