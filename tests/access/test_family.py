"""What families see, what keeps them from it, and that nobody learns of a restriction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sendbook.access.why import why
from sendbook.campus.records import Campus
from tests.access.asking import asked, rule, scope_of, seen, students_seen
from tests.access.small_campus import (
    ADULTS_MOTHER,
    AUNT,
    BROTHER,
    DSL,
    FATHER,
    MOTHER,
    PARENT_TEACHER,
    PRINCIPAL,
    SENCO,
    STEPFATHER,
    TEACHER,
    TODAY,
    Data,
    campus_of,
    reader,
    relative,
)

STUDENT, PLAN = "students/7Q4K/student", "students/7Q4K/plan"


def _family(records: Data, index: int) -> dict[str, Any]:
    found: dict[str, Any] = records[STUDENT]["family"][index]
    return found


def test_a_parent_sees_their_own_child_and_no_other(campus: Campus) -> None:
    assert students_seen(campus, MOTHER) == {"7Q4K"}
    plan = seen(campus, MOTHER, PLAN)
    assert plan is not None
    assert {"targets", "outcomes", "provision", "strategies"} <= plan.keys()


def test_a_parent_never_sees_the_family_part_or_who_decides(campus: Campus) -> None:
    student = seen(campus, MOTHER, STUDENT)
    assert student is not None
    assert student.keys().isdisjoint({"family", "rights", "consents", "born", "sign_in"})


def test_until_it_is_confirmed_a_relation_grants_nothing(records: Data) -> None:
    del _family(records, 0)["confirmed"]
    campus = campus_of(records)
    assert students_seen(campus, MOTHER) == set()
    assert rule(campus, MOTHER, PLAN, "plan") == "not-confirmed"


def test_a_confirmation_counts_from_its_day(records: Data) -> None:
    _family(records, 0)["confirmed"]["on"] = "2026-11-24"
    campus = campus_of(records)
    assert students_seen(campus, MOTHER) == set()
    assert students_seen(campus, MOTHER, on=date(2026, 11, 24)) == {"7Q4K"}


def test_a_relation_holds_from_its_first_to_its_last_day(records: Data) -> None:
    _family(records, 0).update({"from": "2026-09-01", "until": "2026-12-31"})
    campus = campus_of(records)
    scope = scope_of(campus, MOTHER, "7Q4K")
    assert scope is not None
    assert scope.until == date(2026, 12, 31)
    assert rule(campus, MOTHER, PLAN, "plan", on=date(2027, 1, 1)) == "ended"


def test_access_none_is_nothing(records: Data) -> None:
    _family(records, 2)["access"] = "none"
    campus = campus_of(records)
    assert students_seen(campus, FATHER) == set()
    assert rule(campus, FATHER, PLAN, "plan") == "restricted"


def test_named_parts_are_all_there_is(records: Data) -> None:
    _family(records, 2).update(access="named_parts", parts=["name", "targets", "costs", "plan.family_voice"])
    plan = seen(campus_of(records), FATHER, PLAN)
    assert plan is not None
    assert set(plan) == {"targets", "family_voice"}


def test_without_responsibility_only_parts_named_one_by_one(campus: Campus) -> None:
    assert set(seen(campus, STEPFATHER, STUDENT) or {}) == {"id", "name"}
    assert seen(campus, STEPFATHER, PLAN) is None
    assert students_seen(campus, AUNT) == set()
    assert rule(campus, AUNT, PLAN, "plan") == "no-responsibility"


def test_brothers_and_sisters_have_no_access_whatever_is_written(records: Data) -> None:
    _family(records, 3).update(access="named_parts", parts=["name"])
    campus = campus_of(records)
    assert students_seen(campus, BROTHER) == set()
    assert rule(campus, BROTHER, PLAN, "plan") == "sibling"


@pytest.mark.parametrize("effect", ["no_information", "no_contact"])
def test_a_court_order_takes_everything_in_its_dates(records: Data, effect: str) -> None:
    order = {"id": "c1", "order": "Order", "effect": effect, "from": "2026-12-01", "until": "2027-01-31"}
    _family(records, 2)["court_orders"] = [order]
    campus = campus_of(records)
    scope = scope_of(campus, FATHER, "7Q4K")
    assert scope is not None
    assert scope.until == date(2026, 11, 30)
    assert rule(campus, FATHER, PLAN, "plan", on=date(2026, 12, 1)) == "restricted"
    assert asked(campus, FATHER, PLAN, "plan", on=date(2027, 2, 1)).allowed


def test_an_order_about_residence_takes_nothing(records: Data) -> None:
    _family(records, 2)["court_orders"] = [{"id": "c1", "order": "O", "effect": "residence", "from": "2026-01-01"}]
    assert students_seen(campus_of(records), FATHER) == {"7Q4K"}


def test_no_share_gets_round_a_court_order(records: Data) -> None:
    _family(records, 2)["court_orders"] = [{"id": "c1", "order": "O", "effect": "no_contact", "from": "2026-01-01"}]
    records["access"]["shares"] = [_share(FATHER)]
    assert students_seen(campus_of(records), FATHER) == set()


def test_a_restricted_parent_is_told_the_same_as_a_stranger(records: Data) -> None:
    _family(records, 2)["access"] = "none"
    campus = campus_of(records)
    told = why(campus, reader(campus, FATHER), PLAN, TODAY)
    assert told == why(campus, reader(campus, ADULTS_MOTHER), PLAN, TODAY)
    assert {decision.rule for decision in told.values()} == {"not-granted"}
    known = why(campus, reader(campus, FATHER), PLAN, TODAY, sees_family=True)
    assert known["plan"].rule == "restricted"


def test_that_a_restriction_exists_changes_nothing_for_anyone_else(records: Data, campus: Campus) -> None:
    _family(records, 2)["access"] = "none"
    _family(records, 2)["court_orders"] = [{"id": "c1", "order": "O", "effect": "no_contact", "from": "2026-01-01"}]
    restricted = campus_of(records)
    for who in (MOTHER, TEACHER, "7Q4K", STEPFATHER):
        assert scope_of(restricted, who, "7Q4K") == scope_of(campus, who, "7Q4K")
    assert seen(restricted, DSL, STUDENT) != seen(campus, DSL, STUDENT)


# Two households


def test_what_one_household_wrote_never_reaches_the_other(campus: Campus) -> None:
    mothers, fathers = seen(campus, MOTHER, PLAN), seen(campus, FATHER, PLAN)
    assert mothers is not None
    assert fathers is not None
    assert [item["from"] for item in mothers["family_voice"]] == [MOTHER]
    assert [item["from"] for item in fathers["family_voice"]] == [FATHER]


def test_the_other_household_at_a_meeting_is_not_named(campus: Campus) -> None:
    meeting = seen(campus, FATHER, "students/7Q4K/meetings/2026-10-05")
    assert meeting is not None
    assert [item["person"] for item in meeting["family_present"]] == [FATHER]
    assert "family_voice" not in meeting


def test_a_meeting_held_with_one_household_does_not_exist_for_the_other(campus: Campus) -> None:
    apart = "students/7Q4K/meetings/2026-10-12"
    assert seen(campus, FATHER, apart) is not None
    assert seen(campus, MOTHER, apart) is None
    assert rule(campus, MOTHER, apart, "meetings") == "other-household"
    assert seen(campus, SENCO, apart) is not None


def test_members_of_one_household_read_each_others_words(records: Data) -> None:
    _family(records, 1).update(responsibility=True)
    plan = seen(campus_of(records), STEPFATHER, PLAN)
    assert plan is not None
    assert [item["from"] for item in plan["family_voice"]] == [MOTHER]


def test_words_of_someone_who_moved_between_households_stay_their_own(records: Data) -> None:
    records[STUDENT]["family"].append(relative("f9", FATHER, "father", "a", **{"from": "2026-11-01"}))
    campus = campus_of(records)
    assert [item["from"] for item in (seen(campus, MOTHER, PLAN) or {})["family_voice"]] == [MOTHER]


def test_an_address_of_another_household_never_reaches_a_parent_whatever_their_duty(records: Data) -> None:
    """3B8M's parents live apart; one is the SENDCo, who otherwise reads every contact."""
    campus = campus_of(records)
    assert rule(campus, SENCO, f"people/{PARENT_TEACHER}", "contact") == "other-household"
    assert "family" not in (seen(campus, SENCO, f"people/{PARENT_TEACHER}") or {})
    assert asked(campus, SENCO, f"people/{MOTHER}", "contact").allowed
    assert asked(campus, SENCO, f"people/{SENCO}", "contact").allowed
    assert asked(campus, PRINCIPAL, f"people/{PARENT_TEACHER}", "contact").allowed


