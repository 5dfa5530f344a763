"""What follows from work on campus: duties, groups, and their end."""

from __future__ import annotations

from datetime import date

import pytest

from sendbook.access.basis import Basis
from sendbook.access.origins import ROLE_WORDS
from sendbook.access.people import People
from sendbook.access.relations import student_relations
from sendbook.access.shared import reader_until, whos_of
from sendbook.campus.records import Campus
from tests.access.asking import asked, rule, scope_of, seen, students_seen
from tests.access.small_campus import (
    ASSISTANT,
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
    PARENT_TEACHER,
    PRINCIPAL,
    REGIONAL,
    REGISTRY,
    SENCO,
    TEACHER,
    TODAY,
    TUTOR,
    Data,
    campus_of,
)
from tests.access.test_shares_and_states import SHARE

STUDENT, PLAN, DRAFT = "students/7Q4K/student", "students/7Q4K/plan", "students/7Q4K/drafts/plan"


def test_a_decision_names_the_grant_and_says_why_in_a_sentence(campus: Campus) -> None:
    decision = asked(campus, TEACHER, PLAN, "strategies")
    assert decision.allowed
    assert decision.rule == "teaches-plan"
    assert decision.because == "Ms Okafor teaches this student English (since 3 September 2026)."


def test_what_nothing_grants_is_denied_by_default(campus: Campus) -> None:
    decision = asked(campus, TEACHER, PLAN, "costs")
    assert not decision.allowed
    assert decision.rule == "not-granted"


def test_the_senco_sees_everything_of_every_other_student(campus: Campus) -> None:
    assert seen(campus, SENCO, PLAN) == campus.records[PLAN].data
    assert seen(campus, SENCO, DRAFT) == campus.records[DRAFT].data


def test_only_the_senco_writes(campus: Campus) -> None:
    assert asked(campus, SENCO, PLAN, "targets", action="write").rule == "senco-writes-all"
    for other in (TEACHER, PRINCIPAL, MOTHER, ASSISTANT):
        assert not asked(campus, other, PLAN, "targets", action="write").allowed


@pytest.mark.parametrize("who", [TEACHER, TUTOR, ASSISTANT, PRINCIPAL, REGIONAL, DSL, CAREERS, MOTHER, FATHER, "7Q4K"])
def test_a_draft_is_nobodys_but_the_sencos(campus: Campus, who: str) -> None:
    assert seen(campus, who, DRAFT) is None
    assert rule(campus, who, DRAFT, "plan") == "not-agreed-state"


@pytest.mark.parametrize("who", [TEACHER, TUTOR, ASSISTANT, DSL, MOTHER, "7Q4K"])
def test_costs_and_the_sencos_notes_stay_hidden(campus: Campus, who: str) -> None:
    plan = seen(campus, who, PLAN)
    assert plan is not None
    assert "senco_notes" not in plan
    assert "costs" not in plan["provision"][0]
    assert "minutes" in plan["provision"][0]
    assert seen(campus, who, "students/7Q4K/student").keys().isdisjoint({"funding", "senco_notes"})  # type: ignore[union-attr]


def test_an_assistant_sees_what_to_do_and_the_emergency_but_not_the_register(campus: Campus) -> None:
    student, plan = seen(campus, ASSISTANT, STUDENT), seen(campus, ASSISTANT, PLAN)
    assert student is not None
    assert plan is not None
    assert student["emergency"]["watch_for"] == "Emergency of Ola Kowalska"
    assert "needs" not in student
    assert {"targets", "strategies", "provision"} <= plan.keys()


def test_attendance_is_for_the_tutor_not_for_every_teacher(campus: Campus) -> None:
    assert asked(campus, TUTOR, STUDENT, "attendance").allowed
    assert not asked(campus, TEACHER, STUDENT, "attendance").allowed


