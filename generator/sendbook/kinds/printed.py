"""The documents of a student as print data, of all kinds of record that have any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sendbook.bundle.fragment import PrintData
from sendbook.documents.kinds import DocumentKind
from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.kinds.page_order import BY_NAME
from sendbook.pages.papers import Paper
from sendbook.pages.reading import Reading

PAPERS: Final[tuple[Paper, ...]] = tuple(paper for kind in ALL_KINDS for paper in kind.papers)
#: The kinds of document about a student, by name.
DOCUMENTS: Final[Mapping[str, DocumentKind]] = {paper.kind.name: paper.kind for paper in PAPERS}


def printed_as(name: str, reading: Reading) -> bytes | None:
    """The print data of the document of this name; None where the projection has nothing to print."""
    paper = next(paper for paper in PAPERS if paper.kind.name == name)
    return _data(paper, reading)


def documents_of(reading: Reading) -> dict[str, PrintData]:
    """The documents this projection has, by path."""
    made = ((paper.path_of(reading), _data(paper, reading)) for paper in PAPERS)
    return {path: PrintData(content=data) for path, data in made if data is not None}


def links_on(page: str, reading: Reading, documents: Mapping[str, PrintData]) -> list[tuple[str, str]]:
    """Address and words of the documents that are offered on a page."""
    offered = ((paper.path_of(reading), paper.link) for paper in PAPERS if paper.page == page)
    return [(path, link) for path, link in offered if path in documents]


def _data(paper: Paper, reading: Reading) -> bytes | None:
    return paper.data(reading, BY_NAME[paper.page].sections)
