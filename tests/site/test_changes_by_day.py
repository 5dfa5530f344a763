"""Which days of a history are shown, and from which step on something is “since the meeting”."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.access.permits import Permits
from sendbook.campus.schemas import SchemaRegistry
from sendbook.history.lookback import Step
from sendbook.history.versions import Moment
from sendbook.pages.changed_days import ChangedDay, ChangedRecord
from sendbook.site.build.changes import Changes, parted

SOME: Any = SimpleNamespace(permits=Permits({("student", None): frozenset({"name"})}))
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
