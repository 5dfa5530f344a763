"""A campus of one handbook page, in memory: enough to ask one rule about documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.documents import REPORT, Document, DocumentCase
from sendbook.checks.finding import PageSpot
from sendbook.kinds.rule_book import RULE_BOOK

ON = date(2026, 11, 23)
PLACE: Mapping[str, Any] = {
    "id": "ours",
    "name": "Larkfield Campus",
    "setting": {"type": "independent", "local_authority": "Marlshire County Council"},
    "office": {"address": "40 Orchard Rise, Wexcombe, Marlshire", "email": "office@larkfield.example"},
    "local_offer": {"name": "Marlshire SEND Local Offer", "url": "https://localoffer.marlshire.example/send"},
    "advice_service": {"name": "Marlshire SENDIASS", "email": "advice@sendiass-marlshire.example"},
}
_RULES = {rule.id: rule for rule in RULE_BOOK.every}
_REGISTRY = SchemaRegistry.load(schemas())


def document(body: str, *, path: str = "handbook/page.md", kind: str = "", title: str = "A page") -> Document:
    """A page with this text, which begins on line 11."""
    return Document(
        kind=kind,
        path=path,
        title=title,
        body=body,
        body_line=11,
        editions=("public",),
        owner="senco",
        approved_on="2026-09-24",
        summary="What we do.",
    )


def case_of(*pages: Document, place: Mapping[str, Any] = PLACE, more: tuple[Record, ...] = (),
            on: date = ON) -> DocumentCase:  # fmt: skip
    """A case of these pages, all public."""
    record = Record(id="campus", kind="campus", student=None, path="records/campus.yml", digest="0", data=dict(place))
    documents = {page.kind: page for page in pages if page.kind}
    return DocumentCase(
        campus=Campus([record, *more], _REGISTRY),
        documents=documents,
        on=on,
        others=tuple(page for page in pages if not page.kind),
        pages=pages,
        published=RULE_BOOK.published,
    )


def asked(code: str, case: DocumentCase) -> list[PageSpot]:
    """What one rule finds on the pages of a case."""
    return [spot for spot in _RULES[code].test(case) if isinstance(spot, PageSpot)]


def found_in(code: str, text: str, **more: Any) -> list[str]:
    """The words that one rule finds in a page of this text."""
    return [spot.found for spot in asked(code, case_of(document(text), **more))]


def report(passages: Mapping[str, str]) -> Document:
    """A SEN information report of these passages, by the item each answers."""
    body = "\n\n".join(
        f'## Passage { {item} } {{ data-answers="{item}" }}\n\n{text}' for item, text in passages.items()
    )
    return document(body.replace("{'", "").replace("'}", ""), path="handbook/report.md", kind=REPORT)
