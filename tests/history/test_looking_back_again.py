"""A look back that goes on from an earlier one comes to the same as one that knows nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from sendbook.access.basis import Basis
from sendbook.access.people import People
from sendbook.access.student_file import StudentFile
from sendbook.campus.digests import digest_of
from sendbook.campus.records import Campus, Record
from sendbook.history.lookback import Lookback, LookedBack, Step
from sendbook.history.versions import Moment
from tests.access import small_campus as small
from tests.access.small_campus import FATHER, MOTHER, SENCO, TODAY
from tests.history.every_moment import PLAN, STUDENT, History, after, histories, share, unsaid

READERS = sorted(reader.id for reader in People.from_campus(small.small_campus()))


def told(step: Step) -> list[Any]:
    sides = ({name: record.data for name, record in side.items()} for side in (step.before, step.after))
    return [step.day, *sides, step.events]


def everything(looking: Lookback) -> dict[str, list[Any] | None]:
    """What each reader is told; None where they are told nothing, now or of the past."""
    found: dict[str, list[Any] | None] = {}
    for reader in READERS:
        stands = looking.standing(reader)
        found[reader] = [*map(told, looking.steps(stands))] if stands is not None else None
    return found


def looked(
    campus: Campus, moments: tuple[Moment, ...], basis: Basis, before: LookedBack | None = None
) -> tuple[dict[str, list[Any] | None], LookedBack]:
    looking = Lookback(campus, STUDENT, moments, TODAY, basis=basis, before=before)
    return everything(looking), looking.looked_back()


def own(campus: Campus) -> dict[str, Record]:
    return {record.id: record for record in campus.of_student(STUDENT)}


def with_own(campus: Campus, records: dict[str, Record]) -> Campus:
    others = [record for record in campus.records.values() if record.student != STUDENT]
    return Campus([*others, *records.values()], campus.registry)


@given(histories(), st.data())
def test_whatever_happens_between_two_saves_the_second_is_told_as_if_it_were_the_first(
    history: History, data: st.DataObject
) -> None:
    """Versions are added, or taken back and read again; and today's records are any of those that ever were."""
    campus, basis = history.today, Basis.of(history.today)
    states = [own(campus), *(dict(moment.records) for moment in history.moments)]
    before: LookedBack | None = None
    for number in data.draw(st.lists(st.integers(0, len(history.moments)), min_size=2, max_size=5)):
        moments = history.moments[:number]
        if data.draw(st.booleans()):  # as after a rewritten history, or in another process: none is known any more
            moments = tuple(map(replace, moments))
        today = data.draw(st.sampled_from(states))
        if f"students/{STUDENT}/student" not in today:
            today = states[0]
        of_then = with_own(campus, today)
        anew, _ = looked(of_then, moments, basis)
        again, before = looked(of_then, moments, basis, before)
        assert again == anew
        event(f"{len(before.days)} days")


def words(first: dict[str, Record]) -> tuple[dict[str, Record], ...]:
    """States in which words are shared, in which they are taken back, and in which they are gone."""
    shared = after(first, first, "edit", [(share, True)])
    taken_back = after(first, first, "edit", [(share, False)])
    return shared, taken_back, after(shared, first, "edit", [(unsaid, "student_voice")])


def said_to(reader: str, found: dict[str, list[Any] | None]) -> str:
    return repr(found[reader])


@pytest.fixture
def campus() -> Campus:
    return small.small_campus()


def test_words_that_are_taken_back_today_are_gone_from_a_past_that_was_kept(campus: Campus) -> None:
    basis = Basis.of(campus)
    shared, taken_back, removed = words(own(campus))
    moments = (Moment(day="2026-10-05", records=shared),)
    before, kept = looked(with_own(campus, shared), moments, basis)
    assert "Shared words" in said_to(MOTHER, before)
    now, kept = looked(with_own(campus, taken_back), moments, basis, kept)
    assert "Shared words" not in said_to(MOTHER, now)
    assert "Shared words" in said_to(SENCO, now)
    # They are committed as taken back; and then removed, which must open nothing.
    moments = (*moments, Moment(day="2026-10-06", records=taken_back))
    _, kept = looked(with_own(campus, taken_back), moments, basis, kept)
    moments = (*moments, Moment(day="2026-10-07", records=removed))
    for today in (removed, {name: one for name, one in removed.items() if name != PLAN}):
        now, kept = looked(with_own(campus, today), moments, basis, kept)
        assert "Shared words" not in said_to(MOTHER, now)


