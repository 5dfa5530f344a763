"""The pages of a student: how one projection becomes fragments.

What is handed in is a projection, already reduced for its readers, and what everyone signed in may know (staff names,
measures, terms). A page the projection has no section of does not exist for its readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment, Label, PrintData
from sendbook.kinds.page_order import pages_for
from sendbook.kinds.paper import paper_line
from sendbook.kinds.printed import links_on
from sendbook.pages.contents import contents_list
from sendbook.pages.drawer import NavLink, nav_section
from sendbook.pages.placing import placing
from sendbook.pages.reading import Reading
from sendbook.pages.sections import PageKind, Shown, render_section, sections_of
from sendbook.pages.templates import Renders


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentPages:
    """A projection's pages and print data by path."""

    fragments: Mapping[str, Fragment]
    documents: Mapping[str, PrintData]


def pages_of_reading(reading: Reading, templates: Renders, documents: Mapping[str, PrintData]) -> StudentPages:
    """Every page that a projection has, read already, with links to its ``documents``."""
    pages = tuple(pages_present(reading))
    links = tuple(NavLink(title=page.link.to(reading), url=page.path_of(reading)) for page, _ in pages)
    fragments = {
        page.path_of(reading): _fragment(page, shown, reading, links, templates, links_on(page, reading, documents))
        for page, shown in pages
    }
    return StudentPages(fragments=fragments, documents=documents)


def pages_present(reading: Reading) -> Iterator[tuple[PageKind, tuple[Shown, ...]]]:
    """The pages that have at least one section for this projection; a box alone makes no page but the first."""
    for page in pages_for(reading):
        if page.draft_of and not reading.draft(page.draft_of):
            continue
        shown = sections_of(page, reading)
        if (page.first and shown) or not all(item.section.boxed for item in shown):
            yield page, shown


def title_of(page: PageKind, reading: Reading) -> str:
    """A page's title as plain text."""
    return page.title.to(reading).replace("{full}", reading.full_name)


def student_nav(reading: Reading, links: tuple[NavLink, ...], current: str) -> str:
    """The student's own links in the drawer."""
    return nav_section(reading.known_as, links, current=current, kind="student")


def _fragment(
    page: PageKind,
    shown: tuple[Shown, ...],
    reading: Reading,
    links: tuple[NavLink, ...],
    templates: Renders,
    prints: list[tuple[str, str]],
) -> Fragment:
    title = title_of(page, reading)
    read = reading.of_draft(page.draft_of) if page.draft_of else reading
    insides = [(item.section.name, item.title, render_section(item, read, templates)) for item in shown]
    content = templates.render(
        "pages/student.html",
        {
            "title": title,
            "lead": page.lead(reading) if page.lead else "",
            "draft": f"This {page.called}" if page.draft_of else "",
            "paper": paper_line(reading, draft=bool(page.draft_of)),
            "page": page.name,
            "prints": prints,
            "boxed": [inside for inside, item in zip(insides, shown, strict=True) if item.section.boxed],
            "sections": [inside for inside, item in zip(insides, shown, strict=True) if not item.section.boxed],
        },
    )
    return Fragment(
        title=str(Markup.escape(title)),
        nav=student_nav(reading, links, page.path_of(reading)),
        contents=contents_list([heading for item in shown for heading in item.headings()]),
        search=None if page.searched else "",
        label=_label(page, reading),
        content=content,  # the very object, where projections share it: equal at a glance
    )


def _label(page: PageKind, reading: Reading) -> Label:
    """What a search says of the page; the first page is the answer to the student's names."""
    return Label(
        kind=page.link.to(reading),
        whose=reading.full_name,
        place=placing(reading),
        names=f"{reading.full_name} {reading.known_as}" if page.first else "",
    )
