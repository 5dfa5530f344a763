"""Scopes, views, and the shared records with their items about students."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.views import apart_from, scopes, shared_view, view
from sendbook.campus.records import Campus
from tests.access.asking import scope_of, seen, students_seen
from tests.access.small_campus import (
    ASSISTANT,
    COMMITTEE,
    DPO,
    FATHER,
    FINANCE,
    LEAVER,
    MOTHER,
    PARENT_TEACHER,
    SENCO,
    TEACHER,
    TODAY,
    TUTOR,
    Data,
    campus_of,
    reader,
)

GROUP = "interventions/paired-reading"


def _members(campus: Campus, who: str) -> list[str]:
    shown: Any = seen(campus, who, GROUP)
    return [member["student"] for group in shown.get("groups", ()) for member in group.get("members", ())]


def test_readers_who_see_the_same_share_one_projection(records: Data) -> None:
    records["campus"]["teaching_groups"][0]["teachers"].append({"person": TUTOR, "from": "2026-09-01"})
    del records["students/7Q4K/student"]["tutor_group"]
    campus = campus_of(records)
    teachers = [scope_of(campus, who, "7Q4K") for who in (TEACHER, TUTOR, PARENT_TEACHER)]
    assert len({scope.projection for scope in teachers if scope}) == 1
    found, projections = scopes(campus, "7Q4K", TODAY)
    assert len(found) == 14
    assert {scope.projection for scope in found} == set(projections)


def test_an_answer_is_given_again_for_these_records_this_student_and_this_day_alone(records: Data) -> None:
    """One basis is asked about a student's records as they are, as they were, and about others."""
    campus = campus_of(records)
    basis = Basis.of(campus)
    first = scopes(campus, "7Q4K", TODAY, basis=basis)
    assert scopes(campus, "7Q4K", TODAY, basis=basis)[0] is first[0]
    del records["students/7Q4K/student"]["tutor_group"]
    before = campus_of(records)
    assert scopes(before, "7Q4K", TODAY, basis=basis) == scopes(before, "7Q4K", TODAY)
    assert scopes(before, "7Q4K", TODAY, basis=basis)[0] != first[0]
    assert scopes(campus, "9X2D", TODAY, basis=basis) == scopes(campus, "9X2D", TODAY)
    later = date(2027, 11, 23)
    assert scopes(campus, "9X2D", later, basis=basis) == scopes(campus, "9X2D", later)


def test_a_projection_says_as_whom_it_addresses_the_reader(campus: Campus) -> None:
    found, projections = scopes(campus, "7Q4K", TODAY)
    manner = {scope.reader: projections[scope.projection].manner for scope in found}
    assert (manner[TEACHER], manner[MOTHER], manner["7Q4K"]) == ("staff", "family", "student")


def test_a_projection_is_told_apart_by_parts_that_nobody_has_written_yet(records: Data) -> None:
    """There is no profile. Only one of the two is shown that one is due, so their pages can't be the same."""
    records["access"]["grants"] = [
        {"id": "d", "role": "dpo", "records": {"plan": ["costs"]}, "action": "read", "reason": "R"},
        {"id": "c", "role": "committee_member", "records": {"plan": ["costs"], "profile": ["profile"]},
         "action": "read", "reason": "R"},
    ]  # fmt: skip
    campus = campus_of(records)
    found, projections = scopes(campus, "9X2D", TODAY)
    shown = {scope.reader: projections[scope.projection] for scope in found}
    assert shown[DPO].records == shown[COMMITTEE].records
    assert shown[COMMITTEE].parts - shown[DPO].parts == {("profile", "profile")}
    assert shown[DPO].digest != shown[COMMITTEE].digest


def test_a_projection_is_told_apart_by_all_that_pages_are_made_from(campus: Campus) -> None:
    """Whose it is, as whom it addresses the reader, each record that is shown, and what the reader is entitled to."""
    found, projections = scopes(campus, "7Q4K", TODAY)
    one = projections[next(scope.projection for scope in found if scope.reader == TEACHER)]
    plan = one.records["students/7Q4K/plan"]
    others = [
        replace(one, student="9X2D"),
        replace(one, manner="family"),
        replace(one, records={**one.records, plan.id: replace(plan, digest="other")}),
        replace(one, records={name: record for name, record in one.records.items() if name != plan.id}),
        replace(one, parts=one.parts | {("plan", "costs")}),
    ]
    assert len({one.digest, *(other.digest for other in others)}) == 6
    assert replace(one, records=dict(reversed(one.records.items()))).digest == one.digest


