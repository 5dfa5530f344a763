"""A student signs in only once that was decided for them, and not before the age the campus has set."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sendbook.access.basis import Basis
from sendbook.access.own_account import AccountRule
from sendbook.access.people import People
from sendbook.access.shared import reader_until, whos_of
from sendbook.access.spans import ALWAYS
from sendbook.access.views import view
from tests.access.asking import asked, rule, scope_of, seen, students_seen
from tests.access.small_campus import LEAVER, PRINCIPAL, TODAY, Data, campus_of

STUDENT = "students/7Q4K/student"
BORN = date(2012, 5, 4)
WORKED = {"p": (ALWAYS,)}
THIRTEEN = AccountRule(youngest=13, worked=WORKED)


def _is_reader(records: Data, on: date) -> bool:
    campus = campus_of(records)
    basis = Basis.of(campus)
    return bool(whos_of(People.from_campus(campus)["7Q4K"], on, basis))


@pytest.mark.parametrize(
    ("on", "sees"),
    [
        (date(2025, 5, 3), False),  # twelve, for the last day
        (date(2025, 5, 4), True),  # the thirteenth birthday
    ],
)
def test_the_account_opens_on_the_birthday_and_not_the_day_before(records: Data, on: date, sees: bool) -> None:
    records[STUDENT]["account_decision"]["on"] = "2024-09-01"
    records[f"people/{PRINCIPAL}"]["staff"]["duties"][0]["from"] = "2024-09-01"
    campus = campus_of(records)
    assert (scope_of(campus, "7Q4K", "7Q4K", on=on) is not None) is sees
    assert _is_reader(records, on) is sees
    assert rule(campus, "7Q4K", STUDENT, "name", on=on) == ("self-student" if sees else "no-account")


@pytest.mark.parametrize(
    ("on", "opens"),
    [("2025-02-28", False), ("2025-03-01", True)],
)
def test_born_on_29_february_the_account_opens_on_1_march_of_a_common_year(on: str, opens: bool) -> None:
    student = {**_signs_in("2012-02-29"), "account_decision": {"on": "2020-01-01", "by": "p", "reason": "R"}}
    assert bool([span for span in THIRTEEN.days(student) if span.holds(date.fromisoformat(on))]) is opens


def test_born_on_29_february_the_account_opens_on_that_day_in_a_leap_year() -> None:
    student = {**_signs_in("2012-02-29"), "account_decision": {"on": "2020-01-01", "by": "p", "reason": "R"}}
    (span,) = AccountRule(youngest=12, worked=WORKED).days(student)
    assert span.since == date(2024, 2, 29)


@pytest.mark.parametrize(("on", "sees"), [(date(2025, 9, 7), False), (date(2025, 9, 8), True)])
def test_the_account_opens_on_the_day_of_the_decision(records: Data, on: date, sees: bool) -> None:
    assert (scope_of(campus_of(records), "7Q4K", "7Q4K", on=on) is not None) is sees


@pytest.mark.parametrize(("on", "sees"), [(date(2026, 11, 30), True), (date(2026, 12, 1), False)])
def test_the_account_is_closed_from_the_day_the_decision_is_withdrawn(records: Data, on: date, sees: bool) -> None:
    records[STUDENT]["account_decision"]["withdrawn_on"] = "2026-12-01"
    campus = campus_of(records)
    assert (scope_of(campus, "7Q4K", "7Q4K", on=on) is not None) is sees
    assert _is_reader(records, on) is sees
    basis = Basis.of(campus)
    assert reader_until(People.from_campus(campus)["7Q4K"], TODAY, basis) == date(2026, 11, 30)
    scope = scope_of(campus, "7Q4K", "7Q4K")
    assert scope is not None
    assert scope.until == date(2026, 11, 30)


@pytest.mark.parametrize(("on", "sees"), [(date(2026, 12, 18), True), (date(2026, 12, 19), False)])
def test_the_account_ends_with_the_last_day_on_roll(records: Data, on: date, sees: bool) -> None:
    records[STUDENT]["on_roll"]["until"] = "2026-12-18"
    assert _is_reader(records, on) is sees


@pytest.mark.parametrize(
    "change",
    [
        {"account_decision": None},
        {"account_decision": {"by": "p-5en0", "reason": "no day"}},
        {"account_decision": {"on": "last Monday", "by": "p-5en0", "reason": "R"}},
        {"account_decision": {"on": "2026-12-01", "by": "p-5en0", "reason": "to come"}},
        {"account_decision": {"on": "2025-09-08", "by": "p-5en0", "reason": "R", "withdrawn_on": "some day"}},
        {"account_decision": {"on": "2025-09-08", "by": "p-mth1", "reason": "by the mother, who works here as well"}},
        {"born": "2013-11-24"},
        {"born": "in spring"},
        {"sign_in": None},
    ],
)
def test_without_a_decision_that_holds_and_the_age_nothing_opens(records: Data, change: dict[str, Any]) -> None:
    """Not even what everyone signed in may read."""
    records[STUDENT] |= change
    for name in [name for name, value in change.items() if value is None]:
        del records[STUDENT][name]
    campus = campus_of(records)
    found = People.from_campus(campus).get("7Q4K")
    assert scope_of(campus, "7Q4K", "7Q4K") is None
    if found is not None:
        assert view(campus, found, TODAY).campus.records == {}
        assert asked(campus, "7Q4K", "campus", "campus").rule == "no-account"


@pytest.mark.parametrize(
    ("on", "opens"),
    [("2025-08-31", False), ("2025-09-01", True), ("2026-10-23", True), ("2026-10-24", False)],
)
def test_the_decision_of_somebody_counts_from_their_first_day_here_to_their_last(
    records: Data, on: str, opens: bool
) -> None:
    """Ms Gone worked here from 1 September 2025 to 23 October 2026; that she has left since takes nothing back."""
    records[STUDENT]["account_decision"] = {"on": on, "by": LEAVER, "reason": "R"}
    assert (scope_of(campus_of(records), "7Q4K", "7Q4K") is not None) is opens
    assert _is_reader(records, TODAY) is opens


@pytest.mark.parametrize(
    "staff",
    [
        None,
        {"job_title": "Head of Year"},
        {"job_title": "Head of Year", "duties": []},
        {"job_title": "Head of Year", "duties": [{"id": "d", "role": "teacher", "from": "2025-09-09"}]},
        {"job_title": "Head of Year", "duties": [{"id": "d", "role": "teacher", "from": "2024-09-01",
                                                  "until": "2025-09-07"}]},
    ],
)  # fmt: skip
def test_a_title_or_a_duty_of_another_time_is_no_work_to_decide_from(records: Data, staff: object) -> None:
    """The account was decided on 8 September 2025."""
    by = records[STUDENT]["account_decision"]["by"]
    assert _is_reader(records, TODAY)
    del records[f"people/{by}"]["staff"]
    if staff is not None:
        records[f"people/{by}"]["staff"] = staff
    assert not _is_reader(records, TODAY)


def test_a_decision_of_somebody_nobody_knows_opens_nothing(records: Data) -> None:
    records[STUDENT]["account_decision"]["by"] = "p-9zzz"
    assert not _is_reader(records, TODAY)


def test_where_the_campus_has_set_no_age_no_student_has_an_account(records: Data) -> None:
    del records["campus"]["student_accounts"]
    campus = campus_of(records)
    assert students_seen(campus, "9X2D") == set()
    assert rule(campus, "9X2D", "students/9X2D/plan", "plan") == "no-account"


def test_a_student_without_a_sign_in_is_no_reader(records: Data) -> None:
    assert People.from_campus(campus_of(records)).get("7Q4K") is not None
    del records[STUDENT]["sign_in"]
    assert People.from_campus(campus_of(records)).get("7Q4K") is None


def test_a_neighbour_with_an_account_is_left_alone(records: Data) -> None:
    del records[STUDENT]["account_decision"]
    campus = campus_of(records)
    assert students_seen(campus, "7Q4K") == set()
    assert students_seen(campus, "3B8M") == {"3B8M"}


def test_what_a_household_wrote_does_not_reach_the_student_unless_it_is_granted(records: Data) -> None:
    plan, meeting = "students/7Q4K/plan", "students/7Q4K/meetings/2026-10-05"
    apart = "students/7Q4K/meetings/2026-10-12"
    campus = campus_of(records)
    assert "family_voice" not in (seen(campus, "7Q4K", plan) or {})
    shown = seen(campus, "7Q4K", meeting) or {}
    assert {"family_voice", "family_present", "family_actions"}.isdisjoint(shown)
    assert "discussed" in shown
    assert seen(campus, "7Q4K", apart) is None
    for kind, part in (("plan", "family_voice"), ("meeting", "meetings_apart"), ("meeting", "family_present")):
        _grant(records, "self", kind, part)
    campus = campus_of(records)
    assert len((seen(campus, "7Q4K", plan) or {})["family_voice"]) == 2
    assert len((seen(campus, "7Q4K", meeting) or {})["family_present"]) == 2
    assert seen(campus, "7Q4K", apart) is not None


def test_words_not_to_be_told_at_home_are_not_on_the_childs_own_pages_unless_it_is_granted(records: Data) -> None:
    assert _said(records, "7Q4K") == ["Shared words", "Shared at the meeting"]
    for kind in ("plan", "meeting"):
        _grant(records, "self", kind, "confidential_words")
    assert _said(records, "7Q4K") == [
        "Shared words",
        "Words kept to myself",
        "Shared at the meeting",
        "Kept at the meeting",
    ]


def test_the_grant_for_words_not_to_be_told_never_reaches_the_family(records: Data) -> None:
    for kind in ("plan", "meeting"):
        _grant(records, "family", kind, "confidential_words")
    assert _said(records, "p-mth1") == ["Shared words", "Shared at the meeting"]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("p-tch1", ["Shared words"]),
        ("p-ass1", ["Shared words"]),
        ("p-tut1", ["Shared words", "Shared at the meeting"]),
        ("p-pr0n", ["Shared words", "Shared at the meeting"]),
        ("p-reg0", ["Shared words"]),
        ("p-ds00", ["Shared words", "Words kept to myself", "Shared at the meeting", "Kept at the meeting"]),
        ("p-5en0", ["Shared words", "Words kept to myself", "Shared at the meeting", "Kept at the meeting"]),
        ("p-key1", ["Shared words", "Words kept to myself", "Shared at the meeting", "Kept at the meeting"]),
    ],
)
def test_who_hears_what_a_child_does_not_want_told(records: Data, who: str, said: list[str]) -> None:
    records["people/p-key1"] = {**records["people/p-tut1"], "id": "p-key1"}
    records[STUDENT]["team"].append({"id": "a2", "person": "p-key1", "as": "key_adult", "from": "2026-09-14"})
    assert _said(records, who) == said


def test_a_teacher_reads_what_was_agreed_at_a_meeting_and_not_what_was_said(campus: Any) -> None:
    meeting = seen(campus, "p-tch1", "students/7Q4K/meetings/2026-10-05") or {}
    assert {"date", "type", "agreed"} <= meeting.keys()
    hidden = {"discussed", "others_present", "family_present", "family_actions", "family_voice", "student_voice"}
    assert hidden.isdisjoint(meeting)
    assert "family_voice" not in (seen(campus, "p-tch1", "students/7Q4K/plan") or {})


@pytest.mark.parametrize(
    ("year_group", "exams", "careers"),
    [("8", False, False), ("9", True, True), ("10", True, True), ("11", True, False)],
)
def test_the_exams_officer_and_the_careers_lead_see_the_year_groups_set_for_them(
    records: Data, year_group: str, exams: bool, careers: bool
) -> None:
    records[STUDENT]["year_group"] = year_group
    campus = campus_of(records)
    assert ("7Q4K" in students_seen(campus, "p-exm1")) is exams
    assert ("7Q4K" in students_seen(campus, "p-car1")) is careers
    if not exams:
        assert rule(campus, "p-exm1", STUDENT, "exams") == "other-year-group"


def test_where_the_campus_has_set_no_year_groups_they_see_no_student(records: Data) -> None:
    del records["campus"]["duty_year_groups"]
    campus = campus_of(records)
    assert students_seen(campus, "p-exm1") == students_seen(campus, "p-car1") == set()
    assert len(students_seen(campus, "p-pr0n")) == 3


def test_anybody_who_covers_a_duty_is_bound_by_its_year_groups(records: Data) -> None:
    cover = {"id": "c", "student": "7Q4K", "person": "p-0vt1", "role": "exams_officer", "from": "2026-09-01"}
    records["access"]["covers"] = [{**cover, "reason": "R"}]
    assert "exams" in _parts_seen(records, "p-0vt1")
    records["campus"]["duty_year_groups"][0]["year_groups"] = ["10"]
    assert "exams" not in _parts_seen(records, "p-0vt1")


def _parts_seen(records: Data, who: str) -> set[str]:
    campus = campus_of(records)
    return {part for part in ("exams", "status") if asked(campus, who, STUDENT, part).allowed}


def _signs_in(born: str) -> dict[str, Any]:
    return {"sign_in": {"email": "a@school.example"}, "born": born, "on_roll": {"from": "2020-01-01"}}


def _said(records: Data, who: str) -> list[str]:
    campus = campus_of(records)
    found = (seen(campus, who, f"students/7Q4K/{name}") for name in ("plan", "meetings/2026-10-05"))
    return [item["text"] for record in found for item in (record or {}).get("student_voice", ())]


def _grant(records: Data, relation: str, kind: str, part: str) -> None:
    grant = {"id": f"x-{kind}-{part}", "relation": relation, "kind": kind, "parts": [part], "action": "read"}
    records["access"]["grants"].append({**grant, "reason": "R"})
