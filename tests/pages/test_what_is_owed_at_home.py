"""A kind of a campus's own puts what it owes on the lists of a home page, from its schema alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sendbook.campus.schemas import Kind
from sendbook.pages.reading import Reading, StudentRecord, reading_of
from sendbook.site.readers.due import week_of
from sendbook.site.readers.facts import Facts, facts_of_reading
from tests.deadlines.letters import letter, registry_in
from tests.site.own_pages_kit import RULES, SENCO, TEACHER, text_of
from tests.site.small_student import around, projected, records
from tests.site.small_student import facts as small_facts

SEEN = frozenset({("letter", "open"), ("letter", "answers")})
PLACE = "/students/7Q4K/more/letter/#record-1"


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    return registry_in(tmp_path_factory.mktemp("campus")).kinds["letter"]


def facts(kind: Kind, data: dict[str, Any], seen: frozenset[tuple[str, str]] = SEEN) -> Facts:
    """The facts of a student without a plan, who has these letters."""
    student = {"name": {"full": "Aaron Small", "known_as": "Aaron"}}
    return facts_of_reading(reading(kind, {"student": student}, {"letters": data}, seen))


def reading(
    kind: Kind, data: dict[str, Any], letters: dict[str, dict[str, Any]], seen: frozenset[tuple[str, str]] = SEEN
) -> Reading:
    """A student's records and their letters by their places, as somebody reads them."""
    made = reading_of(projected(data), replace(around(), kinds={**around().kinds, "letter": kind}))
    records = tuple(StudentRecord(kind="letter", path=path, data=one) for path, one in letters.items())
    return replace(made, parts=made.parts | seen, records={**made.records, "letter": records})


def lists(one: Facts, on: date) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """What is late and what comes soon, without the name."""
    week = week_of([one], on, RULES)
    return [(it.on, it.path, it.what, it.owner) for it in week.late], [(it.on, it.what) for it in week.soon]


@pytest.mark.parametrize(
    ("on", "late", "soon"),
    [
        (date(2026, 11, 2), 0, 1),  # a fortnight before
        (date(2026, 11, 1), 0, 0),
        (date(2026, 11, 16), 0, 1),  # the last day
        (date(2026, 11, 17), 1, 0),
    ],
)
def test_it_is_soon_a_fortnight_before_its_last_day_and_late_the_day_after(
    kind: Kind, on: date, late: int, soon: int
) -> None:
    found = lists(facts(kind, letter()), on)
    assert found[0] == [("2026-11-16", PLACE, "Answer the council", "p-sen1")][:late]
    assert found[1] == [("2026-11-16", "Answer the council")][:soon]


def test_what_is_done_is_on_no_list(kind: Kind) -> None:
    assert facts(kind, letter(answered_on="2026-12-01"))["owed"] == []


def test_who_does_not_see_whether_it_was_done_is_told_nothing(kind: Kind) -> None:
    assert facts(kind, letter(), seen=frozenset({("letter", "open")}))["owed"] == []


def test_a_person_outside_the_directory_is_nobody_s_to_name(kind: Kind) -> None:
    (one,) = facts(kind, letter(who="p-mum1"))["owed"]
    assert one["owner"] == ""


def test_the_senco_reads_it_and_who_owes_it_has_it_among_their_jobs(kind: Kind) -> None:
    on = date(2026, 11, 17)
    assert "Answer the council" in text_of(SENCO, [facts(kind, letter())], on=on)
    mine, others = letter(who="p-tea1"), letter(who="p-ass1")
    assert "Answer the council" in text_of(TEACHER, [facts(kind, mine)], on=on)
    assert "Answer the council" not in text_of(TEACHER, [facts(kind, others)], on=on)


def test_it_leads_to_the_record_among_several(kind: Kind) -> None:
    """The oldest record is the first."""
    owed = facts_of_reading(reading(kind, {}, {f"letters/{name}": letter() for name in ("a", "b")}))["owed"]
    assert sorted(one["path"].rpartition("-")[2] for one in owed) == ["1", "2"]


def test_what_our_own_kinds_owe_leads_to_its_place_on_their_pages() -> None:
    """A target to its card, an action to its meeting, a review to the page."""
    owed = {one["what"]: (one["path"], one["owner"]) for one in small_facts(projected())["owed"]}
    assert owed == {
        "Review the plan": ("/students/7Q4K/plan/", "p-tut1"),
        "Record the outcome: Reads a page aloud": ("/students/7Q4K/plan/#target-fluency", "p-tea1"),
        "Order the book.": ("/students/7Q4K/meetings/#meeting-2026-09-24", "p-tea1"),
        "Review the one-page profile": ("/students/7Q4K/", ""),
    }


def test_a_first_plan_that_is_still_a_draft_is_not_due_for_review() -> None:
    """Its targets and the meeting's actions are worked on all the same."""
    data = records()
    data["plan"]["state"] = "draft"
    owed = {one["what"] for one in small_facts(projected(data))["owed"]}
    assert owed == {"Record the outcome: Reads a page aloud", "Order the book.", "Review the one-page profile"}
