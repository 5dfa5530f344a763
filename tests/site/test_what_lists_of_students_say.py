"""What the lists of students, the class sheets and the list of whom to ask hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sendbook.campus.terms import Terms
from sendbook.pages.campus_page import CampusReading
from sendbook.pages.surroundings import Surroundings, surroundings_of
from sendbook.site.readers.directory import directory, listed
from sendbook.site.readers.own_pages import own_site_of
from sendbook.site.readers.rows import row_fragments
from tests.kinds.saying import Handed, Records
from tests.site.own_pages_kit import ON, SENCO, TEACHER, OwnReader, own
from tests.site.small_student import CAMPUS, KINDS, PEOPLE, around, facts, projected, records


def handed(reader: OwnReader, *data: Records, on: date = ON, surroundings: Any = None) -> Handed:
    """What the templates of a reader's own pages are handed."""
    students = [facts(projected(one, identity=f"{7 + place}Q4K")) for place, one in enumerate(data)]
    seen = CampusReading(around=surroundings or around(), on=on)
    made = Handed()
    own_site_of(reader, students, seen, made, terms=Terms.from_campus(CAMPUS))
    return made


def row(name: str, data: Records) -> dict[str, Any] | None:
    """What a row of a list is handed, or None if the list has none for the student."""
    made = Handed()
    one = {key: value for key, value in facts(projected(data)).items() if key != "rows"}
    row_fragments(one, made)
    return next(iter(made.to(f"own/{name}_row.html")), None)


def student(**changed: Any) -> Records:
    data = records()
    data["student"] |= changed
    return data


def test_a_row_of_the_register_says_what_the_record_says() -> None:
    assert row("register", records()) == {
        "path": "/students/7Q4K/",
        "name": "Aaron Small",
        "year": "Year 8",
        "status": "SEN support",
        "needs": ["Specific learning difficulty"],
        "since": "6 January 2025",
        "review": "11 December 2026",
        "sees_plan": True,
    }
    needs = [{"id": "b", "type": "ASD", "rank": 2}, {"id": "a", "type": "SPLD", "rank": 1}]
    shown = row("register", student(needs=needs))
    assert shown is not None
    assert shown["needs"] == ["Specific learning difficulty", "Autism"]


@pytest.mark.parametrize(
    ("status", "listed"),
    [
        ([{"id": "k", "code": "K", "from": "2025-01-06"}], True),
        ([{"id": "e", "code": "E", "from": "2025-01-06"}], True),
        ([{"id": "n", "code": "N", "from": "2025-01-06"}], False),
        ([{"id": "k", "code": "K", "from": "2025-01-06", "until": "2026-01-06"}], False),
        ([], False),
    ],
    ids=["support", "EHC plan", "none", "ended", "no status"],
)
def test_the_register_has_only_students_with_support(status: list[dict[str, str]], listed: bool) -> None:
    assert (row("register", student(status=status)) is not None) == listed
    assert row("student", student(status=status)) is not None


def test_a_row_of_all_students_says_what_helps_first() -> None:
    assert row("student", records()) == {
        "path": "/students/7Q4K/",
        "name": "Aaron Small",
        "status": "SEN support",
        "help": "Help line 1.",
    }
    bare = student(status=[])
    del bare["profile"]["help"]
    assert row("student", bare) == {"path": "/students/7Q4K/", "name": "Aaron Small", "status": None, "help": None}


def test_students_who_have_left_are_apart_and_not_on_the_register() -> None:
    left = student(on_roll={"from": "2024-09-04", "until": "2026-11-20"})
    (shown,) = handed(SENCO, records(), left).to("own/students.html")
    assert shown["leavers"] == 1
    assert [(name, "Aaron" in rows) for _, name, rows in shown["years"]] == [("Year 8", True)]
    (register,) = handed(SENCO, left).to("own/register.html")
    assert register["rows"] == ""
    expected = student(on_roll={"from": "2026-11-24"})
    (register,) = handed(SENCO, expected).to("own/register.html")
    assert register["rows"] == ""
    (begun,) = handed(SENCO, expected, on=date(2026, 11, 24)).to("own/register.html")
    assert "Aaron" in begun["rows"]


