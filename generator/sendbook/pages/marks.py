"""Marks that say in a word how something is, as a tag on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with the look of a tag; the word says it all."""

    words: str
    kind: str