def test_the_exams_officer_sees_profile_and_exam_details_of_every_student(campus: Campus) -> None:
    assert students_seen(campus, EXAMS) == {"3B8M", "7Q4K", "9X2D"}
    assert seen(campus, EXAMS, PLAN) is None
    assert seen(campus, EXAMS, "students/7Q4K/profile") is not None


@pytest.mark.parametrize("who", [FINANCE, COMMITTEE, DPO, OUTSIDER])
def test_finance_committee_dpo_and_outsiders_see_no_student(campus: Campus, who: str) -> None:
    assert students_seen(campus, who) == set()


def test_the_dpo_reads_policy_and_exceptions(records: Data) -> None:
    records["access"]["shares"] = [_share()]
    campus = campus_of(records)
    assert seen(campus, DPO, "access") == records["access"]
    assert seen(campus, MOTHER, "access") == {"grants": records["access"]["grants"]}


@pytest.mark.parametrize(
    ("change", "last_day"),
    [
        (lambda data: data["campus"]["teaching_groups"][0]["teachers"][0].update(until="2026-12-18"), "2026-12-18"),
        (lambda data: data["students/7Q4K/student"]["teaching_groups"][0].update(until="2026-12-04"), "2026-12-04"),
        (lambda data: data[f"people/{TEACHER}"]["staff"]["duties"][0].update(until="2027-01-31"), "2027-01-31"),
        (lambda data: data[f"people/{TEACHER}"]["staff"].update(left_on="2026-11-30"), "2026-11-30"),
        (lambda data: data["students/7Q4K/student"]["on_roll"].update(until="2026-12-01"), "2026-12-01"),
    ],
    ids=["time with the group", "membership", "duty", "employment", "on roll"],
)
def test_teaching_counts_while_group_membership_duty_and_employment_all_run(
    records: Data, change: object, last_day: str
) -> None:
    change(records)  # type: ignore[operator]
    campus, last = campus_of(records), date.fromisoformat(last_day)
    scope = scope_of(campus, TEACHER, "7Q4K")
    assert scope is not None
    assert scope.until == last
    assert asked(campus, TEACHER, PLAN, "plan", on=last).allowed
    assert not asked(campus, TEACHER, PLAN, "plan", on=date.fromordinal(last.toordinal() + 1)).allowed


def test_a_teacher_of_another_duty_does_not_teach(records: Data) -> None:
    records[f"people/{TEACHER}"]["staff"]["duties"][0]["role"] = "careers_lead"
    assert "strategies" not in (seen(campus_of(records), TEACHER, PLAN) or {})


def test_what_has_not_begun_gives_nothing_yet(records: Data) -> None:
    records["students/7Q4K/student"]["teaching_groups"][0]["from"] = "2026-12-01"
    assert rule(campus_of(records), TEACHER, PLAN, "plan") == "not-yet"


def test_an_unreadable_date_never_widens(records: Data) -> None:
    records["students/7Q4K/student"]["teaching_groups"][0]["from"] = "soon"
    assert scope_of(campus_of(records), TEACHER, "7Q4K") is None
    records["students/7Q4K/student"]["teaching_groups"][0].update({"from": "2026-09-03", "until": "later"})
    assert scope_of(campus_of(records), TEACHER, "7Q4K") is None


def test_a_leaver_loses_what_follows_from_work(campus: Campus) -> None:
    assert rule(campus, LEAVER, PLAN, "plan") == "left"
    assert rule(campus, LEAVER, "campus", "campus") == "left"
    assert scope_of(campus, LEAVER, "7Q4K") is None
    assert asked(campus, LEAVER, PLAN, "plan", on=date(2026, 10, 23)).allowed


def test_a_leaver_who_is_also_a_parent_keeps_the_family_view(records: Data) -> None:
    records[f"people/{PARENT_TEACHER}"]["staff"]["left_on"] = "2026-10-23"
    campus = campus_of(records)
    assert students_seen(campus, PARENT_TEACHER) == {"3B8M"}
    assert asked(campus, PARENT_TEACHER, "campus", "campus").allowed
    assert not asked(campus, PARENT_TEACHER, "interventions/paired-reading", "library_groups").allowed


