"""Records of a kind with anything in them that has the form its schema gives it, whatever else the schema asks."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.history.comparison import keys_of

_TEXTS = ["", "a", "Reads aloud.", "He *asks* “why?”\nTwice. Then rests.", "2026-09-14", "p-3ccc", "x" * 200]


@st.composite
def values(draw: st.DrawFn, node: Node) -> Any:
    """A value of the form a node gives it, with few different ones, so that two often meet."""
    if node.properties:
        names = sorted(node.properties)
        chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=5))
        return {name: draw(values(node.properties[name])) for name in chosen}
    if node.values is not None:
        return draw(st.dictionaries(st.sampled_from("ab"), values(node.values), max_size=2))
    if node.items is not None:
        keys = keys_of(node)
        items = draw(st.lists(values(node.items), max_size=3))
        if not keys:
            return [item for number, item in enumerate(items) if item not in items[:number]]
        return [
            {**item, keys[0]: name} for item, name in zip(items, draw(st.permutations(["a", "b", "c"])), strict=False)
        ]
    return draw(_leaf(node))


def _leaf(node: Node) -> st.SearchStrategy[Any]:
    if "enum" in node.schema:
        return st.sampled_from(node.schema["enum"])
    if node.type == "boolean":
        return st.booleans()
    if node.type in ("number", "integer"):
        return st.sampled_from([-1, 0, 0.25, 1, 2, 20, 52.5])
    if node.schema.get("format") == "date":
        return st.sampled_from(["2026-09-14", "2026-09-21", "2026-10-01", "soon"])
    return st.sampled_from(_TEXTS)


@st.composite
def pairs(draw: st.DrawFn, kind: Kind) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two records of a kind: the second made anew, or the first with one field changed."""
    before = draw(values(kind.root))
    if draw(st.booleans()):
        return before, draw(values(kind.root))
    after = deepcopy(before)
    name = draw(st.sampled_from(sorted(kind.root.properties)))
    after[name] = draw(values(kind.root.properties[name]))
    return before, after


def record_of(kind: Kind, data: Mapping[str, Any], digest: str) -> Record:
    """A projection of a record with this data."""
    return Record(id=f"students/2TST/{kind.name}", kind=kind.name, student="2TST", path="", digest=digest, data=data)
