"""Pages are drawn in the face they ship, on every machine, and hold their layout until it has come and without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import sign_in
from tests.browser.people import School, Somebody

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

As = Callable[..., "BrowserContext"]
PHONE = {"width": 390, "height": 844}


def _drawn_in(tab: Page, selector: str) -> set[tuple[str, bool]]:
    """The fonts that the browser drew an element's letters in: the name of each, and whether the page brought it."""
    session = tab.context.new_cdp_session(tab)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {(one["familyName"], one["isCustomFont"]) for one in fonts}


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/students/{student}/plan/", 200), ("/handbook/09-parents/", 200), ("/search", 200), ("/none/", 404)],
)
def test_headings_text_and_buttons_are_drawn_in_the_shipped_face(
    path: str, status: int, as_reader: As, address: str, school: School
) -> None:
    """On records, in the handbook, on the gate's own pages and where there is no page."""
    tab = as_reader("senco").new_page()
    answer = tab.goto(address + path.format(student=school.student_with_draft()), wait_until="networkidle")
    assert answer
    assert answer.status == status
    for selector in ("h1", "#sb-content :is(p, label)", ".sb-campus", ".sb-sign-out", ".sb-nav a", ".sb-colours label"):
        assert _drawn_in(tab, selector) == {("Sendbook Sans", True)}, selector
    tab.emulate_media(media="print")
    assert _drawn_in(tab, "h1") == {("Sendbook Sans", True)}
    tab.close()


def test_nobody_needs_to_be_signed_in_for_it(contexts: As, address: str) -> None:
    """The first page and the form to sign in have it too; it comes from this host and may be kept for ever."""
    tab = contexts().new_page()
    came: list[Any] = []
    tab.on("response", lambda answer: came.append(answer) if answer.url.endswith(".woff2") else None)
    tab.goto(f"{address}/sign-in", wait_until="networkidle")
    assert _drawn_in(tab, "label[for=email]") == {("Sendbook Sans", True)}
    assert len(came) == 2
    for answer in came:
        assert answer.url.startswith(f"{address}/assets/sendbook-sans-")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"] == "font/woff2"
    tab.close()


@pytest.mark.slow
def test_names_of_other_scripts_are_drawn_by_the_device_and_their_neighbours_by_us(contexts: As, address: str) -> None:
    tab = contexts().new_page()
    tab.goto(f"{address}/sign-in", wait_until="networkidle")
    tab.evaluate("document.querySelector('h1').textContent = 'Łukasz Țîgău Ŵyn'")
    assert _drawn_in(tab, "h1") == {("Sendbook Sans", True)}
    tab.evaluate("document.querySelector('h1').textContent = 'Zoë Ωρίων'")
    assert ("Sendbook Sans", True) in _drawn_in(tab, "h1")
    assert any(not ours for _, ours in _drawn_in(tab, "h1"))
    tab.close()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/students/{student}/plan/", "/handbook/09-parents/"])
def test_little_moves_when_the_face_comes_late(path: str, as_reader: As, address: str, school: School) -> None:
    """Until then another is drawn at its size. A tenth is what is called good; a line more or less is far below it."""
    tab = as_reader("senco").new_page()
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    held: list[Route] = []
    tab.route("**/*.woff2", lambda route: held.append(route))
    tab.add_init_script(_MOVED)
    tab.goto(address + path.format(student=school.student_with_draft()), wait_until="domcontentloaded")
    tab.evaluate(_PAINTED)
    assert len(held) == 2
    for one in held:
        one.continue_()
    tab.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    assert _drawn_in(tab, "h1") == {("Sendbook Sans", True)}
    assert tab.evaluate("window.moved") < 0.1
    tab.close()


_PAINTED = """new Promise(done => new PerformanceObserver(list =>
  list.getEntriesByName('first-contentful-paint').length && done()).observe({type: 'paint', buffered: true}))"""
_MOVED = """
window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { window.moved += one.value; }))
  .observe({type: "layout-shift", buffered: true});
"""


def test_the_campus_s_own_way_in_uses_it_after_a_mistake(
    contexts: As, address: str, people: dict[str, Somebody]
) -> None:
    tab = contexts().new_page()
    sign_in(tab, address, people["dpo"], "not the password")
    tab.wait_for_load_state("networkidle")
    assert _drawn_in(tab, "#field-error") == {("Sendbook Sans", True)}
    tab.close()
