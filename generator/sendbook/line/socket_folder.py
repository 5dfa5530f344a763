"""The folder of the sockets: private, and with a short path, because a socket's address holds a hundred bytes or so."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sendbook.errors import LineError

#: macOS has 104 bytes for an address, its end included, Linux 108.
_LONGEST = 100
_LONGEST_NAME = len("/builder.sock")
_PREFIX = "sendbook-"


@contextmanager
def socket_folder() -> Iterator[Path]:
    """A new folder that only its owner may enter, deleted afterwards; below the user's own one where there is such."""
    folder = _made()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made() -> Path:
    for place in _places():
        try:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        except OSError:
            continue
        if len(os.fsencode(folder)) + _LONGEST_NAME <= _LONGEST and is_private(folder):
            return folder
        shutil.rmtree(folder, ignore_errors=True)
    raise LineError("There is no folder for the sockets of sendbook: neither XDG_RUNTIME_DIR nor /tmp will do.")


def _places() -> Iterator[Path]:
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    if own.startswith("/") and is_private(Path(own)):
        yield Path(own)
    yield Path(tempfile.gettempdir())
    yield Path("/tmp")  # noqa: S108 - the folder in it is made private, under a name nobody can guess


def is_private(folder: Path) -> bool:
    """Whether it is a folder, no link to one, that belongs to us and that nobody else may enter."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    mine = status.st_uid == os.geteuid()
    return stat.S_ISDIR(status.st_mode) and mine and not stat.S_IMODE(status.st_mode) & 0o077
