"""The chain of the access log: what ties each row to the one before, and each month to its name.

Everything here is a keyed digest (HMAC-SHA-256) with the log's key, which lies outside the log. Nothing is written.
"""

import hmac
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendbook.errors import ServeError

#: The chain before the first row.
START = bytes(32)
_SEGMENT = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.db")
_HEAD = re.compile(r"(\d{1,18}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Head:
    """A row: its number, and the chain's value there."""

    n: int
    chain: bytes

    def __str__(self) -> str:
        return f"{self.n} {self.chain.hex()}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """The row that a line of ``sendbook access-log head`` names; raises ServeError for anything else."""
        found = _HEAD.fullmatch(text.strip())
        if found is None:
            raise ServeError(f"“{text}” is not a row of the access log. Give the line that access-log head printed.")
        return cls(int(found[1]), bytes.fromhex(found[2]))


class Damaged(ServeError):  # noqa: N818 - read aloud where it is raised
    """A month's file can't be read; ``segment`` is its name."""

    def __init__(self, segment: str) -> None:
        super().__init__(
            f"The access log's file {segment} is damaged. Restore it from a copy, "
            "or run sendbook access-log set-aside to begin a new log and keep this one."
        )
        self.segment = segment


def link(key: bytes, n: int, chain: bytes, fields: tuple[object, ...]) -> bytes:
    """The chain's value at the row after number `n`. No field holds a NUL, so where one ends is never in doubt."""
    text = "\0".join((str(n + 1), *map(str, fields)))
    return hmac.digest(key, chain + text.encode("utf-8", "surrogatepass"), "sha256")


def opening_seal(key: bytes, month: str, begins: Head) -> bytes:
    """What ties the first row of a month's file to the month and to the row it follows."""
    return hmac.digest(key, b"opening\0" + f"{month}\0{begins}".encode(), "sha256")


def segments(folder: Path) -> list[Path]:
    """The files of the months, the oldest first."""
    return sorted(file for file in folder.iterdir() if _SEGMENT.fullmatch(file.name)) if folder.is_dir() else []


def opening_of(file: Path, key: bytes) -> Head | None:
    """The row that a month's file follows, if the file is that month's and nothing was cut off its beginning."""
    found = fetched(file, "SELECT n, chain, seal FROM opening")
    if len(found) != 1:
        return None
    n, chain, seal = found[0]
    if not (isinstance(n, int) and isinstance(chain, bytes) and isinstance(seal, bytes)):
        return None
    begins = Head(n, chain)
    return begins if hmac.compare_digest(seal, opening_seal(key, file.stem, begins)) else None


def row_at(file: Path, n: int) -> Head | None:
    """The row with this number, by what the file says; None if there is none."""
    return _head_in(file, fetched(file, "SELECT n, chain FROM entry WHERE n = ?", n))


def last_of(file: Path) -> Head | None:
    """The newest row of a month's file, by what the file says; None if it has none."""
    return _head_in(file, fetched(file, "SELECT n, chain FROM entry ORDER BY n DESC LIMIT 1"))


def _head_in(file: Path, found: list[tuple[Any, ...]]) -> Head | None:
    for n, chain in found:
        if not (isinstance(n, int) and isinstance(chain, bytes)):
            raise Damaged(file.name)
        return Head(n, chain)
    return None


def entries(file: Path) -> Iterator[tuple[Any, ...]]:
    """All rows of a month's file in their order; raises Damaged at the first that can't be read."""
    try:
        with closing(_opened(file)) as segment:
            yield from segment.execute("SELECT n, at, kind, reader, subject, path, detail, chain FROM entry ORDER BY n")
    except sqlite3.DatabaseError as error:
        raise _told(error, file) from error


def fetched(file: Path, query: str, *values: int) -> list[tuple[Any, ...]]:
    """What a month's file answers; raises Damaged where it can't."""
    try:
        with closing(_opened(file)) as segment:
            return segment.execute(query, values).fetchall()
    except sqlite3.DatabaseError as error:
        raise _told(error, file) from error


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None, timeout=10.0)


def _told(error: sqlite3.DatabaseError, file: Path) -> Exception:
    """Busy, a full disk and the like are told as what they are; everything else is damage."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    passing = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return error if code in passing else Damaged(file.name)
