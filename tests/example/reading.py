"""Reads synthetic files back as a campus, and compares what is said of two students."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.strict_yaml import parse, positions
from sendbook.checks.finding import Finding, Findings, has_errors, in_order
from sendbook.checks.links import Targets
from sendbook.checks.runner import Checker
from sendbook.checks.shape import Positions
from sendbook.checks.sign_ins import check_one_address_each
from sendbook.example.synthesise import synthesise

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
    """What the checks say of each student by themselves, and of what is shared.

    Who else's name a text could be is not asked: in a large campus of invented people somebody is bound to be called
    Neil Winterbottom, and somebody else Ian Neil Winterbottom.
    """

    def where(record: Record) -> Positions:
        return positions(files[record.path])

    checker = Checker(shared=campus.shared, targets=Targets(campus), where=where, on=on)
    found = Findings(checker.of_shared())
    sound = not has_errors(found)
    found.add(check_one_address_each([*campus.of_kind("person"), *campus.of_kind("student")], where))
    spoken: set[str] = set()
    for student in campus.students:
        own = Campus(campus.of_student(student), campus.registry)
        found.add(checker.of_student(own, student, sure=sound))
        spoken |= {*checker.spoken_of(own, student)} if sound else set()
    if sound and campus.students:
        found.add(checker.silent_sentences(spoken))
    return in_order(found)


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
