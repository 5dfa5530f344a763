"""Says what links to a record, and to the entries of its lists: by name and with its place, as far as a reader sees it.

Pages made from a schema say so under each record, pages of shipped kinds in a section of their own, from the same
links. Papers don't: nobody can follow a link there, and a copy that goes from hand to hand would say that there is a
report, or a visit, to people who are only meant to have the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from sendbook.campus.link import Link
from sendbook.campus.links import Reference, Target
from sendbook.campus.records import Record
from sendbook.campus.words import sentence
from sendbook.pages.linked import BackLinks, folded, record_in, with_place
from sendbook.pages.own_kinds import Knows, OwnRecord, Place, named_on_pages
from sendbook.pages.reading import Reading, StudentRecord
from sendbook.pages.sections import Part, Section, Voice


def linked_from(reading: Knows, record: OwnRecord, where: Place) -> BackLinks | None:
    """Returns the records that link to one, or to its entries, by name, as far as these readers see them."""
    said = dict[str, None]()
    for one, target in _into(reading, record_in(reading.whose, record.kind, record.path, record.data)):
        entry = named_on_pages(reading, target) if target.pointer else ""
        name = f"{_name_of(reading, one)} ({entry})" if entry else _name_of(reading, one)
        said[with_place(name, where(_source(one)))] = None
    return folded(said)


def linked_from_section(kind: str, *also: Part) -> Section:
    """Returns the section that says what links to the records of a kind which are on a page, entry by entry.

    ``also`` are the parts that the shipped kinds link to, and link from.
    """
    return Section(
        name=f"linked-{kind}",
        title=Voice(staff="Mentioned in"),
        template="sections/linked_from.html",
        show=partial(_shown, kind),
        also=also,
    )


def _shown(kind: str, reading: Reading) -> Mapping[str, Any] | None:
    if not _may_be_linked(kind, reading):
        return None
    drafts = kind == reading.drafted
    records = (one for one in reading.records.get(kind, ()) if one.is_draft == drafts)
    said = [line for record in records for line in _lines(record, reading)]
    return {"said": folded(said)} if said else None


def _may_be_linked(kind: str, reading: Reading) -> bool:
    """Whether a record at hand is of a kind that links to this one; most students have none, and nothing is asked."""
    kinds = reading.around.kinds
    leading = (name for name in reading.records if name != kind and name in kinds)
    return any(one.link.kind == kind for name in leading for one in kinds[name].links) or bool(
        reading.around.links.into(reading.id)
    )


def _lines(record: StudentRecord, reading: Reading) -> Iterator[str]:
    """A line for each entry that something links to, in the order of the record; the record itself comes first."""
    found: dict[str, tuple[Target, dict[str, None]]] = {}
    for one, target in _into(reading, record_in(reading.id, record.kind, record.path, record.data)):
        sources = found.setdefault(target.pointer, (target, {}))[1]
        sources[with_place(_name_of(reading, one), reading.place(_source(one)))] = None
    for pointer in sorted(found, key=partial(_position, list(record.data))):
        target, sources = found[pointer]
        name = named_on_pages(reading, target).removesuffix(".") or sentence(reading.links.unseen(_link_to(target)))
        yield Markup("{}: {}").format(with_place(name, reading.place(target)), Markup("; ").join(sources))


def _position(fields: list[str], pointer: str) -> tuple[int, str, int]:
    steps, _, number = pointer[1:].rpartition("/")
    return (fields.index(steps.partition("/")[0]), steps, int(number)) if steps else (-1, "", 0)


def _into(reading: Knows, record: Record) -> Iterator[tuple[Reference, Target]]:
    """The links from other records to one, and to its entries."""
    return ((one, target) for one, target in reading.links.into_record(record.id) if one.record.id != record.id)


def _source(one: Reference) -> Target:
    """The record that a link is written in."""
    return Target(id="", kind=one.kind, record=one.record, node=one.kind.root, data=one.record.data)


def _name_of(reading: Knows, one: Reference) -> str:
    return named_on_pages(reading, _source(one))


def _link_to(target: Target) -> Link:
    return Link(kind=target.kind.name, steps=tuple(target.pointer[1:].split("/")[:-1]))
