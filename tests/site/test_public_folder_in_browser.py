"""The public folder in a real browser: below another address, and from a disk, with scripts switched off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import ARGUMENTS, chromium
from tests.cli.test_publish import publish, served
from tests.conftest import Site

sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(example_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, two steps below what is served."""
    target = tmp_path_factory.mktemp("served") / "x" / "y"
    assert publish(example_site, target).code == 0
    return target


@pytest.fixture
def tab(browser: object) -> Iterator[object]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})  # type: ignore[attr-defined]
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.mark.slow
@pytest.mark.parametrize("way", ["below another address", "from a disk"])
def test_a_parent_gets_from_the_first_page_to_the_report_with_nothing_refused_and_nothing_asked_elsewhere(
    folder: Path, tab: object, way: str
) -> None:
    seen: list[str] = []
    troubles: list[str] = []
    tab.on("request", lambda request: seen.append(request.url))  # type: ignore[attr-defined]
    tab.on("requestfailed", lambda request: troubles.append(request.url))  # type: ignore[attr-defined]
    tab.on("console", lambda message: troubles.append(message.text))  # type: ignore[attr-defined]
    with served(folder.parents[1]) as host:
        start = f"{host}/x/y/" if way == "below another address" else f"file://{folder}/"
        tab.goto(f"{start}index.html", wait_until="networkidle")  # type: ignore[attr-defined]
        tab.get_by_role("link", name="SEN information report", exact=True).first.click()  # type: ignore[attr-defined]
        assert tab.url == f"{start}handbook/send-information-report/index.html"  # type: ignore[attr-defined]
        assert tab.locator("h1").inner_text() == "SEN information report"  # type: ignore[attr-defined]
        header = tab.locator(".md-header")  # type: ignore[attr-defined]
        assert header.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(29, 74, 68)", "no styles"
        assert _faces(tab, "h1") == _faces(tab, "#sb-content p") == {"Sendbook Sans"}
        menu, home = tab.locator(".sb-menu"), tab.get_by_role("link", name="Home", exact=True)  # type: ignore[attr-defined]
        menu.press("Enter")
        assert home.is_visible()
        tab.keyboard.press("Escape")  # type: ignore[attr-defined]
        assert not home.is_visible()
        assert menu.evaluate("one => one === document.activeElement")
        menu.click()
        # What is still on its way when a page is left counts as failed.
        tab.wait_for_load_state("networkidle")  # type: ignore[attr-defined]
        home.click()
        assert tab.url == f"{start}index.html"  # type: ignore[attr-defined]
        tab.wait_for_load_state("networkidle")  # type: ignore[attr-defined]
    assert troubles == []
    assert [url for url in seen if not url.startswith(start)] == []


def _faces(tab: object, selector: str) -> set[str]:
    """The fonts of the folder's own that an element's letters are drawn in."""
    session = tab.context.new_cdp_session(tab)  # type: ignore[attr-defined]
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {one["familyName"] for one in fonts if one["isCustomFont"]}