def test_a_scope_needs_only_the_shared_records_and_one_student(campus: Campus) -> None:
    basis = Basis.of(campus.shared)
    for student in campus.students:
        alone = Campus(campus.of_student(student), campus.registry)
        assert scopes(alone, student, TODAY, basis=basis) == scopes(campus, student, TODAY)


def test_nobody_is_scoped_to_a_student_without_a_student_record(records: Data) -> None:
    del records["students/7Q4K/student"]
    assert scopes(campus_of(records), "7Q4K", TODAY) == ((), {})


def test_a_group_shows_its_members_only_to_those_who_see_their_provision(campus: Campus) -> None:
    assert _members(campus, TEACHER) == ["7Q4K", "3B8M"]
    assert _members(campus, ASSISTANT) == ["7Q4K"]
    assert _members(campus, FINANCE) == []
    assert _members(campus, SENCO) == ["7Q4K", "3B8M"]
    assert "groups" not in (seen(campus, MOTHER, GROUP) or {})


def test_a_member_added_of_another_class_changes_nothing_for_the_assistant(records: Data) -> None:
    before = seen(campus_of(records), ASSISTANT, GROUP)
    records[GROUP]["groups"][0]["members"].append({"student": "9X2D", "from": "2026-09-14"})
    assert seen(campus_of(records), ASSISTANT, GROUP) == before


def test_costs_of_the_library_are_for_those_who_answer_for_money(campus: Campus) -> None:
    assert "costs" in (seen(campus, FINANCE, GROUP) or {})
    assert "costs" not in (seen(campus, TEACHER, GROUP) or {})


def test_a_view_is_a_campus_of_its_own_without_what_is_hidden(campus: Campus) -> None:
    found = view(campus, reader(campus, MOTHER), TODAY)
    assert found.campus.students == ("7Q4K",)
    assert found.because == {"7Q4K": "Mrs Kowalska is this student's mother."}
    assert ("plan", "targets") in found.parts["7Q4K"]
    assert ("plan", "costs") not in found.parts["7Q4K"]
    assert found.until == date(2030, 5, 3)


def test_a_shared_view_has_no_student_in_it_and_ends_with_the_duty(records: Data) -> None:
    records[f"people/{DPO}"]["staff"]["duties"][0]["until"] = "2026-12-31"
    campus = campus_of(records)
    found = shared_view(campus, reader(campus, DPO), TODAY, {})
    assert found.campus.students == ()
    assert found.until == date(2026, 12, 31)


def test_one_who_left_has_an_empty_view(campus: Campus) -> None:
    assert len(view(campus, reader(campus, LEAVER), TODAY).campus) == 0


def test_not_told_who_lives_apart_a_reader_who_is_family_sees_no_contact_of_others(campus: Campus) -> None:
    senco = reader(campus, SENCO)
    shared = shared_view(campus.shared, senco, TODAY, {})
    assert "family" not in shared.campus.records.get(f"people/{MOTHER}", campus.records["campus"]).data
    assert "family" in shared.campus.records[f"people/{SENCO}"].data
    told = shared_view(campus.shared, senco, TODAY, {}, apart=frozenset({PARENT_TEACHER}))
    assert "family" in told.campus.records[f"people/{MOTHER}"].data
    assert "family" not in told.campus.records[f"people/{PARENT_TEACHER}"].data


def test_households_apart_are_told_both_ways(campus: Campus) -> None:
    assert FATHER in apart_from(campus, MOTHER)
    assert MOTHER in apart_from(campus, FATHER)
    assert apart_from(campus, SENCO) == {PARENT_TEACHER}
    assert SENCO in apart_from(campus, PARENT_TEACHER)


def test_all_staff_may_be_let_in_by_policy_but_never_everyone(records: Data) -> None:
    open_profile = {"id": "x", "kind": "profile", "parts": ["profile"], "action": "read", "reason": "R"}
    records["access"]["grants"] += [{**open_profile, "everyone": who, "id": who} for who in ("staff", "family")]
    campus = campus_of(records)
    assert seen(campus, FINANCE, "students/7Q4K/profile") is not None
    assert students_seen(campus, "p-mth9") == set()
