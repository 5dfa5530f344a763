"""What can change in a record: something is added, leaves, changes, or moves in a list whose order matters.

Events are facts, without words. A place is named by fields and by the keys of entries, never by numbers, so
that it means the same on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Says that a record (empty ``path``), an entry or a field is new; ``value`` is all of it."""

    record: str
    kind: str
    path: Path
    value: Any = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Says that a record, an entry or a field is there no longer; ``value`` is what it was."""

    record: str
    kind: str
    path: Path
    value: Any = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Says that a single value is another now."""

    record: str
    kind: str
    path: Path
    before: Any = field(hash=False)
    after: Any = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Says that a list whose order matters is in another order: the keys of the entries both sides have."""

    record: str
    kind: str
    path: Path
    before: tuple[str, ...]
    after: tuple[str, ...]


Event = Added | Left | Changed | Moved


def pointer(event: Event) -> str:
    """Returns the place in the record as text: ``/targets/reads-aloud/goal/value``."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in event.path)
