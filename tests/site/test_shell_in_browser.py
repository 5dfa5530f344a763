"""The shell in a real browser, under the strict content security policy it is made for."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sendbook.handbook.built import Edition
from sendbook.handbook.engine import build_edition
from sendbook.handbook.shell import fill
from sendbook.pages.contents import contents_list, headings_of
from sendbook.pages.drawer import NavLink, campus_lists, nav_section
from tests.browser.chromium import ARGUMENTS, chromium
from tests.site.handbooks import VALUES, page, settings

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

# The pages' own browser tests see the shell every time; what is special to it is looked at with the slow runs.
pytestmark = [pytest.mark.browser, pytest.mark.slow]

STUDENT = (
    """<h1>Amara Osei</h1><p class="sb-lead">Year 8</p>
<p><span class="sb-tag sb-tag--good">On track</span> <span class="sb-tag sb-tag--due">Due</span>
<span class="sb-tag sb-tag--late">Late</span> <span class="sb-tag sb-tag--draft">Draft</span></p>
<section class="sb-help"><h2 id="help">How to help me</h2><ul><li>Write it down.</li></ul></section>
<h2 id="targets">Targets</h2><article class="sb-target"><div class="sb-target__head"><h3 id="t1">Read</h3>
<span class="sb-tag">Closed</span></div>
<progress class="sb-progress" value="1" max="2" aria-label="Read">1 of 2</progress>
<p class="sb-target__figures"><span>Began at 0</span><span>Aim 2</span></p></article>
<h2 id="more">More</h2><dl class="sb-summary"><div><dt>Key adult</dt><dd>D. Bell</dd></div></dl>
<div class="sb-grid"><a class="sb-card" href="/"><h3>Plan</h3></a></div>
<ul class="sb-people"><li><strong>P. Nair</strong><span>SENDCo</span></li></ul>
<div class="sb-note"><p>Changed.</p></div>
<form class="sb-form"><div class="sb-field"><label for="w">What?</label><input id="w"></div>
<button class="sb-button" type="button">Read</button>
<button class="sb-button sb-button--quiet" type="button">No</button>
</form>
"""
    + "<p>Long text.</p>" * 80
)
TABLE = (
    "| What | Who | When | Where | Minutes | Until |\n" + "| --- " * 6 + "|\n" + "| reading aloud together " * 6 + "|"
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A staff edition of two pages."""
    pages = [
        page(f"# Roles\n\n## Who\n\n{TABLE}\n\n## Reviews\n\nThe annual review.\n\n### More\n\nx"),
        page("# B", "b.md"),
    ]
    cache = tmp_path_factory.mktemp("engine")
    return build_edition(pages, "staff", values=VALUES, settings=settings(), cache=cache)


@pytest.fixture(scope="module")
def server(edition: Edition) -> Iterator[str]:
    """The edition and one student's page on a port of its own."""
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        f"script-src 'self' {' '.join(edition.script_hashes)}; worker-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
    replies = dict(edition.assets)
    links = [NavLink(title=title, url=f"/{title.lower()}/") for title in ("Profile", "Plan", "Meetings")]
    contents = contents_list(headings_of(STUDENT))
    nav = nav_section("Amara Osei", links, current="/plan/")
    student = {"title": "Amara Osei", "nav": nav, "contents": contents, "content": STUDENT}
    ways = campus_lists((NavLink(title="Home", url="/"), NavLink(title="Search", url="/search")))[""]
    for path, each in edition.pages.items():
        whole = {"title": each.title, "nav": each.nav, "contents": each.contents, "content": each.content}
        html = fill(edition.shell, account="Daniel Bell", csrf="t", campus=ways, **whole)
        replies[path] = (html.encode(), "text/html; charset=utf-8")
    html = fill(edition.shell, account="Daniel Bell", csrf="t", campus=ways, **student)
    replies["/plan/"] = (html.encode(), "text/html; charset=utf-8")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = replies.get(self.path, (b"", "text/plain"))
            self.send_response(200 if self.path in replies else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    """Debian's Chromium."""
    path = chromium()
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: "sync_api.Browser", server: str) -> Iterator[object]:
    """Opens a path at a width; whatever the console said must be nothing at the end."""
    said: list[str] = []
    contexts = []

    def open_page(path: str, width: int, **options: object) -> "sync_api.Page":
        context = browser.new_context(viewport={"width": width, "height": 840}, reduced_motion="reduce", **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: request.url.startswith((server, "data:")) or said.append(request.url))
        tab.goto(server + path, wait_until="networkidle")
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1000, 1280])
@pytest.mark.parametrize("path", ["/plan/", "/handbook/02-roles/"])
def test_axe_finds_nothing_and_nothing_overflows(opened, path: str, width: int, scheme: str) -> None:  # type: ignore[no-untyped-def]
    """Closed, with the drawer open, and in both colour schemes; target sizes of WCAG 2.2 included."""
    tab = opened(path, width, color_scheme=scheme, bypass_csp=True)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    assert axe.Axe().run(tab, options=rules).response["violations"] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width < 1000:
        tab.click("#sb-menu")
        assert axe.Axe().run(tab, options=rules).response["violations"] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_reaches_every_page_by_its_drawer_and_the_keyboard(opened, scripts: bool) -> None:  # type: ignore[no-untyped-def]
    """With and without JavaScript; the drawer is closed to the keyboard until it is opened."""
    tab = opened("/plan/", 390, java_script_enabled=scripts)
    home = tab.locator(".sb-nav >> text=Home")
    assert not home.is_visible()
    tab.focus("#sb-menu")
    tab.keyboard.press("Space")
    home.wait_for(state="visible")
    assert tab.locator(".sb-nav [aria-current=page]").inner_text() == "Plan"
    tab.click(".sb-nav__handbook > summary")
    tab.click(".sb-nav__handbook >> text=Roles >> nth=0")
    assert tab.locator("h1").inner_text() == "Roles"


@pytest.mark.parametrize("width", [390, 1280])
def test_sign_out_is_seen_at_every_width_and_the_skip_link_comes_first(opened, width: int) -> None:  # type: ignore[no-untyped-def]
    """Shared computers and phones alike."""
    tab = opened("/plan/", width)
    button = tab.locator("form[action='/sign-out'] button")
    assert button.is_visible()
    box = button.bounding_box()
    assert box["x"] + box["width"] <= width
    assert box["height"] >= 24
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to content"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "sb-content"


def test_without_javascript_the_search_box_is_a_form(opened) -> None:  # type: ignore[no-untyped-def]
    """Everything else is there as well."""
    tab = opened("/handbook/02-roles/", 1280, java_script_enabled=False)
    assert tab.locator("form[action='/search'] input[type=search]").is_visible()
    assert tab.locator(".sb-nav >> text=Search").is_visible()
    assert tab.locator(".sb-contents >> text=Reviews").is_visible()


def test_print_shows_the_page_and_nothing_around_it(opened) -> None:  # type: ignore[no-untyped-def]
    """A plan on paper is a plan."""
    tab = opened("/plan/", 1280)
    tab.emulate_media(media="print")
    assert tab.locator("h1").is_visible()
    for chrome in (".md-header", ".sb-drawer", ".sb-contents", ".md-footer"):
        assert not tab.locator(chrome).is_visible()
