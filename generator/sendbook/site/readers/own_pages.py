"""A reader's own pages: home, lists, class sheets, and whom to ask; made from facts for one day.

This is the only place where a day makes a page: what is late today was not yesterday. Everything is joined from the
facts of the reader's own projections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment, Label
from sendbook.campus.digests import digest_of
from sendbook.campus.terms import Terms
from sendbook.campus.words import day, listed
from sendbook.campus.year_groups import year, year_position
from sendbook.checks.texts.forms import TITLES
from sendbook.kinds.figures.figure_pages import PATH as FIGURES
from sendbook.kinds.figures.figure_pages import figures_page
from sendbook.kinds.intervention.library_pages import NAME_AT_HOME, NAME_AT_SCHOOL
from sendbook.kinds.paper import PRIVATE
from sendbook.kinds.profile.profile_sections import ALL_LESSONS
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.drawer import NavLink, nav_section
from sendbook.pages.surroundings import Colleague, Surroundings
from sendbook.pages.templates import Renders
from sendbook.site.build.correction import home_of
from sendbook.site.readers.home_blocks import Block, blocks_of
from sendbook.site.readers.rows import by_year, in_order, join_rows
from sendbook.site.readers.ties import Desk, Facts, OwnReader

__all__ = ["FAMILY_LINKS", "OwnReader", "OwnSite", "own_site_of"]

_HOME = NavLink(title="Home", url="/")
_STUDENTS = NavLink(title="Students", url="/students/")
_REGISTER = NavLink(title="SEN register", url="/register/")
_SHEETS = NavLink(title="Class sheets", url="/groups/")
_LIBRARY = NavLink(title=NAME_AT_SCHOOL, url="/interventions/")
_EVERYBODY = (
    NavLink(title="Who to ask", url="/people/"),
    NavLink(title="Search", url="/search"),
)
#: What is first in a family's drawer.
FAMILY_LINKS = (_HOME, NavLink(title=NAME_AT_HOME, url="/interventions/"), *_EVERYBODY)


#: Whether the page under a path stands already, made of just this.
Stands = Callable[[str, Iterable[bytes]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSite:
    """What is one reader's alone: pages by path (None for one that stands already as it would be made), and the links
    that stand first in their drawer.
    """

    pages: dict[str, Fragment | None]
    links: tuple[NavLink, ...]


def own_site_of(
    reader: OwnReader,
    students: Sequence[Facts],
    around: Surroundings,
    templates: Renders,
    *,
    on: date,
    terms: Terms,
    releases: Sequence[Mapping[str, Any]] = (),
    more: Mapping[str, Callable[[str], Fragment]] = MappingProxyType({}),
    stands: Stands = lambda _path, _made_of: False,
) -> OwnSite:
    """What is this reader's alone. ``students`` are the facts of the projections in their scope, ``releases`` the
    released figures they may see; ``more`` makes the pages that the reader ``keeps``, each from the drawer's links.
    ``stands`` says of a path, and of the digests of what its page would be made of (the shared records and the day
    aside), whether the page is there already.

    A list without anyone in it has a page, which says whom to ask, and no link.
    """
    desk = Desk(reader=reader, students=in_order(students), around=around, on=on, releases=releases)
    beside = digest_of([_nav(desk), [[one.student, one.classes] for one in reader.corrected]]).encode()
    term = terms.term_on(on) or terms.next_term_after(on)
    pages: dict[str, Fragment | None] = {
        "/": _home(desk, templates, term.end.isoformat() if term else on.isoformat()),
        "/people/": None if stands("/people/", (beside,)) else _people(desk, templates),
    }
    if releases:
        pages[FIGURES] = figures_page(releases, around, templates, _nav(desk, FIGURES))
    pages |= {path: make(_nav(desk, path)) for path, make in more.items()}
    if not reader.is_staff:
        return OwnSite(pages=pages, links=FAMILY_LINKS)
    register = join_rows(desk.here, "register", templates)
    pages["/students/"] = _students(desk, templates)
    pages["/register/"] = _register(desk, register, templates)
    pages["/groups/"] = _groups(desk, templates)
    for group in desk.groups:
        path = f"/groups/{group['id']}/"
        made_of = chain((beside,), (one["digest"] for one in desk.in_group(group["id"])))
        pages[path] = None if stands(path, made_of) else _sheet(desk, group, templates)
    lists = ((_STUDENTS, desk.at_work or desk.leavers), (_REGISTER, register), (_SHEETS, desk.groups))
    return OwnSite(pages=pages, links=(_HOME, *(link for link, held in lists if held), _LIBRARY, *_EVERYBODY))


def _home(desk: Desk, templates: Renders, last_of_term: str) -> Fragment:
    blocks = blocks_of(desk, last_of_term)
    title = f"Hello, {greeted(desk.reader.name)}" if desk.reader.name else "Hello"
    shown = [(block.name, block.title, _inside(block, templates)) for block in blocks]
    values = {"title": title, "today": day(desk.on.isoformat()), "blocks": shown, "keeps": desk.reader.keeps}
    content = templates.render("own/home.html", values)
    headings = [Heading(id=block.name, text=block.title) for block in blocks]
    return _fragment("Home", content, headings, _nav(desk), _paper(desk))


def greeted(name: str) -> str:
    """What somebody is called to their face: by title and surname where they go by these, else by first name."""
    first = name.split()[0]
    return name if first.rstrip(".").casefold() in _TITLES else first


def _paper(desk: Desk) -> str:
    """What every printed sheet of a page with several students on it says."""
    return " · ".join(
        filter(None, (PRIVATE, desk.reader.name and f"printed for {desk.reader.name}", day(desk.on.isoformat())))
    )


def _inside(block: Block, templates: Renders) -> Markup:
    return templates.render(block.template, block.values)


def _nav(desk: Desk, current: str = "") -> str:
    """A family's way to each child's pages; a teacher's to the class sheets."""
    children = [NavLink(title=f"{child['name']}'s pages", url=child["path"]) for child in desk.children]
    mine = [NavLink(title="About me", url=desk.myself["path"])] if desk.myself else []
    figures = [NavLink(title="Released figures", url=FIGURES)] if desk.releases else []
    groups = [
        NavLink(title=group["name"], url=f"/groups/{group['id']}/")
        for group in desk.taught_groups
        if desk.in_group(group["id"]) or desk.missing_in(group["id"])
    ]
    campus = [*figures, *desk.reader.keeps]
    sections = (("My pages", mine), ("My family", children), ("My classes", groups), ("Campus", campus))
    return "".join(nav_section(title, links, current=current, kind="own") for title, links in sections if links)


