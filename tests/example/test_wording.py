"""The handbook of a new campus says what holds for its kind of school and its year groups."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from sendbook.campus.shipped import example
from sendbook.example.starter import cycle_of, duty_year_groups
from sendbook.example.wording import School, places, worded, wordings
from tests.checks.document_kit import PLACE, asked, case_of, document

ON = date(2026, 11, 29)
PAGES = {page.name: page.read_text(encoding="utf-8") for page in (example() / "handbook").glob("*.md")}
SETTINGS = ("maintained", "academy", "independent_section_41", "independent")


def _school(setting: str, first: str = "3", last: str = "13") -> School:
    cycle = cycle_of(ON, new=True)
    return School(
        setting=setting, first_year=first, last_year=last, begins=cycle.start, ends=cycle.end, reviewed=cycle.due
    )


def _handbook(setting: str, first: str = "3", last: str = "13") -> dict[str, str]:
    return {name: worded(text, _school(setting, first, last)) for name, text in PAGES.items()}


@pytest.mark.parametrize("entry", wordings(), ids=lambda entry: str(entry.get("words", entry.get("paragraph")))[:40])
def test_each_wording_is_still_found_in_the_examples_handbook(entry) -> None:
    assert any(list(places(text, entry)) for text in PAGES.values())


@pytest.mark.parametrize("years", [("3", "13"), ("R", "6"), ("7", "11")])
@pytest.mark.parametrize("setting", SETTINGS)
def test_no_page_calls_the_school_what_it_is_not(setting: str, years: tuple[str, str]) -> None:
    place = {**PLACE, "setting": {**PLACE["setting"], "type": setting}}
    for name, text in _handbook(setting, *years).items():
        front, _, body = text.partition("\n---\n")
        page = replace(document(body, path=name), summary=re.sub(r"approved_by.*", "", front))
        assert asked("DOC-38", case_of(page, place=place)) == [], name
        assert not re.search(r"<[Ttabefilr][a-z ]+>", text), name


@pytest.mark.parametrize("setting", ["maintained", "academy"])
def test_a_state_school_claims_nothing_that_is_an_independent_schools_alone(setting: str) -> None:
    text = "\n".join(_handbook(setting).values())
    for words in (
        "ndependent School Standards",
        "independent school",
        "pays the fees",
        "we are not bound",
        "section 41",
    ):
        assert words not in text
    assert "must admit the student" in text
    assert "must have regard to it" in text
    assert ("governing body approves it" in text) == (setting == "maintained")
    assert ("academy trust approves it" in text) == (setting == "academy")
    assert ("within 15 school days, free of charge" in text) == (setting == "maintained")


def test_an_independent_school_keeps_the_examples_words_but_for_the_plans_days() -> None:
    changed = {name for name, text in _handbook("independent").items() if text != PAGES[name]}
    assert changed == {"accessibility-plan.md"}
    assert "from April 2026 to March 2029" in _handbook("independent")["accessibility-plan.md"]


def test_a_primary_school_has_primary_students_and_no_exams_officer() -> None:
    text = "\n".join(_handbook("maintained", "R", "6").values())
    assert "exams_officer" not in text
    assert not re.search(r"Year (?:[78]|1\d)\b", text)
    assert "A Year 5 student" in text
    assert "from Reception to Year 6" in text
    assert "is now in Year 6." in text


@pytest.mark.parametrize(
    ("first", "last", "groups"),
    [
        ("R", "6", []),
        ("3", "8", []),
        ("7", "9", [["9"]]),
        ("7", "11", [["10", "11"], ["9", "10", "11"]]),
        ("3", "13", [["10", "11", "12", "13"], ["9", "10", "11", "12", "13"]]),
    ],
)
def test_a_duty_has_the_year_groups_that_are_taught(first: str, last: str, groups: list[list[str]]) -> None:
    assert [one["year_groups"] for one in duty_year_groups(first, last)] == groups


@pytest.mark.parametrize(("on", "begun"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (ON, 2026)])
def test_a_new_campus_begins_its_plan_last_april(on: date, begun: int) -> None:
    cycle = cycle_of(on, new=True)
    assert (cycle.start, cycle.end) == (date(begun, 4, 1), date(begun + 3, 3, 31))
