"""The ways in, round and out: signing in, the keyboard, no JavaScript, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import press, sign_in
from tests.browser.looking import DASH, visit
from tests.browser.people import KINDS, School, Somebody

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

As = Callable[..., "BrowserContext"]
#: Everybody else is in the slow runs.
_FIRST = ("senco", "teacher", "parent", "student")
PHONE = {"width": 390, "height": 844}


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[] if kind in _FIRST else [pytest.mark.slow]) for kind in KINDS]
)
def test_everyone_gets_in_and_is_greeted_at_home(
    kind: str, contexts: As, address: str, people: dict[str, Somebody]
) -> None:
    """The name stands once at the top, and beside it one way out."""
    seen = visit(contexts(), address, "/sign-in")
    sign_in(seen.tab, address, people[kind])
    assert seen.tab.title().startswith("Home" + DASH)
    assert people[kind].name in seen.tab.locator("h1").inner_text()
    assert seen.tab.locator(".sb-account").inner_text().split("\n") == [people[kind].name, "Sign out"]
    assert seen.tab.locator("form[action='/sign-out']").count() == 1
    seen.leave()


@pytest.mark.sample(1)
def test_signing_in_leads_to_the_page_that_was_asked_for_and_signing_out_closes_it(
    contexts: As, address: str, people: dict[str, Somebody]
) -> None:
    """Nothing can be opened afterwards, the page just left included."""
    seen = visit(contexts(), address, "/people/")
    assert seen.tab.title().startswith("Sign in" + DASH)
    sign_in(seen.tab, address, people["teacher"])
    assert seen.tab.title().startswith("Who to ask" + DASH)
    press(seen.tab, ".sb-sign-out")
    assert seen.tab.title().startswith("Signed out" + DASH)
    seen.tab.goto(f"{address}/people/")
    assert seen.tab.title().startswith("Sign in" + DASH)
    seen.leave()


def test_the_keyboard_reaches_the_skip_link_the_menu_and_the_way_out(as_reader: As, address: str) -> None:
    """In this order, on a phone; the space bar opens the drawer, and its links come next."""
    tab = as_reader("teacher").new_page()
    tab.set_viewport_size(PHONE)
    tab.goto(f"{address}/people/")
    stops = []
    while "Sign out" not in stops:
        stops.append(_tab(tab))
        assert len(stops) < 12, stops
    assert stops[0] == "Skip to content"
    assert stops[1] == "Menu"
    tab.focus("#sb-menu")
    tab.keyboard.press("Space")
    tab.locator(".sb-nav >> text=Class sheets").wait_for(state="visible")
    assert "Home" in [_tab(tab) for _ in range(8)]
    tab.close()


def test_the_skip_link_leads_past_the_menu(as_reader: As, address: str) -> None:
    """The next stop after it is in the page."""
    tab = as_reader("teacher").new_page()
    tab.goto(f"{address}/people/")
    _tab(tab)
    tab.keyboard.press("Enter")
    _tab(tab)
    assert tab.evaluate("document.getElementById('sb-content').contains(document.activeElement)")
    tab.close()


def test_without_javascript_pages_drawer_and_search_work(
    as_reader: As, address: str, people: dict[str, Somebody]
) -> None:
    """The search as a page, which the drawer leads to."""
    tab = as_reader("parent", java_script_enabled=False, viewport=PHONE).new_page()
    tab.goto(f"{address}/students/{people['parent'].student}/")
    assert tab.locator("h2").first.inner_text().startswith("How to help")
    assert not tab.locator(".sb-nav >> text=Search").is_visible()
    tab.click("#sb-menu")
    press(tab, ".sb-nav >> text=Search")
    tab.fill("#words", "meeting")
    press(tab, "#sb-content button[type=submit]")
    assert tab.locator("h1").inner_text() == "Search results"
    press(tab, "#sb-content .sb-hit a >> nth=0")
    assert tab.locator("h1").count() == 1
    tab.close()


def test_a_phone_opens_a_student_on_how_to_help(as_reader: As, address: str, school: School) -> None:
    """Five minutes before the lesson: the first screen holds the first things to know."""
    tab = as_reader("senco").new_page()
    tab.set_viewport_size(PHONE)
    for student in school.campus.students[::5]:
        tab.goto(f"{address}/students/{student}/")
        box = tab.locator(".sb-help li").nth(1).bounding_box()
        assert box, student
        assert box["y"] + box["height"] < PHONE["height"], student
    tab.close()


@pytest.mark.sample(1)
@pytest.mark.parametrize("path", ["/groups/{group}/", "/students/{student}/plan/", "/register/", "/handbook/02-roles/"])
def test_paper_holds_the_page_and_nothing_around_it(path: str, as_reader: As, address: str, school: School) -> None:
    """No menu, no search, no buttons."""
    tab = as_reader("senco").new_page()
    tab.goto(address + path.format(group=school.largest_class(), student=school.campus.students[0]))
    tab.emulate_media(media="print")
    assert tab.locator("h1").is_visible()
    for chrome in (".md-header", ".sb-drawer", ".sb-contents", ".md-footer", ".sb-skip", ".sb-search"):
        assert not tab.locator(chrome).is_visible()
    tab.close()


def test_a_class_sheet_is_one_sheet_of_a4(as_reader: As, address: str, school: School) -> None:
    """The largest class there is: both sides if somebody in it has an emergency text, else one.

    It says that it is private, and from which day it is.
    """
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/groups/{school.largest_class()}/")
    assert tab.locator(".sb-emergency").count() > 0
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) <= 2
    tab.evaluate("document.querySelectorAll('.sb-emergency').forEach(box => box.remove())")
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) == 1
    tab.emulate_media(media="print")
    words = tab.locator(".sb-print-only").inner_text()
    assert "Private" in words
    assert _said(school.on) in words.replace("\N{NO-BREAK SPACE}", " ")
    tab.close()


@pytest.mark.slow
@pytest.mark.parametrize(("size", "letters"), [(4, 14.0), (6, 12.0)])
def test_a_smaller_class_fills_its_side_of_a4_in_larger_letters(
    size: int, letters: float, as_reader: As, address: str, school: School
) -> None:
    """Read at arm's length before a lesson: 10.5 pt for four students, 9 pt for six."""
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/groups/{school.largest_class()}/")
    tab.evaluate(_KEEP, size)
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) == 1
    tab.emulate_media(media="print")
    line = tab.locator(".sb-sheet .sb-card > ul li").first
    drawn = line.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert drawn == pytest.approx(letters, abs=0.01)
    tab.close()


