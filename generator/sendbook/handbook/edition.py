"""Handbook pages and their editions: who each page, and each marked block of a page, is for.

A page says in its front matter which editions it belongs to. Inside a page, lines between ``<!-- edition:
staff -->`` and ``<!-- end edition -->`` are for that edition alone. Both are decided here, before the engine
is started, so that what an edition may not show is never in the folder the engine works in.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sendbook.campus import markdown_lines, passages
from sendbook.campus.problems import Problem
from sendbook.handbook.pasted_addresses import is_torn

EDITIONS = ("public", "family", "staff")

_OPEN = re.compile(r"^\s*<!--\s*edition:\s*(.*?)\s*-->\s*$")
_CLOSE = re.compile(r"^\s*<!--\s*end edition\s*-->\s*$")


#: What a page says in place of the day, while nobody has approved it.
NOT_YET_APPROVED = "Not yet approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """One Markdown file of the handbook, its front matter checked."""

    path: str  # relative to the handbook folder, with forward slashes
    id: str
    title: str
    summary: str
    section: float
    editions: tuple[str, ...]
    version: str
    owner: str
    approved_on: str  # "" until somebody has approved it
    review_by: str | None = None
    applies_to: tuple[str, ...] = ()
    document: str = ""  # the duty it answers, if it is one of the documents the law or a policy asks for
    approved_by: str = ""
    minute_ref: str = ""
    last_reviewed: str | None = None
    changed_on: str | None = None
    body: str = field(repr=False)
    body_line: int = 1
    top: str = field(default="", repr=False)  # the lines above its body as they are written

    @property
    def url(self) -> str:
        """Where the page is in the site: ``/handbook/02-roles/``."""
        stem = self.path.removesuffix(".md")
        stem = stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"
        return f"/handbook/{stem}"


def source_page(path: str, front: Mapping[str, object], body: str, body_line: int) -> SourcePage:
    """A page from front matter that has passed its schema."""
    applies = front.get("applies_to", ())
    editions = front["editions"]
    return SourcePage(
        path=path,
        id=str(front["id"]),
        title=str(front["title"]),
        summary=str(front["summary"]),
        section=float(str(front["section"])),
        editions=tuple(str(item) for item in editions) if isinstance(editions, list | tuple) else (),
        version=str(front["version"]),
        owner=str(front["owner"]),
        approved_on=_stated(front, "approved_on") or "",
        review_by=_stated(front, "review_by"),
        document=_stated(front, "document") or "",
        approved_by=_stated(front, "approved_by") or "",
        minute_ref=_stated(front, "minute_ref") or "",
        last_reviewed=_stated(front, "last_reviewed"),
        changed_on=_stated(front, "changed_on"),
        applies_to=tuple(map(str, applies)) if isinstance(applies, list | tuple) else (str(applies),),
        body=body,
        body_line=body_line,
    )


def _stated(front: Mapping[str, object], key: str) -> str | None:
    return None if front.get(key) is None else str(front[key])


def in_order(pages: Iterable[SourcePage]) -> tuple[SourcePage, ...]:
    """Pages in the order of their section numbers."""
    return tuple(sorted(pages, key=lambda page: (page.section, page.path)))


def select(pages: Iterable[SourcePage], edition: str) -> tuple[SourcePage, ...]:
    """The pages of one edition in order, each without the blocks meant for others.

    A removed line leaves an empty one behind, so that whatever is found later still has its true line number.
    """
    if edition not in EDITIONS:
        raise ValueError(f"unknown edition: {edition}")
    chosen = (page for page in in_order(pages) if edition in page.editions)
    return tuple(replace(page, body=cut_blocks(page.body, edition)) for page in chosen)


def cut_blocks(body: str, edition: str) -> str:
    """The body without marker lines and without the blocks of other editions.

    A marker counts inside a code block too: were it text there, a fence that is never closed would open every
    block after it to everybody.
    """
    kept: list[str] = []
    block: str | None = None
    for text in body.split("\n"):
        opening, closing = _OPEN.match(text), _CLOSE.match(text)
        if opening:
            block = opening.group(1)
        kept.append("" if opening or closing or block not in (None, edition) else text)
        if closing:
            block = None
    return "\n".join(kept)


def without_marks(body: str) -> str:
    """The body with the blocks of all editions; a marker's line is empty."""
    return "\n".join("" if _OPEN.match(text) or _CLOSE.match(text) else text for text in body.split("\n"))


