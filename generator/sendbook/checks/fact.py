"""A fact that a document takes from the records: `facts` finds those of a document, and the day each last changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of one record: which file, where in it, and which contact or place it is ``about``."""

    path: str
    steps: tuple[str, ...]
    about: str

    def value_in(self, data: Mapping[str, Any] | None) -> object:
        """The value in a version of the file; None if it has none."""
        found: object = data
        for step in self.steps:
            found = found.get(step) if isinstance(found, Mapping) else None
        return found
