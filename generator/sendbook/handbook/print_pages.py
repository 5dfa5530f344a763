"""The statutory documents of the handbook as print data: the page as its edition reads it, macros said.

A page is printed if its id is that of a kind of document (`send-information-report`, `accessibility-plan`). Its words
are those of the site: the same Markdown, cut for the edition, with the same macros and the same extensions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from sendbook.campus.words import short_day
from sendbook.documents.kinds import DocumentKind, print_data
from sendbook.documents.markdown_blocks import Block, blocks_of
from sendbook.handbook.built import Edition
from sendbook.handbook.edition import NOT_YET_APPROVED, SourcePage, select
from sendbook.handbook.macros import MacroValues, expand
from sendbook.handbook.workspace import EXTENSIONS, owner_of

REPORT = DocumentKind(name="send-information-report", title="SEN information report", private=False)
ACCESSIBILITY = DocumentKind(name="accessibility-plan", title="Accessibility plan", private=False)
#: The documents that are pages of the handbook, by the id of the page.
PAGE_DOCUMENTS: Mapping[str, DocumentKind] = {kind.name: kind for kind in (REPORT, ACCESSIBILITY)}
LINK = "Print or save this page as PDF"


def paper_of(url: str) -> str:
    """Where the PDF of a page stands: next to it."""
    return f"{url.rstrip('/')}.pdf"


def page_documents(pages: Sequence[SourcePage], edition: str, values: MacroValues) -> dict[str, bytes]:
    """The print data of an edition's documents, by the address of the page each prints. Pages have been found sound."""
    return {page.url: _data(page, values) for page in select(pages, edition) if page.id in PAGE_DOCUMENTS}


def with_links(edition: Edition, urls: Collection[str]) -> Edition:
    """The edition with a link to its PDF below the title of each of these pages."""
    pages = {
        url: replace(page, content=page.content.replace("</h1>", f"</h1>\n{_link(url)}", 1)) if url in urls else page
        for url, page in edition.pages.items()
    }
    return replace(edition, pages=pages)


def _link(url: str) -> str:
    return f'<p class="sb-print"><a href="{escape(paper_of(url))}">{LINK}</a></p>'


def _data(page: SourcePage, values: MacroValues) -> bytes:
    body, _ = expand(page.body, values, path=f"handbook/{page.path}", first_line=page.body_line)
    blocks = _without_title(blocks_of(body, *site_extensions()), page.title)
    said = {
        "heading": page.title,
        "lead": page.summary,
        "copy": "",
        "facts": [list(pair) for pair in _facts(page, values)],
        "blocks": blocks,
    }
    day = page.approved_on or page.changed_on or ""
    return print_data(PAGE_DOCUMENTS[page.id], "", said, day=day, day_said=short_day(day) if day else "")


def _facts(page: SourcePage, values: MacroValues) -> list[tuple[str, str]]:
    facts = [
        ("School", values.campus.get("name", "")),
        ("Kept by", owner_of(page, values)),
        ("Version", page.version),
        ("Approved", short_day(page.approved_on) if page.approved_on else NOT_YET_APPROVED),
        ("To be reviewed by", short_day(page.review_by) if page.review_by else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    """The page's own first heading says the title, which is above already."""
    first = blocks[0] if blocks else {}
    return blocks[1:] if first.get("is") == "heading" and first.get("text") == title else blocks


def site_extensions() -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The site's extensions as the library wants them: names, and settings by name."""
    names: list[str] = []
    settings: dict[str, dict[str, Any]] = {}
    for one in EXTENSIONS:
        named = one if isinstance(one, dict) else {one: {}}
        for name, given in named.items():
            names.append(str(name))
            settings[str(name)] = dict(given)
    return names, settings