def test_a_share_gives_named_parts_for_a_time_and_agreed_records_only(records: Data) -> None:
    records["access"]["shares"] = [_share()]
    campus = campus_of(records)
    assert seen(campus, OUTSIDER, PLAN) == {"strategies": records[PLAN]["strategies"]}
    assert seen(campus, OUTSIDER, DRAFT) is None
    scope = scope_of(campus, OUTSIDER, "7Q4K")
    assert scope is not None
    assert scope.until == date(2026, 12, 31)
    assert scope.because == "This is shared with Dr Vane: Speech therapy."
    assert students_seen(campus, OUTSIDER, on=date(2027, 1, 1)) == set()


def test_somebody_of_an_agency_is_one_of_ours_only_while_something_is_shared(records: Data) -> None:
    """As for anyone whose work ended: no campus, no directory, no policy, and the gate is told the last day."""
    before = Basis.of(campus_of(records))
    assert whos_of(before.people[OUTSIDER], TODAY, before) == frozenset()
    records["access"]["shares"] = [_share()]
    basis = Basis.of(campus_of(records))
    outsider = basis.people[OUTSIDER]
    assert "everyone:signed_in" in whos_of(outsider, date(2026, 12, 31), basis)
    assert reader_until(outsider, TODAY, basis) == date(2026, 12, 31)
    assert whos_of(outsider, date(2027, 1, 1), basis) == frozenset()
    assert seen(campus_of(records), OUTSIDER, "campus", on=date(2027, 1, 1)) is None


def test_a_share_of_everything_is_no_share() -> None:
    """``all`` is the SENDCo's; an exception names its parts."""
    from tests.access.small_campus import data

    records = data()
    records["access"]["shares"] = [_share(kind="all", parts=["all"])]
    assert students_seen(campus_of(records), OUTSIDER) == set()


def test_a_revocation_beats_everything_from_its_day(records: Data) -> None:
    records["access"]["revocations"] = [
        {"id": "x1", "person": TEACHER, "student": "7Q4K", "from": "2026-11-25", "reason": "Asked by the DSL."},
        {"id": "x2", "person": MOTHER, "from": "2026-11-01", "reason": "Password lost."},
    ]
    campus = campus_of(records)
    scope = scope_of(campus, TEACHER, "7Q4K")
    assert scope is not None
    assert scope.until == date(2026, 11, 24)
    assert rule(campus, TEACHER, PLAN, "plan", on=date(2026, 11, 25)) == "revoked"
    assert asked(campus, TEACHER, "students/9X2D/plan", "plan", on=date(2026, 11, 25)).allowed
    assert rule(campus, MOTHER, PLAN, "plan") == "revoked"
    assert rule(campus, MOTHER, f"people/{MOTHER}", "contact") == "revoked"
    assert rule(campus, MOTHER, "campus", "campus") == "revoked"


def test_a_role_that_ends_while_a_relation_goes_on_ends_only_what_the_role_gave(records: Data) -> None:
    duties = records[f"people/{TEACHER}"]["staff"]["duties"]
    duties.append({"id": "d9", "role": "exams_officer", "from": "2026-09-01", "until": "2026-12-31"})
    campus = campus_of(records)
    scope = scope_of(campus, TEACHER, "7Q4K")
    assert scope is not None
    assert scope.until == date(2026, 12, 31)
    assert not asked(campus, TEACHER, "students/7Q4K/student", "exams", on=date(2027, 1, 1)).allowed


def test_no_end_is_told_where_something_else_carries_on_with_the_same(records: Data) -> None:
    teachers = records["campus"]["teaching_groups"][0]["teachers"]
    teachers[0]["until"] = "2026-12-31"
    teachers.append({"person": TEACHER, "from": "2027-01-01", "until": "2027-03-26"})
    scope = scope_of(campus_of(records), TEACHER, "7Q4K")
    assert scope is not None
    assert scope.until == date(2027, 3, 26)


