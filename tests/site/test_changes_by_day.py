"""Which days of a history are shown, and from which step on something is “since the meeting”."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.access.permits import Permits
from sendbook.access.sight import Standing
from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.history.events import Changed
from sendbook.history.lookback import Step
from sendbook.history.names import Names
from sendbook.history.versions import Moment
from sendbook.pages.changed_days import NOTHING_CHANGED, ChangedDay, ChangedRecord
from sendbook.site.build.changes import Changes, parted

STANDS = Standing(
    manner="staff",
    permits=Permits({}),
    owners=frozenset(),
    opened=frozenset(),
    apart=frozenset(),
    own=False,
    family=False,
)
SOME: Any = SimpleNamespace(permits=Permits({("student", None): frozenset({"name"})}))
PLAN = "students/2TST/plan"
STEPS = tuple(Step(day=day, before={}, after={}, events=()) for day in ("2026-09-01", "2026-09-24", "2026-10-05"))


def days(**told: ChangedDay) -> list[ChangedDay]:
    """The days that are shown of a history in which each step says what it is told to say."""
    steps = [SimpleNamespace(day=day.removeprefix("d").replace("_", "-"), told=said) for day, said in told.items()]
    changes: Any = SimpleNamespace(
        _lookback=SimpleNamespace(steps=lambda _stands: steps), _told_of=lambda step, _names, _spoken: step.told
    )
    return list(Changes._days(changes, SOME, None, None))  # type: ignore[arg-type]


def test_a_day_on_which_nothing_changed_for_these_readers_is_not_shown() -> None:
    record = ChangedRecord(record="plan", title="Plan", passages=())
    first, nothing = ChangedDay(day="2026-09-01", begins=True), ChangedDay(day="2026-09-24")
    changed = ChangedDay(day="2026-10-05", records=(record,))
    assert days(d2026_10_05=changed, d2026_09_24=nothing, d2026_09_01=first) == [first, changed]


def test_a_step_with_nothing_before_it_is_where_the_history_begins() -> None:
    changes: Any = SimpleNamespace()
    assert Changes._day(changes, STEPS[0], None) == ChangedDay(day="2026-09-01", begins=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("met", "before", "since"),
    [(None, None, 3), ("2026-08-31", None, 3), ("2026-09-24", 1, 1), ("2026-09-23", 0, 2), ("2026-12-01", 2, 0)],
)
def test_the_step_of_the_day_they_met_is_what_was_known_then(met: str | None, before: int | None, since: int) -> None:
    known, later = parted(STEPS, met)
    assert (known, len(later)) == (None if before is None else STEPS[before], since)


def plan(summary: str) -> dict[str, Record]:
    """A student's plan on one day."""
    data = {"state": "agreed", "summary": summary}
    return {PLAN: Record(id=PLAN, kind="plan", student="2TST", path="plan.yml", digest=summary, data=data)}


@pytest.mark.parametrize(
    ("days", "met", "together"),
    [
        ([], "2026-09-01", None),
        (["2026-09-24"], "2026-09-01", None),
        (["2026-09-24", "2026-09-24"], "2026-09-01", None),
        (["2026-09-24", "2026-09-25"], "2026-09-01", "2026-09-25"),
        (["2026-09-24", "2026-09-25", "2026-10-05"], "2026-09-01", "2026-10-05"),
        (["2026-09-24", "2026-09-25", "2026-10-05"], "2026-09-24", "2026-10-05"),
        (["2026-09-24", "2026-09-25", "2026-10-05"], "2026-09-25", None),
        (["2026-09-24", "2026-09-25"], "2026-08-31", None),
        (["2026-09-24", "2026-09-25"], None, None),
    ],
)
def test_what_changed_since_they_met_is_told_together_from_the_second_day_on(
    registry: SchemaRegistry, days: list[str], met: str | None, together: str | None
) -> None:
    """One day alone says it already. Two are told as one change, from how it was when they met to how it is now."""
    said = ["2026-09-01", *days]
    states = [{}, *(plan(f"After step {number}") for number in range(len(said)))]
    steps = [
        Step(day=day, before=before, after=after, events=())
        for day, before, after in zip(said, states, states[1:], strict=False)
    ]
    told: list[Step] = []
    record = ChangedRecord(record="plan", title="Plan", passages=())

    def day_of(step: Step, _names: object) -> ChangedDay:
        told.append(step)
        return ChangedDay(day=step.day, records=(record,))

    changes: Any = SimpleNamespace(
        _lookback=SimpleNamespace(steps=lambda _stands: steps),
        _common=SimpleNamespace(basis=SimpleNamespace(kinds=registry.kinds)),
        _day=day_of,
    )
    found = Changes._together(changes, SOME, None, met)  # type: ignore[arg-type]
    assert found == ((record,) if together else ())
    assert [step.day for step in told] == ([together] if together else [])
    for step in told:
        met_with = max(number for number, day in enumerate(said) if met is not None and day <= met)
        (event,) = step.events
        assert isinstance(event, Changed)
        assert (event.before, event.after) == (f"After step {met_with}", f"After step {len(days)}")


