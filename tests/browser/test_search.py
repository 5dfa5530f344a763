"""The one search as people use it: typing in the box, the keyboard, Enter and Back, a phone, and no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import press
from tests.browser.looking import DESK, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

As = Callable[..., "BrowserContext"]
HITS = "#sb-found .sb-hit a"
ON_DESK = {"width": DESK[0], "height": DESK[1]}
ON_PHONE = {"width": PHONE[0], "height": PHONE[1]}


def type_in(tab: Page, words: str) -> None:
    """As a person does, and wait for what the box shows."""
    tab.fill("#sb-search", "")
    with tab.expect_response("**/search/box") as answered:
        tab.locator("#sb-search").press_sequentially(words, delay=20)
    assert answered.value.status == 200
    tab.locator("#sb-found .sb-found__count").wait_for(state="visible")


def titles(tab: Page, where: str = HITS) -> list[str]:
    """The titles of the pages found, in order."""
    return [one.inner_text() for one in tab.locator(where).all()]


@pytest.mark.sample(1)
@pytest.mark.parametrize("words", ["dyslexia", "epilepsy", "GCSE art", "Lukasz"])
def test_the_box_shows_what_the_page_of_results_shows(words: str, as_reader: As, address: str) -> None:
    """The words are in no address and in no request's line, and the console is silent."""
    seen = visit(as_reader("senco"), address, "/people/")
    asked: list[str] = []
    seen.tab.on("request", lambda request: asked.append(request.url))
    type_in(seen.tab, words)
    shown = titles(seen.tab)
    assert shown
    assert seen.tab.locator("#sb-found mark").first.is_visible()
    seen.tab.keyboard.press("Enter")
    seen.tab.wait_for_url("**/search/found/*")
    assert titles(seen.tab, "#sb-content .sb-hit a")[: len(shown)] == shown
    assert not [url for url in asked if words.split()[-1].lower() in url.lower()]
    seen.look("Search results")
    seen.leave()


def test_typing_asks_once_it_pauses(as_reader: As, address: str) -> None:
    """Not at every letter."""
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/people/")
    asked: list[str] = []
    tab.on("request", lambda request: request.url.endswith("/search/box") and asked.append(request.url))
    type_in(tab, "dyslexia")
    assert len(asked) == 1
    tab.close()


def test_the_keyboard_goes_into_the_results_and_escape_back_to_the_box(as_reader: As, address: str) -> None:
    """What has the focus can be seen: the box, the results as a whole, each of them."""
    tab = as_reader("senco").new_page()
    tab.set_viewport_size(ON_DESK)
    tab.goto(f"{address}/people/")
    type_in(tab, "dyslexia")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.matches('#sb-found .sb-hit:first-child a')")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.matches('#sb-found .sb-hit:nth-child(2) a')")
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "sb-search"
    assert not tab.locator("#sb-found").is_visible()
    assert tab.input_value("#sb-search") == "dyslexia"
    tab.focus(".sb-sign-out")
    tab.focus("#sb-search")
    tab.locator("#sb-found").wait_for(state="visible")
    for _ in range(2):  # past the button of the form
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == "Search results"
    assert tab.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "sb-search"
    tab.close()


@pytest.mark.slow
def test_leaving_the_box_closes_it_and_what_was_open_passes_axe(as_reader: As, address: str) -> None:
    seen = visit(as_reader("senco"), address, "/people/")
    seen.tab.set_viewport_size(ON_DESK)
    type_in(seen.tab, "dyslexia")
    seen.look("Who to ask", sizes=[DESK])
    seen.tab.focus(".sb-sign-out")
    seen.tab.locator("#sb-found").wait_for(state="hidden")
    seen.leave()


@pytest.mark.sample(1)
@pytest.mark.parametrize("scripts", [True, False])
def test_back_comes_to_the_results_without_sending_the_form_again(scripts: bool, as_reader: As, address: str) -> None:
    tab = as_reader("parent", java_script_enabled=scripts, viewport=ON_DESK).new_page()
    tab.goto(f"{address}/people/")
    sent: list[str] = []
    tab.on("request", lambda request: request.method == "POST" and "/search/box" not in request.url and sent.append(""))
    tab.fill("#sb-search", "meeting")
    with tab.expect_navigation():
        tab.press("#sb-search", "Enter")
    assert tab.locator("h1").inner_text() == "Search results"
    results = titles(tab, "#sb-content .sb-hit a")
    press(tab, "#sb-content .sb-hit a >> nth=0")
    tab.go_back()
    assert titles(tab, "#sb-content .sb-hit a") == results
    assert tab.input_value("#words") == "meeting"
    tab.reload()
    assert titles(tab, "#sb-content .sb-hit a") == results
    assert len(sent) == 1
    assert "meeting" not in tab.url
    tab.close()


@pytest.mark.sample(1)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_reaches_the_search_by_its_button(scripts: bool, as_reader: As, address: str) -> None:
    """With a script the page shows the first results as somebody types; nothing is wider than the screen."""
    tab = as_reader("senco", java_script_enabled=scripts, viewport=ON_PHONE).new_page()
    tab.goto(f"{address}/people/")
    assert not tab.locator("#sb-search").is_visible()
    press(tab, ".sb-search-open")
    assert tab.locator("h1").inner_text() == "Search"
    tab.locator("#words").press_sequentially("dyslexia")
    if scripts:
        tab.locator("#sb-found-here .sb-hit a").first.wait_for(state="visible")
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]
    press(tab, "#sb-content button[type=submit]")
    assert titles(tab, "#sb-content .sb-hit a")
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]
    tab.close()


def test_the_public_searches_from_the_same_box(contexts: As, address: str) -> None:
    seen = visit(contexts(viewport=ON_DESK), address, "/handbook/")
    type_in(seen.tab, "dyslexia")
    assert titles(seen.tab)
    assert "/students/" not in seen.tab.locator("#sb-found").inner_html()
    seen.tab.keyboard.press("Enter")
    seen.tab.wait_for_url("**/search/found/*")
    seen.look("Search results")
    seen.leave()


def test_a_student_s_own_page_comes_first(as_reader: As, address: str) -> None:
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/people/")
    type_in(tab, "lukasz wisniewski")
    assert titles(tab)[0] == "Łukasz Wiśniewski"
    assert tab.locator("#sb-found .sb-hit__about").first.inner_text() == "Overview · Year 7 Elm"
    tab.close()
