"""The young person's own rights, by age, by period and by consent."""

from __future__ import annotations

from datetime import date

import pytest

from sendbook.access.rights import age_on, family_may_see, rights_on
from sendbook.campus.records import Campus
from tests.access.asking import rule, scope_of, seen, students_seen
from tests.access.small_campus import ADULTS_MOTHER, FATHER, MOTHER, TODAY, Data, campus_of

STUDENT, PLAN = "students/7Q4K/student", "students/7Q4K/plan"
SEES = {"id": "k1", "to": "parents_see", "given_by": "student", "given_on": "2026-06-01"}


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2008-11-23", date(2026, 11, 23), 18),
        ("2008-11-24", date(2026, 11, 23), 17),
        ("2008-02-29", date(2026, 2, 28), 17),
        ("2008-02-29", date(2026, 3, 1), 18),
    ],
)
def test_an_age_is_reached_on_the_birthday(born: str, on: date, age: int) -> None:
    assert age_on({"born": born}, on) == age


def test_the_latest_period_that_has_begun_says_who_decides() -> None:
    student = {
        "born": "2010-01-01",
        "rights": [
            {"decides": "both", "from": "2026-09-01"},
            {"decides": "parent", "from": "2024-09-01"},
            {"decides": "student", "from": "2027-01-01"},
        ],
    }
    assert [rights_on(student, date(year, 10, 1)) for year in (2023, 2025, 2026, 2027)] == [
        "parent",
        "parent",
        "both",
        "student",
    ]


def test_from_eighteen_the_student_decides_whatever_is_written() -> None:
    student = {"born": "2008-06-01", "rights": [{"decides": "parent", "from": "2026-07-01"}]}
    assert rights_on(student, date(2026, 5, 31)) == "parent"
    assert rights_on(student, date(2026, 6, 1)) == "student"


def test_when_both_decide_the_family_sees() -> None:
    assert family_may_see({"rights": [{"decides": "both", "from": "2026-01-01"}]}, TODAY)


def test_a_students_own_eighteenth_birthday_closes_the_record_to_the_family(campus: Campus) -> None:
    assert students_seen(campus, ADULTS_MOTHER) == set()
    assert rule(campus, ADULTS_MOTHER, "students/9X2D/plan", "plan") == "young-person-decides"
    assert students_seen(campus, ADULTS_MOTHER, on=date(2026, 5, 31)) == {"9X2D"}
    scope = scope_of(campus, ADULTS_MOTHER, "9X2D", on=date(2026, 5, 1))
    assert scope is not None
    assert scope.until == date(2026, 5, 31)


def test_consent_opens_it_again_until_it_is_withdrawn(records: Data) -> None:
    records["students/9X2D/student"]["consents"] = [{**SEES, "withdrawn_on": "2026-12-10"}]
    campus = campus_of(records)
    scope = scope_of(campus, ADULTS_MOTHER, "9X2D")
    assert scope is not None
    assert scope.until == date(2026, 12, 9)
    assert students_seen(campus, ADULTS_MOTHER, on=date(2026, 12, 10)) == set()


def test_no_end_is_told_at_eighteen_where_consent_is_given_already(records: Data) -> None:
    records["students/9X2D/student"]["consents"] = [{**SEES, "given_on": "2026-01-01"}]
    scope = scope_of(campus_of(records), ADULTS_MOTHER, "9X2D", on=date(2026, 5, 1))
    assert scope is not None
    assert scope.until is None


@pytest.mark.parametrize("change", [{"given_by": "parent"}, {"to": "photograph"}, {"given_on": "2026-12-01"}])
def test_only_the_students_own_consent_to_this_counts_from_its_day(records: Data, change: dict[str, str]) -> None:
    records["students/9X2D/student"]["consents"] = [{**SEES, **change}]
    assert students_seen(campus_of(records), ADULTS_MOTHER) == set()


def test_rights_that_pass_before_eighteen_end_the_familys_access(records: Data) -> None:
    records[STUDENT]["rights"].append({"id": "r2", "decides": "student", "from": "2027-01-04"})
    campus = campus_of(records)
    for parent in (MOTHER, FATHER):
        scope = scope_of(campus, parent, "7Q4K")
        assert scope is not None
        assert scope.until == date(2027, 1, 3)


def test_the_students_own_words_reach_the_family_only_if_the_student_agrees(campus: Campus) -> None:
    texts = {who: _words(campus, who) for who in (MOTHER, "p-tch1", "7Q4K")}
    assert texts[MOTHER] == ["Shared words"]
    assert texts["p-tch1"] == ["Shared words"]


def test_a_student_sees_their_own_record_and_no_other(campus: Campus) -> None:
    assert students_seen(campus, "7Q4K") == {"7Q4K"}
    student = seen(campus, "7Q4K", STUDENT)
    assert student is not None
    assert "family" not in student
    assert "born" in student


def _words(campus: Campus, who: str) -> list[str]:
    plan = seen(campus, who, PLAN)
    assert plan is not None
    return [item["text"] for item in plan["student_voice"]]
