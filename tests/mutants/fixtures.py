"""Finds what a test file imports by way of the fixtures it asks for.

A ``conftest.py`` imports all that any of its fixtures needs: to ask for one of them is not to reach what the others do.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_CONFTEST = "conftest"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What a ``conftest`` gives under a name: which modules that takes, and which other names."""

    imports: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Fixtures:
    """The test files of a checkout; ``ours`` are the modules that count."""

    root: Path
    tests: str
    ours: Collection[str]

    def imports_of(self, name: str) -> frozenset[str]:
        """Returns the modules that a test file reaches by what it asks of the ``conftest`` files above it."""
        tree = self._trees.get(name)
        if tree is None or name.endswith(f".{_CONFTEST}"):
            return frozenset()
        given = self._above(name)
        found: set[str] = set()
        waiting = [one for one in _asked(tree) if one in given]
        for one in waiting:
            found |= given[one].imports
            waiting += [other for other in sorted(given[one].names) if other in given and other not in waiting]
        return frozenset(found)

    def _above(self, name: str) -> dict[str, _Given]:
        """What is given to a test file, the nearest last: it counts where two give the same."""
        steps = name.split(".")
        found: dict[str, _Given] = {}
        for depth in range(1, len(steps)):
            found |= self._given.get(".".join([*steps[:depth], _CONFTEST]), {})
        return found

    @cached_property
    def _given(self) -> dict[str, dict[str, _Given]]:
        return {
            name: dict(_given_by(tree, self.ours))
            for name, tree in self._trees.items()
            if name.endswith(f".{_CONFTEST}")
        }

    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        paths = sorted((self.root / self.tests).rglob("*.py"))
        return {_name(path, self.root): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _name(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _asked(tree: ast.Module) -> Iterator[str]:
    """The parameters of all functions, and the names that are imported from a ``conftest``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (one.arg for one in (*node.args.args, *node.args.kwonlyargs))
        elif isinstance(node, ast.ImportFrom) and str(node.module).endswith(f".{_CONFTEST}"):
            yield from (alias.name for alias in node.names)


def _given_by(tree: ast.Module, ours: Collection[str]) -> Iterator[tuple[str, _Given]]:
    imported = _imported(tree, ours)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            names |= {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
            imports = frozenset(imported[one] for one in names if one in imported)
            yield node.name, _Given(imports=imports, names=frozenset(names - {node.name}))


def _imported(tree: ast.Module, ours: Collection[str]) -> Mapping[str, str]:
    """The module that each imported name comes from."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found[alias.asname or alias.name] = whole if whole in ours else str(node.module)
    return {name: module for name, module in found.items() if module in ours}
