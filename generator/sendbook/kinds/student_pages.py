"""The pages of a student: eight lists of sections, and how one projection becomes fragments.

What is handed in is a projection, already reduced for its readers, and what everyone signed in may know (staff names,
measures, terms). A page the projection has no section of does not exist for its readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment, Label, PrintData
from sendbook.campus.foundation import STUDENT
from sendbook.kinds import plan
from sendbook.kinds.history_sections import BEFORE, CHANGED, SINCE
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.meeting.meeting_sections import MEETING_LIST, MEETING_RECORDS, OPEN_ACTIONS
from sendbook.kinds.page_order import FIRST_PAGE_ORDER, PLAN_ORDER
from sendbook.kinds.paper import paper_line
from sendbook.kinds.plan.target_sections import ENDED_PROGRESS, LIVE_PROGRESS
from sendbook.kinds.printed import links_on
from sendbook.kinds.profile import PROFILE
from sendbook.kinds.student.access_sections import NAMED, ROLES, YOURS, same_for_all
from sendbook.kinds.student.record_sections import RECORD_SECTIONS
from sendbook.pages.contents import contents_list
from sendbook.pages.drawer import NavLink, nav_section
from sendbook.pages.own_kinds import pages_of_own_kinds
from sendbook.pages.placing import name_and_placing, placing
from sendbook.pages.reading import Reading
from sendbook.pages.sections import PageKind, Shown, Voice, render_section, sections_of
from sendbook.pages.templates import Renders

OVERVIEW = PageKind(
    name="overview",
    path="{home}",
    title=Voice(staff="{full}"),
    link=Voice(staff="Overview", family="About {name}", student="About me"),
    sections=FIRST_PAGE_ORDER,
    lead=name_and_placing,
)
PLAN = PageKind(
    name="plan",
    path="{home}plan/",
    title=Voice(staff="{name}'s plan", student="My plan"),
    link=Voice(staff="Plan", student="My plan"),
    sections=PLAN_ORDER,
)
PROGRESS = PageKind(
    name="progress",
    path="{home}progress/",
    title=Voice(staff="{name}'s progress", student="My progress"),
    link=Voice(staff="Progress", student="My progress"),
    sections=(LIVE_PROGRESS, ENDED_PROGRESS),
)
MEETINGS = PageKind(
    name="meetings",
    path="{home}meetings/",
    title=Voice(staff="Meetings about {name}", student="My meetings"),
    link=Voice(staff="Meetings", student="My meetings"),
    sections=(OPEN_ACTIONS, MEETING_LIST, MEETING_RECORDS),
)
HISTORY = PageKind(
    name="history",
    path="{home}history/",
    title=Voice(staff="What changed for {name}", student="What changed for me"),
    link=Voice(staff="What changed"),
    sections=(SINCE, BEFORE, CHANGED),
    searched=False,
)
RECORD = PageKind(
    name="record",
    path="{home}record/",
    title=Voice(staff="{name}'s record", student="My record"),
    link=Voice(staff="Record", student="My record"),
    sections=RECORD_SECTIONS,
)
DRAFT = PageKind(
    name="draft",
    path="{home}draft/",
    title=Voice(staff="{name}'s next plan"),
    link=Voice(staff="Next plan (draft)"),
    sections=PLAN_ORDER,
    draft_of=plan.PLAN,
)
WHO_CAN_SEE = PageKind(
    name="who-can-see",
    path="{home}who-can-see/",
    title=Voice(staff="Who can see {name}'s pages", student="Who can see my pages"),
    link=Voice(staff="Who can see this"),
    sections=(YOURS, NAMED, ROLES),
    lead=same_for_all,
)
#: The kinds that these pages are of; a page of any other is made from its schema alone.
WITH_PAGES = frozenset({STUDENT, PROFILE, plan.PLAN, MEETING})
PAGES = (OVERVIEW, PLAN, PROGRESS, MEETINGS, HISTORY, RECORD, DRAFT, WHO_CAN_SEE)


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
        page.path_of(reading): _fragment(
            page, shown, reading, links, templates, links_on(page.name, reading, documents)
        )
        for page, shown in pages
    }
    return StudentPages(fragments=fragments, documents=documents)


def pages_present(reading: Reading) -> Iterator[tuple[PageKind, tuple[Shown, ...]]]:
    """The pages that have at least one section for this projection; a box alone makes no page but the first."""
    for page in (*PAGES[:-1], *pages_of_own_kinds(reading, WITH_PAGES), PAGES[-1]):
        if page.draft_of and not reading.draft(page.draft_of):
            continue
        shown = sections_of(page, reading)
        if (page is OVERVIEW and shown) or not all(item.section.boxed for item in shown):
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
            "draft": bool(page.draft_of),
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
        names=f"{reading.full_name} {reading.known_as}" if page is OVERVIEW else "",
    )