def block_problems(page: SourcePage) -> Iterator[Problem]:
    """Markers that are nested, unclosed, unopened or name no edition; and any other hidden comment."""
    opened: int | None = None
    for number, text in enumerate(page.body.split("\n"), start=page.body_line):
        opening, closing = _OPEN.match(text), _CLOSE.match(text)
        if opening:
            yield from _opening_problems(page, number, opening.group(1), opened)
            opened = number
        elif closing:
            if opened is None:
                yield _problem(page, "edition-block", number, "This line ends a block that was never started.")
            opened = None
        elif "<!--" in text:
            yield _problem(
                page,
                "comment",
                number,
                "A hidden comment is still sent to every reader's browser.",
                "Remove it. Only the lines that begin and end a block for one edition may be comments.",
            )
    if opened is not None:
        yield _problem(page, "edition-block", opened, "This block for one edition is never ended.")


def link_problems(
    pages: Sequence[SourcePage], files: Collection[str] = (), unread: Collection[str] = ()
) -> Iterator[Problem]:
    """Links that lead nowhere: to no page or file at all, to a page another edition has, or to no heading.

    ``unread`` are pages that are there and can't be read: of a link to one nothing can be said.
    """
    known = {page.path for page in pages}
    told: set[tuple[str, int, int]] = set()
    for edition in EDITIONS:
        chosen = select(pages, edition)
        anchors = {page.path: anchors_of(page.body) for page in chosen}
        for page in chosen:
            for link in markdown_lines.links(page.body, page.body_line):
                if resolve(page.path, link.target) in unread:
                    continue
                wrong = _wrong_link(page, link, edition, known | set(files), anchors)
                place = (page.path, link.line, link.column)
                if wrong is not None and place not in told:
                    told.add(place)
                    yield wrong


def anchors_of(body: str) -> frozenset[str]:
    """The ids MkDocs will give to the headings of this body."""
    return frozenset(passages.anchors(list(markdown_lines.headings(body))))


def resolve(path: str, target: str) -> str | None:
    """The file a relative link means, relative to the handbook folder; None for any other kind of link."""
    plain = target.partition("#")[0].partition("?")[0]
    if not plain or ":" in plain or plain.startswith(("/", "{{")):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))


def _wrong_link(
    page: SourcePage,
    link: markdown_lines.Link,
    edition: str,
    known: Collection[str],
    anchors: Mapping[str, frozenset[str]],
) -> Problem | None:
    target = page.path if link.target.startswith("#") else resolve(page.path, link.target)
    if target is None or is_torn(link.target):
        return None

    def wrong(code: str, message: str, remedy: str) -> Problem:
        return Problem(code, f"handbook/{page.path}", link.line, link.column, message, remedy, found=link.target)

    anchor = link.target.partition("#")[2]
    if target not in known:
        return wrong(
            "link-nowhere",
            "This leads nowhere: the handbook has no such page or file.",
            "Correct the file's name, or take the link out.",
        )
    if target.endswith(".md") and target not in anchors:
        message = f"In the {edition} edition this leads nowhere: the page is not part of that edition."
        remedy = f"Put it in a block for editions that have the page, or add {edition} to the page's editions."
        return wrong("link-edition", message, remedy)
    if anchor and target in anchors and anchor not in anchors[target]:
        message = f"In the {edition} edition no heading of that page gives this place."
        return wrong("link-anchor", message, "Use a heading's words, joined by hyphens.")
    return None


def _opening_problems(page: SourcePage, line: int, name: str, opened: int | None) -> Iterator[Problem]:
    if opened is not None:
        yield _problem(
            page,
            "edition-block",
            line,
            f"This block starts inside the one that starts on line {opened}, which is not ended.",
        )
    if name not in EDITIONS:
        yield _problem(page, "edition-block", line, "There is no edition called this.", _NAMES, found=name)
    elif name not in page.editions:
        yield _problem(
            page,
            "edition-block",
            line,
            f"This block is for the {name} edition, which the page is not in.",
            f"Add {name} to the page's editions, or take the block out.",
        )


_NAMES = f"The editions are {', '.join(EDITIONS)}."
_PAIR = "Begin a block with <!-- edition: staff --> and end it with <!-- end edition -->, each on its own line."


def _problem(page: SourcePage, code: str, line: int, message: str, remedy: str = _PAIR, *, found: str = "") -> Problem:
    return Problem(
        code=code,
        path=f"handbook/{page.path}",
        line=line,
        column=1,
        message=message,
        remedy=remedy,
        found=found,
    )
