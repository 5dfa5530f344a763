"""How the compliance page says the accessibility plan is going: its years, its reviews, its strands, what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sendbook.kinds.accessibility_plan.plan_progress import progress_of
from tests.kinds.saying import plain

ON = date(2026, 11, 23)
STEP = {"strand": "curriculum", "action": "Do this", "owner_role": "Site manager", "status": "on_track"}


def progress(on: date = ON, **plan: Any) -> dict[str, Any]:
    return plain(progress_of(plan, on))


def facts(on: date = ON, **plan: Any) -> dict[str, tuple[str, str | None]]:
    """Each fact with its words and the words of its mark."""
    return {label: (said, mark and mark.words) for label, said, mark in progress(on, **plan)["facts"]}


def strand(*steps: dict[str, Any]) -> tuple[str, str]:
    """What is said of the first strand: how many steps stand how, and its mark."""
    (words, told, mark), *others = progress(actions=[{**STEP, **one} for one in steps])["strands"]
    assert words == "Curriculum"
    assert [(words, told, mark.words) for words, told, mark in others] == [
        ("Buildings and grounds", "nothing planned", "No step planned"),
        ("Information", "nothing planned", "No step planned"),
    ]
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


def test_overdue_steps_are_named_with_who_has_them() -> None:
    steps = [
        {**STEP, "due": "2026-11-22"},
        {**STEP, "action": "Done", "status": "done", "due": "2026-11-22"},
        {**STEP, "action": "Later", "due": "2026-11-23"},
    ]
    assert progress(actions=steps)["overdue"] == [("Do this", "Site manager", "22 November 2026")]


@pytest.mark.parametrize(
    ("step", "listed"),
    [
        ({"start": "2025-11-22", "reviews": []}, True),
        ({"start": "2025-11-23", "reviews": []}, False),
        ({"start": "2024-01-08", "reviews": [{"on": "2025-11-22"}]}, True),
        ({"start": "2024-01-08", "reviews": [{"on": "2025-11-23"}]}, False),
        ({"start": "2024-01-08", "reviews": [{"on": "2026-06-01"}, {"on": "2025-01-01"}]}, False),
        ({"start": "2024-01-08", "reviews": [], "status": "done"}, False),
        ({"start": "2024-01-08"}, False),
    ],
    ids=["a year and a day", "a year", "reviewed before", "reviewed since", "reviewed twice", "done", "not to be seen"],
)
def test_a_step_is_to_be_reviewed_every_year_as_far_as_a_reader_sees_its_reviews(
    step: dict[str, Any], listed: bool
) -> None:
    assert progress(actions=[{**STEP, **step}])["unreviewed"] == (["Do this"] if listed else [])