def _students(desk: Desk, templates: Renders) -> Fragment:
    years = by_year(desk.at_work, templates)
    left = join_rows(desk.leavers, "students", templates)
    content = templates.render(
        "own/students.html",
        {"corrected": desk.reader.corrected, "years": years, "left": left, "leavers": len(desk.leavers)},
    )
    headings = [Heading(id=name, text=title) for name, title, _ in years]
    headings += [Heading(id="left", text="Students who have left")] if desk.leavers else []
    return _fragment("Students", content, headings, _nav(desk), _paper(desk))


def _register(desk: Desk, rows: Markup, templates: Renders) -> Fragment:
    content = templates.render("own/register.html", {"rows": rows, "corrected": desk.reader.corrected})
    return _fragment("SEN register", content, [], _nav(desk), _paper(desk))


def _groups(desk: Desk, templates: Renders) -> Fragment:
    shown = sorted(desk.groups, key=lambda group: (year_position(group["year_groups"][0]), group["name"]))
    rows = [
        (
            group["id"],
            group["name"],
            group["subject"],
            _years(group),
            len(desk.in_group(group["id"])),
            len(desk.missing_in(group["id"])),
        )
        for group in shown
    ]
    return _fragment("Class sheets", templates.render("own/groups.html", {"rows": rows}), [], _nav(desk))


