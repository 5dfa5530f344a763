"""Keeps what one publication worked out for the next one in the same process, while all it rests on is the same.

A publisher that goes on running, as `serve` does, has one; a build in a process of its own begins with nothing, and
goes the same way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from sendbook.campus.cache import ProvedStamps
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.checks.texts.everybody import Known
from sendbook.checks.texts.forms import Words
from sendbook.checks.texts.unsaid import Unsaid
from sendbook.handbook.folder import Handbook
from sendbook.site.build.kept_pasts import KeptPasts

T = TypeVar("T")
#: Every so many seconds.
_LISTED_AGAIN = 300.0


class Kept:
    """Holds one value under each name, with what it was made of.

    Besides it holds the last scan, the handbook as it was last read, what students' pasts came to, and people as texts
    could tell of them: each of these knows itself how much of it still is as it was.
    """

    def __init__(self) -> None:
        self._values: dict[str, tuple[object, object]] = {}
        self.stamps: ProvedStamps = {}
        self.pasts = KeptPasts()
        self.people: dict[str, Known] = {}
        self.handbook: Handbook | None = None
        self._scan: tuple[str, Scan] | None = None
        self._listed_at = 0.0

    def scanned(self, folder: CampusFolder) -> Scan:
        """Scans the folder, from what the last scan under these schemas found.

        From time to time every folder is listed again: on some network drives the time of a folder stays the same when
        a file comes to it.
        """
        under, now = folder.registry.digest, time.monotonic()
        before = self._scan[1] if self._scan is not None and self._scan[0] == under else None
        if before is None or now - self._listed_at > _LISTED_AGAIN:
            self._listed_at = now
            before = replace(before, listings={}) if before is not None else None
        scan = folder.scan(before)
        self._scan = under, scan
        return scan

    def value(self, name: str, rests_on: object, make: Callable[[], T]) -> T:
        """Returns what is kept under a name if it was made of just this, or makes it now and keeps it.

        With None nothing is known of what it rests on: it is made, and not kept.
        """
        before = self._values.get(name)
        if rests_on is not None and before is not None and before[0] == rests_on:
            kept: T = before[1]  # type: ignore[assignment] # made under this name, by the same caller
            return kept
        made = make()
        self._values.pop(name, None)
        if rests_on is not None:
            self._values[name] = (rests_on, made)
        return made

    def unsaid_in(self, where: str, names: frozenset[Words]) -> Unsaid:
        """Returns who was in none of the texts that all families read ``where`` they are; ``names`` are open."""
        return self.value(f"unsaid in the {where}", names, lambda: Unsaid(names))

    def forget(self) -> None:
        """Keeps nothing any more: what a publication that failed has left behind is not gone on with."""
        self._values.clear()
        self.stamps.clear()
        self.pasts.forget()
        self.people.clear()
        self.handbook = self._scan = None
