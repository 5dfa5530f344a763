"""The menu on a phone, the list "On this page" and the choice of colours, with keys and taps as people use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

As = Callable[..., "BrowserContext"]
PHONE = {"width": 390, "height": 844}
PAGE = "/handbook/09-parents/"
_IN_DRAWER = "document.getElementById('sb-drawer').contains(document.activeElement)"
_FOCUS = "(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()"


@pytest.fixture
def tab(as_reader: As, address: str) -> Iterator[Page]:
    """A teacher's phone, on a page of the handbook."""
    opened = as_reader("teacher").new_page()
    opened.set_viewport_size(PHONE)  # type: ignore[arg-type]
    opened.goto(f"{address}{PAGE}")
    yield opened
    opened.close()


def _open(tab: Page) -> None:
    tab.focus("#sb-menu")
    tab.keyboard.press("Enter")
    tab.locator("#sb-menu[aria-expanded=true]").wait_for()


def _closed(tab: Page) -> None:
    tab.locator("#sb-menu[aria-expanded=false]").wait_for()
    assert not tab.locator("#sb-drawer").is_visible()
    assert tab.evaluate("document.activeElement.id") == "sb-menu"
    assert tab.locator("[inert]").count() == 0


def _heard(tab: Page, selector: str) -> dict[str, Any]:
    """What a screen reader is told of an element: its role, its name, and its properties."""
    session = tab.context.new_cdp_session(tab)
    session.send("Accessibility.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    (found,) = session.send("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})["nodes"]
    told = {one["name"]: one["value"].get("value") for one in found.get("properties", ())}
    session.detach()
    return {"role": found["role"]["value"], "name": found["name"]["value"], **told}


def test_the_menu_is_a_button_that_says_whether_it_is_open_and_what_it_opens(tab: Page) -> None:
    """In what the browser tells a screen reader, not only in the page's source."""
    button = tab.locator("#sb-menu")
    assert button.evaluate("one => one.tagName") == "BUTTON"
    assert tab.locator(f"#{button.get_attribute('aria-controls')}").count() == 1
    assert {"role": "button", "name": "Menu", "expanded": False}.items() <= _heard(tab, "#sb-menu").items()
    _open(tab)
    assert button.get_attribute("aria-expanded") == "true"
    assert {"role": "dialog", "name": "Menu", "modal": True}.items() <= _heard(tab, "#sb-drawer").items()


def test_the_focus_goes_into_the_menu_and_round_in_it_both_ways(tab: Page) -> None:
    """Nothing behind it is reached by Tab, by Shift and Tab, or by a screen reader."""
    _open(tab)
    assert tab.evaluate(_IN_DRAWER)
    first = tab.evaluate(_FOCUS)
    forth, stops = [], 0
    while not forth or forth[-1] != first:
        tab.keyboard.press("Tab")
        assert tab.evaluate(_IN_DRAWER)
        forth.append(tab.evaluate(_FOCUS))
        stops += 1
        assert stops < 60
    assert {"Home", "Search", "Same as this device"} <= set(forth)
    back = []
    for _ in forth:
        tab.keyboard.press("Shift+Tab")
        assert tab.evaluate(_IN_DRAWER)
        back.append(tab.evaluate(_FOCUS))
    assert [*reversed(forth[:-1]), first] == back
    behind = ("main .sb-page", "header", ".md-footer", ".sb-skip")
    assert [tab.locator(one).first.evaluate("one => !!one.closest('[inert]')") for one in behind] == [True] * 4


def test_escape_and_the_button_inside_close_the_menu_and_give_the_focus_back(tab: Page) -> None:
    _open(tab)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Escape")
    _closed(tab)
    _open(tab)
    assert tab.evaluate(_FOCUS) == "Close menu"
    tab.keyboard.press("Space")
    _closed(tab)


def test_a_tap_next_to_the_menu_closes_it_and_follows_no_link_beneath(tab: Page, address: str) -> None:
    _open(tab)
    tab.mouse.click(PHONE["width"] - 15, 400)
    _closed(tab)
    assert tab.url == f"{address}{PAGE}"


