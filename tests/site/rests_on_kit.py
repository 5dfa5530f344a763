"""What readers are sent, by page set; and random changes of the campus's own records."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.site.build.build import Publisher

_SENT = """
SELECT scope.reader, scope.subject, scope.projection, page.path, hex(object.digest) FROM scope
    JOIN page USING (subject, projection) JOIN object ON object.id = page.object
    ORDER BY scope.reader, scope.subject, page.path
"""
_BESIDE = """
SELECT 'scope ' || reader || ' ' || subject, coalesce(until, '') || ' ' || because FROM scope
UNION ALL SELECT 'shell ' || edition, hex(digest) FROM shell
UNION ALL SELECT 'reader ' || id, name || edition || coalesce(until, '') || drawer FROM reader
"""
#: A record's file, and the place in it, from the outside in.
Place = tuple[Path, tuple[str | int, ...]]
# Proofs and withdrawals: what is changed in them is no change that a page says.
_LEFT_ALONE = ("access-tests.yml", "withdrawn.yml")
Sent = Mapping[tuple[str, str], Mapping[str, str]]


class _Reading(yaml.SafeLoader):
    """Reads as sendbook does, for whom `on` is the name of a field and no yes."""


_Reading.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    """The data of a record."""
    return yaml.load(path.read_text(encoding="utf-8"), _Reading)  # noqa: S506 - it is a safe loader


def write(path: Path, record: Any) -> None:
    """Writes a record so that it is as sound as it was: each text is on a line of its own."""
    written = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=2**20)
    path.write_text(written, encoding="utf-8")


def sent(bundle: Path) -> tuple[dict[tuple[str, str], dict[str, str]], dict[tuple[str, str], str]]:
    """What each reader is sent of each subject, as digests by path; and the name of the projection it is."""
    pages: dict[tuple[str, str], dict[str, str]] = {}
    names: dict[tuple[str, str], str] = {}
    with sqlite3.connect(bundle) as connection:
        for reader, subject, projection, path, digest in connection.execute(_SENT):
            pages.setdefault((reader, subject), {})[path] = digest
            names[reader, subject] = projection
    return pages, names


def beside(bundle: Path) -> dict[str, str]:
    """Everything else that readers are given: how long, why, and what surrounds their pages."""
    with sqlite3.connect(bundle) as connection:
        return dict(connection.execute(_BESIDE).fetchall())


class Changes:
    """Random changes of one leaf of a campus's own records, and of ``students``' if asked, each by itself."""

    def __init__(self, root: Path, seed: int, *, students: bool = False) -> None:
        self._students = students
        self._random = random.Random(seed)
        self._root = root

    def next(self) -> tuple[Path, str]:
        """Makes one change; returns the file, and the text that was in it before."""
        while True:
            path, steps = self._random.choice(list(self._places()))
            text, record = path.read_text(encoding="utf-8"), read(path)
            if self._changed(record, steps):
                write(path, record)
                return path, text

    def _places(self) -> Iterator[Place]:
        for path in sorted((self._root / "records").rglob("*.yml")):
            if path.name not in _LEFT_ALONE and (self._students or "students" not in path.parts):
                yield from ((path, steps) for steps in _leaves(read(path)))

    def _changed(self, record: Any, steps: tuple[str | int, ...]) -> bool:
        """Changes a leaf to another value that a person might write there, unless it is an id or a code."""
        inside = record
        for step in steps[:-1]:
            inside = inside[step]
        last, value = steps[-1], inside[steps[-1]]
        if last in ("id", "kind", "person", "who", "of", "of_kind") or isinstance(value, bool):
            return False
        if isinstance(value, int):
            inside[last] = value + 1
        elif last == "phone":
            inside[last] = f"01632 960{self._random.randrange(100, 999)}"
        elif isinstance(value, str) and re.search(r"[a-z] [a-z]|^[A-Z][a-z]+ [A-Z]", value):
            inside[last] = f"{value.rstrip('.')} {self._random.choice(('indeed', 'again', 'at times'))}"
        else:
            return False
        return True


class AccessChanges:
    """Random changes of who may see what: a grant that comes, goes, opens less or more, and a duty that ends."""

    def __init__(self, root: Path, seed: int, kinds: Mapping[str, Kind]) -> None:
        self._root = root
        self._random = random.Random(seed)
        self._kinds = kinds
        self._number = 0

    def next(self) -> tuple[Path, str]:
        """Makes one change; returns the file, and the text that was in it before."""
        self._number += 1
        change = self._random.choice((self._grant_comes, self._grant_comes, self._grant_goes, self._grant_is_narrowed))
        people = self._random.randrange(5) == 0
        path = self._random.choice(self._with_duties()) if people else self._root / "records/access.yml"
        text = path.read_text(encoding="utf-8")
        record = read(path)
        if people:
            self._random.choice(record["staff"]["duties"])["until"] = "2026-11-01"
        else:
            change(record["grants"])
        write(path, record)
        return path, text

    def _grant_comes(self, grants: list[dict[str, Any]]) -> None:
        whos = [{sort: one[sort]} for one in grants for sort in ("role", "relation", "everyone") if sort in one]
        kind = self._random.choice([one for one in self._kinds.values() if one.of_student or one.name == "person"])
        parts = self._random.sample(sorted(kind.parts), min(2, len(kind.parts)))
        added = {"records": {kind.name: parts}, "action": "read", "reason": "So that they know."}
        grants.append({"id": f"added-{self._number}", **self._random.choice(whos), **added})

    def _grant_goes(self, grants: list[dict[str, Any]]) -> None:
        grants.pop(self._random.randrange(len(grants)))

    def _grant_is_narrowed(self, grants: list[dict[str, Any]]) -> None:
        lists = [parts for one in grants for parts in one.get("records", {}).values() if len(parts) > 1]
        parts = self._random.choice(lists)
        parts.pop(self._random.randrange(len(parts)))

    def _with_duties(self) -> list[Path]:
        people = sorted((self._root / "records/people").glob("*.yml"))
        return [one for one in people if read(one).get("staff", {}).get("duties")]


def _leaves(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*at, number))
    else:
        yield at


def settled(root: Path) -> None:
    """Has all records saved a while ago, so that they are known by their stamps."""
    then = time.time_ns() - 60_000_000_000
    for path in root.rglob("*.yml"):
        os.utime(path, ns=(then, then))


def publisher_of(root: Path, state: Path) -> Publisher:
    """A publisher of a campus that may have schemas of its own."""
    return Publisher(CampusFolder(root, SchemaRegistry.load(schemas(), root / "schemas")), state)
