"""Nothing is lost or scrolled sideways at 320 px, with a reader's own spacing, or in any font (WCAG 1.4.10, 1.4.12).

320 px are a small phone, or a screen of 1280 px at 400 %.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.crawling import links_of
from tests.browser.looking import FONTS_HAVE_COME
from tests.browser.people import School, Somebody
from tests.browser.reflow import PHONES, SETTINGS, UNFIT, Setting
from tests.browser.test_pages import BY_MANNER

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

As = Callable[..., "BrowserContext"]
#: Names that schools in England have; and one that somebody wrote as one word.
NAMES = (
    "The Blessed Margaret Clitheroe Voluntary Catholic Academy and Sixth Form College",
    "St Bartholomew's Church of England (Voluntary Controlled) Primary School, Wolverhampton",
    "LarkfieldCampusandSixthFormCollegeWolverhamptonEast",
)


def _paths(kind: str, school: School, student: str) -> Iterator[str]:
    """Every sort of page that a manner of reader has, and the one for what isn't there."""
    common, about = BY_MANNER[kind]
    for path, _ in common.values():
        yield path.format(group=school.largest_class())
    for path, _ in about.values():
        yield f"/students/{student}/{path}"
    yield "/none/"


def _unfit(context: BrowserContext, setting: Setting, address: str, paths: Iterable[str]) -> dict[str, list[str]]:
    tab = context.new_page()
    setting.apply(tab)
    found = {}
    for path in paths:
        tab.goto(f"{address}{path}")
        tab.evaluate(FONTS_HAVE_COME)
        found[path] = tab.evaluate(UNFIT)
    tab.close()
    return {path: unfit for path, unfit in found.items() if unfit}


@pytest.mark.sample(1)
@pytest.mark.parametrize("kind", ["senco", "parent", "student"])
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_every_sort_of_page_fits(
    setting: Setting, kind: str, as_reader: As, address: str, people: dict[str, Somebody], school: School
) -> None:
    student = people[kind].student or school.student_with_draft()
    assert _unfit(as_reader(kind), setting, address, _paths(kind, school, student)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_every_page_of_the_handbook_fits(setting: Setting, as_reader: As, address: str) -> None:
    """With the tables that people write; as staff read them, who have most."""
    context = as_reader("senco")
    links = links_of(context.request.get(f"{address}/handbook/").text())
    paths = sorted({path for path in links if path.startswith("/handbook/") and path.endswith("/")})
    assert "/handbook/08-outside-agencies/" in paths
    assert _unfit(context, setting, address, paths) == {}


@pytest.mark.sample(1)
@pytest.mark.parametrize("setting", PHONES, ids=str)
def test_pages_for_anybody_and_the_menu_fit(setting: Setting, contexts: As, address: str) -> None:
    """The first page, the form to sign in, and what stands in the menu."""
    tab = contexts().new_page()
    setting.apply(tab)
    for path in ("/", "/sign-in", "/signed-out", "/handbook/"):
        tab.goto(f"{address}{path}")
        tab.evaluate(FONTS_HAVE_COME)
        assert tab.evaluate(UNFIT) == [], path
    tab.click(".sb-contents summary")
    assert tab.evaluate(UNFIT) == []
    tab.click("#sb-menu")
    assert tab.locator("#sb-drawer").is_visible()
    assert tab.evaluate(UNFIT) == []
    tab.close()


@pytest.mark.sample(1)
@pytest.mark.parametrize("setting", PHONES[:2], ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_the_campus_s_name_is_never_cut_however_long(name: str, setting: Setting, as_reader: As, address: str) -> None:
    """It takes the lines it needs; the way out stays on the screen."""
    tab = as_reader("senco").new_page()
    setting.apply(tab)
    tab.goto(f"{address}/")
    tab.evaluate(FONTS_HAVE_COME)
    tab.evaluate("name => { document.querySelector('.sb-campus').textContent = name; }", name)
    assert tab.evaluate(UNFIT) == []
    written = tab.locator(".sb-campus").bounding_box()
    header, out = tab.locator(".md-header").bounding_box(), tab.locator(".sb-sign-out").bounding_box()
    assert written
    assert header
    assert out
    assert header["y"] <= written["y"]
    assert written["y"] + written["height"] <= header["y"] + header["height"]
    assert written["x"] + written["width"] <= out["x"]
    assert out["x"] + out["width"] <= setting.width
    tab.close()


def test_at_four_hundred_per_cent_the_header_goes_away_with_the_page(as_reader: As, address: str) -> None:
    """1280 by 900 px are 320 by 225 then: a header that stays would take a quarter of it."""
    tab = as_reader("senco").new_page()
    tab.set_viewport_size({"width": 320, "height": 225})
    tab.goto(f"{address}/handbook/09-parents/")
    assert tab.evaluate(UNFIT) == []
    tab.evaluate("window.scrollTo(0, 600)")
    header = tab.locator(".md-header").bounding_box()
    assert header
    assert header["y"] + header["height"] <= 0
    tab.focus("#sb-menu")
    tab.keyboard.press("Enter")
    last = tab.locator(".sb-colours label").last
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box
    assert 0 <= box["y"] <= 225
    tab.close()


def test_a_table_too_wide_for_its_box_is_scrolled_by_the_keyboard_and_one_that_fits_is_no_stop(
    as_reader: As, address: str
) -> None:
    """It has a name, and the arrow keys move it."""
    tab = as_reader("senco").new_page()
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/register/")
    box = tab.locator(".sb-table-box").first
    assert box.get_attribute("tabindex") is None
    tab.set_viewport_size({"width": 800, "height": 900})
    box.evaluate("box => { box.style.width = '400px'; }")
    tab.locator(".sb-table-box[tabindex='0'][role=group]").first.wait_for()
    assert box.get_attribute("aria-label")
    box.focus()
    tab.keyboard.press("ArrowRight")
    assert box.evaluate("box => new Promise(done => setTimeout(() => done(box.scrollLeft), 300))") > 0
    tab.close()