def test_a_letter_typed_in_the_menu_opens_no_search_behind_it(tab: Page) -> None:
    """Material's search box opens at an S or an F anywhere else."""
    _open(tab)
    tab.keyboard.press("s")
    assert tab.evaluate(_IN_DRAWER)
    assert not tab.locator("#__search").is_checked()


@pytest.mark.slow
def test_a_phone_turned_into_a_wide_screen_has_no_menu_open(tab: Page) -> None:
    """The menu is a column there, and all of the page can be reached."""
    _open(tab)
    tab.set_viewport_size({"width": 1300, "height": 800})
    tab.locator("[inert]").first.wait_for(state="detached")
    assert tab.locator(".sb-nav >> text=Home").is_visible()
    assert tab.locator("#sb-drawer").get_attribute("role") is None


@pytest.mark.sample(1)
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_without_javascript_the_menu_says_it_is_open_and_closes_with_escape(
    key: str, as_reader: As, address: str
) -> None:
    """By the browser's own means; the focus goes in and comes back."""
    tab = as_reader("teacher", java_script_enabled=False, viewport=PHONE).new_page()
    tab.goto(f"{address}{PAGE}")
    assert _heard(tab, "#sb-menu")["expanded"] is False
    tab.focus("#sb-menu")
    tab.keyboard.press(key)
    tab.locator(".sb-nav >> text=Class sheets").wait_for(state="visible")
    assert _heard(tab, "#sb-menu")["expanded"] is True
    assert _heard(tab, ".sb-drawer__close")["focused"] is True
    tab.keyboard.press("Escape")
    tab.locator(".sb-nav >> text=Class sheets").wait_for(state="hidden")
    assert _heard(tab, "#sb-menu")["focused"] is True
    tab.close()


@pytest.mark.slow
def test_the_list_on_this_page_is_folded_on_a_phone_and_folds_again(tab: Page) -> None:
    """A press opens it, Escape and following a link close it; on a wide screen it is always there."""
    fold, link = tab.locator(".sb-contents summary"), tab.locator(".sb-contents a >> text=The termly meeting")
    assert _heard(tab, ".sb-contents summary")["expanded"] is False
    assert not link.is_visible()
    fold.focus()
    tab.keyboard.press("Enter")
    assert _heard(tab, ".sb-contents summary")["expanded"] is True
    tab.keyboard.press("Tab")
    tab.keyboard.press("Escape")
    assert not link.is_visible()
    assert tab.evaluate(_FOCUS) == "On this page"
    tab.keyboard.press("Enter")
    link.click()
    assert not link.is_visible()
    assert tab.url.endswith("#the-termly-meeting")
    tab.set_viewport_size({"width": 1280, "height": 800})
    assert link.is_visible()
    assert not fold.is_visible()


def test_colours_are_chosen_on_a_phone_with_the_keyboard_and_stay_chosen(contexts: As, address: str) -> None:
    """Arrow keys move between three words; the one that is chosen says so, on the next page as well."""
    tab = contexts(viewport=PHONE, color_scheme="light").new_page()
    tab.goto(f"{address}/sign-in")
    ground = "getComputedStyle(document.body).getPropertyValue('--sb-paper').trim()"
    light = tab.evaluate(ground)
    _open(tab)
    while tab.evaluate(_FOCUS) != "Same as this device":
        tab.keyboard.press("Tab")
    group = {"role": "radio", "name": "Same as this device", "checked": "true"}
    assert group.items() <= _heard(tab, "#__palette_0").items()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate(_FOCUS) == "Dark"
    assert tab.evaluate(ground) != light
    tab.goto(f"{address}/handbook/")
    assert tab.evaluate(ground) != light
    _open(tab)
    assert _heard(tab, "#__palette_2")["checked"] == "true"
    tab.click("text=Light")
    assert tab.evaluate(ground) == light
    assert tab.evaluate("document.querySelectorAll('.sb-colours input:checked').length") == 1
    tab.close()


def test_colours_are_in_sight_on_a_wide_screen(contexts: As, address: str) -> None:
    """At the foot of the menu's column, however long it is."""
    tab = contexts(viewport={"width": 1280, "height": 720}).new_page()
    tab.goto(f"{address}/handbook/")
    box = tab.locator(".sb-colours").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 720
    tab.close()
