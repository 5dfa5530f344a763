"""The modules of the room have one order: who reads them from the first to the last meets nothing before its time."""

from __future__ import annotations

import ast
from pathlib import Path

import sendbook.access
from sendbook.campus import shipped
from sendbook.campus.schemas import SchemaRegistry
from tests.imports import imports_of

#: What decisions rest on; the way of a student's records to a projection; everybody's views; what is said of them.
ORDER = (
    *("spans", "withdrawn", "parts", "policy", "rights", "working", "own_account", "people", "basis"),
    *("origins", "bars", "relations", "permits", "households", "conditions", "sight", "projection"),
    *("student_file", "shared", "views", "editions"),
    *("schema_changes", "how_reached", "opening", "visible_places", "decide", "why", "who", "matrix", "sentences"),
    *("difference",),
    *("narrower", "narrowing", "remembered", "held"),
)
_ROOM = "sendbook.access."


def test_each_module_imports_only_those_before_it() -> None:
    modules = imports_of(Path(sendbook.__file__).parent)
    imported = {
        name.removeprefix(_ROOM): {one.removeprefix(_ROOM) for one in module.imports if one.startswith(_ROOM)}
        for name, module in modules.items()
        if name.startswith(_ROOM)
    }
    assert sorted(imported) == sorted(ORDER)
    for number, name in enumerate(ORDER):
        assert imported[name] <= set(ORDER[:number]), name


def test_it_names_no_kind_of_record_but_those_that_access_itself_rests_on() -> None:
    """What is said of plans or meetings is in their schemas; a kind that is added needs nothing here."""
    others = SchemaRegistry.load(shipped.schemas()).kinds.keys() - {
        "campus",
        "person",
        "student",
        "access",
        "withdrawn",
    }
    for path in Path(sendbook.access.__file__).parent.glob("*.py"):
        texts = (node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant))
        assert others.isdisjoint(text for text in texts if isinstance(text, str)), path.name
