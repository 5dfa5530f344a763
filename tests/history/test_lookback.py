"""What a reader is told of the past is what they may see by today's policy, day by day, and not a word more."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from sendbook.access.people import Reader
from sendbook.access.views import scopes
from sendbook.campus.records import Campus, Record
from sendbook.history.between import Sides
from sendbook.history.comparison import compare
from sendbook.history.lookback import Lookback, Step
from sendbook.history.reduction import Reduction
from sendbook.history.versions import Moment
from tests.access import small_campus as small
from tests.access.small_campus import ASSISTANT, FATHER, LEAVER, MOTHER, SENCO, TEACHER, TODAY
from tests.noninterference.oracle import hidden

STUDENT = "7Q4K"
PLAN = f"students/{STUDENT}/plan"
# Fields that decide who sees the entry or the record they stand in, or name it: another question than what it says.
DECIDING = frozenset({"call", "id", "state", "from", "person", "share_with_family", "held_for", "confirmed", "by"})


@pytest.fixture(scope="module")
def campus() -> Campus:
    return small.small_campus()


def own(campus: Campus) -> dict[str, Record]:
    return {record.id: record for record in campus.of_student(STUDENT)}


def lookback(campus: Campus, *states: tuple[str, dict[str, Record]]) -> Lookback:
    return Lookback(campus, STUDENT, [Moment(day=day, records=records) for day, records in states], TODAY)


def steps_for(looking: Lookback, reader: str) -> tuple[Step, ...]:
    """What changed for one reader; nothing for one who stands in no relation to the student."""
    stands = looking.standing(reader)
    return looking.steps(stands) if stands is not None else ()


def with_value(records: dict[str, Record], record_id: str, pointer: str, value: Any) -> dict[str, Record]:
    """The records with one value of one of them another."""
    record = records[record_id]
    data: Any = deepcopy(dict(record.data))
    at = data
    *steps, last = pointer.split("/")[1:]
    for step in steps:
        at = at[int(step) if isinstance(at, list) else step]
    at[int(last) if isinstance(at, list) else last] = value
    return {**records, record_id: replace(record, data=data, digest=f"{record.digest}{pointer}")}


def another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, (int, float)) else f"{value} otherwise"


READERS = sorted(
    reader.id for reader in (*small.People.from_campus(small.small_campus()),) if not reader.id.startswith("9")
)


@pytest.mark.sample(3)
@pytest.mark.parametrize("reader", READERS)
def test_a_change_is_a_step_for_a_reader_exactly_if_they_may_see_it(campus: Campus, reader: str) -> None:
    unseen = {(record, leaf.pointer) for record, leaves in hidden(campus, reader).items() for leaf in leaves}
    today = own(campus)
    tried = {True: 0, False: 0}
    for record in today.values():
        for leaf in campus.registry.kinds[record.kind].leaves(record.data):
            if DECIDING & set(leaf.pointer.split("/")):
                continue
            sees = (record.id, leaf.pointer) not in unseen
            before = with_value(today, record.id, leaf.pointer, another(leaf.value))
            steps = steps_for(lookback(campus, ("2026-10-01", before), ("2026-10-02", today)), reader)
            assert ("2026-10-02" in [step.day for step in steps]) is sees, leaf.pointer
            tried[sees] += 1
    assert sum(tried.values()) > 100
    assert tried[False] > 20 or reader == SENCO


def test_the_same_holds_for_two_sides_of_a_comparison(campus: Campus) -> None:
    today = own(campus)
    readers: dict[str, Reader] = {reader.id: reader for reader in small.People.from_campus(campus)}
    reductions = {one: Reduction(campus, readers[one], TODAY) for one in (SENCO, MOTHER, FATHER, TEACHER, LEAVER)}
    for pointer, sees in {
        "/senco_notes": {SENCO},
        "/summary": {SENCO, MOTHER, FATHER, TEACHER},
        "/family_voice/0/text": {SENCO, MOTHER},
        "/student_voice/1/text": {SENCO},
    }.items():
        sides = Sides(before=with_value(today, PLAN, pointer, "otherwise"), after=today)
        found = {one: by.of_student(sides, STUDENT) for one, by in reductions.items()}
        told = {one for one, both in found.items() if compare(both.before, both.after, campus.registry.kinds)}
        assert told == sees, pointer


def test_what_one_household_wrote_and_took_back_is_never_told_the_other(campus: Campus) -> None:
    today = own(campus)
    once = with_value(
        today, PLAN, "/family_voice", [{"id": "v9", "from": MOTHER, "on": "2026-09-01", "text": "Of a past quarrel"}]
    )
    looking = lookback(campus, ("2026-10-01", once), ("2026-10-02", today))
    assert "Of a past quarrel" in shown(looking, MOTHER)
    assert "Of a past quarrel" not in shown(looking, FATHER)
    # Today both see the same; of the past they do not, so they may not share what is made of it.
    assert looking.standing(MOTHER) != looking.standing(FATHER)


def shown(looking: Lookback, reader: str) -> str:
    """Everything the steps of a reader hold."""
    return repr([[record.data for record in step.after.values()] for step in steps_for(looking, reader)])


def test_todays_policy_rules_the_past(campus: Campus) -> None:
    """Somebody who left sees nothing of the time when they were here; somebody new sees what was before them."""
    today = own(campus)
    before = with_value(today, PLAN, "/summary", "Of another year")
    looking = lookback(campus, ("2024-10-01", before), ("2024-10-02", today))
    assert steps_for(looking, LEAVER) == ()
    assert [step.day for step in steps_for(looking, ASSISTANT)] == ["2024-10-01", "2024-10-02"]


def test_what_is_no_longer_agreed_is_not_shown_in_what_was(campus: Campus) -> None:
    """Agreed by mistake and put right, it is told to none of those who may not see it as it is today."""
    then = own(campus)
    campus = campus.with_records([with_value(then, PLAN, "/state", "draft")[PLAN]])
    looking = lookback(campus, ("2026-09-01", then), ("2026-09-02", own(campus)))
    assert all(PLAN not in step.after for step in steps_for(looking, MOTHER))
    assert PLAN in steps_for(looking, SENCO)[0].after


def test_what_is_removed_is_told_by_the_state_it_had_last(campus: Campus) -> None:
    """What a family has read stays in their past. What was no longer agreed doesn't come back because it is removed."""
    then, later = own(campus), with_value(own(campus), PLAN, "/state", "draft")
    campus = Campus([one for one in campus.records.values() if one.id != PLAN], campus.registry)
    gone = own(campus)
    removed = lookback(campus, ("2026-09-01", then), ("2026-09-03", gone))
    assert [PLAN in step.after for step in steps_for(removed, MOTHER)] == [True, False]
    not_agreed = lookback(campus, ("2026-09-01", then), ("2026-09-02", later), ("2026-09-03", gone))
    assert all(PLAN not in step.after for step in steps_for(not_agreed, MOTHER))
    assert [PLAN in step.after for step in steps_for(not_agreed, SENCO)] == [True, True, False]


