"""The handbook folder, read: pages with checked front matter, pictures and papers rewritten, and what could not
be taken.

Only plain files with plain names inside the folder are read. A link on disk could show a page from anywhere
on the machine, so none is followed.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sendbook.campus import front_matter
from sendbook.campus.litter import is_litter, litter
from sendbook.campus.paths import printable
from sendbook.campus.problems import Problem
from sendbook.campus.strict_yaml import Position
from sendbook.campus.unseen import called
from sendbook.campus.verdict import compiled
from sendbook.campus.wanted import wanted
from sendbook.checks.field_names import what_to_do
from sendbook.checks.shape_words import Said, said
from sendbook.handbook.anew import NotMadeError, made_anew
from sendbook.handbook.edition import SourcePage, in_order, source_page

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

PAGE_AT_MOST = 1 << 20
FILE_AT_MOST = 5 << 20
FILE_TYPES = (".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".webp")

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """All editions' pages in order, other files by path relative to the folder, rewritten, and what is wrong.

    ``digest`` is the `handbook_digest` of the very bytes that were read. ``unsound`` are pages whose facts have a
    mistake, as far as they go: they are looked through, so that everything is told at once, and never built.
    """

    pages: tuple[SourcePage, ...]
    files: Mapping[str, bytes] = field(repr=False)
    problems: tuple[Problem, ...]
    digest: str
    unsound: tuple[SourcePage, ...] = ()


def front_matter_schema(schemas: Path) -> Mapping[str, object]:
    """The schema for front matter from a folder of schemas."""
    schema: Mapping[str, object] = json.loads((schemas / "front-matter.schema.json").read_bytes())
    return schema


def read(root: Path, schema: Mapping[str, object], before: Handbook | None = None) -> Handbook:
    """The handbook of the campus at ``root``. Problems name paths relative to ``root``.

    ``before`` is what it was when it was read with the same schema: with no file of another content it still is.
    """
    entries = list(_entries(root / "handbook", ""))
    digest = _digest(entries)
    if before is not None and before.digest == digest:
        return before
    pages: list[SourcePage] = []
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    unsound: list[SourcePage] = []
    header = _Header(schema)
    for path, found in entries:
        if isinstance(found, Problem):
            problems.append(found)
        elif path.endswith(".md"):
            page, wrong = _page(path, found, header)
            (unsound if wrong else pages).extend([page] if page else [])
            problems += wrong
        else:
            try:
                files[path] = made_anew(path, found)
            except NotMadeError as wrong:
                problems.append(_refused(path, wrong.message, wrong.remedy, wrong.code))
    problems += _twice(pages)
    return Handbook(
        pages=in_order(pages),
        files=files,
        problems=tuple(problems),
        digest=digest,
        unsound=tuple(unsound),
    )


def handbook_digest(root: Path) -> str:
    """Changes with any file of the handbook, with its name, and with what is refused there."""
    return _digest(_entries(root / "handbook", ""))


def _digest(entries: Iterable[tuple[str, bytes | Problem]]) -> str:
    digest = blake2b(digest_size=16)
    for path, found in entries:
        refused = isinstance(found, Problem)
        content = found.message.encode() if isinstance(found, Problem) else found
        digest.update(f"{path} {refused} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _entries(folder: Path, prefix: str) -> Iterator[tuple[str, bytes | Problem]]:
    if folder.is_symlink() or not folder.is_dir():
        yield (
            prefix,
            _refused(prefix, "There is no folder called handbook here.", "Make it, with a page index.md."),
        )
        return
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{prefix}{entry.name}"
        status = entry.stat(follow_symlinks=False)
        wrong = _entry_problem(path, entry.name, status)
        if wrong is not None:
            yield path, wrong
        elif stat.S_ISDIR(status.st_mode):
            yield from _entries(folder / entry.name, f"{path}/")
        else:
            yield path, (folder / entry.name).read_bytes()


def _entry_problem(path: str, name: str, status: os.stat_result) -> Problem | None:
    if stat.S_ISLNK(status.st_mode):
        return _refused(
            path, "This is a link to another place, and links are not followed.", "Put the file itself here."
        )
    if is_litter(name):
        return litter(f"handbook/{path}")
    hidden = next((letter for letter in name if not letter.isprintable()), None)
    if hidden is not None:
        message = f"There is an invisible character in this name ({called(hidden)})."
        return _refused(printable(path), message, "Rename it, and type the whole name again.")
    if not _NAME.fullmatch(name) and not stat.S_ISDIR(status.st_mode) and not name.lower().endswith(".md"):
        return _stray(path)
    if not _NAME.fullmatch(name):
        remedy = "Use small letters, digits, hyphens and one ending, for example 04-plans.md."
        return _refused(path, "This name can't be used in a web address.", remedy)
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return _refused(path, "This is not a plain file.", "Remove it.")
    suffix = PurePosixPath(name).suffix
    if suffix != ".md" and suffix not in FILE_TYPES:
        return _stray(path)
    most = PAGE_AT_MOST if suffix == ".md" else FILE_AT_MOST
    if status.st_size > most:
        return _refused(
            path, f"This file is larger than {most >> 20} MB.", "Make it smaller, or split it.", "too-large"
        )
    return None


_KINDS = f"Pages end in .md; pictures and papers in {', '.join(FILE_TYPES)}."


def _stray(path: str) -> Problem:
    return _refused(path, "This kind of file doesn't belong in the handbook. It is not published.", _KINDS, "stray")


def _refused(path: str, message: str, remedy: str, code: str = "handbook-file", *, found: str = "") -> Problem:
    return Problem(
        code=code, path=f"handbook/{path}", line=None, column=None, message=message, remedy=remedy, found=found
    )


class _Header:
    """What front matter is held against: a quick verdict, and the reasons where it is no.

    `jsonschema` is imported for the reasons alone, because the import takes longer than looking at a whole handbook.
    """

    def __init__(self, schema: Mapping[str, object]) -> None:
        self._schema = schema
        self._is_valid = compiled(schema)

    def errors(self, front: Mapping[str, object]) -> list[ValidationError]:
        """What is wrong, in the order of the fields."""
        if self._is_valid(front):
            return []
        from jsonschema import Draft202012Validator, FormatChecker

        found = Draft202012Validator(self._schema, format_checker=FormatChecker(formats=["date"])).iter_errors(front)
        return sorted(found, key=lambda error: list(map(str, error.absolute_path)))


def _page(path: str, source: bytes, header: _Header) -> tuple[SourcePage | None, list[Problem]]:
    split = front_matter.split(source, f"handbook/{path}")
    problems = list(split.problems)
    if problems and not split.body:
        return None, problems
    wrong: set[str] = set()
    places = front_matter.front_positions(source)
    for error in header.errors(split.front) if split.front else ():
        wrong |= {str(step) for step in list(error.absolute_path)[:1]}
        told = {problem.pointer for problem in problems if problem.pointer}
        problems += (one for one in _front_problems(path, error, places) if one.pointer not in told)
    front = split.front if not problems else _as_far_as_it_goes(path, split.front, wrong)
    top = "\n".join(source.decode().splitlines()[: split.body_line - 1])
    return replace(source_page(path, front, split.body, split.body_line), top=top), problems


def _as_far_as_it_goes(path: str, front: Mapping[str, object], wrong: Iterable[str]) -> dict[str, object]:
    """The facts of a page without those that have a mistake: for looking at the page, never for publishing it."""
    name = PurePosixPath(path).stem
    begun = {"id": name, "title": name, "summary": "", "section": 0, "version": "", "owner": "", "approved_on": ""}
    left = {key: value for key, value in front.items() if key not in wrong}
    return {**begun, "editions": [], **left}


def _front_problems(path: str, error: ValidationError, places: Mapping[str, Position]) -> Iterator[Problem]:
    for key, told, found in _said(error):
        pointer = f"/{key}" if key else ""
        place = places.get(pointer, Position(1, 1))
        # What is in a fact's place may be anybody's words, and so is no pointer to be shown.
        shown = "" if found else pointer
        page, hint = f"handbook/{path}", told.hint
        yield Problem("front-matter", page, place.line, place.column, told.message, told.remedy, shown, found, hint)


def _said(error: ValidationError) -> Iterator[tuple[str, Said, str]]:
    """The key an error is about, what is wrong in plain words, and a word of the page where the key is one."""
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    instance = error.instance if isinstance(error.instance, Mapping) else {}
    if error.validator == "required":
        missing = error.message.split("'")[1]
        message = f"The page does not say its {missing.replace('_', ' ')}."
        yield "", Said(message=message, remedy=f"Add a line “{missing}: …”: {_wanted(schema, missing)}"), ""
    elif error.validator == "additionalProperties":
        for name in sorted(map(str, instance.keys() - schema.get("properties", {}).keys())):
            yield name, Said(message="There is no such field.", remedy=what_to_do(name, schema, schema)), name
    else:
        key = str(error.absolute_path[0]) if error.absolute_path else ""
        yield key, said(error, kind=None, kinds={}), ""


def _wanted(schema: Mapping[str, Any], name: str) -> str:
    """What is to be written in a fact that is missing."""
    inner: Mapping[str, Any] = schema.get("properties", {}).get(name, {})
    written = f"{wanted(inner)}. " if "x-written" in inner else ""
    return f"{written}{inner.get('description', '')}"


def _twice(pages: list[SourcePage]) -> Iterator[Problem]:
    first: dict[str, SourcePage] = {}
    for page in pages:
        other = first.setdefault(page.id, page)
        if other is not page:
            yield _refused(
                page.path,
                "Another page has the same id.",
                "Give this page an id of its own.",
                "same-id",
                found=other.path,
            )
