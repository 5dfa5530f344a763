"""A copy of what is published and of what builds remember, to build in without touching the site that is served."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sendbook.places import LOCK, Places

_DATABASE = ".db"
_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def copied(state: Path) -> Iterator[Path]:
    """Copies a state folder's parts but for the gate's into a private folder next to them, and takes it away again.

    A database that is being written is copied as it stood before or after, never half. A file that is no database is
    copied as it is: the build says what is wrong with it, as it would where it lies.
    """
    with tempfile.TemporaryDirectory(prefix="apart-", dir=state) as folder:  # nobody else may read it (mode 0700)
        apart = Path(folder)
        for part in (Places(state).site, Places(state).build):
            if part.is_dir():
                _copy(part, apart / part.name)
        yield apart


def _copy(source: Path, target: Path) -> None:
    target.mkdir(mode=0o700)
    for path in source.iterdir():
        if path.is_symlink() or path.name == LOCK or path.name.endswith(_BESIDE):
            continue
        if path.is_dir():
            _copy(path, target / path.name)
        elif path.suffix != _DATABASE or not _backed_up(path, target / path.name):
            shutil.copy2(path, target / path.name)


def _backed_up(source: Path, target: Path) -> bool:
    """Copies a database, and returns whether it is one."""
    uri = f"{source.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as before, closing(sqlite3.connect(target)) as after:
            before.backup(after)
    except sqlite3.DatabaseError:
        return False
    target.chmod(0o600)
    return True
