"""Moves a state folder in which everything lay side by side into the folders of today (`sendbook.places`), once.

Each step is one renaming, and what has come to its place is not moved again, so a move that is stopped at any instant
is finished by the next command. A database goes after its log: between the two nobody opens it, because every command
asks here first.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sendbook.errors import ServeError
from sendbook.places import BUILD, BUNDLE, CACHE, ENGINE, LOCK, SITE, Places
from sendbook.seals import KEYS

_HISTORY, _WITHDRAWALS = "history.db", "withdrawals.db"
#: In this order: the key first, or what it seals would not be believed; the lock that earlier versions hold last.
_MOVED = (
    (KEYS, BUILD),
    (ENGINE, BUILD),
    (CACHE, BUILD),
    (_HISTORY, BUILD),
    (_WITHDRAWALS, SITE),
    (BUNDLE, SITE),
)
_OLD_LOCK = LOCK


def move_once(state: Path) -> None:
    """Brings an earlier version's files to their places; does nothing where there are none.

    Raises `ServeError` while that version is serving from there: its gate would not find the site any more; and where
    what was withdrawn can't be taken over.
    """
    if not any(map(os.path.lexists, _old_files(state))):
        return
    with _alone(state):
        places = Places(state)
        for folder in (places.site, places.build):
            folder.mkdir(mode=0o700, exist_ok=True)
        for name, room in _MOVED:
            for ending in ("-wal", "-shm", "") if name.endswith(".db") else ("",):
                _move(state / f"{name}{ending}", state / room / f"{name}{ending}")
        (state / _OLD_LOCK).unlink(missing_ok=True)


def _old_files(state: Path) -> Iterator[Path]:
    yield from (state / name for name, _ in _MOVED)
    yield from (state / f"{name}-wal" for name, _ in _MOVED if name.endswith(".db"))


def _move(old: Path, new: Path) -> None:
    """Renames one thing. What is at its new place already stays: it was written by the newer version.

    An earlier version that was used once more leaves things at the old places. All can be made again, but for what was
    withdrawn, which is added.
    """
    if not os.path.lexists(old):
        return
    database = new.with_name(new.name.removesuffix("-wal").removesuffix("-shm"))
    if not os.path.lexists(database):
        old.rename(new)
        return
    if old.name == _WITHDRAWALS:
        _add_withdrawals(old, new)
    if old.name in (f"{_WITHDRAWALS}-wal", f"{_WITHDRAWALS}-shm"):
        return  # read with the file it belongs to, and gone with it
    _remove(old)


def _add_withdrawals(old: Path, new: Path) -> None:
    """Adds what was withdrawn there. Unless all of it was added the old file stays: without it people would read on."""
    from sendbook.bundle.withdrawals import Withdrawals  # most commands move nothing

    try:
        with closing(sqlite3.connect(old)) as connection:
            there = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'withdrawn'").fetchone()
            rows = connection.execute("SELECT reader, subject FROM withdrawn").fetchall() if there else []
        with Withdrawals(new.with_name(BUNDLE)) as withdrawals:
            for reader, subject in rows:
                withdrawals.add(reader, subject)
    except sqlite3.Error as error:
        raise ServeError(
            f"{old} says from whom access was withdrawn with an earlier version, and can't be taken over ({error}). "
            "Try again. If it is damaged, move it away and withdraw access again (sendbook revoke) before you serve."
        ) from error
    for ending in ("-wal", "-shm"):
        old.with_name(f"{old.name}{ending}").unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """While no gate and no build of an earlier version is at work in the folder; a build is waited for.

    A gate that finds its site in today's place is not one of an earlier version.
    """
    places = Places(state)
    log = places.gate / "audit"
    may_be_served = log.is_dir() and not places.bundle.exists()
    with _held(log / "lock" if may_be_served else None, wait=False), _held(state / _OLD_LOCK, wait=True):
        yield


@contextmanager
def _held(path: Path | None, *, wait: bool) -> Iterator[None]:
    if path is None:
        yield
        return
    lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServeError(
                "sendbook serve of an earlier version is running on this campus. Stop it, so that its files can be "
                "moved to where this version has them, and try again."
            ) from None
        yield
    finally:
        os.close(lock)
