"""A record as lines that can be read one by one: each says where it stands and what it holds.

For ``git diff`` and other tools that compare by line. People stay ids here: a line depends on its own file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.link import Link
from sendbook.campus.nodes import Node
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.words import lowered
from sendbook.history.names import Names
from sendbook.history.past import fits
from sendbook.history.phrases import Speech, title_of

_BETWEEN = " / "
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")


def lines_of(kind: Kind, data: Mapping[str, Any]) -> Iterator[str]:
    """Yields the kind's title, then a line for each value; a sentence of a text has a line of its own."""
    speech = Speech(names=_Ids(), root=kind.root, before=data, after=data)
    yield kind.title
    yield from _lines(speech, kind.root, data, ())


def kind_of(registry: SchemaRegistry, file_name: str, data: Mapping[str, Any]) -> Kind | None:
    """Returns the kind of a record of which only the file's own name is known: the one that knows most of its fields.

    None if no kind has such names, or none that has them knows all the fields and their form.
    """
    found = [
        kind
        for kind in registry.kinds.values()
        if any(_may_be(path, file_name) for path in kind.paths)
        and fits(kind.root, data)
        and data.keys() <= kind.root.properties.keys()
    ]
    return max(found, key=lambda kind: len(data.keys() & set(kind.schema.get("required", ()))), default=None)


def _may_be(path: str, file_name: str) -> bool:
    last = path.rpartition("/")[2]
    return file_name == last or "{" in last


class _Ids(Names):
    """A person or thing outside the record keeps its id."""

    def name(self, link: Link, identity: str) -> str:  # noqa: ARG002 - as `Names` has it
        return identity

    def family_name(self, identity: str) -> str:
        return identity

    def relative(self, identity: str) -> str:
        return identity


def _lines(speech: Speech, node: Node | None, value: Any, at: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, Mapping):
        names = [name for name in (node.properties if node else ()) if name in value]
        for name in dict.fromkeys((*names, *value)):
            child = node.child(name) if node else None
            title = title_of(child, name)
            yield from _lines(speech, child, value[name], (*at, lowered(title) if at else title))
    elif isinstance(value, list):
        for item in value:
            inner = node.items if node else None
            label = (speech.label(inner, item),) if isinstance(item, Mapping) else ()
            yield from _lines(speech, inner, item, (*at, *label))
    else:
        yield from _leaf(speech, node, value, _BETWEEN.join(at))


def _leaf(speech: Speech, node: Node | None, value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, str) or node is None or node.link is not None or "enum" in node.schema:
        yield f"{where}: {speech.value(node, value)}"
        return
    first, *others = [" ".join(part.split()) for part in _SENTENCES.split(value.strip())]
    yield f"{where}: {first}"
    yield from (f"    {sentence}" for sentence in others if sentence)
