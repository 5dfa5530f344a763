"""A reader's own pages: everyone finds their own work, made from facts, for one day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sendbook.site.readers.due import week_of
from sendbook.site.readers.own_pages import OwnReader, greeted
from sendbook.site.readers.reader_relations import Desk
from sendbook.site.readers.rows import in_order, join_rows
from sendbook.site.readers.waiting import Waiting
from tests.site.own_pages_kit import (
    ASSISTANT,
    MOTHER,
    ON,
    PUPIL,
    RULES,
    SENCO,
    TEACHER,
    links_of,
    many,
    own,
    text_of,
)
from tests.site.small_student import (
    CAMPUS,
    PARTS,
    Outline,
    around,
    facts,
    is_sound,
    projected,
    records,
    templates,
)


def test_facts_are_plain_enough_to_keep_and_always_have_every_key() -> None:
    full, empty = facts(projected()), facts(projected({}, parts=()))
    assert json.loads(json.dumps(full)) == full
    assert full.keys() == empty.keys()


def test_facts_hold_nothing_of_a_part_that_is_not_there() -> None:
    data = records()
    for key in ("targets", "provision", "strategies"):
        del data["plan"][key]
    told = str(
        facts(projected(data, parts=PARTS - {("plan", "targets"), ("plan", "provision"), ("plan", "strategies")}))
    )
    assert "aloud" not in told
    assert "Paired" not in told
    assert "Give time" not in told


@pytest.mark.parametrize(
    ("reader", "manner"),
    [(SENCO, "staff"), (TEACHER, "staff"), (ASSISTANT, "staff"), (MOTHER, "family"), (PUPIL, "student")],
)
def test_every_own_page_is_sound(reader: OwnReader, manner: str) -> None:
    for students in ([], [facts(projected(manner=manner))]):
        for path, fragment in own(reader, students).items():
            is_sound(fragment.content)
            # Lists only repeat what is on the students' own pages; colleagues are on no other page.
            assert (fragment.search is None) == (path == "/figures/")


def test_the_senco_sees_what_is_late_and_what_comes() -> None:
    text = text_of(SENCO, [facts(projected())])
    assert "Late (1)" in text
    assert "Order the book." in text
    assert "Due in the next two weeks (1)" in text
    assert "Reads a page aloud" in text
    assert "Fewer than 80% of sessions delivered (1)" in text
    assert "15 of 20 sessions (75%)" in text
    assert "Ring the library." not in text


def test_a_quiet_week_is_said_to_be_one() -> None:
    assert "Nothing is late." in text_of(SENCO, [])


@pytest.mark.parametrize(
    ("on", "late", "soon"),
    [
        (date(2026, 11, 2), 0, {"Order the book."}),
        (date(2026, 11, 3), 1, set()),
        (date(2026, 11, 20), 1, {"Record the outcome: Reads a page aloud"}),
        (date(2026, 12, 12), 3, set()),
    ],
)
def test_something_is_late_the_day_after_its_last_day_and_soon_two_weeks_before(
    on: date, late: int, soon: set[str]
) -> None:
    week = week_of([facts(projected())], on, RULES)
    assert len(week.late) == late
    assert {item.what for item in week.soon} == soon


@pytest.mark.parametrize(
    ("until", "late"),
    [
        ("2026-12-12", {"Review the plan", "Record the outcome: Reads a page aloud", "Order the book."}),
        ("2026-12-11", {"Record the outcome: Reads a page aloud", "Order the book."}),
        ("2026-12-03", {"Order the book."}),
    ],
    ids=["support's last day", "the day after", "before the target was due"],
)
def test_a_plan_is_owed_no_review_once_support_has_ended(until: str, late: set[str]) -> None:
    """A result that was due by then is still owed, and an action stays with the person who took it on."""
    data = records()
    data["student"]["status"][-1]["until"] = until
    week = week_of([facts(projected(data))], date(2026, 12, 12), RULES)
    assert {item.what for item in week.late} == late


def test_a_target_not_measured_for_weeks_is_told_until_it_is_over() -> None:
    data = records()
    data["plan"]["targets"][0]["progress"] = []
    data["plan"]["targets"][0]["by_date"] = "2026-12-18"
    assert len(week_of([facts(projected(data))], ON, RULES).stale) == 1
    assert not week_of([facts(projected(data))], date(2026, 12, 19), RULES).stale


def test_a_family_not_met_for_too_long_is_owed_a_meeting_unless_one_is_fixed() -> None:
    data = records()
    del data["meetings/2026-09-24"]["next_meeting"]
    assert not week_of([facts(projected(data))], ON, RULES).owed
    assert len(week_of([facts(projected(data))], date(2027, 1, 20), RULES).owed) == 1
    data["meetings/2026-09-24"]["next_meeting"] = "2027-02-01"
    assert not week_of([facts(projected(data))], date(2027, 1, 20), RULES).owed


def test_anybody_who_does_not_see_meetings_is_told_of_none_owed() -> None:
    data = {name: record for name, record in records().items() if not name.startswith("meetings")}
    hidden = facts(projected(data, parts={part for part in PARTS if part[0] != "meeting"}))
    assert not week_of([hidden], date(2027, 1, 20), RULES).owed
    assert len(week_of([facts(projected(data))], date(2027, 1, 20), RULES).owed) == 1


def test_a_long_list_folds_away_what_is_more_than_a_screenful() -> None:
    text = text_of(SENCO, many(40))
    assert "Late (40)" in text
    assert "Show 28 more" in text


def test_a_teacher_finds_classes_what_is_due_and_three_lines_for_each_student() -> None:
    text = text_of(TEACHER, [facts(projected())])
    assert "My classes" in text
    assert "1 student with a page here" in text
    assert "Order the book." in text
    assert "Help line 3." in text
    assert "Help line 4." not in text


def test_a_teacher_finds_a_student_by_year_and_class() -> None:
    student = facts(projected())
    text = text_of(TEACHER, [student])
    card = text[text.index("My students") :]
    mine = next(group["name"] for group in CAMPUS["teaching_groups"] if group["id"] in student["student"]["groups"])
    assert f"Year {student['student']['year']} \N{MIDDLE DOT} {mine}" in card


def test_an_assistant_finds_whom_to_work_with_on_what_towards_which_target() -> None:
    text = text_of(ASSISTANT, [facts(projected())])
    assert "Students I support" in text
    assert "Paired reading, 3 sessions of 20 minutes a week" in text
    assert "Working towards: Reads a page aloud" in text


def test_one_child_of_a_member_of_staff_is_on_no_list_of_their_work() -> None:
    both = OwnReader(id="p-tea1", name="Mr Teacher", roles=("teacher", "senco"), is_staff=True, is_family=True)
    pages = own(both, [facts(projected(manner="family"))])
    assert "Order the book." not in pages["/"].content
    assert "Aaron" not in pages["/students/"].content
    assert "Aaron" not in pages["/register/"].content
    assert "/groups/8-en/" not in pages


def test_the_principal_sees_ehc_plans_and_reviews_of_the_term() -> None:
    data = records()
    data["student"]["status"][0]["code"] = "E"
    principal = OwnReader(id="p-pri1", name="Mr Principal", roles=("principal",), is_staff=True)
    text = text_of(principal, [facts(projected(data))])
    assert "Students with an EHC plan" in text
    assert "Aaron Small" in text
    assert "Plans to review this term (1)" in text


def test_the_exams_officer_sees_how_students_work_in_tests() -> None:
    officer = OwnReader(id="p-exa1", name="Ms Exams", roles=("exams_officer",), is_staff=True)
    assert "Extra time." in text_of(officer, [facts(projected())])


@pytest.mark.parametrize("role", ["committee_member", "finance_officer", "dpo"])
def test_anybody_who_sees_no_student_is_told_what_is_here_and_whom_to_ask(role: str) -> None:
    reader = OwnReader(id="p-oth1", name="Mr Other", roles=(role,), is_staff=True)
    text = text_of(reader, [])
    assert "students' pages" in text
    assert "SEND Handbook" in text
    assert "Mrs Senco" in text


def test_every_link_of_the_drawer_leads_somewhere_for_every_reader() -> None:
    elsewhere = {"/interventions/", "/people/", "/search"}
    every = [facts(projected())]
    for reader, students in ((SENCO, every), (TEACHER, every), (SENCO, []), (MOTHER, []), (PUPIL, [])):
        assert set(links_of(reader, students)) - elsewhere <= own(reader, students).keys()


def test_the_drawer_lists_only_what_the_reader_has_something_in() -> None:
    """A committee member sees no student: lists of students would lead to nothing."""
    everybody = ["/interventions/", "/people/", "/search"]
    member = OwnReader(id="p-com1", name="Mrs Member", roles=("committee_member",), is_staff=True)
    assert links_of(member, []) == ["/", *everybody]
    assert links_of(MOTHER, [facts(projected(manner="family"))]) == ["/", *everybody]
    assert links_of(TEACHER, [facts(projected())]) == ["/", "/students/", "/register/", "/groups/", *everybody]
    assert links_of(member, [facts(projected())]) == ["/", "/students/", "/register/", *everybody]


def test_a_class_sheet_has_this_subject_and_all_lessons_and_no_other() -> None:
    data = records()
    data["plan"]["strategies"].append({"id": "m", "subject": "Maths", "text": "Squared paper."})
    text = text_of(TEACHER, [facts(projected(data))], "/groups/8-en/")
    assert "Large print." in text
    assert "Give time." in text
    assert "Squared paper." not in text
    assert "Avoid: Do not rush me." in text


def test_a_class_of_another_teacher_has_no_sheet_here() -> None:
    other = OwnReader(id="p-tut1", name="Ms Tutor", roles=("teacher",), is_staff=True)
    assert "/groups/8-en/" not in own(other, [facts(projected())])


def test_students_stand_by_year_group_then_by_name() -> None:
    people = []
    for name, year_group, identity in (("Zoe", "3", "1A"), ("Ann", "10", "2A"), ("Bea", "3", "3A"), ("Ann", "9", "4A")):
        data = records()
        data["student"] |= {"year_group": year_group, "name": {"full": name, "known_as": name}}
        people.append(facts(projected(data, identity=identity)))
    assert [one["id"] for one in in_order(people)] == ["3A", "1A", "4A", "2A"]
    text = text_of(SENCO, people, "/students/")
    assert text.index("Year 3") < text.index("Bea") < text.index("Zoe") < text.index("Year 9") < text.index("Year 10")


def test_lists_are_joined_from_rows_that_were_made_before() -> None:
    people = [{**one, "rows": {"students": f"<li>{one['id']}</li>"}} for one in many(3)]
    assert join_rows(people, "students", templates()) == "<li>000A</li><li>001A</li><li>002A</li>"
    assert join_rows(people, "register", templates()) == ""


def test_rows_kept_and_rows_made_now_are_the_same() -> None:
    kept = facts(projected())
    bare = {key: value for key, value in kept.items() if key != "rows"}
    assert join_rows([kept], "register", templates()) == join_rows([bare], "register", templates())


def test_a_student_with_no_support_is_not_on_the_register() -> None:
    data = records()
    data["student"]["status"][0]["code"] = "N"
    assert "Aaron" not in own(SENCO, [facts(projected(data))])["/register/"].content
    assert "Aaron" in own(SENCO, [facts(projected(data))])["/students/"].content


def _waits(*classes: str, manner: str = "staff") -> Waiting:
    return Waiting(student="8B2M", manner=manner, classes=classes)


def _group_of(student: dict[str, Any]) -> tuple[str, str]:
    """A class of the student's that Mr Teacher teaches, and another of his."""
    taught = [group["id"] for group in Desk(reader=TEACHER, students=[student], around=around(), on=ON).taught_groups]
    mine = next(one for one in student["student"]["groups"] if one in taught)
    return mine, next((one for one in taught if one != mine), "another")


