"""The home pages of parents and students: what they can do, and who to ask."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.campus.terms import Terms
from sendbook.pages.campus_page import CampusReading
from sendbook.pages.surroundings import surroundings_of
from sendbook.site.readers.own_pages import OwnReader, own_site_of
from tests.site.own_pages_kit import (
    MOTHER,
    ON,
    PUPIL,
    TEACHER,
    own,
    site_of,
    text_of,
)
from tests.site.small_student import (
    CAMPUS,
    PEOPLE,
    RECORDS,
    Outline,
    facts,
    projected,
    records,
    templates,
)


def test_a_parent_finds_the_child_what_helps_at_home_the_next_meeting_and_whom_to_ask() -> None:
    pages = own(MOTHER, [facts(projected(manner="family"))])
    text = Outline(pages["/"].content).text
    assert "Now 72 words a minute (60 at the start). Goal: 75." in text
    assert "Ten minutes of reading at bedtime." in text
    assert "Find the reading lamp." in text
    assert "Tuesday 8 December 2026" in text
    assert "p-sen1@small.example" in text
    assert "/students/7Q4K/" in pages["/"].nav
    assert set(pages) == {"/"}


def test_what_one_parent_promised_stands_on_no_other_home_page() -> None:
    father = OwnReader(id="p-dad1", name="Mr Father", is_family=True)
    assert "Find the reading lamp." not in text_of(father, [facts(projected(manner="family"))])


def test_a_student_is_spoken_to_as_themselves() -> None:
    text = text_of(PUPIL, [facts(projected(manner="student"))])
    assert "Hello, Aaron" in text
    assert "What I do: I read to my dog." in text
    assert "What helps me" in text


def test_a_student_reads_who_to_tell_in_and_out_of_school() -> None:
    data = records()
    data["student"]["team"][0]["as"] = "key_adult"
    staff = [
        *PEOPLE,
        {"id": "p-dsl1", "name": {"full": "Mx Safe", "known_as": "Mx Safe"}, "staff": {"job_title": "DSL"}},
    ]
    campus = {**CAMPUS, "contacts": {**CAMPUS["contacts"], "dsl": "p-dsl1"}}
    text = _home_of_pupil(campus, staff, data)
    assert "Tell Ms Assistant (your key adult), or any adult you trust" in text
    assert text.index("If you don't feel safe") > text.index("Mx Safe")
    assert "ring 999" in text
    assert "Childline on 0800 1111" in text
    other = _home_of_pupil({**campus, "helpline": "The Samaritans on 116 123"}, staff, data)
    assert "The Samaritans on 116 123" in other
    assert "Childline" not in other


def _home_of_pupil(campus: dict[str, Any], staff: list[dict[str, Any]], data: dict[str, Any]) -> str:
    here = surroundings_of(campus, staff, records=RECORDS, term_start="2026-09-03")
    one = facts(projected(data, manner="student"))
    site = own_site_of(PUPIL, [one], CampusReading(around=here, on=ON), templates(), terms=Terms.from_campus(CAMPUS))
    return Outline(site.pages["/"].content).text


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        ("2026-12-11", "We plan to review it with you at the next meeting."),
        ("2026-12-12", "The next meeting is after that."),
        (None, "We review it together with you."),
    ],
)
def test_a_parent_reads_whether_the_next_meeting_is_the_review(meeting: str | None, said: str) -> None:
    data = records()
    data["meetings/2026-09-24"]["next_meeting"] = meeting
    if meeting is None:
        del data["meetings/2026-09-24"]["next_meeting"]
    text = text_of(MOTHER, [facts(projected(data, manner="family"))])
    assert f"By 11 December 2026. {said}" in text


def test_families_have_kinds_of_extra_help_and_staff_a_provision_library() -> None:
    assert "Kinds of extra help" in [link.title for link in site_of(MOTHER, []).links]
    assert "Provision library" in [link.title for link in site_of(TEACHER, []).links]
