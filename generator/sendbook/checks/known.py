"""Which records' shapes were found good before, as the parse cache remembers it.

A record's shape rests on its bytes and the schemas alone, so it is looked at once for each version of a file.
"""

from __future__ import annotations

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import Loaded
from sendbook.campus.records import Record


class KnownShapes:
    """What the cache knows of the records just loaded, and what is found good beside."""

    def __init__(self, cache: ParseCache, loaded: Loaded) -> None:
        self._cache = cache
        self._schemas = loaded.campus.registry.digest
        self._known = cache.valid_among(loaded.sources.values(), self._schemas)
        self._new: list[str] = []

    def is_good(self, record: Record) -> bool:
        """Whether the shape was found good before."""
        return record.digest in self._known

    def add(self, record: Record) -> None:
        """This record's shape is good."""
        if record.digest not in self._known:
            self._new.append(record.digest)

    def remember(self) -> None:
        """Tells the cache what is new."""
        if self._new:
            self._cache.mark_valid(self._new, self._schemas)
