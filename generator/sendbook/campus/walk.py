"""Walks through the folders of a campus, without opening a file.

A folder of a school that goes on is nearly always as it was: it is listed again only where a file has come or gone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sendbook.campus.litter import copied_from, copy_of, empty_folder, is_litter, litter, may_be_a_record, stray
from sendbook.campus.paths import misplaced, printable, unseen_name
from sendbook.campus.problems import Problem

# A file written twice within a clock tick of the file system looks the same after as before. Until its time
# lies this far back, a file is read again rather than trusted. So is a folder.
SETTLED_NS = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Holds what was in a folder where nothing is out of place: the paths of its files, and its folders.

    ``stamp`` changes when a file comes to the folder or goes from it.
    """

    stamp: tuple[int, int, int, int]
    files: tuple[str, ...]
    folders: tuple[str, ...]


class Walk:
    """Goes through a campus's folders once, and tells what is out of place by its name.

    ``before`` are the ``listings`` of an earlier walk under the same schemas; ``problems`` are added to.
    """

    def __init__(self, root: Path, before: Mapping[str, Listing], problems: list[Problem]) -> None:
        self.root = root
        self._at = f"{root}/"
        self.listings: dict[str, Listing] = {}
        self._before = before
        self._problems = problems

    def below(self, folder: str, levels: int) -> Iterator[tuple[str, os.stat_result]]:
        """Yields the files in a folder with their status, as many levels down as records may lie."""
        stamp = self._stamp(folder)
        same = self._same(folder, stamp)
        if same is None:
            yield from self._listed(folder, levels, stamp)
        else:
            yield from self._as_before(folder, same, levels)

    def _as_before(self, folder: str, same: Listing, levels: int) -> Iterator[tuple[str, os.stat_result]]:
        """Yields the same of a folder to which nothing has come, and of those in it."""
        waiting = [(folder, same, levels)]
        while waiting:  # in one place: most of the time of a scan would go into handing files up from folder to folder
            folder, same, levels = waiting.pop()
            self.listings[folder] = same
            for path in same.files:
                with suppress(
                    FileNotFoundError, NotADirectoryError
                ):  # it went this very moment: the next scan lists the folder again
                    yield path, os.lstat(f"{self._at}{path}")
            for path in same.folders:
                inside = self._same(path, self._stamp(path))
                if inside is not None and inside.files:
                    waiting.append((path, inside, levels - 1))
                else:
                    yield from self._inside(path, levels)

    def _stamp(self, folder: str) -> tuple[int, int, int, int]:
        try:
            status = os.lstat(f"{self._at}{folder}")
        except (FileNotFoundError, NotADirectoryError):
            return 0, 0, 0, 0
        return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns

    def _same(self, folder: str, stamp: tuple[int, int, int, int]) -> Listing | None:
        """What the folder held before, if nothing has come to it or gone from it since."""
        before = self._before.get(folder)
        return before if before is not None and before.stamp == stamp else None

    def _listed(
        self, folder: str, levels: int, stamp: tuple[int, int, int, int]
    ) -> Iterator[tuple[str, os.stat_result]]:
        began, wrong = time.time_ns(), len(self._problems)
        files, folders = [], []
        with os.scandir(f"{self.root}/{folder}") as listed:
            found = sorted(listed, key=lambda item: item.name)
        beside = {item.name for item in found}
        for item in found:
            path = f"{folder}/{printable(item.name)}"
            original = copied_from(item.name, beside)
            if item.name.startswith(".git"):
                continue  # git's own, and there on purpose
            if is_litter(item.name):
                self._problems.append(litter(path))
            elif not path.endswith(f"/{item.name}"):
                self._problems.append(unseen_name(path, item.name))
            elif item.is_symlink():
                self._problems.append(link(path))
            elif item.is_dir(follow_symlinks=False):
                folders.append(path)
            elif original is not None:
                self._problems.append(copy_of(path, original))
            else:
                files.append(path)
                yield path, item.stat(follow_symlinks=False)
        if len(self._problems) == wrong and max(stamp[2:]) < began - SETTLED_NS:
            self.listings[folder] = Listing(stamp=stamp, files=tuple(files), folders=tuple(folders))
        for path in folders:
            yield from self._inside(path, levels)

    def _inside(self, path: str, levels: int) -> Iterator[tuple[str, os.stat_result]]:
        """The files in a folder; one that no record can lie in is told as a whole."""
        same = self._same(path, self._stamp(path))
        if same is not None and same.files:  # it is not empty, and records may lie in it
            yield from self._as_before(path, same, levels - 1)
            return
        inside = (name for _, _, names in os.walk(f"{self.root}/{path}") for name in names if not is_litter(name))
        first = next(inside, None)
        if first is None:
            self._problems.append(empty_folder(path))
        elif levels > 1:
            yield from self.below(path, levels - 1)
        else:
            meant = any(map(may_be_a_record, (first, *inside)))
            self._problems.append(misplaced(path) if meant else stray(path))


def link(path: str) -> Problem:
    """Says that there is a link where only a file or a folder may be."""
    message = "This is a link to another place; records are read from their own folder only."
    return Problem("link", path, None, None, message, "Replace the link with the file itself, or take it out.")
