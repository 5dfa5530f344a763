"""How the accessibility plan is said to be going: its years, its reviews, its strands, its steps, and what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.kinds.accessibility_plan.plan_page import in_one_line
from sendbook.kinds.accessibility_plan.plan_progress import STRANDS, Progress
from tests.kinds.saying import plain

ON = date(2026, 11, 23)
KIND = SchemaRegistry.load(schemas()).kinds["accessibility_plan"]
STEP = {"strand": "curriculum", "action": "Do this", "owner_role": "Site manager", "status": "on_track"}
UNSEEN = frozenset(("accessibility_plan", part) for part in KIND.parts - {"working"})


def progress(on: date = ON, seen: frozenset[tuple[str, str]] | None = None, **plan: Any) -> Progress:
    return Progress(data=plan, kind=KIND, on=on, seen=seen)


def of_step(on: date = ON, **step: Any) -> str:
    """The mark of the plan's only step."""
    made = progress(on, actions=[{**STEP, **step}])
    return plain(made.mark_of(made.steps[0]).words)


def facts(on: date = ON, **plan: Any) -> dict[str, tuple[str, str | None]]:
    """Each fact with its words and the words of its mark."""
    return {label: (plain(said), mark and mark.words) for label, said, mark in progress(on, **plan).facts}


def strand(*steps: dict[str, Any]) -> tuple[str, str]:
    """What is said of the first strand: how many steps stand how, and its mark."""
    made = progress(actions=[{**STEP, **one} for one in steps])
    (told, mark), *others = (made.of_strand(name) for name in STRANDS)
    assert [(told, mark.words) for told, mark in others] == [("nothing planned", "No step planned")] * 2
    return told, mark.words


@pytest.mark.parametrize(
    ("on", "mark"),
    [
        (date(2024, 3, 31), "Not in force today"),
        (date(2024, 4, 1), "In force"),
        (date(2027, 3, 31), "In force"),
        (date(2027, 4, 1), "Not in force today"),
    ],
)
def test_a_plan_is_in_force_from_its_first_day_to_its_last(on: date, mark: str) -> None:
    made = facts(on, cycle={"start": "2024-04-01", "end": "2027-03-31"})
    assert made["Three years"] == ("1 April 2024 to 31 March 2027", mark)


@pytest.mark.parametrize(
    ("reviewed", "said"),
    [
        ([], ("Not yet", "Not reviewed")),
        (["2026-11-24"], ("Not yet", "Not reviewed")),
        (["2026-11-23"], ("23 November 2026", "Within a year")),
        (["2025-11-23"], ("23 November 2025", "Within a year")),
        (["2025-11-22"], ("22 November 2025", "Over a year ago")),
        (["2026-10-05", "2024-10-05"], ("5 October 2026", "Within a year")),
    ],
)
def test_a_plan_is_to_be_reviewed_within_a_year(reviewed: list[str], said: tuple[str, str]) -> None:
    assert facts(reviews=[{"on": day} for day in reviewed])["Last reviewed"] == said


@pytest.mark.parametrize(("following", "mark"), [("2026-11-22", "Overdue"), ("2026-11-23", None)])
def test_the_next_review_is_overdue_from_the_day_after(following: str, mark: str | None) -> None:
    day = date.fromisoformat(following)
    assert facts(next_review=following)["Next review"] == (f"{day.day} November 2026", mark)


