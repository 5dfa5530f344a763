"""The house keeps its shape: rooms import only downwards, files stay readable, nobody but the rim asks the date."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sendbook
from tests.imports import imports_of, reached_from

PACKAGE = Path(sendbook.__file__).parent

_BELOW_PAGES = {"campus", "access", "history", "checks", "deadlines", "figures", "bundle", "documents"}

# What each room may import of ours, besides itself, the exceptions in errors.py, the seals and encryption of what is
# remembered, and the places in the state folder.
MAY_IMPORT = {
    "campus": set(),
    "access": {"campus"},
    "history": {"campus", "access"},
    "checks": {"campus", "access", "history"},
    "deadlines": {"campus", "access", "checks"},
    "figures": {"campus", "checks"},
    "bundle": set(),
    "line": set(),
    "processes": {"line"},
    "documents": {"campus", "access", "history", "bundle"},
    "pages": _BELOW_PAGES,
    "kinds": {*_BELOW_PAGES, "pages"},
    "handbook": {*_BELOW_PAGES, "pages"},
    "site": {*_BELOW_PAGES, "pages", "kinds", "handbook"},
    "gate": {"bundle", "access", "line"},
    "example": {"campus", "access"},
    "cli": {*_BELOW_PAGES, "pages", "kinds", "handbook", "site", "line", "processes", "gate", "example"},
}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        if room in MAY_IMPORT:
            yield room, path


def _imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)


def test_every_folder_of_the_package_is_a_room_with_known_neighbours() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__", "shipped"}
    assert folders == set(MAY_IMPORT)


@pytest.mark.parametrize(("room", "path"), list(_modules()), ids=lambda value: getattr(value, "stem", value))
def test_a_room_imports_only_what_lies_below_it(room: str, path: Path) -> None:
    allowed = MAY_IMPORT[room] | {room, "errors", "seals", "encryption", "places", "__version__"}
    for name, node in _imports(path):
        if name.startswith("sendbook."):
            assert name.split(".")[1] in allowed, f"{path.name}:{node.lineno} imports {name}"


def test_the_gate_uses_of_access_only_the_people() -> None:
    for room, path in _modules():
        if room == "gate":
            used = {name for name, _ in _imports(path) if name.startswith("sendbook.access")}
            assert all(name.startswith("sendbook.access.people") for name in used), path


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Imports within functions and for types alone count: they only hide a circle."""
    modules = imports_of(PACKAGE)
    circles = {name for name, module in modules.items() if name in reached_from(module.imports, modules)}
    assert circles == set()


def test_no_module_has_grown_into_two() -> None:
    long = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for _, path in _modules()}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_no_module_is_named_for_nothing() -> None:
    assert not {path.stem for _, path in _modules()} & {"utils", "helpers", "manager", "common", "misc"}
