"""Lists what families and students read of earlier versions, in the sentences that their pages hold.

A build asks it of the pages it makes. For `sendbook check`, `PastTold` makes only what somebody at home reads, and
renders nothing. What was found in it is remembered, and made again when a version of the student's records was
committed or anything else it rests on is another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from sendbook.access.views import Scope, scopes
from sendbook.campus.code import code_digest
from sendbook.campus.records import Campus
from sendbook.checks.texts.reaching import AT_HOME, Reached
from sendbook.history.versions import History
from sendbook.site.build.changes import Changes
from sendbook.site.build.page_source import PageSource, page_source, persons_by_projection
from sendbook.site.build.shared_campus import SharedCampus


class PastTold:
    """Tells of the earlier versions of a campus on a day; without a ``history`` there are none."""

    def __init__(self, root: Path, on: date, history: History | None) -> None:
        self._root = root
        self._on = on
        self._history = history
        self._common: tuple[Campus, SharedCampus] | None = None

    def stamp(self, student: str) -> str:
        """Changes with each version of a student's records, and with the code that tells of them."""
        return f"{code_digest()} {self._marks.get(student, '')}"

    def told(self, shared: Campus, own: Campus, student: str) -> tuple[Reached, ...]:
        """Returns every sentence about an earlier version that somebody at home reads."""
        if self._history is None:
            return ()
        common = self._common_of(shared)
        found, projections = scopes(own, student, self._on, basis=common.basis)
        at_home = tuple(scope for scope in found if projections[scope.projection].manner in AT_HOME)
        if not at_home:
            return ()
        persons = persons_by_projection({scope.projection: projections[scope.projection] for scope in at_home})
        changes = Changes(common, own, student, self._history)

        def source_of(scope: Scope) -> PageSource:
            return page_source(common, scope, projections[scope.projection], persons[scope.projection], changes)

        return tuple(sentences_at_home(own, student, ((scope.reader, source_of(scope)) for scope in at_home)))

    def _common_of(self, shared: Campus) -> SharedCampus:
        if self._common is None or self._common[0] is not shared:
            self._common = shared, SharedCampus(shared, self._on, self._root)
        return self._common[1]

    @cached_property
    def _marks(self) -> Mapping[str, str]:
        return self._history.marks() if self._history is not None else {}


def sentences_at_home(own: Campus, student: str, sources: Iterable[tuple[str, PageSource]]) -> Iterator[Reached]:
    """Yields every sentence about an earlier version that somebody at home reads, once for each record it is about.

    ``sources`` are readers, each with what their pages are made from.
    """
    header = own.get(f"students/{student}/student")
    readers: dict[tuple[str, str], set[str]] = {}
    for reader, source in sources:
        if source.projected.manner in AT_HOME:
            for place, sentence in source.told.sentences():
                readers.setdefault((place, sentence), set()).add(reader)
    for (place, sentence), who in readers.items():
        record = own.get(f"students/{student}/{place}") or header
        if record is not None:
            yield Reached(record=record, pointer="", text=sentence, readers=frozenset(who))
