"""A browser, a gate over the example campus with an account for every kind of reader, and the way in.

All of it lives as long as the tests of this folder: Playwright's loop must not be running beside other tests'.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.build import build
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.people import KINDS, PASSWORD, School, Somebody
from tests.conftest import ON, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder needs a browser, and one process starts it, the gate and their campus for all."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    """A Chromium without a window."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def school(example_site: Site, registry: SchemaRegistry) -> School:
    """The records the site was built from."""
    return School(CampusFolder(example_site.root, registry).load().campus, ON)


@pytest.fixture(scope="session")
def people(school: School) -> dict[str, Somebody]:
    """One reader of each kind."""
    return {kind: school.somebody(kind) for kind in KINDS}


@pytest.fixture(scope="package")
def kept_site(
    example_site: Site, example_repository: Path, registry: SchemaRegistry, tmp_path_factory: pytest.TempPathFactory
) -> Site:
    """The example campus with its term of history, as people see it in the demonstration."""
    folder = tmp_path_factory.mktemp("kept")
    site = Site(folder / "campus", folder / "state")
    shutil.copytree(example_repository, site.root)
    shutil.copytree(example_site.state, site.state)
    report = build(CampusFolder(site.root, registry), ON, site.state)
    assert report.published, report.findings
    return site


@pytest.fixture(scope="package")
def address(kept_site: Site, people: dict[str, Somebody], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a gate that runs in a process of its own."""
    folder = tmp_path_factory.mktemp("gate")
    bundle = Path(shutil.copy(kept_site.bundle, folder / "bundle.db"))
    accounts = [(one.id, one.email, PASSWORD) for one in people.values()]
    command = [sys.executable, "-m", "tests.browser.serve_gate", str(bundle), str(folder / "state"), ON.isoformat()]
    with subprocess.Popen(
        command, cwd=_HERE.parents[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(accounts))
        process.stdin.close()
        port = process.stdout.readline().strip()
        assert port, "the gate did not start"
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


@pytest.fixture(scope="package")
def contexts(browser: "Browser") -> Iterator[Callable[..., "BrowserContext"]]:
    """Makes browser contexts: cookies of their own, no movement."""
    made: list[BrowserContext] = []

    def make(**options: object) -> "BrowserContext":
        context = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture(scope="package")
def as_reader(
    contexts: Callable[..., "BrowserContext"], address: str, people: dict[str, Somebody]
) -> Callable[..., "BrowserContext"]:
    """The context of a reader of a kind, signed in once."""
    known: dict[str, BrowserContext] = {}

    def signed_in(kind: str, **options: object) -> "BrowserContext":
        key = f"{kind} {sorted(options.items())}"
        if key not in known:
            known[key] = contexts(**options)
            sign_in_unseen(known[key], address, people[kind])
        return known[key]

    return signed_in


def sign_in_unseen(context: "BrowserContext", address: str, somebody: Somebody) -> None:
    """The same without drawing a page: what the form would send, with the form's own token."""
    (token,) = re.findall('name="csrf_token" value="([^"]+)"', context.request.get(f"{address}/sign-in").text())
    form = {"email": somebody.email, "password": PASSWORD, "csrf_token": token}
    answer = context.request.post(f"{address}/sign-in", form=form, max_redirects=0)
    assert answer.headers["location"] == "/", "the account was refused"


def sign_in(tab: "Page", address: str, somebody: Somebody, password: str = PASSWORD) -> None:
    """Through the form, as people do."""
    tab.goto(f"{address}/sign-in")
    tab.fill("#email", somebody.email)
    tab.fill("#password", password)
    press(tab, "#sb-content button[type=submit]")


def press(tab: "Page", button: str) -> None:
    """Presses a form's button and waits for the answer: a click alone may return while the old page stands."""
    with tab.expect_navigation():
        tab.click(button)
