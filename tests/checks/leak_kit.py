"""Campuses with people who may not be named in public, and those of the example."""

from __future__ import annotations

from functools import cache

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.checks.finding import Finding
from sendbook.checks.leaks.identifiers import Identifiers, identifiers_of
from sendbook.checks.leaks.scan import leaks


def campus_of(*people: dict[str, object], place: dict[str, object] | None = None) -> Campus:
    """A campus with these people (those with ``born`` are students), made without files."""
    records = [_record("campus", "campus", place or {"name": "Hilltop School"})]
    for person in people:
        kind = "student" if "born" in person else "person"
        where = f"students/{person['id']}/student" if kind == "student" else f"people/{person['id']}"
        records.append(_record(kind, where, person))
    return Campus(records, registry())


def _record(kind: str, identity: str, data: dict[str, object]) -> Record:
    student = identity.split("/")[1] if kind == "student" else None
    return Record(id=identity, kind=kind, student=student, path=f"records/{identity}.yml", data=data, digest="")


def named(full: str, known_as: str = "", **more: object) -> dict[str, object]:
    return {"id": "p-0000", "name": {"full": full, "known_as": known_as or full.split()[0]}, **more}


def child(full: str, known_as: str = "", **more: object) -> dict[str, object]:
    return {**named(full, known_as), "id": "7Q4K", "born": "2013-05-27", **more}


def found(text: str, *people: dict[str, object], **more: object) -> list[Finding]:
    campus = campus_of(*people, **more)
    return list(leaks({"index.html": text.encode()}, identifiers_of(campus, {"p-named"})))


@cache
def registry() -> SchemaRegistry:
    return SchemaRegistry.load(schemas())


@cache
def example_campus() -> Campus:
    return CampusFolder(example(), registry()).load().campus


@cache
def example_identifiers() -> Identifiers:
    return identifiers_of(example_campus(), contacts(example_campus()))


def contacts(campus: Campus) -> set[str]:
    place = campus.get("campus")
    assert place is not None
    return set(place.data["contacts"].values())
