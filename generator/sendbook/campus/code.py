"""Computes a digest of our own code, so that what other code made is made again after an upgrade.

There is one digest for pages, findings and what is remembered of either. A page says what rules find and gives figures
in words, and the site finds mistakes of its own: a room that can change the one can change the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

import sendbook

#: The rooms that can change a page or a finding. A test follows the imports, and asks for each room that they reach.
ROOMS = (
    "access",
    "bundle",
    "campus",
    "checks",
    "deadlines",
    "documents",
    "figures",
    "handbook",
    "history",
    "kinds",
    "pages",
    "site",
)

_PACKAGE = Path(sendbook.__file__).parent


@cache
def code_digest() -> str:
    """Returns a digest that changes with any module that can change a page or a finding."""
    return digest_in(_PACKAGE)


def digest_in(package: Path) -> str:
    """Computes the digest of the rooms of a package: of each module its place, its size and its text."""
    digest = blake2b(sendbook.__version__.encode(), digest_size=16)
    for path in modules_in(package):
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(package).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def modules_in(package: Path) -> Iterator[Path]:
    """Yields the modules that all rooms may import, then those of each room, always in the same order."""
    yield from sorted(package.glob("*.py"))
    for room in ROOMS:
        yield from sorted((package / room).rglob("*.py"))
