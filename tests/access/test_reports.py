"""Whom a professional's report reaches: by its state, and where one household keeps it to itself."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.access.people import People, reader_of_student
from sendbook.access.views import view
from sendbook.campus.records import Campus
from tests.access import small_campus as small
from tests.access.small_campus import (
    ASSISTANT,
    DSL,
    FATHER,
    MOTHER,
    OUTSIDER,
    PRINCIPAL,
    REGIONAL,
    SENCO,
    TEACHER,
    TODAY,
    TUTOR,
)

STUDENT = "7Q4K"
REPORT = f"students/{STUDENT}/reports/2026-11-02"
SAID = {
    "id": "2026-11-02",
    "state": "adults_first",
    "profession": "educational_psychologist",
    "commissioned_by": "family",
    "dated": "2026-10-30",
    "received_on": "2026-11-02",
    "consent": {"given_by": MOTHER, "on": "2026-09-01"},
    "recommendations": [{"id": "wait", "page": 2, "category": "classroom", "for_staff": "Wait ten seconds."}],
}
ADVICE = {"recommendations"}
AT_WORK = {SENCO, REGIONAL, PRINCIPAL, DSL, TEACHER, TUTOR, ASSISTANT}


def readers_of(**more: Any) -> set[str]:
    """Who sees anything of the report, among those who have to do with the student, and the student."""
    campus: Campus = small.campus_of({**small.data(), REPORT: {**SAID, **more}})
    people = People.from_campus(campus)
    asked = [people[one] for one in sorted({*AT_WORK, MOTHER, FATHER})]
    header = campus.get(f"students/{STUDENT}/student")
    assert header is not None
    asked.append(reader_of_student(header))
    return {one.id for one in asked if REPORT in view(campus, one, TODAY).campus.records}


@pytest.mark.parametrize(("state", "student"), [("adults_first", set()), ("student_too", {STUDENT})])
def test_the_student_reads_it_once_it_was_talked_through(state: str, student: set[str]) -> None:
    assert readers_of(state=state) == {*AT_WORK, MOTHER, FATHER, *student}


@pytest.mark.parametrize("home", [MOTHER, FATHER])
def test_what_one_household_keeps_to_itself_reaches_that_household_and_the_senco_alone(home: str) -> None:
    """In whichever state it is: it would be on the student's own pages, wherever the student is at home."""
    for state in ("adults_first", "student_too"):
        assert readers_of(state=state, held_for=home) == {SENCO, home}


def shared_with_an_outsider(**more: Any) -> set[str]:
    """The fields of the report that somebody sees with whom its recommendations are shared by name."""
    share = {"id": "s", "student": STUDENT, "person": OUTSIDER, "kind": "report", "parts": sorted(ADVICE)}
    days = {"from": "2026-11-01", "until": "2026-12-31", "basis": "consent", "reason": "R."}
    records = {**small.data(), REPORT: {**SAID, **more}}
    records["access"] = {**records["access"], "shares": [{**share, **days}]}
    campus: Campus = small.campus_of(records)
    found = view(campus, People.from_campus(campus)[OUTSIDER], TODAY).campus.records.get(REPORT)
    return set(found.data) if found is not None else set()


@pytest.mark.parametrize("state", ["adults_first", "student_too"])
def test_a_share_opens_a_report_in_each_of_its_states_and_no_more_than_the_part_it_names(state: str) -> None:
    """A report that came is no draft."""
    assert shared_with_an_outsider(state=state) == ADVICE


@pytest.mark.parametrize("state", ["draft", "agreed", None])
def test_a_share_opens_no_report_in_a_state_that_reports_do_not_have(state: str | None) -> None:
    assert shared_with_an_outsider(state=state) == set()


def test_no_share_gets_round_what_one_household_keeps_to_itself() -> None:
    assert shared_with_an_outsider(held_for=MOTHER) == set()
