"""Asks git whether a text is older than the name or contact detail that was found in it.

A text is older if the commit since which its place has held it, without a gap, comes before the first commit in which
that person's own record would have been found in it. What is not committed yet is newer than all that is. So every copy
of the campus answers alike, whatever was checked or published there before.

Each doubt counts against the text: a text that has moved to another file or field is new there, and a record that could
not be read then may have held the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import inf
from pathlib import Path
from typing import Any

from sendbook.campus.called import group_of
from sendbook.campus.strict_yaml import parse
from sendbook.checks.finding import Severity
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.leaks.pieces import Piece, page_pieces, pieces_of
from sendbook.checks.leaks.scan import Scanner
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.sightings import CONTACT, Sighting
from sendbook.errors import HistoryError
from sendbook.history.repository import Repository, stamp_of
from sendbook.history.walk import Walk

#: Later than every commit: of what is not committed yet.
_NOT_YET = inf
_SHALLOW = (
    "This copy holds only the newest commits, so whether the text is older than the name is known only from what was "
    "published here. Fetch the older ones with: git fetch --unshallow"
)
_MARK = "\uffff"


@dataclass(frozen=True)
class Ages:
    """Looks up the ages of texts and names in the campus in ``root``; runs git only when it is needed.

    ``as_published`` asks of texts as they are on the site: one that has been taken out of the file since is as old as
    it was when it was last there.
    """

    root: Path
    on: date | None = None
    as_published: bool = False
    _parsed: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def is_older(self, seen: Sighting) -> bool | None:
        """Tells whether a text is older than everything found in it; None where git can't say.

        That is so without a repository, without git, in a shallow clone, and where nothing of the campus is committed.
        """
        if self._walk is None:
            return None
        known = min((self._known_since(path, seen) for path in seen.whom), default=0)
        return self._latest_telling(seen) < known if seen.past else self._text_since(seen) < known

    @property
    def doubt(self) -> str:
        """Returns the warning for a repository without older commits; "" otherwise."""
        return _SHALLOW if self._repository is not None and self._repository.shallow else ""

    @property
    def stamp(self) -> str:
        """Returns a digest that changes with the history."""
        return stamp_of(self.root)

    @cached_property
    def _repository(self) -> Repository | None:
        try:
            return Repository.find(self.root, self.on)
        except HistoryError:  # no git here, or none that reads this: as if there were no repository
            return None

    @cached_property
    def _walk(self) -> Walk | None:
        if self._repository is None or self._repository.shallow:
            return None
        try:
            walk = Walk.of(self._repository)
        except HistoryError:
            return None
        return walk if walk.versions else None

    def _known_since(self, path: str, seen: Sighting) -> float:
        """Finds the first commit whose record of this person would have matched the text."""
        found = (number for number, blob in self._versions(path) if blob and self._would_find(path, blob, seen))
        return next(found, _NOT_YET)

    def _would_find(self, path: str, blob: str, seen: Sighting) -> bool:
        try:
            data = self._data(path, blob)
            if not _in_shape(data):
                return True
            one = Someone.of_student(data) if path.endswith("/student.yml") else Someone.of_person(data)
            hits = list(Scanner(one.identifiers(near=False)).hits_once(seen.whole))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return True  # not in shape then: who knows what it said
        sought = seen.code == CONTACT
        return any(hit.severity is Severity.ERROR and (hit.code == "leak-contact") is sought for hit in hits)

    def _text_since(self, seen: Sighting) -> float:
        """Finds the commit since which the text has always been in this place."""
        path = seen.record.path
        if not path.startswith("records/"):
            passages = [_passage(seen.whole, *span) for span in seen.spans]
            return self._since(path, lambda blob: all(map(self._page(path, blob).__contains__, passages)))
        wanted = (field_of(seen.record.data, seen.pointer), seen.whole)
        return self._since(path, lambda blob: wanted in self._texts(path, blob))

    def _since(self, path: str, holds: Callable[[str], bool]) -> float:
        since, last = _NOT_YET, _NOT_YET
        for number, blob in self._versions(path):
            if not blob or not holds(blob):
                since = _NOT_YET
            elif since == _NOT_YET:
                since = last = number
        return last if self.as_published else since

    def _latest_telling(self, seen: Sighting) -> float:
        """The last commit that brought into a student's records one of the texts an earlier version is told with."""
        assert self._walk is not None  # noqa: S101 - for mypy: `is_older` has asked
        sought = [_in_words(seen.whole[start:end]) for start, end in seen.spans]
        came = dict.fromkeys(sought, -1.0)
        for path in self._walk.below(f"records/students/{seen.record.student}"):
            before: frozenset[tuple[str, str]] = frozenset()
            for number, blob in self._versions(path):
                now = self._texts(path, blob) if blob else frozenset()
                for _, text in now - before:
                    words = _in_words(text)
                    came |= {one: max(came[one], number) for one in sought if one in words}
                before = now
        return _NOT_YET if -1.0 in came.values() else max(came.values(), default=_NOT_YET)

    def _versions(self, path: str) -> tuple[tuple[int, str], ...]:
        return self._walk.of_path(path) if self._walk is not None else ()

    def _content(self, blob: str) -> bytes:
        found = self._repository.blob(blob) if self._repository is not None else None
        return found or b""  # a partial copy may lack it

    def _data(self, path: str, blob: str) -> Any:
        key = f"data {blob}"
        if key not in self._parsed:
            self._parsed[key] = parse(self._content(blob), path).data
        return self._parsed[key]

    def _texts(self, path: str, blob: str) -> frozenset[tuple[str, str]]:
        key = f"texts {blob}"
        if key not in self._parsed:
            self._parsed[key] = frozenset(_texts(self._data(path, blob)))
        found: frozenset[tuple[str, str]] = self._parsed[key]
        return found

    def _page(self, path: str, blob: str) -> str:
        """Returns the lines of a handbook page, or of a file it shows, in an old version."""
        key = f"page {blob}"
        if key not in self._parsed:
            self._parsed[key] = "".join(f"\n{_in_lines(text)}\n" for text in _pieces(path, self._content(blob)))
        return str(self._parsed[key])