@pytest.mark.parametrize(
    ("identity", "title"),
    [("students/2TST/plan", "Provision plan"), ("students/2TST/odd/x", "Record"), ("students/2TST/notes", "Record")],
)
def test_a_record_that_could_not_be_read_is_called_by_its_kind(
    registry: SchemaRegistry, identity: str, title: str
) -> None:
    """No kind has such a place any more; a name that the file's may be made of is not told."""
    changes: Any = SimpleNamespace(_history=SimpleNamespace(registry=registry), _student="2TST")
    assert Changes._title(changes, identity, Moment(day="2026-11-02", records={})) == title


def around(digest: str, **colleagues: str) -> Any:
    return SimpleNamespace(digest=digest, names=Names(linked={"person": colleagues}))


FAMILY = replace(STANDS, manner="family")


@pytest.mark.parametrize(
    ("stands", "here", "family", "known_as", "heard"),
    [
        (STANDS, around("a", teacher="Ms A"), {"mother": "Mrs M"}, "Aaron", ("staff", "Ms A", "Mrs M", "Aaron")),
        (STANDS, around("b", teacher="Ms B"), {"mother": "Mrs M"}, "Aaron", ("staff", "Ms B", "Mrs M", "Aaron")),
        (STANDS, around("a", teacher="Ms A"), {"mother": "Mrs N"}, "Aaron", ("staff", "Ms A", "Mrs N", "Aaron")),
        (STANDS, around("a", teacher="Ms A"), {"mother": "Mrs M"}, "Ari", ("staff", "Ms A", "Mrs M", "Ari")),
        (FAMILY, around("a", teacher="Ms A"), {"mother": "Mrs M"}, "Aaron", ("family", "Ms A", "Mrs M", "Aaron")),
    ],
    ids=["as the first", "other surroundings", "another name at home", "another name of the student", "at home"],
)
def test_each_reader_is_told_the_past_with_the_names_that_they_may_know(
    stands: Standing, here: Any, family: dict[str, str], known_as: str, heard: tuple[str, ...]
) -> None:
    """What was told to the one before them is told again only where all these are the same."""
    changes, said = told_by(stands)
    first = Changes.told_to(changes, "first", around("a", teacher="Ms A"), {"mother": "Mrs M"}, "Aaron", None)
    told = Changes.told_to(changes, "reader", here, family, known_as, None)
    assert told.days[0].day == " ".join(heard)
    assert (told is first) == (heard == ("staff", "Ms A", "Mrs M", "Aaron"))
    assert len(said) == len({first.days[0].day, told.days[0].day})


def told_by(stands: Standing) -> tuple[Any, list[str]]:
    """A past that says of each day with which names it is told, and all that it said."""
    said: list[str] = []

    def days(_stands: Standing, names: Names, _spoken: object) -> list[ChangedDay]:
        persons = names.linked["person"]
        said.append(f"{names.voice} {persons['teacher']} {names.family['mother']} {names.known_as}")
        return [ChangedDay(day=said[-1])]

    changes: Any = SimpleNamespace(
        _standing=lambda reader: stands if reader == "reader" else STANDS,
        _names={},
        _told={},
        _days=days,
        _together=lambda *_: (),
    )
    return changes, said


def test_somebody_who_sees_nothing_of_the_student_is_told_nothing() -> None:
    changes: Any = SimpleNamespace(_standing=lambda _reader: None)
    assert Changes.told_to(changes, "reader", around("a"), {}, "Aaron", None) is NOTHING_CHANGED