@pytest.mark.slow
def test_a_sheet_of_a_large_class_cuts_no_student_and_says_on_each_page_whose_it_is(
    as_reader: As, address: str, school: School
) -> None:
    """Chromium repeats a head of a table that is kept whole; no class of ours is large enough, so it is made so."""
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/groups/{school.largest_class()}/")
    tab.evaluate(_CLONE_TO, 30)
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) > 1
    tab.emulate_media(media="print")
    head = tab.locator(".sb-sheet-head")
    assert head.locator("h1, .sb-print-only").count() == 2
    assert head.evaluate(_STYLE) == ["table-header-group", "avoid"]
    assert {tuple(card.evaluate(_STYLE)) for card in tab.locator(".sb-sheet > .sb-card").all()} == {("block", "avoid")}
    tab.close()


_KEEP = "size => [...document.querySelectorAll('.sb-sheet > *')].slice(size).forEach(one => one.remove())"
_STYLE = "one => [getComputedStyle(one).display, getComputedStyle(one).breakInside]"
_CLONE_TO = """size => {
  const sheet = document.querySelector('.sb-sheet');
  while (sheet.children.length < size) sheet.append(sheet.firstElementChild.cloneNode(true));
}"""


def _said(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"


def _tab(tab: Page) -> str:
    """The words of what the next press of Tab reaches."""
    tab.keyboard.press("Tab")
    return str(tab.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()"))
