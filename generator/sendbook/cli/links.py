"""``sendbook links``: what links to a record, asked before somebody or something is taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from sendbook.campus.links import Links, Reference
from sendbook.campus.records import Campus, Record
from sendbook.checks.runner import where_in
from sendbook.checks.spots import Where
from sendbook.cli.options import open_campus
from sendbook.errors import SendbookError


def links(root: Path, asked: str, console: Console) -> int:
    """Prints every link from another record to a record, or for a student's id to any record of the student."""
    folder = open_campus(root)
    loaded = folder.load()
    records = _asked(loaded.campus, asked.removeprefix("records/").removesuffix(".yml"))
    found = list(dict.fromkeys(_leading_to(Links.of(loaded.campus), records)))
    where = where_in(folder)
    lines = [(one.record.path, _line(one, where), one) for one in found]
    for path, line, one in sorted(lines, key=lambda place: place[:2]):
        said = f"{path}{f':{line}' if line else ''}: {one.node.title} ({one.value})"
        console.print(said, highlight=False, soft_wrap=True)
    count = f"{len(found)} links lead" if len(found) > 1 else "One link leads" if found else "No link leads"
    console.print(f"{count} to {asked}.", highlight=False)
    if loaded.problems:
        console.print("Some files can't be read, and may link to it as well. Run sendbook check.")
    return 0


def _asked(campus: Campus, asked: str) -> tuple[Record, ...]:
    """The record at a path, the person with an id, or all records of a student."""
    of_student = campus.of_student(asked.upper())
    named = campus.get(asked) or campus.get(f"people/{asked}")
    if not of_student and named is None:
        raise SendbookError(
            f"There is no record “{asked}”. Write a student's or person's id, or the file's path below records/ "
            "without .yml."
        )
    return of_student or ((named,) if named is not None else ())


def _leading_to(links: Links, records: tuple[Record, ...]) -> Iterator[Reference]:
    taken = {record.id for record in records}
    for record in records:
        yield from (one for one, _ in links.into_record(record.id) if one.record.id not in taken)


def _line(one: Reference, where: Where) -> int:
    place = where(one.record).get(one.pointer)
    return place.line if place is not None else 0