def test_today_is_still_the_last_day(records: Data) -> None:
    records["campus"]["teaching_groups"][0]["teachers"][0]["until"] = TODAY.isoformat()
    scope = scope_of(campus_of(records), TEACHER, "7Q4K")
    assert scope is not None
    assert scope.until == TODAY


def _share(**more: object) -> dict[str, object]:
    return {
        "id": "sh1",
        "student": "7Q4K",
        "person": OUTSIDER,
        "kind": "plan",
        "parts": ["strategies"],
        "from": "2026-11-01",
        "until": "2026-12-31",
        "basis": "consent",
        "reason": "Speech therapy.",
        **more,
    }


def test_every_duty_is_said_in_words_when_it_is_the_reason() -> None:
    role = REGISTRY.kinds["person"].root.at("staff/duties/role")
    assert role is not None
    assert set(ROLE_WORDS) == set(role.schema["enum"])
    assert all(words.partition(" ")[0] in ("a", "an", "the") for words in ROLE_WORDS.values())


def test_to_work_here_is_a_tie_of_its_own_where_the_rules_open_students_to_all_staff(records: Data) -> None:
    grant = {"id": "x", "everyone": "staff", "kind": "profile", "parts": ["profile"], "action": "read", "reason": "R"}
    records["access"]["grants"].append(grant)
    campus = campus_of(records)
    relations = student_relations(campus.records[STUDENT], Basis.of(campus))
    (tie,) = relations.held(FINANCE, TODAY)
    assert (tie.name, tie.who, tie.because) == (
        "staff",
        "everyone:staff",
        "Ms Finch works on this campus (since 1 September 2025).",
    )


@pytest.mark.parametrize("what", ["support_assistant", "key_adult"])
def test_an_adult_of_whom_there_is_no_record_ties_nobody_and_hides_no_other(records: Data, what: str) -> None:
    """The checks say that there is nobody of that id; the next adult in the list goes on seeing the student."""
    team = records[STUDENT]["team"]
    team.insert(0, {"id": "a0", "person": "p-n0ne", "as": what, "from": "2026-09-14"})
    campus = campus_of(records)
    relations = student_relations(campus.records[STUDENT], Basis.of(campus))
    assert "p-n0ne" not in relations.by_reader
    assert [one.name for one in relations.held(ASSISTANT, TODAY)] == ["assists"]
    assert scope_of(campus, ASSISTANT, "7Q4K") is not None
    assert scope_of(campus, "p-n0ne", "7Q4K") is None


@pytest.mark.parametrize("what", ["support_assistant", "key_adult"])
@pytest.mark.parametrize(("since", "tied"), [("2026-12-18", True), ("2026-12-19", False)])
def test_an_adult_who_would_begin_after_the_last_day_on_roll_is_not_tied(
    records: Data, what: str, since: str, tied: bool
) -> None:
    records[STUDENT]["on_roll"]["until"] = "2026-12-18"
    records[STUDENT]["team"] = [{"id": "a1", "person": ASSISTANT, "as": what, "from": since}]
    campus = campus_of(records)
    relations = student_relations(campus.records[STUDENT], Basis.of(campus))
    assert bool(relations.held(ASSISTANT, date.fromisoformat(since))) is tied


def test_the_days_of_a_share_and_of_cover_are_days_on_which_somebody_is_invited(records: Data) -> None:
    records["access"]["shares"] = [{**SHARE, "from": "2026-11-01", "until": "2026-12-31"}]
    records["access"]["covers"] = []
    people = People.from_campus(campus_of(records))
    outsider, teacher = people[OUTSIDER], people[TEACHER]
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [any(span.holds(day) for span in outsider.invited) for day in days] == [False, True, True, False]
    assert not teacher.invited
