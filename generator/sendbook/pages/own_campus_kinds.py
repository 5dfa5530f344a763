"""A page for each kind of the campus's own records that a campus has added, made from its schema alone.

All records of the kind that a reader sees are on one page, as a student's are (`own_kinds.py`). A reader who sees
nothing of any of them has neither the page nor a link to it. An entry about a student is there only for those who see
the part of that student's records that the schema names: the records handed in have been cut down already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment, Label, PrintData
from sendbook.campus.links import Target
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.pages.campus_page import CampusPage, CampusReading, Making, Pages, Showing
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.linked import BackLinks
from sendbook.pages.linked_from import linked_from
from sendbook.pages.own_kinds import Group, OwnRecord, called_in, group_of, newest_first, slug
from sendbook.pages.own_papers import LINK, campus_document, campus_print_data


def pages_of_campus_kinds(kinds: Iterable[Kind]) -> tuple[CampusPage[CampusReading], ...]:
    """Makes a page for each of these kinds, which are about no student."""
    kinds = tuple(kinds)
    with_page = frozenset(kind.name for kind in kinds)
    return tuple(
        CampusPage(
            kind=kind.name,
            path=path_of_campus_kind(kind.name),
            title=kind.traits.plural or kind.title,
            show=partial(_shown, kind, with_page),
            place=partial(_place_of, kind),
        )
        for kind in kinds
    )


def path_of_campus_kind(kind: str) -> str:
    """Where the page of a kind is: in a folder of its own, so that no kind can take the place of a page of ours."""
    return f"/records/{slug(kind)}/"


def _shown(kind: Kind, with_page: Collection[str], reading: CampusReading) -> Showing | None:
    where = partial(_place, with_page, reading)
    sections = [
        (name, called_in(reading, one), group_of(reading, one, where), linked_from(reading, one, where))
        for name, one in _numbered(kind, reading)
    ]
    return Showing(pages=partial(_pages, kind, sections, campus_print_data(kind, reading))) if sections else None


def _numbered(kind: Kind, reading: CampusReading) -> list[tuple[str, OwnRecord]]:
    """The records that say something to the reader, the newest first, each with its address on the page."""
    own = [OwnRecord(kind=kind, path=one.id, data=one.data) for one in reading.records if one.kind == kind.name]
    records = [one for one in newest_first(own) if not group_of(reading, one).is_empty]
    # The oldest record's number is 1, so that a new record changes the address of none.
    return [(f"record-{len(records) - at}", one) for at, one in enumerate(records)]


def _place(with_page: Collection[str], reading: CampusReading, target: Target) -> str:
    """The address of what a link leads to, where that is on the page of its kind; "" for all else."""
    return _place_of(target.kind, reading, target.record) if target.kind.name in with_page else ""


def _place_of(kind: Kind, reading: CampusReading, record: Record, _steps: Sequence[str | int] = ()) -> str:
    """The address of a record on the page of its kind; "" if it says nothing to the reader."""
    there = (name for name, one in _numbered(kind, reading) if one.path == record.id)
    return next((f"{path_of_campus_kind(kind.name)}#{name}" for name in there), "")


def _pages(
    kind: Kind, sections: list[tuple[str, str, Group, BackLinks | None]], printed: bytes | None, making: Making
) -> Pages:
    """The page, and next to it what is printed of it."""
    path, title = path_of_campus_kind(kind.name), kind.traits.plural or kind.title
    paper = f"{path}{campus_document(kind).file_name('')}"
    prints = [(paper, LINK)] if printed is not None else []
    content = making.templates.render("own/records.html", {"title": title, "prints": prints, "records": sections})
    page = Fragment(
        title=str(Markup.escape(title)),
        nav=making.nav(path),
        contents=contents_list([Heading(id=name, text=title) for name, title, *_ in sections]),
        content=str(content),
        label=Label(kind="Campus"),
    )
    return {path: page, **({paper: PrintData(content=printed)} if printed is not None else {})}
