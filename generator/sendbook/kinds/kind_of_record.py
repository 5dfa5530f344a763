"""One kind of record as data: everything the rooms above and below are handed of it, besides its schema."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfRecord:
    """What a shipped kind has beyond its schema.

    ``name`` is the kind's name, as its schema has it.
    """

    name: str
