"""What of the handbook's editions goes into the site: pages, their files and papers, shells and what is remembered."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.bundle.fragment import File, Fragment, Label, PrintData, Shell
from sendbook.bundle.schema import HANDBOOK
from sendbook.handbook.built import Edition, HandbookPage
from sendbook.handbook.print_pages import LINK
from sendbook.site.build.handbook_site import HandbookSite

SHELL, PLAIN = Shell.cut("<title>@@title@@</title>"), Shell.cut("<b>@@title@@</b>")
VISITS, REPORT = "/handbook/visits/", "/handbook/send-information-report/"


def page(title: str, **more: Any) -> HandbookPage:
    return HandbookPage(
        id="page",
        title=title,
        summary=f"About {title}.",
        nav="<li>",
        contents="<ol>",
        content=f"<h1>{title}</h1><p>Text.</p>",
        headings=(),
        text="Text.",
        **more,
    )


def edition(name: str, *, scripts: tuple[str, ...] = ("'sha256-b'",)) -> Edition:
    return Edition(
        name=name,
        shell=SHELL,
        plain_shell=PLAIN,
        pages={VISITS: page("Visits & keys"), REPORT: page("Report", document="send_information_report")},
        nav="",
        assets={"/assets/a.1234.css": (b"a {}", "text/css")},
        files={f"/handbook/{name}.png": (b"PNG", "image/png")},
        script_hashes=scripts,
    )


class Put:
    """Notes what is put into a publication."""

    def __init__(self) -> None:
        self.shells: dict[str, Shell] = {}
        self.pages: dict[tuple[str, str], Any] = {}
        self.kept: dict[tuple[str, str], Any] = {}
        self.assets: dict[str, File] = {}
        self.meta: dict[str, str] = {}

    def set_shell(self, edition: str, shell: Shell) -> None:
        self.shells[edition] = shell

    def put_pages(self, subject: str, projection: str, pages: Any) -> None:
        self.pages[subject, projection] = pages

    def remember(self, unit: str, key: str, value: bytes) -> None:
        self.kept[unit, key] = value

    def set_assets(self, files: Any) -> None:
        self.assets.update(files)

    def set_meta(self, key: str, value: str) -> None:
        self.meta[key] = value


@pytest.fixture(scope="module")
def put() -> Put:
    """Two editions, of which the public one alone has a paper, in a publication."""
    common: Any = SimpleNamespace()
    site = HandbookSite(common, Path("nowhere"), "digest of the day")
    site._editions = (edition("public"), edition("staff", scripts=("'sha256-a'", "'sha256-b'")))
    site._papers = {"public": {REPORT: b"{}"}, "staff": {}}
    change: Any = Put()
    site.put(change)
    found: Put = change
    return found


def test_each_edition_s_pages_files_and_papers_are_in_the_site(put: Put) -> None:
    assert {edition: set(pages) for (_, edition), pages in put.pages.items()} == {
        "public": {VISITS, REPORT, "/handbook/public.png", "/handbook/send-information-report.pdf"},
        "staff": {VISITS, REPORT, "/handbook/staff.png"},
    }
    pages = put.pages[HANDBOOK, "public"]
    assert pages["/handbook/public.png"] == File(media_type="image/png", content=b"PNG")
    assert pages["/handbook/send-information-report.pdf"] == PrintData(content=b"{}")


def test_a_page_has_its_title_as_html_and_a_link_to_its_paper_where_it_has_one(put: Put) -> None:
    pages = put.pages[HANDBOOK, "public"]
    assert pages[VISITS] == Fragment(
        title="Visits &amp; keys",
        nav="<li>",
        contents="<ol>",
        content="<h1>Visits & keys</h1><p>Text.</p>",
        label=Label(kind="SEND Handbook"),
    )
    assert LINK in pages[REPORT].content
    assert LINK not in put.pages[HANDBOOK, "staff"][REPORT].content


def test_shells_styles_and_scripts_are_those_of_all_editions(put: Put) -> None:
    assert put.shells == {"public": SHELL, "staff": SHELL}
    assert put.assets == {"/assets/a.1234.css": File(media_type="text/css", content=b"a {}", hashed=True)}
    assert json.loads(put.meta["script_hashes"]) == ["'sha256-a'", "'sha256-b'"]


def test_the_next_build_is_told_what_was_put(put: Put) -> None:
    """Which pages have a paper, what the public's first page lists, and which handbook it was."""
    told = {key: value if key == "digest" else json.loads(value) for (_, key), value in put.kept.items()}
    listed = [
        {"title": "Visits & keys", "url": VISITS, "summary": "About Visits & keys.", "document": ""},
        {"title": "Report", "url": REPORT, "summary": "About Report.", "document": "send_information_report"},
    ]
    assert told == {
        "papers:public": [REPORT],
        "papers:staff": [],
        "pages:public": listed,
        "pages:staff": listed,
        "digest": b"digest of the day",
    }
