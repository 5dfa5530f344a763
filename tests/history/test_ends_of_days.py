"""Only what stood when a day was over is reduced, and what is told is the same as if every version were."""

from __future__ import annotations

from typing import Any

from hypothesis import event, given

from sendbook.access.people import People
from sendbook.access.student_file import StudentFile
from sendbook.campus.records import Record
from sendbook.history.lookback import Lookback, Step
from sendbook.history.versions import Moment, ends_of_days
from tests.access import small_campus as small
from tests.access.small_campus import MOTHER, SENCO, TODAY
from tests.history.every_moment import PLAN, STUDENT, EveryMoment, History, after, histories, share, unsaid

READERS = sorted(reader.id for reader in People.from_campus(small.small_campus()))


def told(step: Step) -> list[Any]:
    sides = ({name: record.data for name, record in side.items()} for side in (step.before, step.after))
    return [step.day, *sides, step.events]


@given(histories())
def test_whatever_was_committed_a_reader_is_told_the_same_as_if_every_version_were_reduced(history: History) -> None:
    plain, looking = EveryMoment(history, TODAY), Lookback(history.today, STUDENT, history.moments, TODAY)
    ends = len(list(ends_of_days(history.moments)))
    event(f"{ends} of {len(history.moments)}")
    for reader in READERS:
        stands = looking.standing(reader)
        assert (stands is None) == (plain.standing(reader) is None)
        steps = looking.steps(stands) if stands is not None else ()
        assert [*map(told, steps)] == [*map(told, plain.steps(reader))]


def test_a_day_that_comes_back_has_an_end_each_time() -> None:
    moments = [
        Moment(day=day, records={}, unreadable=frozenset({name})) for name, day in zip("abcd", "1121", strict=True)
    ]
    assert ["".join(one.unreadable) for one in ends_of_days(moments)] == ["b", "c", "d"]


def test_a_version_that_stood_for_an_hour_is_not_reduced(monkeypatch: Any) -> None:
    """A long day costs what a short one does."""
    campus = small.small_campus()
    records = {record.id: record for record in campus.of_student(STUDENT)}
    reduced: list[int] = []
    honest = StudentFile.looking_back

    def counted(self: StudentFile, of_then: Any) -> StudentFile:
        reduced.append(1)
        return honest(self, of_then)

    monkeypatch.setattr(StudentFile, "looking_back", counted)
    moments: list[Moment] = [Moment(day="2026-10-05", records=records)] * 100
    Lookback(campus, STUDENT, [*moments, Moment(day="2026-10-06", records=records)], TODAY)
    assert len(reduced) == 2


def test_words_taken_back_and_removed_on_one_day_are_not_shared_in_the_days_before() -> None:
    """They were taken back for an hour, between two commits of that day; no end of a day says so."""
    campus = small.small_campus()
    first = {record.id: record for record in campus.of_student(STUDENT)}
    taken_back = after(first, first, "edit", [(share, False)])
    removed = after(taken_back, first, "edit", [(unsaid, "student_voice")])
    today = campus.with_records([removed[PLAN]])

    def told_to(reader: str, *states: dict[str, Record]) -> str:
        moments = [
            Moment(day="2026-10-06" if number else "2026-10-05", records=records)
            for number, records in enumerate(states)
        ]
        looking = Lookback(today, STUDENT, moments, TODAY)
        stands = looking.standing(reader)
        assert stands is not None
        return repr([[record.data for record in step.after.values()] for step in looking.steps(stands)])

    assert "Shared words" not in told_to(MOTHER, first, taken_back, removed)
    assert "Shared words" in told_to(SENCO, first, taken_back, removed)
    assert "Shared words" in told_to(MOTHER, first, removed)
