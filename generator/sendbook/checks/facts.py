"""The facts a document takes from the records, and when each was last changed, as git remembers it.

Whom to turn to is in the records, so a page is right on the day somebody else takes over; whether it has also said
since when is a rule's business. Where there is no repository, or a copy of one without its older commits, no day is
known, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sendbook.campus.strict_yaml import parse
from sendbook.checks.documents import Document
from sendbook.checks.fact import Fact
from sendbook.errors import HistoryError
from sendbook.history.log import LOG, parsed_log
from sendbook.history.repository import Repository

_ASKED = re.compile(r"\{\{\s*(?P<of>person|campus)\(\s*[\"'](?P<name>\w+)[\"']\s*\)\s*(?:\.\s*(?P<what>\w+))?\s*\}\}")
_CAMPUS = "records/campus.yml"
# Places of the campus record that tell whom to turn to; its terms and figures have days of their own.
_PLACES = frozenset({"office", "local_offer", "advice_service", "complaints"})
_NAMES: Mapping[str, tuple[str, ...]] = {"name": ("name", "known_as"), "full_name": ("name", "full")}

Version = tuple[str, str]


def facts_of(document: Document, place: Mapping[str, Any]) -> tuple[Fact, ...]:
    """What a document asks of the records about whom to turn to; ``place`` is the campus record."""
    return tuple(dict.fromkeys(_asked(document, place)))


def _asked(document: Document, place: Mapping[str, Any]) -> Iterator[Fact]:
    contacts = place.get("contacts") or {}
    for found in _ASKED.finditer(document.body):
        name, what = found["name"], found["what"] or "name"
        if found["of"] == "campus" and name in _PLACES:
            yield Fact(path=_CAMPUS, steps=(name, what), about=name)
        elif found["of"] == "person" and name in contacts:
            yield Fact(path=_CAMPUS, steps=("contacts", name), about=name)
            person = f"records/people/{contacts[name]}.yml"
            yield Fact(path=person, steps=_NAMES.get(what, ("staff", what)), about=name)


def changed_after(root: Path, facts: Iterable[Fact], since: str, on: date) -> dict[Fact, date]:
    """The facts that are others today than when the day ``since`` ended, with the day each became what it is.

    ``root`` is the campus folder, ``on`` today. What is not committed yet has no day.
    """
    wanted = list(facts)
    try:
        repository = Repository.find(root, on)
        if repository is None or repository.head is None or not wanted:
            return {}
        versions = _versions(repository, {fact.path for fact in wanted})
        late = {path: _from(since, of_path) for path, of_path in versions.items()}
        days = {fact: _became(root, repository, fact, late[fact.path]) for fact in wanted if len(late[fact.path]) > 1}
    except HistoryError:  # a build tells that the history can't be read; here no day is known
        return {}
    return {fact: date.fromisoformat(day) for fact, day in days.items() if day > since}


def _versions(repository: Repository, paths: Iterable[str]) -> dict[str, list[Version]]:
    """Day and blob of each version of the files, the oldest first."""
    found: dict[str, list[Version]] = {path: [] for path in sorted(paths)}
    for commit, _, path, blob in parsed_log(repository.git(*LOG, str(repository.head), "--", *found)):
        if path in found:
            found[path].append((repository.day_of(commit), blob))
    return found


def _from(since: str, versions: list[Version]) -> list[Version]:
    """The version that stood when a day ended, and those after it."""
    later = next((number for number, (day, _) in enumerate(versions) if day > since), len(versions))
    return versions[max(later - 1, 0) :]


def _became(root: Path, repository: Repository, fact: Fact, versions: list[Version]) -> str:
    """The day the fact became what it is, or nothing if it was so in the first of these versions or is uncommitted."""
    today = fact.value_in(parse((root / fact.path).read_bytes(), fact.path).data)
    values: list[tuple[str, object]] = []
    for day, blob in versions:
        content = repository.blob(blob) if blob else b""
        if content is None:
            return ""  # a partial copy
        read = parse(content, fact.path)
        if not blob or not read.problems:  # what could not be read then told nobody anything
            values.append((day, fact.value_in(read.data)))
    if not values or values[0][1] == today:
        return ""
    others = [number for number, (_, value) in enumerate(values) if value != today]
    return values[others[-1] + 1][0] if others[-1] + 1 < len(values) else ""
