"""A student's history as one reader sees it: every past state reduced by today's policy, then compared.

A past state has today's people, relations and grants applied to it, never those of its own day. A version counts for
a reader only if something they see changed in it; what happened on one day is told as one step. So only the state at
the end of a day is reduced, however often something was recorded on it; what was said last is asked of every version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.sight import Standing, standing
from sendbook.access.student_file import StudentFile
from sendbook.campus.records import Campus, Record
from sendbook.history.comparison import Memo, compare
from sendbook.history.events import Event
from sendbook.history.versions import Moment, ends_of_days

_NOTHING: Mapping[str, Record] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Holds what changed for a reader on one day: the projections around it, by record id, and the events between.

    The first step of all has nothing before it.
    """

    day: str
    before: Mapping[str, Record] = field(repr=False)
    after: Mapping[str, Record] = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)


class Lookback:
    """Shows one student's moments to anyone who stands to the student somehow today.

    ``campus`` needs the shared records and this student's, as they are today; ``moments`` come from
    ``History.moments``. Readers whose ``standing`` is equal see the same steps, and the work is done once for them.
    """

    def __init__(
        self, campus: Campus, student: str, moments: Iterable[Moment], on: date, *, basis: Basis | None = None
    ) -> None:
        self.basis = basis or Basis.of(campus)
        self.on = on
        today = StudentFile.of(campus, student, self.basis)
        self._moments = tuple(moments) if today is not None else ()
        self._days: list[tuple[str, StudentFile]] = []
        if today is not None:
            # Words taken back and removed on one day were taken back: all moments are known, not only ends of days.
            today = today.knowing(moment.records.values() for moment in self._moments)
            ends = ends_of_days(self._moments)
            self._days = [(moment.day, today.looking_back(moment.records.values())) for moment in ends]
        self._relations = today.relations if today else None
        written_by = (file.authors for _, file in self._days)
        self._authors = frozenset[str]().union(today.authors if today else (), *written_by)
        self._compared: Memo = {}
        self._steps: dict[Standing, tuple[Step, ...]] = {}

    def standing(self, reader: str) -> Standing | None:
        """Returns how a reader stands to the student today; None if they see nothing, now or of the past."""
        if self._relations is None:
            return None
        return standing(self._relations, reader, self._authors, self.on, self.basis)

    def steps(self, stands: Standing) -> tuple[Step, ...]:
        """Returns what changed for readers who stand so, the oldest first; a day on which nothing did is not there."""
        if stands not in self._steps:
            self._steps[stands] = tuple(self._found(stands))
        return self._steps[stands]

    def _found(self, stands: Standing) -> Iterable[Step]:
        before = _NOTHING
        for day, file in self._days:
            after = file.projected(stands).records
            events = compare(before, after, self.basis.kinds, memo=self._compared)
            if events:
                yield Step(day=day, before=before, after=after, events=events)
            before = after
