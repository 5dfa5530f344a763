"""A record as a family or a student reads it: no code, no half of a name, nothing that alarms without need."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendbook.access.policy import Policy
from sendbook.access.who import SELF_WORDS, who_by_role
from sendbook.kinds.student.record_sections import RECORD_SECTIONS
from sendbook.pages.reading import reading_of
from sendbook.pages.surroundings import surroundings_of
from tests.access.small_campus import REGISTRY
from tests.access.test_policy_file import SHIPPED
from tests.site.small_student import CAMPUS, PEOPLE, Outline, around, pages, projected, records

HOME = "/students/7Q4K/"


def _page(name: str, data: dict[str, Any], manner: str = "family", **more: Any) -> str:
    made = pages(projected(data, manner=manner), **more)
    return " ".join(Outline(made.fragments[f"{HOME}{name}"].content).text.split())


def test_a_condition_with_no_type_of_its_own_is_named_first() -> None:
    data = records()
    data["student"]["needs"] = [{"id": "n", "type": "OTH", "rank": 1, "condition": "Traumatic brain injury"}]
    text = _page("record/", data)
    assert "Traumatic brain injury (in the national list of types: other)" in text
    assert "Other difficulty" not in text
    del data["student"]["needs"][0]["condition"]
    assert "Other difficulty or disability" in _page("record/", data)


def test_a_name_that_is_part_of_the_full_one_is_not_said_again() -> None:
    data = records()
    assert "Known as" not in _page("record/", data)
    data["student"]["name"]["known_as"] = "Bear"
    assert "Known asBear" in _page("record/", data)


@pytest.mark.parametrize(
    ("called", "said"),
    [
        ("8 English", "Year 8 English"),
        ("8 Ash", "Year 8 Ash"),
        ("Choir", "Choir"),
        ("8b2", "8b2"),
        ("100 Club", "100 Club"),
    ],
)
def test_a_class_is_not_read_as_a_number_of_lessons(called: str, said: str) -> None:
    campus = {**CAMPUS, "teaching_groups": [{**CAMPUS["teaching_groups"][0], "name": called}]}
    here = surroundings_of(campus, PEOPLE, term_start="2026-09-03")
    made = pages(projected(manner="family"), here)
    assert f"Classes{said}" in Outline(made.fragments[f"{HOME}record/"].content).text


def test_a_mixed_ethnicity_is_said_whole() -> None:
    data = records()
    data["student"]["ethnicity"] = "MWBC"
    assert "Mixed: White and Black Caribbean" in _page("record/", data)


def test_a_topic_that_was_noted_twice_is_one_topic() -> None:
    data = records()
    said = ("Eats with two others.", "Was asked to a party.")
    data["meetings/2026-09-24"]["discussed"] = [
        {"id": f"d{number}", "topic": "Friends", "text": text} for number, text in enumerate(said)
    ]
    text = _page("meetings/", data, "staff")
    assert text.count("Friends") == 1
    assert all(one in text for one in said)


def test_no_reason_speaks_of_a_family_as_those_to_be_hidden_from() -> None:
    for kind in ("plan", "meeting"):
        words = REGISTRY.kinds[kind].part_in_words("confidential_words")
        assert "keep private" in words
        assert "family" not in words


def test_every_relation_has_words_for_the_student() -> None:
    shipped_policy = Policy.from_record(SHIPPED)
    said = {entry.who for entry in who_by_role(shipped_policy, REGISTRY.kinds)}
    assert {who for who in said if "student" in who.casefold()} <= set(SELF_WORDS)
    assert not [
        entry for entry in who_by_role(shipped_policy, REGISTRY.kinds) if "over their shoulder" in str(entry.opens)
    ]


def test_families_read_who_to_ask_and_who_is_responsible_in_place_of_job_words() -> None:
    family, staff = _page("plan/", records()), _page("plan/", records(), "staff")
    assert "Who to ask about this planMs Tutor" in family
    assert "Who is responsibleMr Teacher" in family
    assert "Plan leadMs Tutor" in staff
    assert "Led byMr Teacher" in staff


@pytest.mark.parametrize(("name", "said"), [("Mr Teacher", "Mr Teacher (mother)"), ("Ms Other", "Ms Other")])
def test_a_parent_with_a_colleague_s_name_is_told_apart(name: str, said: str) -> None:
    text = _page("meetings/", records(), "family", family={"p-mum1": name})
    assert f"Find the reading lamp.{said}No date set" in text


def test_a_household_is_named_only_where_there_are_two() -> None:
    data = records()
    first = data["student"]["family"][0]
    assert "Household" not in _page("record/", data, "staff")
    data["student"]["family"] = [first, {**first, "id": "second", "household": "b"}]
    assert "Household B" in _page("record/", data, "staff")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("no", "Not looked after by a local authority."),
        ("looked_after", "Looked after by a local authority."),
        ("previously_looked_after", "Looked after by a local authority in the past."),
    ],
)
def test_whether_a_student_is_looked_after_is_said_in_one_sentence(code: str, said: str) -> None:
    data = records()
    data["student"]["looked_after"] = code
    assert said in _page("record/", data, "staff")


def test_who_decides_is_named_and_a_right_from_birth_is_not_a_date() -> None:
    data = records()
    data["student"]["rights"] = [{"id": "r", "from": data["student"]["born"], "decides": "parent"}]
    assert "Since birthParents or carers with parental responsibility" in _page("record/", data, "staff")
    (section,) = [one for one in RECORD_SECTIONS if one.name == "rights"]
    reading = replace(reading_of(projected(data), around()), family={"p-mum1": "Ms Small"})
    assert section.show(reading) == {"said": [("Since birth", "Ms Small (mother)")]}


def test_a_status_somebody_came_with_did_not_begin_on_the_day_they_joined() -> None:
    data = records()
    joined = data["student"]["on_roll"]["from"]
    data["student"]["status"] = [{"id": "s", "code": "E", "from": joined}]
    assert "Since joining us on" in _page("record/", data, "staff")
    data["student"]["status"][0]["from"] = "2026-11-02"
    assert "Since joining us on" not in _page("record/", data, "staff")


def test_two_cycles_of_one_term_are_told_apart() -> None:
    data = records()
    first = data["plan"]["cycles"][0]
    assert ", from " not in _page("plan/", {**data, "plan": {**data["plan"], "cycles": [first]}}, "staff")
    data["plan"]["cycles"] = [first, {**first, "id": "second", "start": "2026-11-02"}]
    assert ", from 2 November 2026" in _page("plan/", data, "staff")
