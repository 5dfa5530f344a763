"""Finds the test files that could notice a fault in a module, the narrowest first.

A test file that is called like the module comes first, then those of the module's own room, then those that reach it
by the fewest imports, and of these the ones that reach the least besides. What a fixture of a ``conftest.py`` imports
counts for the test files that ask for the fixture.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.imports import imports_of


@dataclass(frozen=True)
class Mapped:
    """A checkout's modules and test files, and who imports whom."""

    root: Path
    package: str = "generator/sendbook"
    tests: str = "tests"

    @cached_property
    def imports(self) -> dict[str, frozenset[str]]:
        """What each module and each test file imports, by name; for a test file also its fixtures' files."""
        found = {
            name: module.imports
            for name, module in imports_of(self.root / self.package, self.root / self.tests).items()
        }
        return {name: imported | self._fixtures(name, found) for name, imported in found.items()}

    @cached_property
    def importers(self) -> dict[str, frozenset[str]]:
        """Who imports each module."""
        turned: dict[str, set[str]] = {name: set() for name in self.imports}
        for name, imported in self.imports.items():
            for one in imported:
                turned[one].add(name)
        return {name: frozenset(importers) for name, importers in turned.items()}

    def tests_of(self, module: Path) -> list[Path]:
        """Returns the test files (in the checkout) for a module of the package, the narrowest first."""
        name = self.name_of(module)
        near = _distances(name, self.importers)
        tests = [one for one in near if one.rpartition(".")[2].startswith("test_")]
        room, called = _room(name), _words(name)

        def narrow(test: str) -> tuple[int, bool, int, int, str]:
            alike = len(_alike(called, _words(test)))
            return (-alike, _room(test) != room, near[test], len(self._reached[test]), test)

        return [self.path_of(test) for test in sorted(tests, key=narrow)]

    def untouched_by(self, module: Path, tests: Iterable[Path]) -> list[str]:
        """Returns what the tests import that imports the module in no way: the module's faults change none of it."""
        touched = _distances(self.name_of(module), self.importers)
        room = f"{Path(self.package).name}."
        asked = set[str]().union(*(self._reached[".".join(test.with_suffix("").parts)] for test in tests))
        return sorted(name for name in asked if name.startswith(room) and name not in touched)

    def name_of(self, module: Path) -> str:
        """Returns the name by which a module in the checkout is imported."""
        inside = module.relative_to(Path(self.package).parent).with_suffix("")
        return ".".join(inside.parts[:-1] if inside.name == "__init__" else inside.parts)

    def path_of(self, test: str) -> Path:
        """Returns the place of a test file in the checkout."""
        return Path(*test.split(".")).with_suffix(".py")

    @cached_property
    def _reached(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(_distances(name, self.imports)) for name in self.imports}

    def _fixtures(self, name: str, known: Mapping[str, object]) -> frozenset[str]:
        """The ``conftest`` files whose fixtures a test file, or another ``conftest``, asks for."""
        steps = name.split(".")
        if steps[0] != self.tests or name not in known:
            return frozenset()
        above = (".".join([*steps[:depth], "conftest"]) for depth in range(1, len(steps)))
        asked = self._asked[name]
        return frozenset(one for one in above if one in known and one != name and asked & self._given[one])

    @cached_property
    def _asked(self) -> dict[str, frozenset[str]]:
        """The names of all parameters in each test file."""
        return {name: frozenset(_parameters(tree)) for name, tree in self._trees.items()}

    @cached_property
    def _given(self) -> dict[str, frozenset[str]]:
        """The fixtures that each ``conftest`` gives."""
        return {name: frozenset(_functions(tree)) for name, tree in self._trees.items() if name.endswith(".conftest")}

    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        paths = sorted((self.root / self.tests).rglob("*.py"))
        names = (".".join(path.relative_to(self.root).with_suffix("").parts) for path in paths)
        return {
            name.removesuffix(".__init__"): ast.parse(path.read_text(encoding="utf-8"))
            for name, path in zip(names, paths, strict=True)
        }


def _distances(name: str, ways: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """How many steps lead from a module to each that can be reached, itself with none."""
    near = {name: 0}
    waiting = [name]
    for one in waiting:
        for following in sorted(ways[one]):
            if following not in near:
                near[following] = near[one] + 1
                waiting.append(following)
    return near


def _room(name: str) -> str:
    """The room of a module, and of a test file that is about one."""
    return name.split(".")[1]


def _words(name: str) -> set[str]:
    """The words by which a module or a test file is called; a kind's own folder is called like the kind."""
    steps = name.split(".")[1:]
    called = steps[1:] if steps[0] == "kinds" else steps[-1:]
    return {word for step in called for word in step.split("_") if len(word) > 2} - {"test"}


def _alike(words: Iterable[str], others: Iterable[str]) -> set[str]:
    """The words that are among the others, in the singular or the plural."""
    several = {ending for other in others for ending in (other, f"{other}s", other.removesuffix("s"))}
    return {word for word in words if word in several}


def _parameters(tree: ast.Module) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (one.arg for one in (*node.args.args, *node.args.kwonlyargs))


def _functions(tree: ast.Module) -> Iterable[str]:
    return (node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
