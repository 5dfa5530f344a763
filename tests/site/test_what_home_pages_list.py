"""What home pages list: on the last good day, on the first bad one, and what is no business of the list's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sendbook.site.readers.home_blocks import SHOWN, blocks_of
from sendbook.site.readers.reader_relations import Desk
from sendbook.site.readers.waiting import Waiting
from tests.kinds.saying import Records, plain
from tests.site.own_pages_kit import ASSISTANT, MOTHER, ON, PUPIL, SENCO, TEACHER, OwnReader
from tests.site.small_student import around, facts, projected, records

#: The last day of the autumn term.
TERM_ENDS = "2026-12-17"
PRINCIPAL = OwnReader(id="p-pri1", name="Mr Principal", roles=("principal",), is_staff=True)
MEETING = "meetings/2026-09-24"


def desk(reader: OwnReader, *data: Records, on: date = ON, manner: str = "staff") -> Desk:
    students = [facts(projected(one, manner=manner, identity=f"{7 + place}Q4K")) for place, one in enumerate(data)]
    return Desk(reader=reader, students=students, around=around(), on=on)


def blocks(reader: OwnReader, *data: Records, **more: Any) -> dict[str, Any]:
    """What each piece of a reader's home page is handed, by its name."""
    made = blocks_of(desk(reader, *(data or (records(),)), **more), (), TERM_ENDS)
    return {block.name: plain(block.values) for block in made}


def rows(reader: OwnReader, name: str, *data: Records, **more: Any) -> list[tuple[str, ...]]:
    """The rows of a list on a reader's home page without whose they are; none if there is no such list."""
    return [row[2:] for row in blocks(reader, *data, **more).get(name, {"rows": []})["rows"]]


def plan(**changed: Any) -> Records:
    data = quiet()
    data["plan"] |= changed
    return data


def quiet() -> Records:
    """The small student's records with nothing late and nothing due."""
    data = records()
    data["plan"]["targets"], data["plan"]["review_due"] = [], "2027-06-01"
    data[MEETING]["actions"], data[MEETING]["next_meeting"] = [], "2027-06-01"
    data["plan"]["provision"][0]["delivery"]["given"] = 20
    return data


def action(**changed: Any) -> Records:
    data = quiet()
    data[MEETING]["actions"] = [{"id": "a", "what": "Order the book.", "who": "p-tea1", **changed}]
    return data


def target(**changed: Any) -> Records:
    return plan(targets=[{**records()["plan"]["targets"][0], **changed}])


def test_a_quiet_student_is_on_no_list_of_work() -> None:
    assert set(blocks(SENCO, quiet())) == {"late", "soon"}
    assert (rows(SENCO, "late", quiet()), rows(SENCO, "soon", quiet())) == ([], [])


@pytest.mark.parametrize(
    ("day", "late", "soon"),
    [
        (date(2026, 11, 22), True, False),
        (date(2026, 11, 23), False, True),
        (date(2026, 12, 7), False, True),
        (date(2026, 12, 8), False, False),
    ],
    ids=["yesterday", "today", "in two weeks", "the day after"],
)
@pytest.mark.parametrize("what", ["plan", "target", "action", "profile"])
def test_what_is_due_is_late_from_the_day_after_and_soon_from_two_weeks_before(
    what: str, day: date, late: bool, soon: bool
) -> None:
    due = day.isoformat()
    made, words, owner = {
        "plan": (plan(review_due=due), "Review the plan", "Ms Tutor"),
        "target": (target(by_date=due), "Record the outcome: Reads a page aloud", "Mr Teacher"),
        "action": (action(by=due), "Order the book.", "Mr Teacher"),
        "profile": (quiet() | {"profile": quiet()["profile"] | {"review_by": due}}, "Review the one-page profile", ""),
    }[what]
    said = (words, f"{day.day} {day:%B %Y}", owner)
    assert rows(SENCO, "late", made) == ([said] if late else [])
    assert rows(SENCO, "soon", made) == ([said] if soon else [])


