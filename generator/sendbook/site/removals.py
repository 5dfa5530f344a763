"""Takes access away where nothing can be published: what can be read of a revocation bites, whatever else is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sendbook.access.spans import forbidden_span_of
from sendbook.bundle.schema import LIBRARY, OWN, PUBLIC
from sendbook.bundle.store import Bundle
from sendbook.campus.salvage import salvage

_ACCESS = "records/access.yml"


def take_away(bundle: Bundle, root: Path, on: date) -> None:
    """Take from the readers whom ``access.yml`` revokes by a day what it revokes, as far as it can be read."""
    known = set(bundle.readers()) - {PUBLIC}
    named = [(person, student) for person, student in _revoked(root, on) if person in known]
    if not named:
        return
    with bundle.publish() as change:
        for person, student in named:
            if student is None:
                change.remove_reader(person)
                continue
            for subject in (student, OWN, LIBRARY):  # own pages and the library may name the student
                change.remove_scope(person, subject)


def _revoked(root: Path, on: date) -> Iterator[tuple[str, str | None]]:
    path = root / _ACCESS
    if path.is_symlink() or not path.is_file():
        return
    listed = salvage(path.read_bytes()).data.get("revocations")
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, Mapping) or not isinstance(item.get("person"), str):
            continue
        since = forbidden_span_of(item).since
        if since is None or since <= on:
            student = item.get("student")
            yield item["person"], student if isinstance(student, str) else None
