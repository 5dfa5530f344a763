"""Who waits for a student's pages while these are being corrected: as whom, and in which of their classes.

Kept in the bundle next to the student's scopes, so that a list that lacks the student can say which list it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sendbook.access.held import Held

#: Under this name the bundle keeps who waits for a student's pages.
WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One student whose pages a reader waits for, and the teaching groups they may know the student is in."""

    student: str
    manner: str = "staff"
    classes: tuple[str, ...] = ()

    @property
    def at_work(self) -> bool:
        """Whether the reader sees the student for work, and not as family."""
        return self.manner == "staff"


def pack(waiting: Iterable[Held]) -> bytes:
    """What `unpack` reads."""
    return json.dumps({one.reader: [one.manner, one.classes] for one in waiting}, sort_keys=True).encode()


def unpack(student: str, kept: bytes | None) -> Mapping[str, Waiting]:
    """Each reader who waits for a student's pages, by id."""
    said: dict[str, list[object]] = json.loads(kept or b"{}")
    return {
        reader: Waiting(student=student, manner=str(manner), classes=tuple(map(str, classes)))  # type: ignore[call-overload]
        for reader, (manner, classes) in said.items()
    }