def test_what_is_done_or_has_ended_is_not_due() -> None:
    assert rows(SENCO, "late", action(by="2026-11-02", done_on="2026-11-20")) == []
    ended = target(by_date="2026-11-02", result={"outcome": "met", "on": "2026-11-02"})
    assert rows(SENCO, "late", ended) == []


def test_what_the_family_took_on_is_on_no_list_of_staff() -> None:
    data = quiet()
    data[MEETING]["family_actions"] = [
        {"id": "c", "person": "p-mum1", "what": "Find the lamp.", "by": "2026-11-02"},
        {"id": "d", "person": "p-mum1", "what": "Read aloud."},
    ]
    assert "Find the lamp." not in str(blocks(SENCO, data)) + str(blocks(PRINCIPAL, data))
    assert "actions" not in blocks(SENCO, data)
    child = blocks(MOTHER, data, manner="family")["child-7q4k"]
    assert child["promised"] == ["Find the lamp.", "Read aloud."]


def test_a_parent_is_not_shown_what_another_member_of_the_family_took_on() -> None:
    data = quiet()
    data[MEETING]["family_actions"] = [{"id": "c", "person": "p-dad1", "what": "Find the lamp."}]
    assert blocks(MOTHER, data, manner="family")["child-7q4k"]["promised"] == []


def test_an_action_without_a_day_or_after_two_weeks_is_open_and_not_due() -> None:
    assert rows(SENCO, "actions", action()) == [("Order the book.", "", "Mr Teacher")]
    assert rows(SENCO, "actions", action(by="2026-12-08")) == [("Order the book.", "8 December 2026", "Mr Teacher")]
    assert rows(SENCO, "actions", action(by="2026-12-07")) == []


@pytest.mark.parametrize(("given", "thin"), [(15, True), (16, False), (20, False), (0, True)])
def test_help_is_thin_below_four_fifths_of_what_was_planned(given: int, thin: bool) -> None:
    data = quiet()
    data["plan"]["provision"][0]["delivery"]["given"] = given
    said = (f"Paired reading: {given} of 20 sessions ({given * 5}%)", "20 November 2026", "Ms Assistant")
    assert rows(SENCO, "thin", data) == ([said] if thin else [])


def test_help_of_which_nothing_was_planned_or_counted_is_not_thin() -> None:
    data = quiet()
    data["plan"]["provision"][0]["delivery"] |= {"planned": 0, "given": 0}
    assert rows(SENCO, "thin", data) == []
    del data["plan"]["provision"][0]["delivery"]
    assert rows(SENCO, "thin", data) == []


@pytest.mark.parametrize(
    ("measured", "by_date", "stale"),
    [
        ("2026-10-11", "2027-01-31", True),
        ("2026-10-12", "2027-01-31", False),
        ("2026-10-11", "2026-11-23", True),
        ("2026-10-11", "2026-11-22", False),
    ],
    ids=["six weeks and a day", "six weeks", "last day", "past its last day"],
)
def test_a_target_is_to_be_measured_every_six_weeks_until_its_last_day(
    measured: str, by_date: str, stale: bool
) -> None:
    data = target(by_date=by_date, progress=[{"on": measured, "value": 66}])
    day = date.fromisoformat(measured)
    said = ("Reads a page aloud", f"{day.day} {day:%B %Y}", "Mr Teacher")
    assert rows(SENCO, "stale", data) == ([said] if stale else [])


def met(**changed: Any) -> Records:
    data = quiet()
    del data[MEETING]["next_meeting"]
    data[MEETING] |= changed
    return data