def _years(group: Mapping[str, Any]) -> str:
    return listed([year(code) for code in group["year_groups"]])


def _sheet(desk: Desk, group: Mapping[str, Any], templates: Renders) -> Fragment:
    """One sheet per class: each student with what helps, and what to do in this subject."""
    today = desk.on.isoformat()
    teachers = [
        desk.around.name(post["person"])
        for post in group["teachers"]
        if post["from"] <= today <= str(post.get("until") or "9999")
    ]
    content = templates.render(
        "own/sheet.html",
        {
            "name": group["name"],
            "lead": " · ".join(filter(None, (group["subject"], _years(group), listed(teachers)))),
            "students": [_sheet_entry(one, group["subject"]) for one in desk.in_group(group["id"])],
            "today": day(today),
            "missing": [(one, home_of(one)) for one in desk.missing_in(group["id"])],
        },
    )
    return _fragment(group["name"], content, [], _nav(desk))


def _sheet_entry(one: Facts, subject: str) -> dict[str, Any]:
    advice = one["advice"]
    lessons = [*advice.get(subject, ()), *(advice.get(ALL_LESSONS, ()) if subject != ALL_LESSONS else ())]
    return {
        "id": one["id"].lower(),
        "path": one["path"],
        "name": one["full_name"],
        "emergency": one["emergency"],
        "help": one["help"],
        "avoid": one["avoid"],
        "lessons": lessons,
    }


def _people(desk: Desk, templates: Renders) -> Fragment:
    """Who to ask: the people named for a duty first, then all other staff by surname; nobody who left."""
    around, today = desk.around, desk.on.isoformat()
    here = [person for person in around.staff.values() if not person.left_on or person.left_on >= today]
    first = [(title, around.contact(duty)) for duty, title in _DUTIES]
    named = [(title, person) for title, person in first if person in here]
    known = {person.id for _, person in named}
    others = [_told_apart(person, here, desk.reader) for person in here if person.id not in known]
    office = around.campus.get("office", {})
    values = {
        "named": named,
        "others": others,
        "office": [(label, office[key]) for key, label in _OFFICE if key in office],
    }
    headings = [Heading(id="first", text="Ask first"), Heading(id="all", text="Everyone else, by surname")]
    page = _fragment("Who to ask", templates.render("own/people.html", values), headings, _nav(desk))
    return replace(page, search=None, label=Label(kind="Campus"))  # colleagues are on no other page


def _told_apart(person: Colleague, here: Sequence[Colleague], reader: OwnReader) -> Colleague:
    """By the full name, where a colleague or the reader goes by the same one."""
    namesakes = [other for other in here if other.name == person.name and other.id != person.id]
    same = bool(namesakes) or (person.name == reader.name and person.id != reader.id)
    return replace(person, name=person.full_name) if same else person


_TITLES = TITLES | {"mme", "mlle", "sr", "sra", "herr", "frau", "fr", "sister", "father", "imam", "rabbi"}
_DUTIES = (
    ("senco", "Anything about support, plans and needs"),
    ("dsl", "A worry about a child's safety"),
    ("principal", "The campus as a whole"),
    ("exams_officer", "Tests and exams"),
    ("dpo", "What we hold about you, and who can see it"),
    ("regional_senco", "Support across the region"),
)
_OFFICE = (("phone", "Telephone"), ("email", "E-mail"), ("address", "Address"))


def _fragment(title: str, content: Markup, headings: Sequence[Heading], nav: str, paper: str = "") -> Fragment:
    """A page; ``paper`` is what every sheet of it says when it is printed, "" where the page has a head of its own."""
    head = Markup('<div class="sb-paper">\n<div class="sb-paper__head" data-paper="{}"></div>\n').format(paper)
    return Fragment(
        title=str(Markup.escape(title)),
        nav=nav,
        contents=contents_list(headings),
        content=f'{head}<div class="sb-paper__body">\n{content}</div>\n</div>\n' if paper else str(content),
        search="",  # these pages only repeat what is on the students' own
    )
