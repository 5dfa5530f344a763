"""The campus's page “who can see what”: what it says to staff, families and students, and who has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sendbook.access.policy import Policy
from sendbook.access.who import who_by_role
from sendbook.bundle.fragment import Fragment
from sendbook.pages.campus_page import CampusPage, CampusReading, Making, Menu
from sendbook.site.campus.who_can_see_page import who_can_see_page
from tests.conftest import ON
from tests.site.small_student import KINDS, Outline, around, is_sound, templates

PATH = "/who-can-see/"
GRANTS: list[dict[str, Any]] = [
    {"role": "senco", "records": {"all": ["all"]}, "reason": "She keeps the records."},
    {"relation": "teaches", "kind": "profile", "parts": ["profile"], "reason": "They plan lessons."},
    {"relation": "teaches", "kind": "student", "parts": ["name", "emergency"], "reason": "They act at once."},
    {"relation": "self", "kind": "student", "parts": ["name"], "reason": "It is about <b>them</b>."},
    {"role": "finance_officer", "kind": "intervention", "parts": ["costs"], "reason": "They pay."},
    {"everyone": "signed_in", "kind": "campus", "parts": ["campus"], "reason": "They need the term dates."},
]


def page_of(grants: list[dict[str, Any]]) -> CampusPage[CampusReading]:
    policy = Policy.from_record({"grants": [{"id": "x", "action": "read", **grant} for grant in grants]})
    return who_can_see_page(lambda: who_by_role(policy, KINDS))


def reading(manner: str, *, sees_students: bool = True) -> CampusReading:
    return CampusReading(around=around(), on=ON, manner=manner, sees_students=sees_students)


def made_for(manner: str, grants: list[dict[str, Any]] | None = None) -> Fragment:
    showing = page_of(GRANTS if grants is None else grants).shown_to(reading(manner))
    assert showing is not None
    pages: Mapping[str, Fragment | None] = showing.pages(Making(templates=templates()))
    assert list(pages) == [PATH]
    page = pages[PATH]
    assert page is not None
    is_sound(page.content)
    return page


def test_somebody_who_is_not_known_to_see_a_student_has_no_such_page() -> None:
    page = page_of(GRANTS)
    assert page.shown_to(CampusReading(around=around(), on=ON)) is None
    assert page.shown_to(reading("staff", sees_students=False)) is None
    assert page.shown_to(reading("staff")) is not None


@pytest.mark.parametrize(
    ("manner", "lead", "yours", "teachers", "self"),
    [
        (
            "staff",
            "These rules are the same for every student in the school.",
            "What you yourself can see of a student is on their page “Who can see this”.",
            "Teachers of the student",
            "The student",
        ),
        (
            "family",
            "These rules are the same for every student in the school: they are not about your child alone.",
            "What you yourself can see is among your child's pages, under “Who can see this”.",
            "Teachers of the student",
            "The student",
        ),
        (
            "student",
            "These rules are the same for every student in the school: they are not about you alone.",
            "What you yourself can see is among your own pages, under “Who can see this”.",
            "My teachers",
            "Me",
        ),
    ],
)
def test_it_says_in_each_reader_s_words_who_sees_what_and_why(
    manner: str, lead: str, yours: str, teachers: str, self: str
) -> None:
    """Those who know the student come first, then duties; what opens nothing of a student is not there."""
    page = made_for(manner)
    text = Outline(page.content).text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"Who can see what in a student's record, and why. {lead}" in text
    assert yours in text
    order = [
        f'<h2 id="relation-teaches">{teachers}</h2>',
        "The one-page profile",
        "They plan lessons.",
        "Name; what to do in an emergency, and who to call",
        "They act at once.",
        f'<h2 id="relation-self">{self}</h2>',
        "It is about &lt;b&gt;them&lt;/b&gt;.",
        '<h2 id="role-senco">The SENDCo</h2>',
        "Everything",
        "She keeps the records.",
    ]
    content = page.content.replace("\N{NO-BREAK SPACE}", " ")
    places = [content.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert "They pay." not in text
    assert "term dates" not in text


def test_each_reader_s_words_are_found_by_a_search_and_lead_to_their_place() -> None:
    page = made_for("student")
    assert page.title == "Who can see what"
    assert page.label.kind == "Campus"
    assert page.label.whose == ""
    assert page.search is None, "all its words are found"
    assert page.nav == "", "it is shared: nobody's own links are on it"
    assert 'href="#relation-teaches">My teachers</a>' in page.contents


def test_who_has_no_student_s_pages_does_not_have_it() -> None:
    for manner in ("staff", "family", "student"):
        assert page_of(GRANTS).shown_to(reading(manner)) is not None
        assert page_of(GRANTS).shown_to(reading(manner, sees_students=False)) is None


def test_it_is_made_once_for_all_who_are_spoken_to_alike() -> None:
    """It rests on grants and on nothing of the reader but whether they work here, are family or the student."""
    page = page_of(GRANTS)
    assert (page.shared, page.menu, page.for_staff, page.needs) == (True, Menu.CAMPUS, False, ())

    def rests_on(seen: CampusReading, grants: list[dict[str, Any]] = GRANTS) -> object:
        showing = page_of(grants).shown_to(seen)
        assert showing is not None
        return showing.made_of

    staff = reading("staff")
    assert rests_on(staff) == rests_on(replace(staff, parts=frozenset({("campus", "costs")}), family={"p-1": "Ms A"}))
    assert rests_on(staff) != rests_on(reading("family"))
    reworded = [{**GRANTS[1], "reason": "They teach."} if one is GRANTS[1] else one for one in GRANTS]
    assert rests_on(staff) != rests_on(staff, reworded)
    other_part = [{**GRANTS[1], "kind": "plan", "parts": ["targets"]} if one is GRANTS[1] else one for one in GRANTS]
    assert rests_on(staff) != rests_on(staff, other_part)


def test_a_policy_that_opens_no_student_to_any_duty_says_so() -> None:
    page = made_for("family", GRANTS[-1:])
    assert "Nobody sees a student's record by duty or relation" in page.content
