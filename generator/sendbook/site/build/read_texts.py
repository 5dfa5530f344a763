"""Remembers, in the bundle, which texts of a student the family and the student have on the published site.

A name that is new to the records may fit a text they have read for months. Only digests are kept: enough to know a text
again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sendbook.bundle.store import Bundle
from sendbook.checks.texts.sightings import text_digest
from sendbook.errors import SendbookError

#: Under this name the bundle remembers them.
TEXTS = "texts"

ReadOf = Callable[[str], frozenset[str]]


def packed_texts(texts: frozenset[str]) -> bytes:
    """Texts as the bundle keeps them."""
    return " ".join(sorted(map(text_digest, texts))).encode()


def unpacked_texts(kept: bytes | None) -> frozenset[str]:
    """Returns their digests."""
    return frozenset((kept or b"").decode().split())


def read_in(bundle: Path) -> ReadOf:
    """Asks a bundle for the texts of each student. Where there is none that can be read, nothing was published."""

    def read_of(student: str) -> frozenset[str]:
        if not bundle.exists():
            return frozenset()
        try:
            with Bundle.reading(bundle) as opened:
                return unpacked_texts(opened.remembered(student, TEXTS))
        except SendbookError:
            return frozenset()

    return read_of
