"""Finds which of a reader's own pages are there already, just as they would be made.

A reader who sees a whole campus has a sheet for each of its classes, and a change to one student changes few of them.
What a page was made of is remembered as a digest; where it is the same, the page is the same and is not made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b

from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import OWN
from sendbook.bundle.store import Bundle

_UNIT = "~unchanged pages"


class UnchangedPages:
    """Knows which pages of a reader need not be made again; ``common`` names all that every page rests on."""

    def __init__(self, bundle: Bundle, reader: str, common: str) -> None:
        self._reader = reader
        self._common = common.encode()
        self._before: dict[str, str] = json.loads(bundle.remembered(_UNIT, reader) or b"{}")
        self._there = bundle.paths(OWN, reader) if self._before else frozenset()
        self._now: dict[str, str] = {}

    def has(self, path: str, made_of: Iterable[bytes]) -> bool:
        """Whether the page under this path was made of the same, in the same order, and is there.

        ``made_of`` are digests, all of one length.
        """
        digest = self._now[path] = blake2b(self._common + b"".join(made_of), digest_size=16).hexdigest()
        return path in self._there and self._before.get(path) == digest

    def remember(self, change: Publication) -> None:
        """Keeps it for the next build."""
        if self._now != self._before:
            change.remember(_UNIT, self._reader, json.dumps(self._now).encode() if self._now else None)


def forget(change: Publication, reader: str) -> None:
    """Has every page of this reader made again by the next build."""
    change.remember(_UNIT, reader, None)
