"""The handbook's pages that answer a duty, as the checks and the compliance page take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sendbook.campus import front_matter
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, FileStamp
from sendbook.campus.records import Campus, Record
from sendbook.checks.documents import Document, DocumentCase
from sendbook.checks.names import named_students
from sendbook.handbook.edition import EDITIONS, SourcePage, cut_blocks, without_marks

_NOTHING: Mapping[str, frozenset[str]] = {}


def documents_of(pages: Iterable[SourcePage], root: Path) -> dict[str, Document]:
    """The documents among the pages, by kind; of two of a kind the first. ``root`` is the campus folder."""
    found: dict[str, Document] = {}
    for page in pages:
        if page.document:
            found.setdefault(page.document, document_of(page, root))
    return found


def document_of(page: SourcePage, root: Path) -> Document:
    """A page as a document, with what its widest readers get."""
    widest = next((edition for edition in EDITIONS if edition in page.editions), EDITIONS[-1])
    path = f"handbook/{page.path}"
    places = front_matter.front_positions((root / path).read_bytes())
    return Document(
        kind=page.document,
        path=path,
        title=page.title,
        body=cut_blocks(page.body, widest),
        body_line=page.body_line,
        editions=page.editions,
        owner=page.owner,
        approved_on=page.approved_on,
        approved_by=page.approved_by,
        minute_ref=page.minute_ref,
        last_reviewed=page.last_reviewed,
        changed_on=page.changed_on,
        review_by=page.review_by,
        summary=page.summary,
        places={pointer[1:]: (place.line, place.column) for pointer, place in places.items()},
    )


def _for_all(page: SourcePage, root: Path) -> Document:
    """A page with the blocks of all its editions."""
    return replace(document_of(page, root), body=without_marks(page.body))


def document_case(
    folder: CampusFolder,
    shared: Campus,
    pages: Iterable[SourcePage],
    students: Iterable[FileStamp],
    on: date,
    cache: ParseCache | None = None,
    also: Iterable[Record] = (),
    published: Mapping[str, frozenset[str]] = _NOTHING,
) -> DocumentCase:
    """The documents of a campus with the records their rules look into.

    Those are the shared ones and, for their names, the ``students``: the entries of each one's own record, as far as it
    can be read, and ``also`` what stood there before. ``published`` are the parts of records that stand on the pages.
    """
    named = [*named_students(folder, students, cache), *(replace(one, id=f"{one.id} before") for one in also)]
    listed = list(pages)
    documents = documents_of(listed, folder.root)
    told = {document.path for document in documents.values()}
    others = (document_of(page, folder.root) for page in listed if "public" in page.editions)
    return DocumentCase(
        campus=shared,
        documents=documents,
        on=on,
        students=tuple(named),
        others=tuple(page for page in others if page.path not in told),
        pages=tuple(_for_all(page, folder.root) for page in listed),
        published=published,
    )
