"""``serve --watch``: builds again when a file of the campus changes, and when the day does.

An error holds back what rests on it, and is told. A build that fails altogether changes nothing: the last good site
stays, and nobody's access is made longer by it, because the last days stand in the bundle.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.cli.build import build_shown
from sendbook.cli.options import open_campus
from sendbook.cli.telling import for_log, in_one_sentence
from sendbook.errors import SendbookError, trace_of

_EVERY = 2.0
_MADE_OF = ("records", "handbook", "schemas", "site_templates")

#: What a campus looks like at a moment; another value means that something changed.
Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A campus being watched; ``day`` says which day it is there."""

    root: Path
    state: Path
    day: Callable[[], date]
    console: Console

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
            stats.append((str(path), found.st_mtime_ns, found.st_size, found.st_ino))
        return (self.day(), *stats)

    def run(self, before: Stamp) -> None:
        """Looks every two seconds, for ever; meant for a thread of its own."""
        while True:
            time.sleep(_EVERY)
            now = self.stamp()
            if now != before:
                before = now
                self._build()

    def _build(self) -> None:
        try:
            # Opened anew: a schema of the campus's own may be what has changed.
            build_shown(open_campus(self.root), self.day(), self.state, self.console)
        except SendbookError as error:
            self._tell(str(error))
        except (OSError, sqlite3.Error) as error:
            self._tell(in_one_sentence(error))
        except Exception as error:  # a worker that was killed, or a fault of ours: the next change is still to be seen
            self.console.print(trace_of(error))
            self._tell("this is a fault in sendbook. Please report the lines above.")

    def _tell(self, sentence: str) -> None:
        told = for_log(sentence, self.console)
        self.console.print(f"The site could not be built again: {told}", style="red")
