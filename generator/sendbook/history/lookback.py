"""A student's history as one reader sees it: every past state reduced by today's policy, then compared.

A past state has today's people, relations and grants applied to it, never those of its own day. A version counts for
a reader only if something they see changed in it; what happened on one day is told as one step. So only the state at
the end of a day is reduced, however often something was recorded on it; what was said last is asked of every version.
What an earlier look back came to is gone on from, day by day, as far as all that it rests on is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import takewhile
from operator import is_

from sendbook.access.basis import Basis
from sendbook.access.sight import Standing, standing
from sendbook.access.student_file import NOTHING_SAID, SaidLast, StudentFile
from sendbook.access.views import Cap
from sendbook.campus.records import Campus, Record
from sendbook.history.comparison import Memo, compare
from sendbook.history.events import Event
from sendbook.history.versions import Moment, ends_of_days

_NOTHING: Mapping[str, Record] = {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """Holds what changed for a reader on one day: the projections around it, by record id, and the events between.

    The first step of all has nothing before it. A step is equal to itself alone.
    """

    day: str
    before: Mapping[str, Record] = field(repr=False)
    after: Mapping[str, Record] = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySeen:
    """Holds what readers who stand alike see when a day is over, and the step it was for them, if it was one."""

    records: Mapping[str, Record] = field(repr=False)
    step: Step | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """Holds what a look back at a student came to, for the next one to go on from.

    ``basis`` is the policy, the people and the schemas it rests on, ``moments`` all states it was asked of, and
    ``said`` what was said last in them. ``days`` are the states at the ends of days with the records as they count
    today, ``judged`` says by record what of today decides that; ``seen`` is what came of it, day by day.
    """

    basis: Basis
    moments: Sequence[Moment] = field(repr=False)
    said: SaidLast = field(repr=False)
    days: Sequence[tuple[Moment, StudentFile]] = field(repr=False)
    judged: Mapping[str, str] = field(repr=False)
    seen: Mapping[Standing, Sequence[DaySeen]] = field(repr=False)


class Lookback:
    """Shows one student's moments to anyone who stands to the student somehow today.

    ``campus`` needs the shared records and this student's, as they are today; ``moments`` come from
    ``History.line``. Readers whose ``standing`` is equal see the same steps, and the work is done once for them.
    ``before`` is what an earlier look back at this student came to; moments it knows must be the very same objects.
    """

    def __init__(
        self,
        campus: Campus,
        student: str,
        moments: Iterable[Moment],
        on: date,
        *,
        basis: Basis | None = None,
        before: LookedBack | None = None,
    ) -> None:
        self.basis = basis or Basis.of(campus)
        self.on = on
        today = StudentFile.of(campus, student, self.basis)
        self._moments = tuple(moments) if today is not None else ()
        # With other people, another policy or other schemas nothing of it holds.
        self._before = before if before is not None and before.basis is self.basis else None
        self._said = NOTHING_SAID
        self._days: list[tuple[Moment, StudentFile]] = []
        self._judged: dict[str, str] = {}
        if today is not None:
            self._said = self._said_last()
            # Words taken back and removed on one day were taken back: all moments are known, not only ends of days.
            today = today.knowing((), self._said)
            ends = tuple(ends_of_days(self._moments))
            self._judged = {identity: today.judged_by(identity) for identity in self._said.states}
            self._days = [*self._days_known(ends)]
            self._days += [(moment, today.looking_back(moment.records.values())) for moment in ends[len(self._days) :]]
        self._known = len(tuple(takewhile(self._is_known, enumerate(self._days))))
        self._relations = today.relations if today else None
        written_by = (file.authors for _, file in self._days)
        self._authors_today = today.authors if today else frozenset[str]()
        self._authors = self._authors_today.union(*written_by)
        self._compared: Memo = {}
        self._seen: dict[Standing, tuple[DaySeen, ...]] = {}
        self._steps: dict[Standing, tuple[Step, ...]] = {}

    def standing(self, reader: str) -> Standing | None:
        """Returns how a reader stands to the student today; None if they see nothing, now or of the past."""
        if self._relations is None:
            return None
        return standing(self._relations, reader, self._authors, self.on, self.basis)

    def capped(self, reader: str, cap: Cap) -> Standing | None:
        """Returns the same, no wider than a cap lets the reader stand to today's records alone."""
        stands = self.standing(reader)
        if stands is None or self._relations is None:
            return None
        today = standing(self._relations, reader, self._authors_today, self.on, self.basis)
        within = cap(reader, today) if today is not None else None
        if within is None or within is today:
            return stands if within is not None else None
        # Whose words there are in the past alone, the cap doesn't know: they stay as far away as they are.
        return replace(within, opened=within.opened & stands.opened, apart=within.apart | stands.apart)

    def steps(self, stands: Standing) -> tuple[Step, ...]:
        """Returns what changed for readers who stand so, the oldest first; a day on which nothing did is not there."""
        if stands not in self._steps:
            known = self._before.seen.get(stands, ())[: self._known] if self._before is not None else ()
            self._seen[stands] = (*known, *self._found(stands, known))
            self._steps[stands] = tuple(day.step for day in self._seen[stands] if day.step is not None)
        return self._steps[stands]

    def looked_back(self) -> LookedBack:
        """Returns what came of it so far, for the next look back at this student."""
        return LookedBack(
            basis=self.basis,
            moments=self._moments,
            said=self._said,
            days=tuple(self._days),
            judged=self._judged,
            seen=self._seen,
        )

    def _found(self, stands: Standing, known: Sequence[DaySeen]) -> Iterator[DaySeen]:
        before = known[-1].records if known else _NOTHING
        for moment, file in self._days[len(known) :]:
            after = file.projected(stands).records
            events = compare(before, after, self.basis.kinds, memo=self._compared)
            step = Step(day=moment.day, before=before, after=after, events=events) if events else None
            yield DaySeen(records=after, step=step)
            before = after

    def _said_last(self) -> SaidLast:
        """What was said last in all moments; those that are known already are not asked again."""
        before = self._before
        number = len(before.moments) if before is not None else 0
        if before is None or not all(map(is_, before.moments, self._moments)) or number > len(self._moments):
            number, said = 0, NOTHING_SAID
        else:
            said = before.said
        return said.then((moment.records.values() for moment in self._moments[number:]), self.basis)

    def _days_known(self, ends: Sequence[Moment]) -> Iterator[tuple[Moment, StudentFile]]:
        """The first days that are as they were, of records that today judges as it did."""
        before = self._before
        if before is None:
            return
        another = {one for one, judged in self._judged.items() if before.judged.get(one) != judged}
        for (moment, file), end in zip(before.days, ends, strict=False):
            if moment is not end or any(identity in another for identity in end.records):
                return
            yield moment, file

    def _is_known(self, numbered: tuple[int, tuple[Moment, StudentFile]]) -> bool:
        number, (_, file) = numbered
        before = self._before.days if self._before is not None else ()
        return number < len(before) and before[number][1] is file
