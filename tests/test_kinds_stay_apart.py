"""Rooms below `kinds/`, and the gate, name no kind of record: whatever they need of a kind is handed to them.

They may name the kinds that the house itself rests on, by the constants of `campus/foundation.py`; `access/`, which is
about these, may write them out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sendbook
from sendbook.campus import foundation
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from tests.test_rooms import MAY_IMPORT

PACKAGE = Path(sendbook.__file__).parent
KINDS = frozenset(SchemaRegistry.load(schemas()).kinds)
FOUNDATION = frozenset(value for name, value in vars(foundation).items() if name.isupper())
#: The gate, and the rooms that may not import from `kinds/`. The example is about kinds: it writes their records.
ROOMS = sorted({room for room, may in MAY_IMPORT.items() if "kinds" not in may} - {"kinds", "example"})
#: Rooms that are made of kinds, and may know some by name.
ABOVE = ("site", "handbook", "cli")
#: Fields whose meaning is that of one kind alone.
OF_SOME_KIND = frozenset({
    "provision", "intervention", "targets", "strategies", "outcomes", "cycles", "attendees", "family_actions", "exams",
    "actions", "next_meeting", "baseline", "progress", "result", "review_due", "sessions_per_week",
})  # fmt: skip
#: What is asked for by kind, or by the id of a record that is alone of its kind.
ASKED = frozenset({"of_kind", "one", "all", "get"})
#: What `get` is asked of where its argument is a field and no kind.
OF_RECORDS = frozenset({"campus", "shared", "own", "kinds", "registry", "records"})


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each kind that code names by itself, where a kind is meant."""
    for node in ast.walk(tree):
        for text in _texts(node):
            if isinstance(text, ast.Constant) and _is_kind(text):
                yield text.lineno, str(text.value)


def _texts(node: ast.AST) -> Iterator[ast.expr | None]:
    """Yields what stands in the places of a piece of code where a text would be the name of a kind."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name, value=of), args=[first]) if name in ASKED:
            if name != "get" or _last(of) in OF_RECORDS:
                yield first
        case ast.Subscript(value=of, slice=key) if _last(of) == "kinds":
            yield key
        case ast.Compare(left=left, comparators=others) if any(_last(one) == "kind" for one in (left, *others)):
            for one in (left, *others):
                yield from one.elts if isinstance(one, ast.Tuple | ast.Set | ast.List) else (one,)
        case ast.Tuple(elts=[first, ast.Constant(value=str())]):
            yield first
        case ast.Dict(keys=[_, _, *_] as keys) if all(map(_is_kind, keys)):
            yield from keys


def _keys(tree: ast.AST) -> Iterator[str]:
    """The kinds by whose bare names something is looked up, as in ``facts["plan"]``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_kind(node.slice):
            yield ast.literal_eval(node.slice)


def _is_kind(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in KINDS


def _last(node: ast.AST) -> str:
    """The last name of ``self.campus.shared``."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def found_in(room: str, *, facts: bool = False) -> dict[str, set[str]]:
    """The kinds that each module of a room names, by the module's place; with ``facts`` also as keys of what lists and
    home pages are made of.
    """
    allowed = FOUNDATION if room == "access" or facts else frozenset()
    found: dict[str, set[str]] = {}
    for path in sorted((PACKAGE / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kinds = {kind for _, kind in named(tree)} | (set(_keys(tree)) if facts else set())
        kinds -= allowed
        if kinds:
            found[path.relative_to(PACKAGE).as_posix()] = kinds
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_below_the_kinds_names_none(room: str) -> None:
    assert found_in(room) == {}


@pytest.mark.parametrize("room", ABOVE)
def test_a_room_above_the_kinds_names_them_by_their_constants(room: str) -> None:
    """Who looks for what rests on a kind finds its constant; facts are under the name of the kind as well."""
    assert found_in(room, facts=True) == {}


@pytest.mark.parametrize("room", ["checks", "pages"])
def test_checks_and_pages_know_no_field_of_a_plan_or_a_meeting(room: str) -> None:
    """What such a field means is said where the kind is; a schema can be asked for all that is like it."""
    found = {
        path.relative_to(PACKAGE).as_posix(): sorted(fields)
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if (fields := set(_fields_read(ast.parse(path.read_text(encoding="utf-8")))) & OF_SOME_KIND)
    }
    assert found == {}


def _fields_read(tree: ast.AST) -> Iterator[str]:
    """The fields that code reads of data: ``data["targets"]`` and ``data.get("targets")``."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(slice=ast.Constant(value=str(name))):
                yield name
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(name)), *_]):
                yield name


@pytest.mark.parametrize(
    "code",
    [
        'campus.of_kind("figures")',
        'case.one("plan")',
        'self.shared.get("campus")',
        'record.kind == "meeting"',
        'record.kind in ("meeting", "plan")',
        'parts = (("plan", "costs"),)',
        '{"plan": 1, "meeting": 2}',
        'registry.kinds["plan"]',
    ],
)
def test_a_kind_that_is_named_is_seen(code: str) -> None:
    assert list(named(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ["case.one(PLAN)", 'entry.get("student")', 'group["plan"]', '{"plan": 1, "size": 2}', 'voice == "student"'],
)
def test_a_field_of_that_name_is_no_kind(code: str) -> None:
    assert not list(named(ast.parse(code)))
