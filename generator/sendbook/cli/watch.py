"""``serve --watch``: builds again when a file of the campus changes, when the day does, and when the site's database is
not the one that was built: deleted, or an older copy put back, which may show what has been taken away since.

An error holds back what rests on it, and is told. A build that fails altogether changes nothing: the last good site
stays, and nobody's access is made longer by it, because the last days stand in the bundle. It is tried again after a
while, because what failed may have been the machine (a full disk), and its sentence is not repeated.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.cli.telling import for_log, in_one_sentence
from sendbook.errors import SendbookError, trace_of

#: After so many looks a build that failed is tried again: a minute or so.
_TRIES_AGAIN_AFTER = 30
_MADE_OF = ("records", "handbook", "schemas", "site_templates")

#: What a campus looks like at a moment; another value means that something changed.
Stamp = tuple[object, ...]


@dataclass(slots=True, kw_only=True)
class Watched:
    """A campus being watched; ``day`` says which day it is there, ``publish`` builds its site for a day.

    ``site`` is the database that builds publish into, where it is to be watched too.
    """

    root: Path
    day: Callable[[], date]
    publish: Callable[[date], object]
    console: Console
    site: Path | None = None
    before: Stamp = field(default=(), init=False)
    _site_before: Stamp = field(default=(), init=False)
    _looks_to_go: int = field(default=0, init=False)
    _told: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.note()

    def note(self) -> None:
        """Takes the campus as it is now for known: only what changes after this is built again."""
        self.before = self.stamp()
        self.note_site()

    def note_site(self) -> None:
        """Takes the site's database as it is now for the one that was built."""
        self._site_before = self._site_now()

    def _site_now(self) -> Stamp:
        try:
            found = self.site.stat() if self.site is not None else None
        except OSError:
            return ("gone",)
        return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns) if found is not None else ()

    def stamp(self) -> Stamp:
        """What changes when any file the site is made of does, or the day."""
        files = [self.root / "mkdocs.yml"]
        for name in _MADE_OF:
            files += sorted((self.root / name).rglob("*"))
        stats = []
        for path in files:
            try:
                found = path.lstat()
            except OSError:
                continue
            stats.append((str(path), found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))
        return (self.day(), *stats)

    def look(self) -> None:
        """Builds if something has changed since the last look. What changes meanwhile is seen at the next."""
        now = self.stamp()
        self._looks_to_go -= self._looks_to_go > 0
        another_site = not self._told and self._site_now() != self._site_before
        if now != self.before or another_site or (self._told and not self._looks_to_go):
            self.before = now
            self.build()

    def build(self) -> None:
        """Builds; what goes wrong is told, and the next change is still to be seen."""
        try:
            self.publish(self.day())
            self._told = ""
        except SendbookError as error:
            self._tell(str(error))
        except (OSError, sqlite3.Error) as error:
            self._tell(in_one_sentence(error))
        except Exception as error:  # a worker that was killed, or a fault of ours
            self.console.print(trace_of(error))
            self._tell("this is a fault in sendbook. Please report the lines above.")
        finally:
            self.note_site()

    def failed(self, sentence: str) -> None:
        """Takes note of a build that failed, and of what was said of it: it is tried again after a while."""
        self._looks_to_go = _TRIES_AGAIN_AFTER
        self._told = sentence

    def _tell(self, sentence: str) -> None:
        told_before = sentence == self._told
        self.failed(sentence)
        if told_before:
            return
        told = for_log(sentence, self.console)
        self.console.print(f"The site could not be built again: {told}", style="red")