def field_of(data: Any, pointer: str) -> str:
    """Returns a pointer's field without numbers of entries: entries move when one is added above."""
    names: list[str] = []
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(data, list):
            names.append(_MARK)
            data = data[int(name)]
        else:
            names.append(name)
            data = data[name]
    return "/".join(names)


def _texts(data: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Returns every text with its field."""
    if isinstance(data, str):
        yield "/".join(at), data
    elif isinstance(data, Mapping):
        for name, inner in data.items():
            yield from _texts(inner, (*at, str(name)))
    elif isinstance(data, list):
        for inner in data:
            yield from _texts(inner, (*at, _MARK))


def _pieces(path: str, content: bytes) -> Iterator[str]:
    if path.endswith(".md"):
        page = content.decode("utf-8", "replace")
        yield from (piece.text for piece in page_pieces(page))
        if page.startswith("---\n"):
            front = parse(page[4:].partition("\n---")[0].encode(), path).data or {}
            yield f"{front.get('title', '')}. {front.get('summary', '')}"  # as it is looked through today
    else:
        yield from (piece.text for piece in pieces_of(path, content) if isinstance(piece, Piece))


def _in_shape(data: Mapping[str, Any]) -> bool:
    """Tells whether a version has its names and ways to be reached where texts belong: all that could be found in it
    can be read.
    """
    held = [data.get("id"), *(group_of(data, "name").get(one) for one in ("full", "known_as"))]
    for group in (group_of(data, "family"), group_of(data, "sign_in")):
        held += [group[one] for one in ("email", "phone", "address") if one in group]
    return all(isinstance(one, str) for one in held)


def _passage(text: str, start: int, end: int) -> str:
    """Returns the lines that contain a part of a text."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return f"\n{_in_lines(text[first : last if last >= 0 else len(text)])}\n"


def _in_lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _in_words(text: str) -> str:
    return f" {' '.join(words_of(text))} "
