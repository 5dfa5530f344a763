"""What a home page says to each sort of reader: their classes, their students, their child, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sendbook.site.readers.home_blocks import SHOWN, blocks_of
from sendbook.site.readers.waiting import Waiting
from tests.kinds.saying import Records
from tests.site.home_lists_kit import MEETING, TERM_ENDS, action, blocks, desk, plan, quiet, rows, target
from tests.site.own_pages_kit import ASSISTANT, MOTHER, ON, PUPIL, SENCO, TEACHER, OwnReader
from tests.site.small_student import records


def test_a_teacher_has_their_own_jobs_and_not_those_of_others() -> None:
    both = action(by="2026-11-02")
    both[MEETING]["actions"].append({"id": "b", "what": "Ring.", "who": "p-tut1", "by": "2026-11-02"})
    assert rows(TEACHER, "due", both) == [("Order the book.", "2 November 2026", "you")]
    old = target(by_date="2027-01-31", progress=[{"on": "2026-10-01", "value": 66}])
    assert rows(TEACHER, "due", old) == [("Reads a page aloud (last measured 1 October 2026)", "", "you")]
    other = target(by_date="2027-01-31", progress=[{"on": "2026-10-01", "value": 66}], owner="p-tut1")
    assert rows(TEACHER, "due", other) == []


def test_a_teacher_finds_the_number_of_students_in_each_class() -> None:
    made = desk(TEACHER, quiet(), quiet())
    shown = {block.name: block.values for block in blocks_of(made, (), TERM_ENDS)}
    assert shown["classes"] == {"groups": [("8-en", "8 English", 2, 0)]}
    assert [one["where"] for one in shown["students"]["students"]] == ["Year 8 \N{MIDDLE DOT} 8 English"] * 2


@pytest.mark.parametrize(
    ("taught_from", "taught_until", "listed"),
    [
        ("2026-11-23", None, True),
        ("2026-11-24", None, False),
        ("2026-09-01", "2026-11-23", True),
        ("2026-09-01", "2026-11-22", False),
    ],
)
def test_a_class_is_a_teachers_from_the_first_to_the_last_day(
    taught_from: str, taught_until: str | None, listed: bool
) -> None:
    post = {"person": "p-tea1", "from": taught_from} | ({"until": taught_until} if taught_until else {})
    made = desk(TEACHER, quiet())
    assert made._leads([post]) == listed
    assert not made._leads([{**post, "person": "p-tut1"}])


def test_a_key_adult_and_a_tutor_have_their_students_and_an_assistant_those_they_help() -> None:
    data = quiet()
    data["student"]["team"] = [{"id": "k", "person": "p-tut1", "as": "key_adult", "from": "2026-09-03"}]
    del data["student"]["tutor_group"]
    tutor = OwnReader(id="p-tut1", name="Ms Tutor", roles=("teacher",), is_staff=True)
    assert [one["path"] for one in blocks(tutor, data)["students"]["students"]] == ["/students/7Q4K/"]
    assert [one["path"] for one in blocks(tutor, quiet())["students"]["students"]] == ["/students/7Q4K/"]
    del data["student"]["team"]
    assert "students" not in blocks(tutor, data)
    (card,) = blocks(ASSISTANT, data)["today"]["cards"]
    assert ([line["id"] for line in card["lines"]], card["notes"]) == (["paired"], [])
    data["plan"]["provision"] = []
    assert "today" not in blocks(ASSISTANT, data)
    assert blocks(ASSISTANT, quiet())["today"]["cards"][0]["notes"] == ["English"]


@pytest.mark.parametrize("duty", ["key_adult", "support_assistant"])
def test_whom_somebody_else_looks_after_is_nobody_s_own(duty: str) -> None:
    data = quiet()
    data["student"]["team"] = [{"id": "k", "person": "p-tut1", "as": duty, "from": "2026-09-03"}]
    other = OwnReader(id="p-oth1", name="Mr Other", roles=("teacher",), is_staff=True)
    made, own = desk(other, data), desk(OwnReader(id="p-tut1", name="Ms Tutor", is_staff=True), data)
    assert (made.mine, made.assisted) == ((), ())
    assert len(own.mine if duty == "key_adult" else own.assisted) == 1


def test_a_teacher_has_classes_first_and_who_teaches_no_class_the_students_they_help() -> None:
    def given_by(person: str) -> Records:
        data = quiet()
        data["plan"]["provision"][0]["delivered_by"] = person
        return data

    tutor = OwnReader(id="p-tut1", name="Ms Tutor", roles=("teacher",), is_staff=True)
    assert list(blocks(TEACHER, given_by("p-tea1"))) == ["classes", "due", "today"]
    assert list(blocks(tutor, given_by("p-tut1"))) == ["today", "due"]
    assert list(blocks(TEACHER, quiet())) == ["classes", "due", "students"]


def test_a_teacher_without_students_has_classes_and_nobody_else_has_any() -> None:
    nobody = OwnReader(id="p-oth1", name="Mr Other", roles=("teacher",), is_staff=True)
    assert [block.name for block in blocks_of(desk(TEACHER), (), TERM_ENDS)][:1] == ["classes"]
    assert "classes" not in blocks(nobody, quiet())
    assert "due" not in blocks(nobody, quiet())


def test_a_long_list_shows_twelve_and_folds_the_rest() -> None:
    shown = blocks(SENCO, *[action(by="2026-11-02")] * (SHOWN + 1))["late"]
    assert (len(shown["rows"]), len(shown["more"])) == (12, 1)
    shown = blocks(SENCO, *[action(by="2026-11-02")] * SHOWN)["late"]
    assert (len(shown["rows"]), len(shown["more"])) == (12, 0)


@pytest.mark.parametrize(("group", "listed"), [("8", False), ("9", True), ("13", True), ("R", False)])
def test_a_careers_lead_has_students_from_year_9_up(group: str, listed: bool) -> None:
    lead = OwnReader(id="p-car1", name="Ms Careers", roles=("careers_lead",), is_staff=True)
    data = quiet()
    data["student"]["year_group"] = group
    assert bool(blocks(lead, data)["older"]["rows"]) == listed


def test_an_exams_officer_has_those_who_need_something_in_exams() -> None:
    officer = OwnReader(id="p-exa1", name="Ms Exams", roles=("exams_officer",), is_staff=True)
    without = quiet()
    del without["profile"]["exams"]
    assert blocks(officer, without, quiet())["exams"]["rows"] == [
        ("/students/8Q4K/", "Aaron Small", "Year 8", ["Extra time."])
    ]


@pytest.mark.parametrize(
    ("following", "said"),
    [
        ("2026-12-08", "We plan to review it with you at the next meeting."),
        ("2026-12-11", "We plan to review it with you at the next meeting."),
        ("2026-12-12", "The next meeting is after that. Tell us if you would like to meet sooner."),
        ("2026-11-22", "We review it together with you."),
    ],
)
def test_a_family_reads_whether_the_next_meeting_is_the_review(following: str, said: str) -> None:
    data = plan(review_due="2026-12-11")
    data[MEETING]["next_meeting"] = following
    child = blocks(MOTHER, data, manner="family")["child-7q4k"]
    assert (child["review"], child["reviewed"]) == ("11 December 2026", said)
    assert bool(child["next"]) == (following >= "2026-11-23")


def test_a_family_reads_what_to_do_at_home_and_whom_to_ask() -> None:
    shown = blocks(MOTHER, manner="family")
    child = shown["child-7q4k"]
    assert child["at_home"] == ["Ten minutes of reading at bedtime."]
    assert child["help"] == ["Help line 1.", "Help line 2.", "Help line 3."]
    assert (child["name"], child["path"], child["next"]) == ("Aaron", "/students/7Q4K/", "Tuesday 8 December 2026")
    assert [person.name for person in shown["ask"]["people"]] == ["Mrs Senco", "Mr Principal"]
    bare = quiet()
    del bare["plan"]["review_due"]
    child = blocks(MOTHER, bare, manner="family")["child-7q4k"]
    assert (child["at_home"], child["review"], child["reviewed"]) == ([], None, "")


def test_a_student_reads_whom_to_tell_each_person_once() -> None:
    data = records()
    data["student"]["team"] = [{"id": "k", "person": "p-sen1", "as": "key_adult", "from": "2026-09-03"}]
    me = blocks(PUPIL, data, manner="student")["me"]
    assert me["adults"] == ["Mrs Senco"]
    assert me["people"] == []
    assert me["helpline"] == "Childline on 0800 1111, free, day or night"
    (asked,) = blocks(PUPIL, manner="student")["me"]["people"]
    assert (asked[0], asked[1].name) == ("About your help, your plan or your lessons", "Mrs Senco")


@pytest.mark.parametrize(("on", "left"), [(date(2026, 11, 20), False), (date(2026, 11, 21), True)])
def test_of_a_student_who_has_left_nothing_is_due_from_the_day_after(on: date, left: bool) -> None:
    data = action(by="2026-11-02")
    data["student"]["on_roll"]["until"] = "2026-11-20"
    assert bool(rows(SENCO, "late", data, on=on)) != left
    child = blocks(MOTHER, data, on=on, manner="family")["child-7q4k"]
    assert ("last_day" in child) == left
    if left:
        assert (child["last_day"], child["own"]) == ("Friday 20 November 2026", False)


def test_a_class_sheet_misses_only_students_seen_at_work_in_that_class() -> None:
    waiting = (
        Waiting(student="1AAA", manner="staff", classes=("8-en",)),
        Waiting(student="2BBB", manner="family", classes=("8-en",)),
        Waiting(student="3CCC", manner="staff", classes=("9-ma",)),
    )
    reader = OwnReader(id="p-tea1", name="Mr Teacher", roles=("teacher",), is_staff=True, corrected=waiting)
    made = desk(reader, quiet())
    assert made.missing_in("8-en") == ("1AAA",)
    shown = blocks(reader, quiet())
    assert shown["classes"]["groups"] == [("8-en", "8 English", 1, 1)]
    assert [row[0] for row in shown["corrected"]["links"]] == ["1AAA", "2BBB", "3CCC"]


def test_a_student_expected_later_is_at_work_and_not_here() -> None:
    data = quiet()
    data["student"]["on_roll"] = {"from": (ON + timedelta(days=1)).isoformat()}
    made = desk(SENCO, data)
    assert (len(made.at_work), len(made.here), len(made.leavers)) == (1, 0, 0)
