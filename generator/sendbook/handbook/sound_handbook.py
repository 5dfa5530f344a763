"""The handbook a site can be built from while some of its pages have an error.

A page with an error does not come out. What was published of it last stands in for it; where that can't be shown any
more, because it names somebody or asks for what no longer exists, a page is there that says it is being corrected.
All other pages go on.
"""

from __future__ import annotations

import json
import posixpath
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sendbook.bundle.publication import Publication
from sendbook.bundle.store import Bundle
from sendbook.campus import markdown_lines
from sendbook.checks.finding import Finding, Severity
from sendbook.handbook.edition import EDITIONS, SourcePage, in_order, link_problems, source_page
from sendbook.handbook.folder import Handbook

TITLE = "This page is being corrected"
FOLDER = "handbook/"
_LAST = "~handbook"
_PAGES = "pages"
_FIRST = "index.md"
# What keeps the last published version from standing in: it asks for what is gone, or names somebody.
_NOT_TO_BE_SHOWN = ("macro", "DOC-07", "AP-14", "leak", "TXT")

#: What is wrong with a handbook, were it to be published now.
Ask = Callable[[Handbook], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundHandbook:
    """The handbook to publish, and the paths (below ``handbook/``) of pages and files that are held back."""

    handbook: Handbook = field(repr=False)
    held: frozenset[str] = frozenset()


class LastPages:
    """The pages that were published last, as they were written."""

    def __init__(self, bundle: Bundle | None) -> None:
        kept = bundle.remembered(_LAST, _PAGES) if bundle is not None else None
        self._pages: dict[str, dict[str, object]] = json.loads(zlib.decompress(kept)) if kept else {}

    def get(self, path: str) -> SourcePage | None:
        """A page, if it was published before."""
        said = self._pages.get(path)
        if said is None:
            return None
        front = said["front"]
        return source_page(path, front if isinstance(front, Mapping) else {}, str(said["body"]), 1)

    def remember(self, change: Publication, sound: SoundHandbook) -> None:
        """Keep the pages that come out now; of those held back, what was kept before."""
        kept = {path: said for path, said in self._pages.items() if path in sound.held}
        now = {page.path: _said(page) for page in sound.handbook.pages if page.path not in sound.held}
        self._pages = {**kept, **now}
        change.remember(_LAST, _PAGES, zlib.compress(json.dumps(self._pages, ensure_ascii=False).encode()))


def sound_handbook(
    found: Handbook,
    findings: Iterable[Finding],
    last: LastPages,
    ask: Ask,
    *,
    leaking: frozenset[str] = frozenset(),
    twice: frozenset[str] = frozenset(),
    left_out: frozenset[str] = frozenset(),
) -> SoundHandbook:
    """The handbook without what has an error; ``findings`` are those about ``found``.

    ``leaking`` are files that must not come out as they are, ``twice`` those that must not as they were either.
    ``left_out`` are pages in whose place nothing can be, because their very address names somebody.
    """
    held = _with_errors(findings) | leaking | left_out
    if not held:
        return SoundHandbook(handbook=found)
    stubs: set[str] = set(twice)
    while True:  # each time more is held, or held more narrowly, until nothing more is found
        made = _without(found, held, stubs, left_out, last)
        again = list(ask(made))
        gone = _with_errors(one for one in again if one.code.startswith(_NOT_TO_BE_SHOWN)) & held - stubs
        more = _with_errors(one for one in again if not one.code.startswith("link")) - held
        if not gone and not more:
            return SoundHandbook(handbook=_without_dead_links(made), held=frozenset(held))
        stubs |= gone
        held |= more


def in_folder(paths: Iterable[str]) -> frozenset[str]:
    """Those of these paths that are in the handbook's folder, as they are below it."""
    return frozenset(one.removeprefix(FOLDER) for one in paths if one.startswith(FOLDER))


def _with_errors(findings: Iterable[Finding]) -> set[str]:
    return {
        one.path.removeprefix(FOLDER)
        for one in findings
        if one.severity is Severity.ERROR and one.path.startswith(FOLDER)
    }


def _without(
    found: Handbook, held: Collection[str], stubs: Collection[str], left_out: Collection[str], last: LastPages
) -> Handbook:
    """The handbook with something else in the place of each page that is held and not ``left_out``."""
    pages = [page for page in found.pages if page.path not in held]
    now = {page.path: page for page in (*found.pages, *found.unsound)}
    for path in sorted(held):
        if not path.endswith(".md") or path in left_out:
            continue
        before, newer = last.get(path), now.get(path)
        known = newer if newer is not None and newer.editions else before
        standing_in = _stub(path, known) if before is None or path in stubs else before
        if standing_in is None and path == _FIRST:
            standing_in = _first_page(pages)
        if standing_in is not None:
            pages.append(_no_wider(standing_in, newer))
    files = {path: content for path, content in found.files.items() if path not in held}
    digest = f"{found.digest} without {sorted(held)} {sorted(stubs)} {sorted(left_out)}"
    return replace(found, pages=in_order(pages), files=files, problems=(), unsound=(), digest=digest)


def _no_wider(page: SourcePage, newer: SourcePage | None) -> SourcePage:
    """The page for those editions alone for which the newer version is meant as well, as far as that can be read."""
    if newer is None or not newer.editions:
        return page
    return replace(page, editions=tuple(one for one in page.editions if one in newer.editions))


def _stub(path: str, known: SourcePage | None) -> SourcePage | None:
    if known is None:
        return None
    body = f"\n# {TITLE}\n\nIt will be back here as soon as it has been checked.\n"
    return replace(
        known, path=path, title=TITLE, summary="Please come back later.", document="", body=body, body_line=1
    )


def _first_page(pages: Iterable[SourcePage]) -> SourcePage | None:
    """A first page made of what another page says of itself: without one the handbook has no beginning."""
    other = next(iter(pages), None)
    stub = _stub(_FIRST, other)
    return replace(stub, id="index", section=0.0, editions=EDITIONS) if stub is not None else None


def _without_dead_links(found: Handbook) -> Handbook:
    """With each link that would lead nowhere, because of what is held, leading to the first page instead."""
    wrong: dict[str, dict[int, set[str]]] = {}
    for problem in link_problems(found.pages, found.files):
        if problem.line is not None:
            lines = wrong.setdefault(problem.path.removeprefix(FOLDER), {})
            lines.setdefault(problem.line, set()).add(problem.found)
    if not wrong:
        return found
    pages = [_led_elsewhere(page, wrong[page.path]) if page.path in wrong else page for page in found.pages]
    return replace(found, pages=tuple(pages))


def _led_elsewhere(page: SourcePage, wrong: Mapping[int, Collection[str]]) -> SourcePage:
    home = posixpath.relpath(_FIRST, posixpath.dirname(page.path) or ".")
    lines = page.body.split("\n")
    for number, targets in wrong.items():
        at = number - page.body_line
        for target in sorted(targets, key=len, reverse=True):
            pictures = any(link.image and link.target == target for link in markdown_lines.links(lines[at]))
            lines[at] = (
                _without_pictures(lines[at], target) if pictures else lines[at].replace(f"]({target}", f"]({home}")
            )
            lines[at] = lines[at].replace(f"]: {target}", f"]: {home}")
    return replace(page, body="\n".join(lines))


def _without_pictures(line: str, target: str) -> str:
    before, _, rest = line.partition(f"]({target}")
    begin = before.rfind("![")
    return before[:begin] + before[begin + 2 :] + rest.partition(")")[2] if begin >= 0 else line


def _said(page: SourcePage) -> dict[str, object]:
    front = {
        "id": page.id,
        "title": page.title,
        "summary": page.summary,
        "section": page.section,
        "editions": list(page.editions),
        "version": page.version,
        "owner": page.owner,
        "approved_on": page.approved_on,
        "review_by": page.review_by,
        "document": page.document,
        "approved_by": page.approved_by,
        "minute_ref": page.minute_ref,
        "last_reviewed": page.last_reviewed,
        "changed_on": page.changed_on,
        "applies_to": list(page.applies_to),
    }
    return {"front": front, "body": page.body}
