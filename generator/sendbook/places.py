"""Names the places in a campus's state folder, each with the one process that writes there.

``gate/`` has accounts, sessions, keys and the access log, and is written by the gate; ``site/`` has what is published,
written by builds and read by the gate; ``build/`` has what builds remember, which the gate never reads. Paths only:
nothing is made or opened here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SITE, BUILD, GATE = "site", "build", "gate"
BUNDLE, CACHE, LOCK, ENGINE = "bundle.db", "cache.db", "build.lock", "engine"


@dataclass(frozen=True, slots=True)
class Places:
    """Knows where everything lies in a state folder."""

    state: Path

    @classmethod
    def around_cache(cls, cache: Path) -> Places:
        """Returns the places of the state folder that a cache lies in."""
        return cls(cache.parent.parent)

    @property
    def gate(self) -> Path:
        """Accounts, sessions, keys and the access log."""
        return self.state / GATE

    @property
    def site(self) -> Path:
        """What is published: the bundle, and the withdrawals next to it."""
        return self.state / SITE

    @property
    def build(self) -> Path:
        """What builds remember: caches, the index of the history, the key that seals them."""
        return self.state / BUILD

    @property
    def bundle(self) -> Path:
        """The database of pages."""
        return self.site / BUNDLE

    @property
    def cache(self) -> Path:
        """What files held when they were last read."""
        return self.build / CACHE

    @property
    def lock(self) -> Path:
        """What a build holds, so that there is one at a time."""
        return self.build / LOCK

    @property
    def engine(self) -> Path:
        """The handbook's editions as MkDocs made them."""
        return self.build / ENGINE


def keys_of(cache: Path, name: str) -> Path:
    """Returns the folder of the key that seals a cache: next to it, but in ``build/`` for what lies in ``site/``.

    The gate may read ``site/``. With the key it could seal rows that a build would believe.
    """
    folder = cache.parent
    return (folder.with_name(BUILD) if folder.name == SITE else folder) / name
