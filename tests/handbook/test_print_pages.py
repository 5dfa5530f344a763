"""The statutory documents: printed from the page an edition reads, and offered on it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from sendbook.bundle import PUBLIC, Bundle, look_up
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.macros import MacroValues
from sendbook.handbook.print_pages import page_documents, paper_of
from tests.conftest import ON, Site

PAGE = SourcePage(
    path="send-information-report.md",
    id="send-information-report",
    title="SEN information report",
    summary="How we help.",
    section=11,
    editions=("public", "staff"),
    version="2.0",
    owner="senco",
    approved_on="2026-10-15",
    body='# SEN information report\n\nAsk {{ person("senco").name }}.\n\n<!-- edition: staff -->\nFor staff.\n'
    "<!-- end edition -->\n",
)
VALUES = MacroValues(campus={"name": "Our School"}, people={"senco": {"name": "Mrs Okonjo", "job_title": "SENDCo"}})


def said(page: SourcePage, edition: str) -> dict[str, Any]:
    made = page_documents([page], edition, VALUES)
    return dict(json.loads(made[page.url])["said"])


def test_macros_are_said_and_the_first_heading_is_the_title() -> None:
    shown = said(PAGE, "public")
    assert shown["heading"] == "SEN information report"
    assert [block["is"] for block in shown["blocks"]] == ["paragraph"]
    assert "Mrs Okonjo" in json.dumps(shown["blocks"])


def test_a_block_for_staff_is_in_their_copy_alone() -> None:
    assert "For staff." not in json.dumps(said(PAGE, "public"))
    assert "For staff." in json.dumps(said(PAGE, "staff"))


def test_an_edition_without_the_page_has_no_document_of_it() -> None:
    assert page_documents([PAGE], "family", VALUES) == {}


def test_only_pages_that_are_documents_are_printed() -> None:
    assert page_documents([replace(PAGE, id="roles", path="02-roles.md")], "public", VALUES) == {}


def test_who_keeps_it_and_when_it_was_approved_stand_at_its_head() -> None:
    facts = dict(said(PAGE, "public")["facts"])
    assert facts["School"] == "Our School"
    assert facts["Kept by"] == "Mrs Okonjo, SENDCo"
    assert facts["Approved"] == "15\N{NO-BREAK SPACE}October\N{NO-BREAK SPACE}2026"


def _fetch(connection: sqlite3.Connection, path: str) -> str:
    found = look_up(connection, PUBLIC, path, ON)
    assert found is not None, path
    return found.pieces()["content"].data.decode("latin-1") if found.is_page else found.file(deflated=False).decode()


def test_a_visitor_who_is_not_signed_in_finds_the_reports_and_their_pdfs(example_site: Site, tmp_path: Path) -> None:
    with Bundle.reading(example_site.bundle) as bundle:
        for page in ("/handbook/send-information-report/", "/handbook/accessibility-plan/"):
            found = look_up(bundle.connection, PUBLIC, paper_of(page), ON)
            assert found is not None
            assert found.is_printed
            assert found.media_type == "application/pdf"
            assert json.loads(_fetch(bundle.connection, paper_of(page)))["kind"] in page