def test_a_record_that_is_no_longer_agreed_is_gone_from_a_past_that_was_kept(campus: Campus) -> None:
    basis, records = Basis.of(campus), own(campus)
    draft = {**records[PLAN].data, "state": "draft"}
    moments = (Moment(day="2026-10-05", records=records),)
    before, kept = looked(campus, moments, basis)
    assert PLAN in said_to(MOTHER, before)
    changed = {**records, PLAN: replace(records[PLAN], data=draft, digest=digest_of(draft))}
    now, kept = looked(with_own(campus, changed), moments, basis, kept)
    assert PLAN not in said_to(MOTHER, now)
    assert PLAN in said_to(SENCO, now)
    # Removed after it was committed as a draft, it does not come back.
    moments = (*moments, Moment(day="2026-10-06", records=changed))
    _, kept = looked(with_own(campus, changed), moments, basis, kept)
    gone = {name: record for name, record in changed.items() if name != PLAN}
    now, _ = looked(with_own(campus, gone), (*moments, Moment(day="2026-10-07", records=gone)), basis, kept)
    assert PLAN not in said_to(MOTHER, now)


def test_who_has_come_into_the_records_since_changes_how_readers_stand(campus: Campus) -> None:
    """The words of one household, said since: the other household stands otherwise, and shares no steps of before."""
    basis, records = Basis.of(campus), own(campus)
    moments = (Moment(day="2026-10-05", records=records),)
    _, kept = looked(campus, moments, basis)
    said = {"id": "v9", "from": MOTHER, "on": "2026-10-01", "text": "Of a past quarrel"}
    data = {**records[PLAN].data, "family_voice": [*records[PLAN].data.get("family_voice", ()), said]}
    then = {**records, PLAN: replace(records[PLAN], data=data, digest=digest_of(data))}
    moments = (*moments, Moment(day="2026-10-06", records=then), Moment(day="2026-10-07", records=records))
    now, _ = looked(campus, moments, basis, kept)
    assert "Of a past quarrel" in said_to(MOTHER, now)
    assert "Of a past quarrel" not in said_to(FATHER, now)


def test_nothing_holds_under_another_policy(campus: Campus) -> None:
    basis, moments = Basis.of(campus), (Moment(day="2026-10-05", records=own(campus)),)
    _, kept = looked(campus, moments, basis)
    access = campus.records["access"]
    fewer = replace(access, data={**access.data, "grants": []}, digest="fewer")
    other = campus.with_records([fewer])
    now, _ = looked(other, moments, Basis.of(other), kept)
    assert all(not steps for steps in now.values())


def test_only_the_newest_days_are_worked_out_again(campus: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    reduced: list[int] = []
    honest: Callable[..., StudentFile] = StudentFile.looking_back

    def counted(self: StudentFile, records: Any) -> StudentFile:
        reduced.append(1)
        return honest(self, records)

    monkeypatch.setattr(StudentFile, "looking_back", counted)
    basis, records = Basis.of(campus), own(campus)
    moments = tuple(Moment(day=f"2026-10-{number:02}", records=records) for number in range(1, 31))
    _, kept = looked(campus, moments, basis)
    assert len(reduced) == 30
    reduced.clear()
    moments = (*moments, Moment(day="2026-10-30", records=records), Moment(day="2026-10-31", records=records))
    _, kept = looked(campus, moments, basis, kept)
    assert len(reduced) == 2
    reduced.clear()
    looked(campus, moments, basis, kept)
    assert not reduced