def test_families_see_staff_and_themselves_and_no_other_family(campus: Campus) -> None:
    assert set(seen(campus, MOTHER, f"people/{TEACHER}") or {}) == {"name", "staff"}
    assert "qualifications" not in (seen(campus, MOTHER, f"people/{TEACHER}") or {})["staff"]
    assert "family" in (seen(campus, MOTHER, f"people/{MOTHER}") or {})
    assert seen(campus, MOTHER, f"people/{FATHER}") is None
    assert "family" not in (seen(campus, MOTHER, f"people/{SENCO}") or {})


# Two hats


def test_the_senco_sees_their_own_child_as_family_only(campus: Campus) -> None:
    plan = seen(campus, SENCO, "students/3B8M/plan")
    assert plan is not None
    assert "senco_notes" not in plan
    assert "costs" not in plan["provision"][0]
    assert rule(campus, SENCO, "students/3B8M/student", "family") == "two-hats"
    assert rule(campus, SENCO, "students/3B8M/plan", "plan") == "family-plan"
    assert not asked(campus, SENCO, "students/3B8M/plan", "plan", action="write").allowed


def test_a_teacher_who_is_a_parent_sees_their_child_as_family_and_others_as_teacher(campus: Campus) -> None:
    assert rule(campus, PARENT_TEACHER, "students/3B8M/plan", "strategies") == "family-plan"
    assert rule(campus, PARENT_TEACHER, PLAN, "strategies") == "teaches-plan"