def voice(records: dict[str, Record], *said: dict[str, Any]) -> dict[str, Record]:
    made = with_value(records, PLAN, "/student_voice", [{"id": f"v{at}", **one} for at, one in enumerate(said)])
    return {**made, PLAN: replace(made[PLAN], digest=repr(said))}


@pytest.mark.parametrize("emptied", [False, True])
def test_words_taken_back_and_then_removed_are_not_shared_in_what_was(campus: Campus, emptied: bool) -> None:
    """To remove them is to say less, never more: not as an entry, and not with the whole list or record."""
    words = {"on": "2026-09-01", "text": "Of a past worry"}
    shared = voice(own(campus), {**words, "share_with_family": True})
    taken_back = voice(own(campus), {**words, "share_with_family": False})
    records = voice(own(campus))
    if emptied:
        data = {name: value for name, value in records[PLAN].data.items() if name != "student_voice"}
        records[PLAN] = replace(records[PLAN], data=data, digest="without")
    campus = campus.with_records([records[PLAN]])
    states = [("2026-09-01", shared), ("2026-09-02", taken_back), ("2026-09-03", own(campus))]
    assert "Of a past worry" not in shown(lookback(campus, *states), MOTHER)
    assert "Of a past worry" in shown(lookback(campus, *states), SENCO)
    assert "Of a past worry" in shown(lookback(campus, states[0], states[2]), MOTHER)
    without_plan = Campus([one for one in campus.records.values() if one.id != PLAN], campus.registry)
    gone = ("2026-09-04", own(without_plan))
    assert "Of a past worry" not in shown(lookback(without_plan, *states, gone), MOTHER)
    assert "Of a past worry" not in shown(lookback(without_plan, *states[:2], gone), MOTHER)


