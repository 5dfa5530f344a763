"""Putting a finished folder where an older one stands: the old one or the new one, never a part of either.

The new folder is written next to its place and changes places with the old one in a single step where the system can
do that (Linux), and in two otherwise. A folder that something else made is refused: a file we did not write would go
with the old folder.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from sendbook.errors import BundleError

#: Lists what we wrote into a folder, one path a line, so that the folder may be replaced by a newer one.
MADE_BY_US = ".sendbook-public"

_AT_FDCWD = -100
_EXCHANGE = 2


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make `target` hold exactly these files (by path with forward slashes), readable by everybody.

    Raises `BundleError` for a folder with anything in it that an earlier run did not write. Whatever goes wrong, what
    stood at `target` is there whole.
    """
    place = target.absolute()
    check_may_replace(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        whole = {**files, MADE_BY_US: "".join(f"{path}\n" for path in sorted(files)).encode()}
        for path, content in whole.items():
            _write(fresh, path, content)
        fresh.chmod(0o755)
        swap(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_may_replace(place: Path) -> None:
    """Refuse a place that is a link, a file, or a folder holding something we did not write."""
    if place.is_symlink():
        raise BundleError(f"{place} is a link to another place; name the folder itself.")
    if not place.exists():
        return
    if not place.is_dir():
        raise BundleError(f"{place} is a file; name a new folder.")
    ours = _listed(place)
    strange = sorted(name for name in _everything_in(place) if name not in ours)
    if strange:
        raise BundleError(f"{place} holds {strange[0]}, which is not from here; name a new folder, or move that file.")


def swap(fresh: Path, place: Path) -> None:
    """Put `fresh` where `place` is; afterwards `fresh` is the old folder, or gone if there was none."""
    if not place.exists():
        fresh.rename(place)
    elif not _exchanged(fresh, place):
        old = fresh.with_name(f"{fresh.name}-old")
        place.rename(old)
        try:
            fresh.rename(place)
        except OSError:
            old.rename(place)
            raise
        shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_EXCHANGE))
    return int(done) == 0


def _listed(place: Path) -> frozenset[str]:
    marker = place / MADE_BY_US
    if not marker.is_file() or marker.is_symlink():
        return frozenset()
    return frozenset([MADE_BY_US, *marker.read_text(encoding="utf-8", errors="replace").splitlines()])


def _everything_in(place: Path) -> Iterable[str]:
    """Paths of all that is no folder, and of folders that hold nothing."""
    for folder, names, files in os.walk(place):
        here = Path(folder).relative_to(place)
        yield from ((here / name).as_posix() for name in files)
        yield from ((here / name).as_posix() for name in names if (Path(folder) / name).is_symlink())


def _write(root: Path, path: str, content: bytes) -> None:
    file = root / path
    if ".." in Path(path).parts or Path(path).is_absolute():
        raise BundleError(f"{path} would be written outside the folder.")
    file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        with file.open("xb") as handle:
            handle.write(content)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        raise BundleError(f"{path} can't be written: another file is in its place.") from None
    file.chmod(0o644)
    for folder in file.relative_to(root).parents:
        if folder != Path():
            (root / folder).chmod(0o755)