def test_the_sheet_of_a_class_says_that_a_student_of_that_class_is_missing_and_what_to_do() -> None:
    student = facts(projected())
    mine, _ = _group_of(student)
    sheet = text_of(replace(TEACHER, corrected=(_waits(mine),)), [student], f"/groups/{mine}/")
    assert "is missing from this sheet, because their pages are being corrected: student 8B2M" in sheet
    assert "ask the SENDCo how to help them in your lesson and what to do in an emergency" in sheet
    name = around().teaching_groups[mine]["name"]
    home = text_of(replace(TEACHER, corrected=(_waits(mine),)), [student])
    assert f"Student 8B2M, in {name}" in home
    assert "whose pages are being corrected" in text_of(
        replace(TEACHER, corrected=(_waits(mine),)), [student], "/groups/"
    )


@pytest.mark.parametrize("waiting", [_waits("another"), _waits(), _waits("en8", manner="family")])
def test_the_sheet_of_a_class_without_a_missing_student_is_silent(waiting: Waiting) -> None:
    student = facts(projected())
    mine, _ = _group_of(student)
    waiting = replace(waiting, classes=(mine,)) if waiting.manner == "family" else waiting
    sheet = text_of(replace(TEACHER, corrected=(waiting,)), [student], f"/groups/{mine}/")
    assert "missing" not in sheet
    assert "corrected" not in sheet


def test_a_class_whose_only_student_is_missing_has_a_sheet_all_the_same() -> None:
    mine, _ = _group_of(facts(projected()))
    pages = own(replace(TEACHER, corrected=(_waits(mine),)), [])
    assert "1 student of" in Outline(pages[f"/groups/{mine}/"].content).text
    assert f"/groups/{mine}/" not in own(TEACHER, [])


@pytest.mark.parametrize(
    ("name", "said"),
    [("Ms Mazur", "Ms Mazur"), ("Mme Fournier", "Mme Fournier"), ("Amara Sinclair-Boyd", "Amara"), ("Kwame", "Kwame")],
)
def test_people_are_greeted_as_they_are_called(name: str, said: str) -> None:
    """By title and surname where they go by these; nobody says “Hello, Amara Sinclair-Boyd”."""
    assert greeted(name) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [("Mrs Senco", "Hello, Mrs Senco"), ("the SENDCo (name to come)", "Hello"), ("the SENDCo", "Hello"), ("", "Hello")],
)
def test_nobody_is_greeted_by_what_a_new_campus_has_in_the_place_of_a_name(name: str, said: str) -> None:
    page = own(replace(SENCO, name=name), [])["/"].content
    assert f">{said}</h1>" in page
