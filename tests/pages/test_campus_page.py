"""Who has a page about the campus follows from the parts they see and from what the page finds to show."""

from __future__ import annotations

from dataclasses import replace

from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.pages.campus_page import CampusPage, CampusReading, Menu, Showing
from sendbook.site.campus.compliance import Compliance
from sendbook.site.campus.compliance_page import compliance_campus_page
from sendbook.site.readers.own_pages import CAMPUS_PAGES, family_links
from tests.conftest import ON
from tests.site.small_student import around

SHOWING = Showing(pages=lambda _making: {})
PART, OTHER = ("figures", "figures"), ("figures", "public_figures")
STAFF = CampusReading(around=around(), on=ON, manner="staff")
PAGE: CampusPage[CampusReading] = CampusPage(
    kind="figures", path="/x/", title="At school", title_at_home="At home", show=lambda _reading: SHOWING
)


def test_a_page_is_there_for_those_alone_who_see_all_the_parts_it_needs() -> None:
    needing = replace(PAGE, needs=(PART, OTHER))
    assert needing.shown_to(replace(STAFF, parts=frozenset({PART, OTHER}))) is SHOWING
    assert needing.shown_to(replace(STAFF, parts=frozenset({PART}))) is None
    assert needing.shown_to(STAFF) is None


def test_a_page_with_nothing_to_show_is_not_there() -> None:
    assert replace(PAGE, show=lambda _reading: None).shown_to(STAFF) is None


def test_lists_for_those_who_work_here_are_nobody_else_s() -> None:
    lists = replace(PAGE, for_staff=True)
    assert lists.shown_to(STAFF) is SHOWING
    for manner in ("family", "student"):
        assert lists.shown_to(replace(STAFF, manner=manner)) is None


def test_a_page_may_be_called_otherwise_at_home() -> None:
    assert (PAGE.link(at_home=False).title, PAGE.link(at_home=True).title) == ("At school", "At home")
    assert replace(PAGE, title_at_home="").link(at_home=True).title == "At school"


def test_what_is_first_in_a_family_s_drawer_is_nothing_for_those_who_work_here() -> None:
    assert [link.title for link in family_links()] == ["Home", "Kinds of extra help", "Who to ask", "Search"]


def test_no_two_pages_are_in_one_place_and_each_of_a_kind_is_listed() -> None:
    compliance = compliance_campus_page(lambda: Compliance(documents=(), rows=(), findings=()))
    paths = [page.path for page in (*CAMPUS_PAGES, compliance)]
    assert len(set(paths)) == len(paths)
    assert "/records/" not in paths, "the pages of a campus's own kinds are there"
    of_kinds = [page for kind in ALL_KINDS for page in kind.campus_pages]
    assert [page for page in CAMPUS_PAGES if page in of_kinds] == of_kinds
    assert {page.path for page in CAMPUS_PAGES if page.menu is Menu.FIRST} == {
        "/students/",
        "/register/",
        "/groups/",
        "/interventions/",
    }


def test_a_page_of_a_kind_needs_parts_that_a_kind_has() -> None:
    kinds = around().kinds
    for page in (*CAMPUS_PAGES, compliance_campus_page(lambda: Compliance(documents=(), rows=(), findings=()))):
        assert page.kind in kinds
        assert all(part in kinds[kind].parts for kind, part in page.needs), page.path


def test_a_member_of_a_family_is_named_to_those_who_may_know_the_name() -> None:
    known = replace(STAFF, family={"p-mum1": "Mrs Small"})
    assert (known.family_name("p-mum1"), known.family_name("p-dad1")) == ("Mrs Small", "Someone outside school staff")
    assert known.student_name("7Q4K") == ""
