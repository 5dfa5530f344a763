"""What home pages list: on the last good day, on the first bad one, and what is no business of the list's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sendbook.site.readers.home_blocks import blocks_of
from tests.kinds.saying import Records
from tests.site.home_lists_kit import MEETING, PRINCIPAL, TERM_ENDS, action, blocks, desk, plan, quiet, rows, target
from tests.site.own_pages_kit import MOTHER, SENCO


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


def test_each_list_says_what_it_is_how_long_and_what_its_day_means() -> None:
    data = action(by="2026-11-02") | {"drafts/plan": quiet()["plan"] | {"state": "draft"}}
    data["plan"]["provision"][0]["delivery"]["given"] = 0
    data["plan"]["targets"] = target(by_date="2027-01-31", progress=[{"on": "2026-09-01", "value": 66}])["plan"][
        "targets"
    ]
    del data[MEETING]["next_meeting"]
    data[MEETING]["date"] = "2026-08-02"
    data[MEETING]["actions"].append({"id": "b", "what": "Ring.", "who": "p-tea1"})
    made = {block.name: (block.title, block.values) for block in blocks_of(desk(SENCO, data), (), TERM_ENDS)}
    assert {name: (title, values["column"], values["nothing"]) for name, (title, values) in made.items()} == {
        "late": ("Late (1)", "Was due", "Nothing is late. Well done."),
        "soon": ("Due in the next two weeks", "Due", "Nothing is due in the next two weeks."),
        "drafts": ("Drafts waiting to be agreed (1)", "", ""),
        "thin": ("Fewer than 80% of sessions delivered (1)", "Counted up to", ""),
        "stale": ("Targets not measured for 6 weeks (1)", "Last measured", ""),
        "owed": ("Families due a meeting (1)", "", ""),
        "actions": ("Other actions still open (1)", "By", ""),
    }
    assert made["late"][1]["caption"] == "Late"
    assert (made["late"][1]["owners"], made["drafts"][1]["owners"]) == (True, False)
    assert made["late"][1]["rows"][0][:2] == ("Aaron Small", f"/students/7Q4K/meetings/#meeting-{data[MEETING]['id']}")


def test_a_principal_reads_what_is_late_and_what_is_to_be_reviewed() -> None:
    made = {block.name: (block.title, block.values) for block in blocks_of(desk(PRINCIPAL, quiet()), (), TERM_ENDS)}
    assert {name: (title, values.get("column"), values["nothing"]) for name, (title, values) in made.items()} == {
        "late": ("Late", "Was due", "Nothing is late."),
        "reviews": ("Plans to review this term", "By", "No more plans to review this term."),
        "ehc": ("Students with an EHC plan", None, "No student you can see has an EHC plan."),
    }
    assert [row[0] for row in rows(PRINCIPAL, "late", action(by="2026-11-22"))] == ["Order the book."]


@pytest.mark.parametrize(("by", "late"), [("2026-11-13", True), ("2026-11-14", False)])
def test_once_support_has_ended_the_results_due_by_then_stay_due(by: str, late: bool) -> None:
    """The plan is not reviewed any more, and a target that had not run out needs no result."""
    data = target(by_date=by)
    data["plan"]["review_due"] = "2026-11-20"
    data["student"]["status"][0]["until"] = "2026-11-13"
    said = [("Record the outcome: Reads a page aloud", f"{int(by[-2:])} November 2026", "Mr Teacher")]
    assert rows(SENCO, "late", data) == (said if late else [])
