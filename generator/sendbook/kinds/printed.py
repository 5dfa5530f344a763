"""The documents of a student as print data: what the press needs, made from one projection and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sendbook.bundle.fragment import PrintData
from sendbook.documents.kinds import DocumentKind
from sendbook.kinds.page_order import PAGES, pages_for
from sendbook.pages.reading import Reading
from sendbook.pages.sections import PageKind

#: The kinds of document about a student that are made for a kind of record, by name.
DOCUMENTS: Final[Mapping[str, DocumentKind]] = {paper.kind.name: paper.kind for page in PAGES for paper in page.papers}


def printed_as(name: str, reading: Reading) -> bytes | None:
    """The print data of the document of this name; None where the projection has nothing to print."""
    papers = ((page, paper) for page in pages_for(reading) for paper in page.papers)
    return next((paper.data(reading, page.sections) for page, paper in papers if paper.kind.name == name), None)


def documents_of(reading: Reading) -> dict[str, PrintData]:
    """The documents this projection has, by path."""
    papers = ((page, paper) for page in pages_for(reading) for paper in page.papers)
    made = ((paper.path_of(reading), paper.data(reading, page.sections)) for page, paper in papers)
    return {path: PrintData(content=data) for path, data in made if data is not None}


def links_on(page: PageKind, reading: Reading, documents: Mapping[str, PrintData]) -> list[tuple[str, str]]:
    """Address and words of the documents that are offered on a page."""
    offered = ((paper.path_of(reading), paper.link) for paper in page.papers)
    return [(path, link) for path, link in offered if path in documents]
