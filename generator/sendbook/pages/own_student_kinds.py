"""Pages and papers for each kind of a student's records that a campus has added, made from its schema alone.

All records of the kind that a reader sees are on one page. Those that are being drafted, where the schema has a place
for drafts, are on a page of their own. Each page can be printed, and says on paper what it says on screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from sendbook.campus.links import Target
from sendbook.campus.schemas import Kind
from sendbook.campus.words import lowered
from sendbook.documents.kinds import OF_DRAFT, DocumentKind
from sendbook.pages.linked import path_in
from sendbook.pages.linked_from import linked_from
from sendbook.pages.own_kinds import OwnRecord, called_in, group_of, newest_first, slug
from sendbook.pages.own_papers import own_paper
from sendbook.pages.reading import DRAFTS, Reading, StudentRecord, Where
from sendbook.pages.sections import PageKind, Section, Voice


def pages_of_own_kinds(
    reading: Reading,
    with_pages: Collection[str] = (),
    first: Mapping[str, tuple[Section, ...]] = MappingProxyType({}),
    where: Where | None = None,
) -> Iterator[PageKind]:
    """A page for each kind of which the projection holds a record, in the order of the kinds, then by title.

    ``with_pages`` names the kinds that have pages made for them; these have none here. ``first`` are sections that come
    before the records in force, by kind. ``where`` says where on the student's pages a link leads: without it, to the
    pages that are made here.
    """
    kinds = (reading.around.kinds[name] for name in reading.records if name not in with_pages)
    for kind in sorted(kinds, key=lambda one: (one.traits.order, one.title)):
        for draft in (False, True):
            records = _of_page(reading, kind, draft=draft)
            if records:
                sections = [
                    _section(reading, one, len(records) - later, where or place_of_target)
                    for later, one in enumerate(records)
                ]
                before = () if draft else first.get(kind.name, ())
                yield _page(kind, records, (*before, *sections), draft=draft)


def _page(kind: Kind, records: list[OwnRecord], sections: tuple[Section, ...], *, draft: bool) -> PageKind:
    called = kind.titled(len(records))
    said = f"{called} (draft)" if draft else called
    title = Voice(staff=f"{said}: {{name}}", student=said)
    path = path_of_kind(kind.name, draft=draft)
    return PageKind(
        name=f"{slug(kind.name)}-draft" if draft else slug(kind.name),
        path=path,
        title=title,
        link=Voice(staff=said),
        sections=sections,
        draft_of=kind.name if draft else "",
        called=lowered(kind.title),
        papers=(own_paper(document_of(kind, draft=draft), path, title, records),),
    )


def documents_of_own_kinds(kinds: Iterable[Kind]) -> dict[str, DocumentKind]:
    """The kinds of document that these kinds of record can be printed as, by name."""
    made = (document_of(kind, draft=draft) for kind in kinds for draft in (False, True) if not draft or _drafts(kind))
    return {document.name: document for document in made}


def document_of(kind: Kind, *, draft: bool) -> DocumentKind:
    """The kind of document that records of a kind are printed as; of a draft, the place it is in if there is one."""
    name, single = slug(kind.name), [path for path in _drafts(kind) if "{id}" not in path]
    if not draft:
        return DocumentKind(name=name, title=kind.title, private=True, template="record")
    place = single[0].removeprefix("students/{student}/").removesuffix(".yml") if single else f"{DRAFTS}{name}"
    return DocumentKind(
        name=f"{OF_DRAFT}{name}", title=f"Draft {lowered(kind.title)}", private=True, template="record", record=place
    )


def _drafts(kind: Kind) -> list[str]:
    """The places that a schema has for what is being drafted."""
    return [path for path in kind.paths if path.startswith(f"students/{{student}}/{DRAFTS}")]


def own_record(reading: Reading, record: StudentRecord) -> OwnRecord:
    """The same record, with all that its schema says of it."""
    return OwnRecord(kind=reading.around.kinds[record.kind], path=record.path, data=record.data)


def _of_page(reading: Reading, kind: Kind, *, draft: bool) -> list[OwnRecord]:
    """The records that are on one page, in its order."""
    found = (one for one in reading.records.get(kind.name, ()) if one.is_draft == draft)
    return newest_first([own_record(reading, one) for one in found])


def path_of_kind(kind: str, *, draft: bool = False) -> str:
    """Where the page of a kind is: in a folder of its own, so that no kind can take the place of a page of ours."""
    return f"{{home}}more/{slug(kind)}/{DRAFTS if draft else ''}"


def place_of_record(reading: Reading, record: OwnRecord) -> str:
    """Returns the address of a record on the page of its kind."""
    draft = record.path.startswith(DRAFTS)
    records = _of_page(reading, record.kind, draft=draft)
    page = path_of_kind(record.kind.name, draft=draft).format(home=reading.home)
    return f"{page}#record-{len(records) - records.index(record)}"


def place_of_target(reading: Reading, target: Target) -> str:
    """Returns the address of what a link leads to, where that is on the page of its kind; "" for all else."""
    path = path_in(reading.id, target)
    if not path:
        return ""
    return place_of_record(reading, OwnRecord(kind=target.kind, path=path, data=target.record.data))


def _section(reading: Reading, record: OwnRecord, number: int, where: Where) -> Section:
    """Its address on the page is a number, the oldest record's 1: the file's name may be a day they do not see."""
    return Section(
        name=f"record-{number}",
        title=Voice(staff=called_in(reading, record)),
        template="sections/own_kind.html",
        show=partial(_shown, record=record, where=where),
    )


def _shown(reading: Reading, record: OwnRecord, where: Where) -> Mapping[str, Any] | None:
    there = partial(where, reading)
    group = group_of(reading, record, there)
    return None if group.is_empty else {"group": group, "linked_from": linked_from(reading, record, there)}
