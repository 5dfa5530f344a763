"""Records of a kind that a campus has added on paper: what their page says, from the schema alone.

What is not for the family is printed for nobody, as on the plan: paper goes from hand to hand. Fields that are folded
away on the page are printed, for nobody can open them on paper. Tables that a kind puts before its records come first
on paper too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from sendbook.campus.schemas import Kind
from sendbook.campus.typed_text import pieces
from sendbook.documents.kinds import DocumentKind
from sendbook.pages.campus_page import CampusReading
from sendbook.pages.own_kinds import Group, Knows, OwnRecord, called_in, day_of, group_of, newest_first, slug
from sendbook.pages.papers import copy_line, sealed, whose_line
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Paper, Section, Voice, shown_of

#: The template of the sections that can be put before the records: what it shows can be printed as it is.
TABLE = "sections/table.html"
LINK = "Print or save this page as PDF"


def own_paper(kind: DocumentKind, folder: str, heading: Voice, records: Sequence[OwnRecord]) -> Paper:
    """The paper of a page, next to it, with the records that the page has."""
    return Paper(kind=kind, folder=folder, link=LINK, data=partial(_data, kind, heading, tuple(records)))


def campus_document(kind: Kind) -> DocumentKind:
    """The kind of document that the campus's own records of a kind are printed as, all of them together."""
    title = kind.traits.plural or kind.title
    return DocumentKind(name=slug(kind.name), title=title, private=True, of_campus=True, template="record")


def campus_print_data(kind: Kind, reading: CampusReading) -> bytes | None:
    """The print data of all records of a kind that are no student's, as one reader sees them; None for nothing."""
    own = [OwnRecord(kind=kind, path=one.id, data=one.data) for one in reading.records if one.kind == kind.name]
    records = newest_first(own)
    shown = _printed(reading, records)
    if not shown:
        return None
    document = campus_document(kind)
    said = {
        "heading": document.title,
        "lead": reading.around.campus.get("name", ""),
        "copy": copy_line(reading.manner),
        "draft": False,
        "first": [],
        "records": shown,
    }
    return sealed(document, "", said, filter(None, map(day_of, records)))


def _printed(reading: Knows, records: Sequence[OwnRecord]) -> list[dict[str, Any]]:
    """What is printed of each record, under what it is called; nothing of those that say nothing to these readers."""
    groups = [(called_in(reading, one), printed_group(group_of(reading, one))) for one in records]
    return [{"title": title, "group": group} for title, group in groups if group is not None]


def _data(
    kind: DocumentKind, heading: Voice, records: tuple[OwnRecord, ...], reading: Reading, sections: tuple[Section, ...]
) -> bytes | None:
    shown = _printed(reading, records)
    if not shown:
        return None
    draft = kind.is_of_draft
    said = {
        "heading": heading.to(reading),
        "lead": whose_line(reading),
        "copy": copy_line(reading.manner, draft=draft),
        "draft": draft,
        "first": list(_tables(sections, reading)),
        "records": shown,
    }
    # What is only being drafted is of no day yet.
    return sealed(kind, reading.id, said, () if draft else filter(None, map(day_of, records)))


def _tables(sections: tuple[Section, ...], reading: Reading) -> Iterator[dict[str, Any]]:
    """What comes before the records on the page: tables, or the sentence that there is nothing yet."""
    for shown in shown_of(tuple(one for one in sections if one.template == TABLE), reading):
        if shown.values is None:
            said = shown.section.empty.to(reading) if shown.section.empty else ""
            yield {"title": shown.title, "said": said, "columns": [], "rows": []}
        else:
            rows = [[_plain(cell) for cell in row] for row in shown.values["rows"]]
            yield {"title": shown.title, "said": "", "columns": list(shown.values["columns"]), "rows": rows}


def _plain(cell: object) -> str:
    """A cell as text: what is a link on screen is its words on paper, and lines are parted by a semicolon."""
    return cell.replace("<br>", "; ").striptags() if isinstance(cell, Markup) else str(cell)


def printed_group(group: Group) -> dict[str, Any] | None:
    """A group as plain data, without what is not for the family; None where that leaves nothing."""
    if group.mark:
        return None
    items = [said for one in group.items if (said := printed_group(one)) is not None]
    groups = [{"title": one.title, "group": said} for one in group.groups if (said := printed_group(one)) is not None]
    details = printed_group(group.details) if group.details is not None else None
    if not (group.facts or group.texts or group.lists or items or groups or details):
        return None
    return {
        "facts": [list(pair) for pair in group.facts],
        "texts": [[title, pieces(text)] for title, text in group.texts],
        "lists": [[title, list(texts)] for title, texts in group.lists],
        "items": items,
        "groups": groups,
        "details": details,
    }
