"""The lists of students that those who work here have: all students, the SEN register, and the class sheets.

Each is joined from the facts of the reader's own projections. A list without anyone in it has a page, which says whom
to ask, and no link.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import Any

from sendbook.bundle.fragment import Fragment
from sendbook.campus.foundation import STUDENT
from sendbook.campus.words import listed, long_day
from sendbook.campus.year_groups import year, year_position
from sendbook.kinds.profile import PROFILE
from sendbook.kinds.profile.profile_sections import ALL_LESSONS
from sendbook.pages.campus_page import CampusPage, Making, Menu, Pages, Showing
from sendbook.pages.contents import Heading
from sendbook.pages.templates import Renders
from sendbook.site.build.correction import home_of
from sendbook.site.readers.own_fragment import own_fragment, paper_head
from sendbook.site.readers.reader_relations import Desk, Facts
from sendbook.site.readers.rows import by_year, join_rows, on_register

_STUDENTS, _REGISTER, _SHEETS = "/students/", "/register/", "/groups/"


def _students(desk: Desk) -> Showing:
    return Showing(
        pages=lambda making: {_STUDENTS: _list(desk, making)},
        linked=bool(desk.at_work or desk.leavers),
    )


def _list(desk: Desk, making: Making) -> Fragment:
    years = by_year(desk.at_work, making.templates)
    left = join_rows(desk.leavers, "students", making.templates)
    content = making.templates.render(
        "own/students.html",
        {"corrected": desk.reader.corrected, "years": years, "left": left, "leavers": len(desk.leavers)},
    )
    headings = [Heading(id=name, text=title) for name, title, _ in years]
    headings += [Heading(id="left", text="Students who have left")] if desk.leavers else []
    return own_fragment("Students", content, headings, making.nav(_STUDENTS), paper_head(desk))


def _register(desk: Desk) -> Showing:
    return Showing(
        pages=lambda making: {_REGISTER: _register_page(desk, making)},
        linked=any(on_register(one) for one in desk.here),
    )


def _register_page(desk: Desk, making: Making) -> Fragment:
    values = {"rows": join_rows(desk.here, "register", making.templates), "corrected": desk.reader.corrected}
    content = making.templates.render("own/register.html", values)
    return own_fragment("SEN register", content, [], making.nav(_REGISTER), paper_head(desk))


def _sheets(desk: Desk) -> Showing:
    return Showing(pages=partial(_groups_and_sheets, desk), linked=bool(desk.groups))


def _groups_and_sheets(desk: Desk, making: Making) -> Pages:
    """The list of the classes, and a sheet for each; one that is there already as it would be made stays."""
    pages: Pages = {_SHEETS: _groups(desk, making)}
    for group in desk.groups:
        path = f"{_SHEETS}{group['id']}/"
        made_of = chain((making.links,), (one["digest"] for one in desk.in_group(group["id"])))
        unchanged = making.is_unchanged(path, made_of)
        pages[path] = None if unchanged else _sheet(desk, group, making.templates, making.nav(""))
    return pages


def _groups(desk: Desk, making: Making) -> Fragment:
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
    content = making.templates.render("own/groups.html", {"rows": rows})
    return own_fragment("Class sheets", content, [], making.nav(""))


def _years(group: Mapping[str, Any]) -> str:
    return listed([year(code) for code in group["year_groups"]])


def _sheet(desk: Desk, group: Mapping[str, Any], templates: Renders, nav: str) -> Fragment:
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
            "today": long_day(today),
            "missing": [(one, home_of(one)) for one in desk.missing_in(group["id"])],
        },
    )
    return own_fragment(group["name"], content, [], nav)


def _sheet_entry(one: Facts, subject: str) -> dict[str, Any]:
    advice = one[PROFILE]["advice"]
    lessons = [*advice.get(subject, ()), *(advice.get(ALL_LESSONS, ()) if subject != ALL_LESSONS else ())]
    return {
        "id": one["id"].lower(),
        "path": one["path"],
        "name": one["full_name"],
        "emergency": one[STUDENT]["emergency"],
        "help": one[PROFILE]["help"],
        "avoid": one[PROFILE]["avoid"],
        "lessons": lessons,
    }


STUDENT_LISTS: tuple[CampusPage[Desk], ...] = (
    CampusPage(kind=STUDENT, path=_STUDENTS, title="Students", menu=Menu.FIRST, for_staff=True, show=_students),
    CampusPage(kind=STUDENT, path=_REGISTER, title="SEN register", menu=Menu.FIRST, for_staff=True, show=_register),
    CampusPage(kind=STUDENT, path=_SHEETS, title="Class sheets", menu=Menu.FIRST, for_staff=True, show=_sheets),
)
