"""A reader's whole site as plain static files: every byte they could fetch, and nothing else.

For people who want files, and for the test that matters most: change anything hidden from a reader, and their
export stays the same byte for byte. Each file is taken by the same look-up that the gate uses.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path

from sendbook.bundle.fragment import Fragment, Press, fragment_pieces
from sendbook.bundle.look_up import Found, drawer_pieces, live_reader, look_up, page, shell_of
from sendbook.bundle.pieces import Compressor
from sendbook.bundle.prepared import prepare
from sendbook.bundle.store import Bundle
from sendbook.bundle.withdrawals import NOT_WITHDRAWN
from sendbook.errors import BundleError

#: Says that a folder is an export of ours, and may be replaced by a newer one.
MADE_BY_US = ".sendbook-export"

_PATHS = f"""
SELECT page.path FROM scope JOIN page ON page.subject = scope.subject AND page.projection = scope.projection
 WHERE scope.reader = ?1 AND (scope.until IS NULL OR scope.until >= ?2) AND {NOT_WITHDRAWN}
UNION SELECT path FROM asset
 ORDER BY 1
"""  # noqa: S608 - a condition of ours
_DIGESTS = f"""
SELECT page.path, object.digest FROM scope
  JOIN page ON page.subject = scope.subject AND page.projection = scope.projection
  JOIN object ON object.id = page.object
 WHERE scope.reader = ?1 AND (scope.until IS NULL OR scope.until >= ?2) AND {NOT_WITHDRAWN}
UNION SELECT asset.path, object.digest FROM asset JOIN object ON object.id = asset.object
 ORDER BY 1
"""  # noqa: S608
_LISTED = ("path", "title", "words", "kind", "whose", "place", "names")
_SEARCHABLE = f"""
SELECT page.path, text.title, trim(text.words), text.kind, text.whose, text.place, trim(text.names)
  FROM scope
  JOIN page ON page.subject = scope.subject AND page.projection = scope.projection
  JOIN text ON text.object = page.object
 WHERE scope.reader = ?1 AND (scope.until IS NULL OR scope.until >= ?2) AND {NOT_WITHDRAWN}
 ORDER BY page.path
"""  # noqa: S608


def export(
    bundle: Bundle, reader: str, on: date, folder: Path, *, press: Press, also: Mapping[str, Fragment] | None = None
) -> int:
    """Write the reader's site of this day to `folder`; answers the number of files.

    `press` makes the documents. `also` are pages that stand in no bundle, such as the gate's 404, by path; they get
    the reader's shell too. A path that ends in a slash becomes `index.html` in a folder. What `/search` would look
    through is written to `search/pages.json`. A folder that holds anything but an earlier export is refused
    (`BundleError`).
    """
    target = folder.absolute()
    check_may_replace(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        count = 0
        for path, content in files(bundle, reader, on, press=press, also=also):
            _write(fresh, path, content)
            count += 1
        (fresh / MADE_BY_US).write_text("An export of sendbook; it is replaced by the next one.\n")
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def files(
    bundle: Bundle,
    reader: str,
    on: date,
    *,
    press: Press | None = None,
    also: Mapping[str, Fragment] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Each path and its bytes as a reader's export holds them, from one state of the bundle.

    Without a `press`, the data a document is printed from stand in its place: a document follows from them.
    """
    connection = bundle.connection
    connection.execute("BEGIN")
    try:
        yield from as_sent(connection, reader, on, press=press, also=also)
    finally:
        connection.execute("ROLLBACK")


def as_sent(
    connection: sqlite3.Connection,
    reader: str,
    on: date,
    *,
    press: Press | None = None,
    also: Mapping[str, Fragment] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The same within a transaction that is under way: what would be sent if it took effect now."""
    known = live_reader(connection, reader, on)
    if known is None:
        raise BundleError(
            f"There is no site for “{reader}” on {on.isoformat()}. A colleague needs a duty on that day, a member of a "
            "family a confirmed relation, and a student a decision about an account of their own."
        )
    kept = shell_of(connection, known.edition)
    shell = kept[1] if kept else None
    for path, found in _fetched(connection, reader, on):
        if found.is_page:
            yield path, page(shell, found.pieces(), deflated=False)
        else:
            content = found.file(deflated=False)
            yield path, press(content) if press and found.is_printed else content
    for path, fragment in sorted((also or {}).items()):
        pieces = {**fragment_pieces(prepare(fragment, Compressor()).body), **drawer_pieces(known.drawer)}
        yield path, page(shell, pieces, deflated=False)
    yield "/search/pages.json", _searchable(connection, reader, on)


def scope_digest(connection: sqlite3.Connection, reader: str, on: date) -> str:
    """Changes with any byte that the reader could be sent on a day, and is far cheaper to ask for than the bytes."""
    digest = blake2b(digest_size=16)
    known = live_reader(connection, reader, on)
    digest.update(repr(known).encode())
    for path, content in connection.execute(_DIGESTS, (reader, on.isoformat())):
        digest.update(f"{len(path)} {path} ".encode() + content)
    return digest.hexdigest()


def _fetched(connection: sqlite3.Connection, reader: str, on: date) -> Iterator[tuple[str, Found]]:
    for (path,) in connection.execute(_PATHS, (reader, on.isoformat())).fetchall():
        found = look_up(connection, reader, path, on)
        if found is None:
            raise BundleError(f"The bundle is damaged: {path} is in a scope and can't be looked up.")
        yield path, found


def _searchable(connection: sqlite3.Connection, reader: str, on: date) -> bytes:
    rows = connection.execute(_SEARCHABLE, (reader, on.isoformat()))
    listing = [dict(zip(_LISTED, row, strict=True)) for row in rows]
    return (json.dumps(listing, ensure_ascii=False, indent=1) + "\n").encode()


def check_may_replace(target: Path) -> None:
    """Raises `BundleError` for a folder that an export may not take the place of: any that holds something else."""
    if not target.exists():
        return
    if not target.is_dir() or (any(target.iterdir()) and not (target / MADE_BY_US).is_file()):
        raise BundleError(f"{target} holds something that is not an export of sendbook; name a new folder.")


def _write(root: Path, path: str, content: bytes) -> None:
    """Write one file. Two paths that come down to one file are refused, and none leaves the folder: publishing
    allows no `..`, no empty step and no backslash in a path.
    """
    file = root / (path + "index.html" if path.endswith("/") else path).removeprefix("/")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("xb") as handle:
            handle.write(content)
    except (FileExistsError, NotADirectoryError):
        raise BundleError(f"{path} can't be written as a file: another path is in its place.") from None
    file.chmod(0o600)


def _swap(fresh: Path, target: Path) -> None:
    """Put the new export where the old one stands; the old one is whole until the moment it is gone."""
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent)) / "old"
    target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old.parent)