def test_who_approved_a_plan_is_said_as_far_as_it_is_known() -> None:
    approval = {"on": "2024-03-20", "by": "The proprietor", "minute_ref": "7.2"}
    assert facts(approval=approval)["Approved"] == (
        "20 March 2024 \N{MIDDLE DOT} The proprietor \N{MIDDLE DOT} minutes: 7.2",
        None,
    )
    assert facts(approval={"on": "2024-03-20"})["Approved"] == ("20 March 2024", None)
    assert list(facts()) == ["Last reviewed"]
    assert "Three years" not in facts(cycle={"start": "2024-04-01"})


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{"due": "2026-11-23"}], ("1 in progress", "On track")),
        ([{"due": "2026-11-22"}], ("1 in progress", "1 overdue")),
        ([{"due": "2026-11-22", "status": "done"}], ("1 done", "Carried out")),
        ([{"status": "dropped"}], ("1 dropped", "No step planned")),
        ([{"status": "dropped"}, {"status": "done"}], ("1 done and 1 dropped", "Carried out")),
        ([{"status": "at_risk"}, {}], ("1 in progress and 1 behind", "Behind")),
        ([{"status": "not_started", "start": "2026-11-23"}], ("1 not started", "On track")),
        ([{"status": "not_started", "start": "2026-11-22"}], ("1 not started", "Late to start")),
        ([{"reviews": [{"on": "2026-01-05", "rag": "red"}]}], ("1 in progress", "Behind")),
        (
            [{"reviews": [{"on": "2026-06-05", "rag": "green"}, {"on": "2026-01-05", "rag": "red"}]}],
            ("1 in progress", "On track"),
        ),
    ],
)
def test_a_strand_is_on_track_only_while_nothing_in_it_is_late(
    steps: list[dict[str, Any]], said: tuple[str, str]
) -> None:
    assert strand(*steps) == said


def test_overdue_steps_are_those_that_are_open_the_day_after_their_day() -> None:
    steps = [
        {**STEP, "due": "2026-11-22"},
        {**STEP, "action": "Done", "status": "done", "due": "2026-11-22"},
        {**STEP, "action": "Later", "due": "2026-11-23"},
        {**STEP, "action": "Dropped", "status": "dropped", "due": "2026-11-22"},
    ]
    made = progress(actions=steps)
    assert [one["action"] for one in made.overdue] == ["Do this"]
    assert [(words, mark.words) for words, mark in [in_one_line(made)]] == [("1 of 4 steps is done.", "1 overdue")]
    assert in_one_line(progress(actions=steps[2:3]))[1].words == "Nothing overdue"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"due": "2026-11-23"}, "On track"),
        ({"due": "2026-11-22"}, "Late"),
        ({"due": "2026-11-22", "status": "done", "done_on": "2026-11-20"}, "Done"),
        ({"due": "2026-11-22", "status": "dropped"}, "Dropped"),
        ({"due": "2026-12-01", "status": "at_risk"}, "Behind, being fixed"),
        ({"start": "2026-11-23", "status": "not_started"}, "Not started yet"),
        ({"start": "2026-11-22", "status": "not_started"}, "Late to start"),
    ],
)
def test_a_step_says_whether_it_is_done_or_late(step: dict[str, Any], said: str) -> None:
    assert of_step(**step) == said


@pytest.mark.parametrize(
    ("step", "listed"),
    [
        ({"start": "2025-11-22", "reviews": []}, True),
        ({"start": "2025-11-23", "reviews": []}, False),
        ({"start": "2024-01-08", "reviews": [{"on": "2025-11-22"}]}, True),
        ({"start": "2024-01-08", "reviews": [{"on": "2025-11-23"}]}, False),
        ({"start": "2024-01-08", "reviews": [{"on": "2026-06-01"}, {"on": "2025-01-01"}]}, False),
        ({"start": "2024-01-08", "reviews": [], "status": "done"}, False),
    ],
    ids=["a year and a day", "a year", "reviewed before", "reviewed since", "reviewed twice", "done"],
)
def test_a_step_is_to_be_reviewed_every_year_as_far_as_a_reader_sees_its_reviews(
    step: dict[str, Any], listed: bool
) -> None:
    made = progress(actions=[{**STEP, **step}])
    assert made.is_unreviewed(made.steps[0]) is listed
    unseen = progress(actions=[{**STEP, **step}], seen=UNSEEN)
    assert not unseen.is_unreviewed(unseen.steps[0])
