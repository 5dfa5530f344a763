"""The gate's one question: what stands for this reader, under this path, on this day?

One statement with bound keys: route (path → subject), scope (reader, subject → projection), page (subject,
projection, path → object). No path is ever joined, cut or compared in part, so what isn't in the tables under
exactly these keys is absent, whether it doesn't exist or is somebody else's.
"""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sendbook.bundle.fragment import CutShell, fragment_pieces, text_piece, unpack_shell
from sendbook.bundle.pieces import Piece, joined, plain
from sendbook.bundle.withdrawals import NOT_SHUT_OUT, NOT_WITHDRAWN

# The edition of a reader's shell on a day, and the name of what stands in its drawer.
_EDITION = "CASE WHEN reader.edition_until < {day} THEN reader.later_edition ELSE reader.edition END"
_DRAWER = "CASE WHEN reader.edition_until < {day} THEN reader.later_drawer ELSE reader.drawer END"
# The drawer with the page that is being read marked, or the one for all other pages.
_DRAWERS = f"""
  LEFT JOIN drawer AS here ON here.name = {_DRAWER} AND here.path = {{path}}
  LEFT JOIN drawer AS elsewhere ON elsewhere.name = {_DRAWER} AND elsewhere.path = ''"""
LOOK_UP = f"""
SELECT object.form, object.media_type, object.body, object.digest, route.subject, 0, reader.name,
       {_EDITION.format(day="?3")}, shell.digest, coalesce(here.body, elsewhere.body), reader.address
  FROM reader
  JOIN route ON route.path = ?2
  JOIN scope ON scope.reader = reader.id AND scope.subject = route.subject
       AND (scope.until IS NULL OR scope.until >= ?3) AND {NOT_WITHDRAWN}
  JOIN page ON page.subject = scope.subject AND page.projection = scope.projection AND page.path = route.path
  JOIN object ON object.id = page.object
  LEFT JOIN shell ON shell.edition = {_EDITION.format(day="?3")}{_DRAWERS.format(day="?3", path="?2")}
 WHERE reader.id = ?1 AND (reader.until IS NULL OR reader.until >= ?3)
UNION ALL
SELECT object.form, object.media_type, object.body, object.digest, NULL, asset.hashed, '', '', NULL, NULL, ''
  FROM asset JOIN object ON object.id = asset.object
 WHERE asset.path = ?2
"""  # noqa: S608 - conditions of ours
LIVE_READER = f"""
SELECT reader.id, reader.name, {_EDITION.format(day="?2")}, shell.digest, coalesce(here.body, elsewhere.body),
       reader.address
  FROM reader LEFT JOIN shell ON shell.edition = {_EDITION.format(day="?2")}{_DRAWERS.format(day="?2", path="?3")}
 WHERE reader.id = ?1 AND (reader.until IS NULL OR reader.until >= ?2) AND {NOT_SHUT_OUT}
"""  # noqa: S608
SHELL = "SELECT digest, marks, body FROM shell WHERE edition = ?1"


class Found(NamedTuple):
    """What is under a path: a fragment (to be joined to the reader's shell) or a file.

    `subject` says whose it is, and is None for an asset, which is the same for everybody.
    """

    form: str
    media_type: str
    body: bytes
    digest: bytes
    subject: str | None
    hashed: int
    reader_name: str
    edition: str
    shell: bytes | None
    drawer: bytes | None
    address: str

    @property
    def is_page(self) -> bool:
        """A fragment, in need of a shell."""
        return self.form == "fragment"

    def is_of_another_address(self, address: str) -> bool:
        """Whether the reader's address is another by now than the one somebody signed in with."""
        return self.subject is not None and self.address != address

    @property
    def is_printed(self) -> bool:
        """Print data: what `file` gives has to go through a press."""
        return self.form == "print"

    def pieces(self) -> dict[str, Piece]:
        """The pieces of a fragment, by mark, and the reader's drawer."""
        return {**fragment_pieces(self.body), **drawer_pieces(self.drawer)}

    def file(self, *, deflated: bool) -> bytes:
        """A file as it is sent, or what it is printed from; `deflated` may be asked only of text (`form` "text")."""
        if self.form == "raw":
            return self.body
        return joined((text_piece(self.body),)) if deflated else plain((text_piece(self.body),))


class LiveReader(NamedTuple):
    """A reader the bundle knows on a day: the digest of their shell, what is in its drawer, and their address's."""

    id: str
    name: str
    edition: str
    shell: bytes | None
    drawer: bytes | None
    address: str


def look_up(connection: sqlite3.Connection, reader: str, path: str, on: date) -> Found | None:
    """What the reader may fetch under exactly this path on this day, or None."""
    try:
        row = connection.execute(LOOK_UP, (reader, path, on.isoformat())).fetchone()
    except UnicodeEncodeError:  # half a surrogate pair is in no table
        return None
    return None if row is None else Found._make(row)


def live_reader(connection: sqlite3.Connection, reader: str, on: date, path: str = "") -> LiveReader | None:
    """The reader, if the bundle knows them and their last day isn't over; `path` is the page they are reading."""
    row = connection.execute(LIVE_READER, (reader, on.isoformat(), path)).fetchone()
    return None if row is None else LiveReader._make(row)


def shell_of(connection: sqlite3.Connection, edition: str) -> tuple[bytes, CutShell] | None:
    """An edition's shell with its digest."""
    row = connection.execute(SHELL, (edition,)).fetchone()
    return None if row is None else (row[0], unpack_shell(row[1], row[2]))


def drawer_pieces(drawer: bytes | None) -> dict[str, Piece]:
    """A reader's drawer by its mark, where they have one."""
    return {} if drawer is None else {"campus": text_piece(drawer)}


def page(shell: CutShell | None, pieces: Mapping[str, Piece], *, deflated: bool) -> bytes:
    """A whole page: the shell with the pieces at its marks, or the bare content where an edition has no shell."""
    parts = shell.fill(pieces) if shell else [pieces["content"]]
    return joined(parts) if deflated else plain(parts)
