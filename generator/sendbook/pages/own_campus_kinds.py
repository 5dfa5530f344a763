"""A page for each kind of the campus's own records that a campus has added, made from its schema alone.

All records of the kind that a reader sees are on one page, as a student's are (`own_kinds.py`). A reader who sees
nothing of any of them has neither the page nor a link to it. An entry about a student is there only for those who see
the part of that student's records that the schema names: the records handed in have been cut down already.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment, Label
from sendbook.campus.schemas import Kind
from sendbook.pages.campus_page import CampusPage, CampusReading, Making, Pages, Showing
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.own_kinds import Group, OwnRecord, called_in, group_of, newest_first, slug


def pages_of_campus_kinds(kinds: Iterable[Kind]) -> tuple[CampusPage[CampusReading], ...]:
    """Makes a page for each of these kinds, which are about no student."""
    return tuple(
        CampusPage(kind=kind.name, path=path_of_campus_kind(kind.name), title=kind.title, show=partial(_shown, kind))
        for kind in kinds
    )


def path_of_campus_kind(kind: str) -> str:
    """Where the page of a kind is: in a folder of its own, so that no kind can take the place of a page of ours."""
    return f"/records/{slug(kind)}/"


def _shown(kind: Kind, reading: CampusReading) -> Showing | None:
    own = [OwnRecord(kind=kind, path=one.id, data=one.data) for one in reading.records if one.kind == kind.name]
    records = [(one, group) for one in newest_first(own) if not (group := group_of(reading, one)).is_empty]
    # The oldest record's number is 1, so that a new record changes the address of none.
    sections = [(f"record-{len(records) - at}", called_in(reading, one), of) for at, (one, of) in enumerate(records)]
    return Showing(pages=partial(_page, kind, sections)) if sections else None


def _page(kind: Kind, sections: list[tuple[str, str, Group]], making: Making) -> Pages:
    path = path_of_campus_kind(kind.name)
    content = making.templates.render("own/records.html", {"title": kind.title, "records": sections})
    page = Fragment(
        title=str(Markup.escape(kind.title)),
        nav=making.nav(path),
        contents=contents_list([Heading(id=name, text=title) for name, title, _ in sections]),
        content=str(content),
        label=Label(kind="Campus"),
    )
    return {path: page}
