"""What can be reached by following every link: their students for a teacher, their child for a parent, nobody for a
committee member; and what is asked for beyond that looks as if it weren't there.
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.browser.crawling import crawl, students_in
from tests.browser.people import School, Somebody

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

As = Callable[..., "BrowserContext"]


def _named_in(pages: dict[str, str], school: School) -> set[str]:
    everything = unescape("\n".join(pages.values()))
    return {student for student, name in school.names().items() if name in everything}


@pytest.mark.sample(1)
@pytest.mark.parametrize("kind", ["teacher", "support_assistant"])
def test_staff_reach_the_students_they_work_with_and_no_others(
    kind: str, as_reader: As, address: str, people: dict[str, Somebody], school: School
) -> None:
    """Nor does the name of any other student stand on any page."""
    theirs = school.taught_by(people[kind].id)
    pages = dict(crawl(as_reader(kind), address))
    assert theirs
    assert theirs < set(school.campus.students)
    assert students_in(pages) == theirs
    assert _named_in(pages, school) == theirs


def test_a_parent_reaches_their_own_child_in_the_family_s_words(
    as_reader: As, address: str, people: dict[str, Somebody], school: School
) -> None:
    """Money and the SENDCo's notes are not theirs to see."""
    child = people["parent"].student
    pages = dict(crawl(as_reader("parent"), address))
    assert students_in(pages) == {child}
    assert _named_in(pages, school) == {child}
    assert "What your family says" in pages[f"/students/{child}/plan/"]
    assert "they are not about your child alone" in pages["/who-can-see/"]
    own = "\n".join(html for path, html in pages.items() if path.startswith("/students/"))
    for staff_only in ("What it costs", "SENDCo's notes", "Notes for staff", "/register/", "/groups/"):
        assert staff_only not in own


@pytest.mark.slow
def test_a_teacher_who_is_a_parent_here_sees_their_own_child_as_a_parent(
    as_reader: As, address: str, people: dict[str, Somebody]
) -> None:
    """Whatever their job."""
    child = people["teacher_and_parent"].student
    pages = dict(crawl(as_reader("teacher_and_parent"), address))
    assert child in students_in(pages)
    assert "What your family says" in pages[f"/students/{child}/plan/"]
    assert "What it costs" not in pages[f"/students/{child}/plan/"]


@pytest.mark.sample(1)
@pytest.mark.parametrize("kind", ["student", "student_of_18"])
def test_a_student_reaches_their_own_pages_and_nobody_else_s(
    kind: str, as_reader: As, address: str, people: dict[str, Somebody], school: School
) -> None:
    """In the first person."""
    myself = people[kind].student
    pages = dict(crawl(as_reader(kind), address))
    assert students_in(pages) == {myself}
    assert _named_in(pages, school) <= {myself}
    assert "My plan" in pages[f"/students/{myself}/plan/"]
    assert "My teachers" in pages["/who-can-see/"]


def test_a_committee_member_reaches_no_student_at_all(as_reader: As, address: str, school: School) -> None:
    """No page, no link, no name; nor the page about who can see one."""
    pages = dict(crawl(as_reader("committee_member"), address))
    assert len(pages) > 10
    assert "/who-can-see/" not in pages
    assert students_in(pages) == set()
    assert _named_in(pages, school) == set()


@pytest.mark.parametrize("kind", ["teacher", "parent", "student", "committee_member"])
def test_another_student_s_page_looks_as_if_it_were_not_there(
    kind: str, as_reader: As, address: str, people: dict[str, Somebody], school: School
) -> None:
    """The answer is the one for a student who doesn't exist, byte for byte."""
    theirs = school.taught_by(people[kind].id) | {people[kind].student}
    other = next(one for one in school.campus.students if one not in theirs)
    ask = as_reader(kind).request.get
    absent = ask(f"{address}/students/0A0A/")
    for page in ("", "plan/", "progress/", "meetings/", "record/", "draft/", "who-can-see/"):
        answer = ask(f"{address}/students/{other}/{page}")
        assert answer.status == 404
        assert answer.body() == absent.body()
    assert "We can't find that page" in absent.text()