def test_a_comparison_of_two_versions_does_not_give_what_was_taken_back_after_both(campus: Campus) -> None:
    """Neither side knows: what came after them does, and what was removed since is judged by that."""
    words = {"on": "2026-09-01", "text": "Of a past worry"}
    before, shared = own(campus), voice(own(campus), {**words, "share_with_family": True})
    taken_back = voice(own(campus), {**words, "share_with_family": False})
    removed = voice(own(campus))
    readers: dict[str, Reader] = {reader.id: reader for reader in small.People.from_campus(campus)}
    today = campus.with_records([removed[PLAN]])

    def told(reader: str, *past: dict[str, Record]) -> str:
        reduction = Reduction(today, readers[reader], TODAY)
        seen = reduction.of_student(Sides(before=before, after=shared), STUDENT, past)
        return repr([record.data for record in seen.after.values()])

    assert "Of a past worry" not in told(MOTHER, before, shared, taken_back, removed)
    assert "Of a past worry" in told(SENCO, before, shared, taken_back, removed)
    assert "Of a past worry" in told(MOTHER, before, shared, removed)


def test_what_was_withdrawn_is_the_way_to_take_what_is_removed_out_of_the_past(campus: Campus) -> None:
    then = own(campus)
    campus = Campus([one for one in campus.records.values() if one.id != PLAN], campus.registry)
    slip = {"id": "slip", "record": PLAN, "on": "2026-09-03", "reason": "It was of another child."}
    withdrawn = Record(id="withdrawn", kind="withdrawn", student=None, path="", digest="w", data={"withdrawn": [slip]})
    campus = campus.with_records([withdrawn])
    looking = lookback(campus, ("2026-09-01", then), ("2026-09-03", own(campus)))
    for reader in (MOTHER, SENCO):
        assert all(PLAN not in step.after for step in steps_for(looking, reader))


def test_a_draft_of_then_is_not_shown_to_a_family_today(campus: Campus) -> None:
    today = own(campus)
    draft = with_value(today, PLAN, "/state", "draft")
    looking = lookback(campus, ("2026-09-01", draft), ("2026-09-10", today))
    first, second = steps_for(looking, MOTHER)
    assert PLAN not in first.after
    assert PLAN in second.after


def test_several_commits_of_a_day_are_one_step_and_there_and_back_is_none(campus: Campus) -> None:
    today = own(campus)
    one, other = (with_value(today, PLAN, "/summary", text) for text in ("One", "Other"))
    looking = lookback(campus, ("2026-10-01", today), ("2026-10-02", one), ("2026-10-02", other))
    assert [(step.day, len(step.events)) for step in steps_for(looking, SENCO)][1:] == [("2026-10-02", 1)]
    back = lookback(campus, ("2026-10-01", today), ("2026-10-02", one), ("2026-10-02", today))
    assert [step.day for step in steps_for(back, SENCO)] == ["2026-10-01"]


def test_an_order_that_means_nothing_is_no_step(campus: Campus) -> None:
    today = own(campus)
    voices = today[PLAN].data["student_voice"]
    turned = with_value(today, PLAN, "/student_voice", voices[::-1])
    assert len(steps_for(lookback(campus, ("2026-10-01", today), ("2026-10-02", turned)), SENCO)) == 1


def test_the_first_step_has_nothing_before_it(campus: Campus) -> None:
    (first,) = steps_for(lookback(campus, ("2026-10-01", own(campus))), SENCO)
    assert first.before == {}
    assert PLAN in first.after


def test_readers_who_stand_alike_share_the_work(campus: Campus) -> None:
    looking = lookback(campus, ("2026-10-01", own(campus)))
    found, _ = scopes(campus, STUDENT, TODAY)
    stands = {looking.standing(scope.reader) for scope in found}
    assert None not in stands
    assert len(stands) < len(found)
    one = looking.standing(TEACHER)
    assert one is not None
    assert looking.steps(one) is steps_for(looking, TEACHER)


def test_of_a_student_who_has_no_record_today_nobody_is_told(campus: Campus) -> None:
    gone = Campus([record for record in campus.records.values() if record.student != STUDENT], campus.registry)
    assert steps_for(lookback(gone, ("2026-10-01", own(campus))), SENCO) == ()