@pytest.mark.parametrize(("days", "listed"), [({"until": "2026-11-20"}, True), ({}, False)])
def test_the_contents_of_the_list_lead_to_those_who_have_left(days: dict[str, str], listed: bool) -> None:
    years = [facts(projected(student(year_group=year), identity=f"{year}Q4K")) for year in ("5", "6", "7", "9")]
    one = facts(projected(student(on_roll={"from": "2024-09-04", **days})))
    made = own(SENCO, [*years, one])["/students/"].contents
    assert ('href="#left"' in made) == listed
    assert ('href="#year-8"' in made) != listed
    assert 'href="#year-9"' in made


def test_a_class_sheet_says_whose_class_it_is_and_what_to_do_in_the_subject() -> None:
    data = records()
    data["plan"]["strategies"].append({"id": "m", "subject": "Maths", "text": "Squared paper."})
    (sheet,) = handed(TEACHER, data).to("own/sheet.html")
    assert (sheet["name"], sheet["lead"]) == ("8 English", "English \N{MIDDLE DOT} Year 8 \N{MIDDLE DOT} Mr Teacher")
    assert (sheet["today"], sheet["missing"]) == ("Monday 23 November 2026", [])
    (shown,) = sheet["students"]
    assert shown.pop("emergency")["watch_for"] == "He goes grey and sweats"
    assert shown == {
        "id": "7q4k",
        "path": "/students/7Q4K/",
        "name": "Aaron Small",
        "help": ["Help line 1.", "Help line 2.", "Help line 3."],
        "avoid": ["Do not rush me."],
        "lessons": ["Large print.", "Give time."],
    }


def test_a_class_that_a_student_has_left_has_no_sheet() -> None:
    gone = [{"group": "8-en", "from": "2025-09-03", "until": "2026-07-17"}]
    assert handed(TEACHER, student(teaching_groups=gone)).to("own/sheet.html") == []
    (listed,) = handed(TEACHER, records()).to("own/groups.html")
    assert listed["rows"] == [("8-en", "8 English", "English", "Year 8", 1, 0)]


def colleagues(**changed: Any) -> Any:
    """The small campus with another assistant, and what surrounds its students."""
    assistant = {**PEOPLE[-1], **changed}
    return surroundings_of({**CAMPUS, "office": {"phone": "01632 960100"}}, [*PEOPLE[:-1], assistant], kinds=KINDS)


def asked_of(surroundings: Surroundings, beside: str = "") -> Mapping[str, Any]:
    """What the page that says whom to ask is handed."""
    made = Handed()
    directory(listed(surroundings, ON, beside), made)
    (shown,) = made.to("own/people.html")
    return shown


@pytest.mark.parametrize(("left", "listed"), [("2026-11-22", False), ("2026-11-23", True)])
def test_whom_to_ask_lists_a_colleague_to_their_last_day(left: str, listed: bool) -> None:
    staff = {**PEOPLE[-1]["staff"], "left_on": left}
    shown = asked_of(colleagues(staff=staff))
    assert ("Ms Assistant" in [one.name for one in shown["others"]]) == listed


def test_whom_to_ask_begins_with_those_who_have_a_duty_and_names_nobody_twice() -> None:
    shown = asked_of(colleagues())
    assert [(title, one.name) for title, one in shown["named"]] == [
        ("Anything about support, plans and needs", "Mrs Senco"),
        ("The campus as a whole", "Mr Principal"),
    ]
    assert [one.name for one in shown["others"]] == ["Ms Assistant", "Mr Teacher", "Ms Tutor"]
    assert list(shown["office"]) == [("Telephone", "01632 960100")]


def test_two_colleagues_of_one_name_and_a_reader_s_namesake_are_in_full() -> None:
    twin = colleagues(name={"full": "Anna Teacher", "known_as": "Mr Teacher"})
    assert sorted(one.name for one in asked_of(twin)["others"]) == ["Anna Teacher", "Mr Teacher", "Ms Tutor"]
    other = colleagues(name={"full": "Anna Smith", "known_as": "Ms Assistant"})
    assert "Anna Smith" in [one.name for one in asked_of(other, beside="Ms Assistant")["others"]]
    assert "Anna Smith" not in [one.name for one in asked_of(other)["others"]]
