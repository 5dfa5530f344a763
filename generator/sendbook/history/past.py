"""What old versions of records held: read from blobs by the same strict reader, cached by blob.

An old record counts as unreadable if it is no YAML of ours, if a value has not the form that today's schema gives it
(a list where a text belongs), or if it is none that the schema knows: a word that is not on its list, a day that is not
in the calendar, an id that can be none. Who may see a version and how it is told rests on such words, so nobody may
guess what one meant. All else that today's schema asks for is not asked of the past: schemas change, and a plan of two
years ago stays a plan. So an old version may lack a field, break a limit (too long, too many) or a condition between
fields, and may hold fields that no schema knows today, which only those see who see all of the record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.strict_yaml import DIALECT, parse
from sendbook.campus.verdict import compiled
from sendbook.history.index import VersionIndex
from sendbook.history.repository import Repository

Data = Mapping[str, Any]
_SCALARS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int, float),
    "boolean": (bool,),
}


#: What a schema says of a single value beyond its form that a reader of an old one has to know.
_KNOWN_BY = ("enum", "const", "pattern", "format")


class Past:
    """Reads old records of one campus by path and blob. Without an index each is parsed when asked for."""

    def __init__(self, repository: Repository, registry: SchemaRegistry, index: VersionIndex | None = None) -> None:
        self.repository = repository
        self.registry = registry
        self.index = index
        self._made: dict[tuple[str, str], Record | None] = {}
        self._knows: dict[str, Callable[[Any], bool]] = {}
        if index is not None:
            index.read_under(f"{DIALECT} {registry.digest}")

    def records(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Record | None]:
        """Records by path and blob; None for one that could not be read then.

        Files in places that no schema knows today are left out. A record of the past has its blob as its digest.
        """
        asked = [pair for pair in dict.fromkeys(wanted) if self._kind_of(pair[0]) is not None]
        self._make([pair for pair in asked if pair not in self._made])
        return {pair: self._made[pair] for pair in asked}

    def record(self, path: str, blob: str) -> Record | None:
        """Returns one record; None if it could not be read then."""
        return self.records([(path, blob)]).get((path, blob))

    def _make(self, pairs: list[tuple[str, str]]) -> None:
        """Makes these records of what is remembered; what is not is read from git, judged once, and remembered."""
        kinds = {(path, blob): self._kind_of(path) for path, blob in pairs}
        wanted = {(kind[0], blob) for (_, blob), kind in kinds.items() if kind is not None}
        said = self.index.past(wanted) if self.index is not None and wanted else {}
        read: dict[tuple[str, str], str | None] = {}
        for (path, blob), kind in kinds.items():
            if kind is None:
                continue
            name, student = kind
            if (name, blob) in said:
                text = said[name, blob]
                data = json.loads(text) if text is not None else None
            else:
                data = self._read(name, path, blob)
                read[name, blob] = None if data is None else json.dumps(data, ensure_ascii=False)
            self._made[path, blob] = _record(name, student, path, blob, data) if data is not None else None
        if self.index is not None and read:
            self.index.remember(read)

    def _read(self, kind: str, path: str, blob: str) -> Data | None:
        source = self.repository.blob(blob)
        data = parse(source, path).data if source is not None else None
        return data if data is not None and self.can_be_read(self.registry.kinds[kind], data) else None

    def can_be_read(self, kind: Kind, data: Data) -> bool:
        """Whether data has the form and the words that everything after this trusts."""
        if kind.name not in self._knows:
            self._knows[kind.name] = compiled(_known_values(kind.root))
        return fits(kind.root, data) and self._knows[kind.name](data)

    def _kind_of(self, path: str) -> tuple[str, str | None] | None:
        match = self.registry.match(path.removeprefix("records/")) if path.startswith("records/") else None
        return (match.kind.name, match.keys.get("student")) if match else None


def _record(kind: str, student: str | None, path: str, blob: str, data: Data) -> Record:
    identity = path.removeprefix("records/").removesuffix(".yml")
    return Record(id=identity, kind=kind, student=student, path=path, digest=blob, data=data)


def _known_values(node: Node | None) -> dict[str, Any]:
    """A schema's say on single values, and nothing else of it."""
    if node is None:
        return {}
    if node.properties or node.values is not None:
        inner = {name: _known_values(child) for name, child in node.properties.items()}
        return {"properties": inner, "additionalProperties": _known_values(node.values)}
    if node.items is not None:
        return {"items": _known_values(node.items)}
    return {keyword: node.schema[keyword] for keyword in _KNOWN_BY if keyword in node.schema}


def fits(node: Node | None, value: Any) -> bool:
    """Whether all that today's schema knows of a value has the form it gives it; what it does not know fits."""
    if node is None:
        return True
    if node.properties or node.values is not None:
        return isinstance(value, Mapping) and all(fits(node.child(name), inner) for name, inner in value.items())
    if node.items is not None:
        return isinstance(value, list) and all(fits(node.items, inner) for inner in value)
    if isinstance(value, bool):
        return node.type in ("boolean", "")
    expected = _SCALARS.get(node.type)
    return isinstance(value, expected) if expected else not isinstance(value, (Mapping, list))
