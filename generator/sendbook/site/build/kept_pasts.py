"""Keeps what students' pasts came to, for the next publication of the same process.

All that is kept of a student rests on the policy, the people and the schemas as one object, on the versions of their
records up to a mark that proves these, and on what of today decides how the past is told (`history/lookback.py`). It is
kept in memory alone, of the few students who were published last.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.access.basis import Basis
from sendbook.history.confidences import Confidence
from sendbook.history.lookback import LookedBack, Step
from sendbook.history.versions import Line
from sendbook.pages.changed_days import ChangedDay

#: Of so many students the past is kept: of those whose records are being worked on.
STUDENTS = 16
#: So many days may be kept of all of them together, each counted as often as groups of readers see it: about 100 MB.
DAYS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPast:
    """Holds what one student's past came to.

    ``answered`` says of each entry that can be opened to the family whether the versions up to the end of ``line`` keep
    it from them. ``persons`` are the people a step speaks of, and ``told`` is what a step is told as, by all that its
    words rest on.
    """

    line: Line
    answered: Mapping[Confidence, bool] = field(repr=False)
    looked_back: LookedBack = field(repr=False)
    persons: Mapping[Step, frozenset[str]] = field(repr=False)
    told: Mapping[Any, ChangedDay] = field(repr=False)

    @property
    def days(self) -> int:
        """Returns how many days are kept, each counted as often as groups of readers see it."""
        return sum(map(len, self.looked_back.seen.values()))


class KeptPasts:
    """Holds the pasts of the students who were published last, the longest ago first."""

    def __init__(self) -> None:
        self._basis: Basis | None = None
        self._pasts: dict[str, KeptPast] = {}

    def of(self, student: str) -> KeptPast | None:
        """Returns what a student's past came to last time, where that is kept."""
        return self._pasts.get(student)

    def keep(self, student: str, past: KeptPast) -> None:
        """Keeps what a student's past came to now, and lets go of those that were asked for the longest ago."""
        self._pasts.pop(student, None)
        self._pasts[student] = past
        while len(self._pasts) > STUDENTS or sum(one.days for one in self._pasts.values()) > DAYS:
            del self._pasts[next(iter(self._pasts))]

    def keep_only(self, basis: Basis, students: Container[str]) -> None:
        """Forgets all that rests on other shared records, and students who are gone: what was withdrawn is nowhere."""
        if basis is not self._basis:
            self.forget()
        self._basis = basis
        self._pasts = {student: past for student, past in self._pasts.items() if student in students}

    def forget(self) -> None:
        """Keeps nothing any more."""
        self._basis = None
        self._pasts = {}
