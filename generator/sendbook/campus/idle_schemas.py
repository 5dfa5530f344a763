"""What a campus's own schema files say without any effect.

A shipped kind is always made of shipped definitions. So a definition of the campus's own that has a shipped name works
only in a kind of the campus's own that refers to it; and a file without ``x-kind`` replaces no kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendbook.campus.inlining import Schema, SchemaFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """A file of the campus's own, or a definition in it, that changes nothing.

    ``pointer`` and ``name`` are a definition's, and empty for a whole file. ``of_headers`` says of a file that it
    describes the headers of handbook pages, ``misnamed`` that it is not read, because of its name or its place.
    """

    file: str
    pointer: str = ""
    name: str = ""
    of_headers: bool = False
    misnamed: bool = False


#: Endings of files that could be meant as schemas; a page of notes next to them (“README.md”) could not.
_LIKE_SCHEMAS = frozenset({".json", ".json5", ".jsonc", ".yml", ".yaml"})


def misnamed_in(folder: Path) -> list[str]:
    """Files below a folder that may be meant as schemas and are not read: with another ending, or further below."""
    found = (file for file in folder.rglob("*") if file.is_file() and _may_be_a_schema(file))
    return sorted(str(file.relative_to(folder)) for file in found if file not in set(folder.glob("*.schema.json")))


def _may_be_a_schema(file: Path) -> bool:
    name = file.name.lower()
    hidden = name.startswith((".", "~")) or name.endswith("~")
    return not hidden and (file.suffix.lower() in _LIKE_SCHEMAS or ".schema" in name)


def idle_among(files: SchemaFiles) -> tuple[Idle, ...]:
    """All of it in the last of the folders, in the order of the files; nothing where there is one folder alone."""
    by_folder: dict[int, dict[str, Schema]] = {}
    for folder, name, schema in files.in_order():
        by_folder.setdefault(folder, {})[name] = schema
    folders = sorted(by_folder)
    if folders[1:] == []:
        return ()
    shipped, own = by_folder[folders[0]], by_folder[folders[-1]]
    reached = _reached(own)
    return tuple(idle for name, schema in own.items() for idle in _idle_in(name, schema, shipped, reached))


def _idle_in(
    file: str, schema: Schema, shipped: Mapping[str, Schema], reached: frozenset[tuple[str, str]]
) -> Iterator[Idle]:
    if "x-front-matter" in schema:
        yield Idle(file=file, of_headers=True)
    if "x-kind" in schema or file not in shipped:
        return
    definitions = schema.get("$defs", {})
    if "x-kind" in shipped[file]:
        if not any((file, name) in reached for name in definitions):
            yield Idle(file=file)
        return
    theirs = shipped[file].get("$defs", {})
    for name, said in definitions.items():
        if name in theirs and said != theirs[name] and (file, name) not in reached:
            yield Idle(file=file, pointer=f"/$defs/{name}", name=name)


def _reached(own: Mapping[str, Schema]) -> frozenset[tuple[str, str]]:
    """The definitions, by file and name, that kinds of the campus's own refer to, directly or through others."""
    found: set[tuple[str, str]] = set()
    waiting = [
        (file, {key: value for key, value in schema.items() if key != "$defs"})
        for file, schema in own.items()
        if "x-kind" in schema and "x-front-matter" not in schema
    ]
    while waiting:
        file, piece = waiting.pop()
        for reference in _references(piece):
            named, _, pointer = reference.partition("#")
            target = named or file
            name = pointer.removeprefix("/$defs/").partition("/")[0].replace("~1", "/").replace("~0", "~")
            definition = own.get(target, {}).get("$defs", {}).get(name)
            if definition is not None and (target, name) not in found:
                found.add((target, name))
                waiting.append((target, definition))
    return frozenset(found)


def _references(piece: Any) -> Iterator[str]:
    if isinstance(piece, Mapping):
        for key, value in piece.items():
            if key == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from _references(value)
    elif isinstance(piece, list):
        for one in piece:
            yield from _references(one)