@pytest.mark.parametrize(
    ("data", "owed"),
    [
        (met(date="2026-08-03"), None),
        (met(date="2026-08-02"), "Last met the family on 2 August 2026"),
        (met(date="2026-08-02", next_meeting="2026-11-23"), None),
        (met(date="2026-08-02", next_meeting="2026-11-22"), "Last met the family on 2 August 2026"),
        (met(type="team_around_the_child"), None),
        (met(type="annual_review"), None),
        (met(type="staff_planning"), "No meeting with the family recorded"),
        (met(date="2026-11-23"), None),
        (met(date="2026-11-24"), "No meeting with the family recorded"),
    ],
    ids=[
        "16 weeks",
        "and a day",
        "one today",
        "one yesterday",
        "team",
        "annual",
        "among staff",
        "held today",
        "to come",
    ],
)
def test_a_family_is_to_be_met_every_16_weeks_unless_a_day_is_named(data: Records, owed: str | None) -> None:
    assert [row[0] for row in rows(SENCO, "owed", data)] == ([owed] if owed else [])


@pytest.mark.parametrize(("code", "owed"), [("K", True), ("E", True), ("N", False)])
def test_only_the_families_of_students_with_support_are_owed_a_meeting(code: str, owed: bool) -> None:
    data = met(date="2026-08-02")
    data["student"]["status"][0]["code"] = code
    assert bool(rows(SENCO, "owed", data)) == owed


def test_drafts_wait_to_be_agreed_and_what_is_only_planned_does_not() -> None:
    data = quiet() | {"drafts/plan": quiet()["plan"] | {"state": "draft"}}
    later = {"state": "draft", "date": "2026-12-09", "type": "parent_review"}
    data["meetings/a"] = {"id": "a", **later, "staff_notes": "A note."}
    data["meetings/b"] = {"id": "b", **later}
    assert rows(SENCO, "drafts", data) == [
        ("Next plan, not agreed yet", "", ""),
        ("Meeting record, not agreed yet", "", ""),
    ]
    assert rows(SENCO, "drafts", plan(state="draft")) == [("First plan, not agreed yet", "", "")]
    assert rows(SENCO, "drafts", quiet()) == []


@pytest.mark.parametrize(
    ("day", "soon"),
    [("2026-11-22", False), ("2026-11-23", True), ("2026-12-07", True), ("2026-12-08", False)],
)
def test_a_meeting_is_soon_from_two_weeks_before_to_its_day(day: str, soon: bool) -> None:
    data = quiet()
    data[MEETING]["next_meeting"] = day
    assert [row[0] for row in rows(SENCO, "soon", data)] == (["Meeting"] if soon else [])


@pytest.mark.parametrize(
    ("due", "listed"),
    [("2026-11-22", False), ("2026-11-23", True), (TERM_ENDS, True), ("2026-12-18", False)],
)
def test_the_plans_of_a_term_are_those_to_be_reviewed_by_its_last_day(due: str, listed: bool) -> None:
    assert bool(rows(PRINCIPAL, "reviews", plan(review_due=due))) == listed


def with_code(code: str, name: str) -> Records:
    data = quiet()
    data["student"]["status"][0]["code"] = code
    data["student"]["name"] = {"full": name, "known_as": name}
    return data


def test_students_with_support_and_none_are_not_among_those_with_an_ehc_plan() -> None:
    shown = blocks(PRINCIPAL, with_code("K", "Kim"), with_code("E", "Ann"), with_code("N", "Noor"))["ehc"]
    assert shown["rows"] == [("/students/8Q4K/", "Ann", "Year 8 \N{MIDDLE DOT} plan reviewed by 1 June 2027")]
    gone = with_code("E", "Ann")
    gone["student"]["status"][0]["until"] = "2026-11-01"
    assert blocks(PRINCIPAL, gone)["ehc"]["rows"] == []


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
    assert [one["id"] for one in blocks(tutor, data)["students"]["students"]] == ["7Q4K"]
    assert [one["id"] for one in blocks(tutor, quiet())["students"]["students"]] == ["7Q4K"]
    del data["student"]["team"]
    assert "students" not in blocks(tutor, data)
    (card,) = blocks(ASSISTANT, data)["today"]["cards"]
    assert ([line["id"] for line in card["lines"]], card["notes"]) == (["paired"], [])
    data["plan"]["provision"] = []
    assert "today" not in blocks(ASSISTANT, data)
    assert blocks(ASSISTANT, quiet())["today"]["cards"][0]["notes"] == ["English"]


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
