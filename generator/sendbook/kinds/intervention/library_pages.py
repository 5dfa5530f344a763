"""The provision library: what the campus offers, in plain words first, and the groups that run.

Handed in are library entries already reduced for a reader, and the names of the students whom that reader may see:
a member of a group without a name here is not shown, and not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment, Label
from sendbook.campus.words import how_often, pounds, quantity, short_day
from sendbook.campus.year_groups import year
from sendbook.kinds.intervention import INTERVENTION
from sendbook.pages.campus_page import CampusPage, CampusReading, Menu, Showing
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.linked import folded, with_place
from sendbook.pages.surroundings import Surroundings
from sendbook.pages.templates import Renders

Entry = Mapping[str, Any]
#: Where an entry is in students' records, and their names, by the entry's id.
Leading = Mapping[str, Sequence[tuple[str, str]]]
_NOBODY: Leading = {}
#: What the library is called at school, and what at home.
NAME_AT_SCHOOL, NAME_AT_HOME = "Provision library", "Kinds of extra help"
PATH = "/interventions/"


def library_pages_of(
    library: Sequence[Entry],
    names: Mapping[str, str],
    around: Surroundings,
    templates: Renders,
    called: str = NAME_AT_SCHOOL,
    leading: Leading = _NOBODY,
) -> dict[str, Fragment]:
    """The list of the library and a page for each entry, by path. ``names`` are students' names by id, ``called`` is
    what the library is called to its reader. ``leading`` are the students in whose records an entry is, by its id.
    """
    shown = sorted((entry for entry in library if "name" in entry), key=partial(_position, around))
    pages = {PATH: _list(shown, around, templates, called)}
    for entry in shown:
        pages[f"{PATH}{entry['id']}/"] = _page(entry, names, around, templates, called, leading.get(entry["id"], ()))
    return pages


def _position(around: Surroundings, entry: Entry) -> tuple[bool, str, str]:
    return entry["status"] == "retired", _said(around, "area", entry["area"]), entry["name"].casefold()


def _said(around: Surroundings, field: str, code: object) -> str:
    """A code of a library entry in the words of its field."""
    return around.said(f"intervention/{field}", code)


def _list(entries: Sequence[Entry], around: Surroundings, templates: Renders, called: str) -> Fragment:
    areas = [
        (
            f"area-{index}",
            title,
            [(entry["id"], entry["name"], entry["in_plain_words"], _tag(around, entry)) for entry in group],
        )
        for index, (title, group) in enumerate(groupby(entries, key=partial(_heading, around)))
    ]
    headings = [Heading(id=name, text=title) for name, title, _ in areas]
    values = {"title": called, "areas": areas}
    return _fragment(called, templates.render("own/library.html", values), headings, called)


def _heading(around: Surroundings, entry: Entry) -> str:
    field = "status" if entry["status"] == "retired" else "area"
    return _said(around, field, entry[field])


def _tag(around: Surroundings, entry: Entry) -> str | None:
    return _said(around, "status", entry["status"]) if entry["status"] == "trial" else None


def _page(
    entry: Entry,
    names: Mapping[str, str],
    around: Surroundings,
    templates: Renders,
    called: str,
    leading: Sequence[tuple[str, str]],
) -> Fragment:
    retired = entry["status"] == "retired"
    prose = [(title, entry[key]) for key, title in (_WHY_NOT if retired else _PROSE) if key in entry]
    groups = [_group(group, names, around) for group in entry.get("groups", ()) if around.running(group)]
    values = {
        "name": entry["name"],
        "plain": entry["in_plain_words"],
        "retired": retired,
        "about": "Why we stopped" if retired else "What it is",
        "said": list(_facts(entry, around)),
        "prose": prose,
        "groups": groups,
        "leading": folded(with_place(name, url) for url, name in leading),
    }
    headings = [Heading(id="facts", text="At a glance"), Heading(id="about", text=values["about"])]
    headings += [Heading(id="groups", text="Groups running now")] if groups else []
    headings += [Heading(id="in-records-of", text="In the records of")] if leading else []
    return _fragment(entry["name"], templates.render("own/intervention.html", values), headings, called)


_PROSE = (
    ("summary", "In more detail"),
    ("who_for", "Who it helps"),
    ("session", "A session"),
    ("training", "Training needed"),
)
#: Of something no longer used, nobody needs to know who it is for or how a session goes.
_WHY_NOT = (("summary", ""),)


def _facts(entry: Entry, around: Surroundings) -> Iterator[tuple[str, str]]:
    if entry["status"] != "retired":
        yield from _offered(entry, around)
    evidence = entry["evidence"]
    note = f". {evidence['note']}" if "note" in evidence else ""
    yield "Evidence", f"{_said(around, 'evidence/rating', evidence['rating'])}{note}"
    yield "Source", evidence["source"]
    if "reviewed_on" in entry:
        yield "Last reviewed", short_day(entry["reviewed_on"])


def _offered(entry: Entry, around: Surroundings) -> Iterator[tuple[str, str]]:
    """How much of it there is, for whom, and what it costs."""
    dose = entry["dose"]
    weeks = f", for {quantity(dose['weeks'], 'weeks')}" if "weeks" in dose else ""
    yield "Usual amount", how_often(dose["sessions_per_week"], dose["minutes"]) + weeks
    if "largest_group" in dose:
        yield "Largest group", f"{dose['largest_group']} student{'s' if dose['largest_group'] > 1 else ''}"
    if "first_year" in entry and "last_year" in entry:
        yield "For", f"{year(entry['first_year'])} to {year(entry['last_year'])}"
    yield "Kind of support", " · ".join(_said(around, field, entry[field]) for field in ("type", "wave"))
    measures = around.listed("measures")
    names = [measures[measure]["name"] for measure in entry.get("measures", ()) if measure in measures]
    if names:
        yield "Measured by", "; ".join(names)
    for key, label in (("licence_gbp", "Licence a year"), ("resources_gbp", "Materials a year")):
        if key in entry.get("costs", {}):
            yield label, pounds(entry["costs"][key])


def _group(group: Mapping[str, Any], names: Mapping[str, str], around: Surroundings) -> dict[str, Any]:
    members = [
        (member["student"], names[member["student"]])
        for member in group.get("members", ())
        if member["student"] in names and around.running(member)
    ]
    return {
        "name": group["name"],
        "led_by": around.name(group["led_by"]),
        "when": group["when"],
        "place": group.get("place"),
        "members": sorted(members, key=lambda member: member[1].casefold()),
    }


def _fragment(title: str, content: Markup, headings: Sequence[Heading], called: str) -> Fragment:
    return Fragment(
        title=str(Markup.escape(title)),
        contents=contents_list(headings),
        content=str(content),
        label=Label(kind=called),
    )


def _shown(reading: CampusReading) -> Showing:
    """The entries that a reader may see, with the members of their groups who have not left."""
    library = list(reading.all(INTERVENTION))
    seen = {student: one for student, one in reading.named.items() if not one.has_left}
    names = {student: seen[student].name for student in _members(library) if student in seen}
    called = NAME_AT_SCHOOL if reading.is_staff else NAME_AT_HOME
    leading = {
        record.data["id"]: reading.leading[record.id]
        for record in reading.records
        if record.kind == INTERVENTION and record.id in reading.leading
    }
    return Showing(
        pages=lambda making: dict(library_pages_of(library, names, reading.around, making.templates, called, leading)),
        made_of=[library, names, called, leading],
    )


def _members(library: Iterable[Entry]) -> list[str]:
    return sorted(
        {
            member["student"]
            for entry in library
            for group in entry.get("groups", ())
            for member in group.get("members", ())
        }
    )


PROVISION_LIBRARY: CampusPage[CampusReading] = CampusPage(
    kind=INTERVENTION,
    path=PATH,
    title=NAME_AT_SCHOOL,
    title_at_home=NAME_AT_HOME,
    menu=Menu.FIRST,
    shared=True,
    show=_shown,
    place=lambda _reading, record, _steps: f"{PATH}{record.data['id']}/",
)
