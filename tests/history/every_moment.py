"""Histories at random, and the plain way to tell them: every state ever committed is reduced, not only ends of days.

The plain way is what `sendbook.history.lookback` has to come to, whatever it leaves out to be quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from hypothesis import strategies as st

from sendbook.access.basis import Basis
from sendbook.access.conditions import with_last_words
from sendbook.access.permits import state_of
from sendbook.access.projection import known
from sendbook.access.sight import Standing, standing
from sendbook.access.student_file import StudentFile
from sendbook.campus.digests import digest_of
from sendbook.campus.records import Campus, Record
from sendbook.history.comparison import compare
from sendbook.history.lookback import Step
from sendbook.history.versions import Moment
from tests.access import small_campus as small
from tests.access.small_campus import FATHER, MOTHER, TEACHER

STUDENT = "7Q4K"
PLAN = f"students/{STUDENT}/plan"
MEETING = f"students/{STUDENT}/meetings/2026-10-05"
Data = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class History:
    """What was committed, the oldest first, and the campus as it is today, perhaps with something withdrawn."""

    moments: tuple[Moment, ...]
    today: Campus


class EveryMoment:
    """Looks back as if no version could be left out: each is reduced for each reader, and the last of a day told."""

    def __init__(self, history: History, on: date) -> None:
        self.basis, self.on = Basis.of(history.today), on
        file = StudentFile.of(history.today, STUDENT, self.basis)
        assert file is not None
        file = _knowing(file, [moment.records for moment in history.moments])
        self.moments = history.moments
        self.files = [file.looking_back(moment.records.values()) for moment in history.moments]
        self.relations = file.relations
        self.authors = file.authors.union(*(one.authors for one in self.files))

    def standing(self, reader: str) -> Standing | None:
        return standing(self.relations, reader, self.authors, self.on, self.basis)

    def steps(self, reader: str) -> list[Step]:
        stands = self.standing(reader)
        return list(self._found(stands)) if stands is not None else []

    def _found(self, stands: Standing) -> Iterator[Step]:
        before: Mapping[str, Record] = {}
        states = [
            (moment.day, file.projected(stands).records) for moment, file in zip(self.moments, self.files, strict=True)
        ]
        for day, of_day in groupby(states, key=lambda state: state[0]):
            *_, (_, now) = of_day
            events = compare(before, now, self.basis.kinds)
            if events:
                yield Step(day=day, before=before, after=now, events=events)
            before = now


def _knowing(file: StudentFile, past: list[Mapping[str, Record]]) -> StudentFile:
    """All that records said last, in whole, asked of every state."""
    last: dict[str, Any] = {}
    states: dict[str, str | None] = {}
    for records in (*(state.values() for state in past), [record for record, _, _ in file.records]):
        for record in records:
            kind = file.basis.kinds[record.kind]
            said, then = known(record, kind), last.get(record.id)
            last[record.id] = with_last_words(kind, then, said, file.basis) if then is not None else said
            states[record.id] = state_of(kind, record.data)
    return replace(file, last=last, states=states, cleaned={})


def _summary(plan: Data, text: str) -> None:
    plan["summary"] = text


def _notes(plan: Data, text: str) -> None:
    plan["senco_notes"] = text


def share(plan: Data, shared: bool) -> None:
    for entry in plan.get("student_voice", ()):
        if entry["id"] == "w1":
            entry["share_with_family"] = shared


def _said(plan: Data, person: str) -> None:
    voice = [one for one in plan.get("family_voice", ()) if one["id"] != "v9"]
    plan["family_voice"] = [*voice, {"id": "v9", "from": person, "on": "2026-10-01", "text": "Of a past quarrel"}]


def unsaid(plan: Data, name: str) -> None:
    plan.pop(name, None)


def _state(plan: Data, state: str) -> None:
    plan["state"] = state


#: What may be done to the plan in one commit, each with the values it may be done with.
_EDITS: tuple[tuple[Callable[[Data, Any], None], tuple[Any, ...]], ...] = (
    (_summary, ("One", "Two")),
    (_notes, ("Think", "Think again")),
    (share, (True, False)),
    (_said, (MOTHER, FATHER, TEACHER)),
    (unsaid, ("student_voice", "family_voice", "summary")),
    (_state, ("draft", "agreed")),
)
_edits = st.one_of(*(st.tuples(st.just(edit), st.sampled_from(values)) for edit, values in _EDITS))
_sorts: st.SearchStrategy[str] = st.sampled_from(
    ["edit", "edit", "edit", "away", "back", "unreadable", "unmet", "met", "held"]
)
_states = st.tuples(_sorts, st.lists(_edits, min_size=1, max_size=2))
#: Most commits are of the day of the one before; a clock may go back.
_steps = st.sampled_from([0, 0, 0, 1, 1, -1])
_withdrawn = st.sampled_from([None, None, "", "/summary", "/student_voice/w1"])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A student's history: several commits a day, clocks that go back, versions nobody can read, and retractions."""
    campus = small.small_campus()
    first = {record.id: record for record in campus.of_student(STUDENT)}
    records, unreadable, day = dict(first), frozenset[str](), date(2026, 10, 5)
    moments = [Moment(day=day.isoformat(), records=records)]
    for step, (sort, edits) in draw(st.lists(st.tuples(_steps, _states), min_size=1, max_size=8)):
        day += timedelta(days=step)
        records, unreadable = after(records, first, sort, edits), frozenset({PLAN} if sort == "unreadable" else ())
        moments.append(Moment(day=day.isoformat(), records=records, unreadable=unreadable))
    # What was changed and not committed yet counts as today's.
    records = after(records, first, "edit", draw(st.lists(_edits, max_size=2)))
    others = [record for record in campus.records.values() if record.student != STUDENT]
    return History(
        moments=tuple(moments), today=Campus([*others, *records.values(), *_of(draw(_withdrawn))], campus.registry)
    )


def after(
    records: dict[str, Record],
    first: Mapping[str, Record],
    sort: str,
    edits: list[tuple[Callable[[Data, Any], None], Any]],
) -> dict[str, Record]:
    """The records after a commit; one that can't be read leaves them as they were."""
    left = dict(records)
    if sort in ("away", "unmet"):
        left.pop(PLAN if sort == "away" else MEETING, None)
    elif sort in ("back", "met"):
        gone = PLAN if sort == "back" else MEETING
        left[gone] = first[gone]
    elif sort == "held" and MEETING in left:
        data = {**left[MEETING].data, "held_for": FATHER}
        left[MEETING] = replace(left[MEETING], data=data, digest=digest_of(data))
    elif sort == "edit" and PLAN in left:
        data = deepcopy(dict(left[PLAN].data))
        for edit, value in edits:
            edit(data, value)
        left[PLAN] = replace(left[PLAN], data=data, digest=digest_of(data))
    return left


def _of(pointer: str | None) -> list[Record]:
    if pointer is None:
        return []
    entry = {"id": "slip", "record": PLAN, "pointer": pointer, "on": "2026-10-20", "reason": "It was of another child."}
    return [Record(id="withdrawn", kind="withdrawn", student=None, path="", digest="w", data={"withdrawn": [entry]})]
