"""Keeps what a student's pages asked of their surroundings when they were made, for the next build to ask again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping

from sendbook.pages.asked import AskedPlace

#: Under this name the bundle remembers it of a student.
ASKED = "asked"
#: The places by what pages are made of besides: a digest of it.
AskedBefore = Mapping[str, Collection[AskedPlace]]

_QUICK = 1


def packed_asked(asked: AskedBefore) -> bytes:
    """Returns the places as the bundle keeps them."""
    said = {base: sorted(places) for base, places in sorted(asked.items())}
    return zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), _QUICK)


def unpacked_asked(kept: bytes) -> AskedBefore:
    """Returns the same as they were; none where nothing was kept."""
    said = json.loads(zlib.decompress(kept)) if kept else {}
    return {base: frozenset(map(tuple, places)) for base, places in said.items()}
