"""Who sees what to do in an emergency, and whom of those to call."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.campus.records import Campus
from tests.access.asking import asked, rule, seen
from tests.access.small_campus import (
    ASSISTANT,
    AUNT,
    CAREERS,
    COMMITTEE,
    DPO,
    DSL,
    EXAMS,
    FATHER,
    FINANCE,
    LEAVER,
    MOTHER,
    OUTSIDER,
    PRINCIPAL,
    SENCO,
    STEPFATHER,
    TEACHER,
    TODAY,
    TUTOR,
    Data,
    campus_of,
)

STUDENT = "students/7Q4K/student"


def _call(campus: Campus, who: str) -> list[str]:
    emergency: dict[str, Any] = (seen(campus, who, STUDENT) or {}).get("emergency", {})
    return list(emergency.get("call", ()))


@pytest.mark.parametrize("who", [SENCO, DSL, PRINCIPAL, TEACHER, TUTOR, ASSISTANT, MOTHER, FATHER, "7Q4K"])
def test_everyone_around_the_student_sees_what_to_do(campus: Campus, who: str) -> None:
    shown = seen(campus, who, STUDENT)
    assert shown is not None
    assert shown["emergency"]["do"] == ["Call 999", "Stay"]
    assert shown["emergency"]["medicine"] == "Blue bag in the office"


@pytest.mark.parametrize("who", [FINANCE, COMMITTEE, DPO, OUTSIDER, EXAMS, CAREERS, LEAVER, AUNT, STEPFATHER])
def test_nobody_else_does(campus: Campus, who: str) -> None:
    assert "emergency" not in (seen(campus, who, STUDENT) or {})
    assert not asked(campus, who, STUDENT, "emergency").allowed


@pytest.mark.parametrize("role", ["exams_officer", "senco"])
def test_anybody_who_covers_for_the_student_sees_it_for_that_student_alone(records: Data, role: str) -> None:
    cover = {"id": "c", "student": "7Q4K", "person": CAREERS, "role": role, "from": "2026-09-01", "reason": "Covers."}
    records["access"]["covers"] = [cover]
    campus = campus_of(records)
    assert (seen(campus, CAREERS, STUDENT) or {})["emergency"]["watch_for"] == "Emergency of Ola Kowalska"
    assert not asked(campus, CAREERS, "students/9X2D/student", "emergency").allowed
    records["access"]["covers"] = [{**cover, "until": "2026-11-22"}]
    assert not asked(campus_of(records), CAREERS, STUDENT, "emergency").allowed


def test_who_may_see_medical_part_by_part_sees_the_emergency_as_well(records: Data) -> None:
    records[STUDENT]["family"][1]["parts"] = ["name", "medical"]
    records[STUDENT]["family"][4].update(access="named_parts", parts=["name", "register"])
    campus = campus_of(records)
    assert set(seen(campus, STEPFATHER, STUDENT) or {}) == {"id", "name", "medical", "emergency"}
    assert asked(campus, STEPFATHER, STUDENT, "emergency").allowed
    assert not asked(campus, AUNT, STUDENT, "emergency").allowed


def test_a_share_of_medical_brings_the_emergency(records: Data) -> None:
    share = {"id": "s", "student": "7Q4K", "person": OUTSIDER, "kind": "student", "parts": ["medical"],
             "from": "2026-11-01", "until": "2026-12-31", "basis": "consent", "reason": "By request."}  # fmt: skip
    records["access"]["shares"] = [share]
    assert set(seen(campus_of(records), OUTSIDER, STUDENT) or {}) == {"medical", "emergency"}
    records["access"]["shares"] = [{**share, "parts": ["register"]}]
    assert "emergency" not in (seen(campus_of(records), OUTSIDER, STUDENT) or {})


def test_the_other_household_is_not_on_the_list_a_parent_reads(campus: Campus) -> None:
    assert _call(campus, MOTHER) == [ASSISTANT, MOTHER, SENCO]
    assert _call(campus, FATHER) == [ASSISTANT, FATHER, SENCO]
    for who in (TEACHER, ASSISTANT, DSL, SENCO, "7Q4K"):
        assert _call(campus, who) == [ASSISTANT, MOTHER, FATHER, SENCO]


def test_a_household_that_nobody_has_confirmed_is_still_another_one(records: Data) -> None:
    del records[STUDENT]["family"][2]["confirmed"]
    assert _call(campus_of(records), MOTHER) == [ASSISTANT, MOTHER, SENCO]


def test_a_colleague_who_is_the_other_parent_is_kept_from_the_list_too(records: Data) -> None:
    """Two hats: the one at home counts."""
    records["students/3B8M/student"]["emergency"]["call"] = [SENCO, "p-tch2", ASSISTANT]
    campus = campus_of(records)
    shown = seen(campus, SENCO, "students/3B8M/student")
    assert shown is not None
    assert shown["emergency"]["call"] == [SENCO, ASSISTANT]


def test_members_of_one_household_are_on_one_anothers_list(records: Data) -> None:
    records[STUDENT]["family"][1].update(responsibility=True)
    assert _call(campus_of(records), STEPFATHER) == [ASSISTANT, MOTHER, SENCO]


def test_the_rule_says_why_somebody_is_not_on_the_list(campus: Campus) -> None:
    from sendbook.access.decide import Judge
    from tests.access.small_campus import reader

    record = campus.records[STUDENT]
    leaves = {leaf.pointer: leaf for leaf in campus.registry.kinds["student"].leaves(record.data)}
    fathers = Judge(campus).decide_leaf(reader(campus, MOTHER), leaves["/emergency/call/2"], record, TODAY)
    assert (fathers.allowed, fathers.rule) == (False, "other-household")
    assert rule(campus, MOTHER, STUDENT, "emergency") == "family-emergency"
