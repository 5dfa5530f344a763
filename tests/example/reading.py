"""Reads synthetic files back as a campus, and compares what is said of two students."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.strict_yaml import parse
from sendbook.checks.finding import Finding
from sendbook.checks.whole import inspect_records
from sendbook.example.synthesise import synthesise
from sendbook.kinds.rule_book import RULE_BOOK

ON = date(2026, 11, 23)

Files = dict[str, bytes]
Shingle = tuple[str, ...]


def made(registry: SchemaRegistry, students: int, seed: int, on: date = ON) -> Files:
    """A whole synthetic campus, by path."""
    return dict(synthesise(students, seed, registry=registry, on=on))


def campus_of(files: Mapping[str, bytes], registry: SchemaRegistry) -> Campus:
    """The records in the files; a file that does not read is a failure of the test."""
    return Campus((_record(path, source, registry) for path, source in files.items()), registry)


def _record(path: str, source: bytes, registry: SchemaRegistry) -> Record:
    parsed = parse(source, path)
    assert parsed.data is not None, (path, parsed.problems)
    assert not parsed.problems, (path, parsed.problems)
    inside = path.removeprefix("records/")
    match = registry.match(inside)
    assert match is not None, path
    return Record(
        id=inside.removesuffix(".yml"),
        kind=match.kind.name,
        student=match.keys.get("student"),
        path=path,
        digest=hashlib.sha256(source).hexdigest(),
        data=parsed.data,
    )


def findings(campus: Campus, files: Mapping[str, bytes], on: date = ON) -> tuple[Finding, ...]:
    """What the checks say of the campus, written out for them."""
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return inspect_records(CampusFolder(Path(folder), campus.registry), on, rules=RULE_BOOK).findings


def texts(value: Any) -> Iterator[str]:
    """Every string in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def five_word_runs(records: Iterable[Record]) -> set[Shingle]:
    """All runs of five words in a student's records."""
    found: set[Shingle] = set()
    for record in records:
        for text in texts(record.data):
            words = re.findall(r"[\w']+", text.lower())
            found.update(tuple(words[start : start + 5]) for start in range(len(words) - 4))
    return found


def overlaps(campus: Campus) -> list[float]:
    """For each pair of students, how much of what is said of one is said of the other too; sorted."""
    runs = [five_word_runs(campus.of_student(student)) for student in campus.students]
    return sorted(len(one & other) / min(len(one), len(other)) for one, other in combinations(runs, 2))
