"""A digest of our own code: what other code made is made again, whatever else stayed the same."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

import sendbook

#: The rooms that have a hand in a page.
OF_PAGES = ("access", "bundle", "campus", "documents", "history", "site")
#: The rooms that have a hand in a finding.
OF_FINDINGS = ("access", "campus", "checks", "history")


@cache
def code_digest(rooms: tuple[str, ...] = OF_PAGES) -> str:
    """Changes with any module of these rooms."""
    digest = blake2b(sendbook.__version__.encode(), digest_size=16)
    root = Path(sendbook.__file__).parent
    for room in rooms:
        for path in sorted((root / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
