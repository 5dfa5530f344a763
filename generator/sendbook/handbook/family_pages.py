"""Looks through what families read of the handbook and the public does not, for anybody's home and for names.

What is public as well is looked through by the guard of public pages (`public_guard`), which allows less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sendbook.access.basis import Basis
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding
from sendbook.checks.leaks.pieces import Piece, page_pieces, pieces_of
from sendbook.checks.runner import text_findings
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.at_large import UnsaidIn, page_text, sightings_for_all
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.reaching import Reached
from sendbook.checks.texts.sightings import text_digest
from sendbook.checks.texts.unsaid import Unsaid
from sendbook.handbook.edition import SourcePage, select
from sendbook.handbook.folder import Handbook
from sendbook.handbook.workspace import referred_to


def of_family_pages(
    read: Handbook,
    shared: Campus,
    on: date,
    everybody: Everybody,
    ages: Ages | None = None,
    unsaid_in: UnsaidIn = Unsaid,
) -> tuple[Finding, ...]:
    """What the family edition alone tells of anybody's home, or of students and members of families by name."""
    pieces = list(_pieces(read))
    places = {(text.record.path, text_digest(text.text)): (text.text, piece) for text, piece in pieces}
    best: dict[tuple[str, str, int | None], Finding] = {}
    texts = (text for text, _ in pieces)
    for seen in sightings_for_all(texts, shared, on, Basis.of(shared), everybody, unsaid_in):
        text, piece = places[seen.record.path, seen.text]
        line = piece.line + text.count("\n", 0, seen.offset) if piece.line is not None else None
        for finding in text_findings([seen], lambda _record: {}, ages=ages):
            place = (finding.path, finding.code, line)
            best.setdefault(place, replace(finding, line=line, column=1 if line else None))
    return tuple(best.values())


def _pieces(read: Handbook) -> Iterator[tuple[Reached, Piece]]:
    """Every text that the family edition has and the public one has not, with where it stands."""
    public = {page.path: page for page in select(read.pages, "public")}
    for page in select(read.pages, "family"):
        path = f"handbook/{page.path}"
        for piece in page_pieces(_own_lines(page, public.get(page.path))):
            yield page_text(path, piece.text), piece
    files = {page.path: page.body for page in select(read.pages, "family")}
    shown = referred_to({path: page.body for path, page in public.items()}, read.files)
    for name, content in referred_to(files, read.files).items():
        for file_piece in pieces_of(name, content) if name not in shown else ():
            if isinstance(file_piece, Piece):
                yield page_text(f"handbook/{name}", file_piece.text), Piece(file_piece.text, None)


def _own_lines(page: SourcePage, public: SourcePage | None) -> str:
    """The page's title, summary and lines, each on its own line of the file, without what is public too."""
    lines = page.body.split("\n")
    if public is not None:
        lines = ["" if line == other else line for line, other in zip(lines, public.body.split("\n"), strict=True)]
    front = [""] * (page.body_line - 1)
    if public is None and front:
        front[0] = f"{page.title}. {page.summary}"
    return "\n".join([*front, *lines])
