"""A reader's own pages: home, and the pages about the campus that are theirs; made for one day.

This is the only place where a day makes a page: what is late today was not yesterday. Everything is joined from the
facts of the reader's own projections, and from the campus's records as they may see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment
from sendbook.campus.digests import digest_of
from sendbook.campus.terms import Terms
from sendbook.campus.words import long_day
from sendbook.checks.texts.forms import TITLES
from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.pages.campus_page import CampusPage, CampusReading, IsUnchanged, Making, Menu, Pages, Showing
from sendbook.pages.contents import Heading
from sendbook.pages.drawer import NavLink, nav_section
from sendbook.pages.templates import Renders
from sendbook.site.readers.directory import PATH as DIRECTORY_PATH
from sendbook.site.readers.home_blocks import Block, blocks_of
from sendbook.site.readers.own_fragment import own_fragment, paper_head
from sendbook.site.readers.reader_relations import Desk, Facts, OwnReader
from sendbook.site.readers.rows import in_order
from sendbook.site.readers.student_lists import STUDENT_LISTS

__all__ = ["CAMPUS_PAGES", "OwnReader", "OwnSite", "own_site_of"]

#: The pages about the campus that need nothing but what their reader sees, in the order of the drawer.
CAMPUS_PAGES: tuple[CampusPage[Any], ...] = (
    *STUDENT_LISTS,
    *(page for kind in ALL_KINDS for page in kind.campus_pages),
)
_HOME = NavLink(title="Home", url="/")
_EVERYBODY = (
    NavLink(title="Who to ask", url=DIRECTORY_PATH),
    NavLink(title="Search", url="/search"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSite:
    """What is one reader's alone: pages by path (None for one that is unchanged), and the links that are first in their
    drawer.
    """

    pages: Pages
    links: tuple[NavLink, ...]


def own_site_of(
    reader: OwnReader,
    students: Sequence[Facts],
    campus: CampusReading,
    templates: Renders,
    *,
    terms: Terms,
    pages: Sequence[CampusPage[Any]] = CAMPUS_PAGES,
    is_unchanged: IsUnchanged = lambda _path, _made_of: False,
) -> OwnSite:
    """What is this reader's alone. ``students`` are the facts of the projections in their scope, ``campus`` is what
    they see of the campus, and ``pages`` are all that there are about it. ``is_unchanged`` says of a path, and of the
    digests of what its page would be made of (shared records and day aside), whether the page is there already.
    """
    desk = Desk.of(reader, in_order(students), campus)
    shown = [(page, showing) for page in pages if (showing := page.shown_to(desk)) is not None]
    nav = partial(_nav, desk, _links(shown, Menu.CAMPUS, reader))
    links = digest_of([nav(), [[one.student, one.classes] for one in reader.corrected]]).encode()
    making = Making(templates=templates, nav=nav, links=links, is_unchanged=is_unchanged)
    term = terms.term_on(desk.on) or terms.next_term_after(desk.on)
    made: Pages = {
        "/": _home(desk, making, shown, (term.end if term else desk.on).isoformat()),
    }
    for page, showing in shown:
        if not page.shared:
            made |= showing.pages(making)
    return OwnSite(pages=made, links=(_HOME, *_links(shown, Menu.FIRST, reader), *_EVERYBODY))


def family_links(pages: Sequence[CampusPage[Any]] = CAMPUS_PAGES) -> tuple[NavLink, ...]:
    """What is first in a family's drawer."""
    first = (page.link(at_home=True) for page in pages if page.menu is Menu.FIRST and not page.for_staff)
    return (_HOME, *first, *_EVERYBODY)


_Shown = Sequence[tuple[CampusPage[Any], Showing]]


def _links(shown: _Shown, menu: Menu, reader: OwnReader) -> list[NavLink]:
    """The links to the pages that are in this part of the drawer."""
    linked = (page for page, showing in shown if showing.linked and page.menu is menu)
    return [page.link(at_home=not reader.is_staff) for page in linked]


def _home(desk: Desk, making: Making, shown: _Shown, last_of_term: str) -> Fragment:
    blocks = blocks_of(desk, [page for page, _ in shown], last_of_term)
    title = f"Hello, {greeted(desk.reader.name)}" if _is_a_name(desk.reader.name) else "Hello"
    insides = [(block.name, block.title, _inside(block, making.templates)) for block in blocks]
    buttons = [page.link(at_home=not desk.is_staff) for page, _ in shown if page.button]
    values = {"title": title, "today": long_day(desk.on.isoformat()), "blocks": insides, "keeps": buttons}
    content = making.templates.render("own/home.html", values)
    headings = [Heading(id=block.name, text=block.title) for block in blocks]
    return own_fragment("Home", content, headings, making.nav(""), paper_head(desk))


def _is_a_name(name: str) -> bool:
    """Whether it is somebody's name, and not what a new campus has in its place."""
    return bool(name) and not name.casefold().startswith(("(", "the "))


def greeted(name: str) -> str:
    """What somebody is called to their face: by title and surname where they go by these, else by first name."""
    first = name.split()[0]
    return name if first.rstrip(".").casefold() in _TITLES else first


def _inside(block: Block, templates: Renders) -> Markup:
    return templates.render(block.template, block.values)


def _nav(desk: Desk, campus: Sequence[NavLink], current: str = "") -> str:
    """A family's way to each child's pages; a teacher's to the class sheets."""
    children = [NavLink(title=f"{child['name']}'s pages", url=child["path"]) for child in desk.children]
    mine = [NavLink(title="About me", url=desk.myself["path"])] if desk.myself else []
    groups = [
        NavLink(title=group["name"], url=f"/groups/{group['id']}/")
        for group in desk.taught_groups
        if desk.in_group(group["id"]) or desk.missing_in(group["id"])
    ]
    sections = (("My pages", mine), ("My family", children), ("My classes", groups), ("Campus", campus))
    return "".join(nav_section(title, links, current=current, kind="own") for title, links in sections if links)


_TITLES = TITLES | {"mme", "mlle", "sr", "sra", "herr", "frau", "fr", "sister", "father", "imam", "rabbi"}
