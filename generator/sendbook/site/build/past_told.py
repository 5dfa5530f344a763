"""What families and students read of earlier versions, for `sendbook check`: the sentences their pages would hold.

Only what somebody at home reads is made, and nothing is rendered. What was found in it is remembered, and made again
when a version of the student's records was committed or anything else it rests on is another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from sendbook.access.views import scopes
from sendbook.campus.code import code_digest
from sendbook.campus.records import Campus
from sendbook.checks.texts.reaching import AT_HOME, Reached
from sendbook.history.versions import History
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import told_at_home


class PastTold:
    """The earlier versions of a campus, as told on a day; without a ``history`` nothing is."""

    def __init__(self, root: Path, on: date, history: History | None) -> None:
        self._root = root
        self._on = on
        self._history = history
        self._common: tuple[Campus, SharedCampus] | None = None

    def stamp(self, student: str) -> str:
        """Changes with each version of a student's records, and with the code that tells of them."""
        return f"{code_digest()} {self._marks.get(student, '')}"

    def told(self, shared: Campus, own: Campus, student: str) -> tuple[Reached, ...]:
        """Every sentence about an earlier version that somebody at home reads."""
        if self._history is None:
            return ()
        common = self._common_of(shared)
        found, projections = scopes(own, student, self._on, basis=common.basis)
        at_home = tuple(scope for scope in found if projections[scope.projection].manner in AT_HOME)
        return told_at_home(common, own, student, at_home, projections, self._history) if at_home else ()

    def _common_of(self, shared: Campus) -> SharedCampus:
        if self._common is None or self._common[0] is not shared:
            self._common = shared, SharedCampus(shared, self._on, self._root)
        return self._common[1]

    @cached_property
    def _marks(self) -> Mapping[str, str]:
        return self._history.marks() if self._history is not None else {}