@pytest.mark.parametrize(
    "change",
    [
        {"confirmed": None},
        {"access": "none"},
        {"responsibility": False},
        {"until": "2026-01-31"},
        {"relation": "sibling"},
        {"court_orders": [{"id": "c", "order": "O", "effect": "no_contact", "from": "2026-01-01"}]},
    ],
)
def test_two_hats_hold_for_a_relation_that_grants_nothing(records: Data, change: dict[str, Any]) -> None:
    """Confirmed or not, restricted or not, ended or not: work never opens one's own family's record."""
    item = {**records["students/3B8M/student"]["family"][1], **change}
    records["students/3B8M/student"]["family"][1] = {name: value for name, value in item.items() if value is not None}
    campus = campus_of(records)
    assert "3B8M" not in students_seen(campus, PARENT_TEACHER)
    assert "7Q4K" in students_seen(campus, PARENT_TEACHER)


def test_who_covers_has_the_grants_of_the_duty_for_that_student(records: Data) -> None:
    records["access"]["covers"] = [_cover(TEACHER)]
    campus = campus_of(records)
    plan = seen(campus, TEACHER, "students/3B8M/plan")
    assert plan == records["students/3B8M/plan"]
    assert asked(campus, TEACHER, "students/3B8M/plan", "plan", action="write").rule == "senco-writes-all"
    assert not asked(campus, TEACHER, PLAN, "senco_notes").allowed
    scope = scope_of(campus, TEACHER, "3B8M")
    assert scope is not None
    assert scope.until == date(2027, 7, 31)


@pytest.mark.parametrize("until", [None, "2026-01-31"])
def test_a_cover_does_not_get_round_two_hats(records: Data, until: str | None) -> None:
    """Is or was family: to stand in for the SENDCo opens no record of one's own family."""
    if until:
        records["students/3B8M/student"]["family"][1]["until"] = until
    records["access"]["covers"] = [_cover(PARENT_TEACHER), _cover(TEACHER)]
    campus = campus_of(records)
    assert not asked(campus, PARENT_TEACHER, "students/3B8M/plan", "senco_notes").allowed
    assert ("3B8M" in students_seen(campus, PARENT_TEACHER)) is (until is None)  # as family, or not at all
    assert asked(campus, TEACHER, "students/3B8M/plan", "senco_notes").allowed


def test_one_who_covers_reads_what_both_households_said_as_the_duty_would(records: Data) -> None:
    records["access"]["covers"] = [_cover("p-exm1", student="7Q4K")]
    plan = seen(campus_of(records), "p-exm1", PLAN)
    assert plan is not None
    assert [item["from"] for item in plan["family_voice"]] == [MOTHER, FATHER]


def _cover(person: str, *, student: str = "3B8M") -> dict[str, str]:
    return {
        "id": "cv1",
        "student": student,
        "person": person,
        "role": "senco",
        "from": "2026-09-01",
        "until": "2027-07-31",
        "reason": "The SENDCo is family.",
    }


def _share(person: str) -> dict[str, Any]:
    return {
        "id": "sh1",
        "student": "7Q4K",
        "person": person,
        "kind": "plan",
        "parts": ["strategies"],
        "from": "2026-11-01",
        "until": "2026-12-31",
        "basis": "consent",
        "reason": "By request.",
    }
