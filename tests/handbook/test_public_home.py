"""The first page of the public edition: for parents, with the reports one click away, and nobody named but contacts."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.gate.app import Gate
from sendbook.handbook.macros import MacroValues
from sendbook.handbook.public_home import PublicPage, public_home
from sendbook.pages.templates import Templates
from tests.conftest import Site
from tests.gate.kit import Browser, StoppedClock, make_gate, settings_in

REPORT = PublicPage(
    title="SEN information report", url="/handbook/report/", summary="-", document="send_information_report"
)
PLAN = PublicPage(title="Accessibility plan", url="/handbook/plan/", summary="-", document="accessibility_plan")
PARENTS = PublicPage(title="Working with parents", url="/handbook/09-parents/", summary="What you can expect.")
VALUES = MacroValues(
    campus={"name": "Hill & Dale"},
    people={
        "senco": {"name": "Ms <Ray>", "email": "ray@hill.example"},
        "exams_officer": {"name": "Mr Roe"},
        "senco_office": {"name": "the school office", "phone": "01632 960000"},
    },
)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(site_templates())


@pytest.fixture
def gate(example_site: Site, tmp_path: Path) -> Iterator[Gate]:
    shutil.copy(example_site.bundle, tmp_path / "bundle.db")
    made = make_gate(settings_in(tmp_path), StoppedClock())
    yield made
    made.close()


@pytest.fixture
def visitor(gate: Gate) -> Iterator[Browser]:
    with asyncio.Runner() as runner:
        yield Browser(gate, runner)


@pytest.fixture(scope="module")
def campus(example_site: Site, registry: SchemaRegistry) -> Campus:
    return CampusFolder(example_site.root, registry).load().campus


def test_each_report_and_its_pdf_are_one_click_away(templates: Templates) -> None:
    papers = {REPORT.url: "/handbook/report.pdf"}
    page = public_home(VALUES, [PARENTS, PLAN, REPORT], templates, papers=papers).content
    assert re.findall(r'<h3><a href="([^"]+)', page) == [REPORT.url, PLAN.url]
    assert 'href="/handbook/report.pdf"' in page
    assert "plan.pdf" not in page


def test_a_report_that_is_not_written_leaves_no_empty_heading(templates: Templates) -> None:
    page = public_home(VALUES, [PARENTS], templates)
    assert "Our reports" not in page.content + page.contents
    assert PARENTS.url in page.content


def test_only_people_a_parent_would_ask_are_named_and_their_names_are_text(templates: Templates) -> None:
    page = public_home(VALUES, [], templates)
    assert "Ms &lt;Ray&gt;" in page.content
    assert "Mr Roe" not in page.content
    assert "01632 960000" in page.content
    assert page.title == "SEND at Hill &amp; Dale"


def test_without_a_gate_behind_it_there_is_no_sign_in(templates: Templates) -> None:
    assert "/sign-in" in public_home(VALUES, [], templates).content
    assert "sign" not in public_home(VALUES, [], templates, sign_in=False).content.lower()


def test_a_visitor_finds_the_public_home_the_handbook_and_the_way_in(visitor: Browser) -> None:
    home = visitor.get("/")
    assert home.status == 200
    assert "<h1>SEND at Larkfield Campus</h1>" in home.text
    links = set(re.findall(r'href="(/[^"#]*)"', home.text))
    answers = {link: visitor.get(link).status for link in links}
    assert {link: status for link, status in answers.items() if status != 200} == {}
    assert {"/sign-in", "/handbook/", "/handbook/send-information-report/", "/handbook/accessibility-plan/"} <= links
    assert not any(link.startswith(("/students", "/people", "/register", "/groups")) for link in links)


def test_every_private_path_is_still_the_one_redirect(visitor: Browser) -> None:
    private = visitor.get("/students/3QNM/", sec_fetch_dest="image")
    assert private.status == 303
    for path in ("/people/", "/register/", "/interventions/", "/compliance/", "/nowhere/", "/index.html"):
        assert visitor.get(path, sec_fetch_dest="image") == private, path


def test_nobody_is_named_to_a_visitor_but_the_campus_s_contacts(visitor: Browser, campus: Campus) -> None:
    place = campus.get("campus")
    assert place is not None
    contacts = set(place.data["contacts"].values())
    home = visitor.get("/").text
    for record in campus.records.values():
        if record.kind in ("person", "student") and record.data["id"] not in contacts:
            assert record.data["name"]["full"] not in home
            assert record.data["id"] not in home
