"""Finds the test files that reach a function, by the names that lead from one definition to the next.

A module is imported for many things: who imports it need not come by the line that is faulty. Definitions at the top of
a module (a class with all its methods, a constant) and the names in them are followed; annotations are not, as
what is handed in was made somewhere. What is called through an object alone is not found: this orders tests, no more.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: A module and what is defined at its top; "" is what it does when it is imported.
Name = tuple[str, str]
_CONFTEST = ".conftest"


@dataclass(frozen=True)
class Names:
    """The definitions of a checkout, by the modules' paths."""

    modules: Mapping[str, Path]

    def distances(self, module: str, line: int) -> dict[str, int]:
        """How many imports lead from what is defined at a line to each module that reaches it."""
        near = dict.fromkeys(self._at(module, line), 0)
        waiting = deque(near)
        while waiting:
            one = waiting.popleft()
            for following in sorted(self._users.get(one, ())):
                within = following[0] == one[0]
                further = near[one] + (not within)
                if further < near.get(following, further + 1):
                    near[following] = further
                    # Steps within a module are none: what is nearest has to be looked at first.
                    (waiting.appendleft if within else waiting.append)(following)
        found: dict[str, int] = {}
        for (name, _), distance in near.items():
            found[name] = min(distance, found.get(name, distance))
        return found

    def _at(self, module: str, line: int) -> list[Name]:
        for node in self._trees[module].body:
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            if first <= line <= (node.end_lineno or first):
                return [(module, name) for name in _defined(node)] or [(module, "")]
        return [(module, "")]

    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in self.modules.items()}

    @cached_property
    def _users(self) -> dict[Name, set[Name]]:
        """Who uses each definition."""
        given = {name: {one for node in tree.body for one in _defined(node)} for name, tree in self._trees.items()}
        found: dict[Name, set[Name]] = {}
        for module, tree in self._trees.items():
            known = {name: (module, name) for name in given[module]}
            known = {**self._fixtures(module, given), **_imported(tree, self.modules, given), **known}
            whole = module.rpartition(".")[2].startswith("test_")
            for node in tree.body:
                # A test file is one thing; others may take a helper out of it.
                users = [*_defined(node), ""] if whole else _defined(node) or [""]
                for used in _used(node, known):
                    found.setdefault(used, set()).update((module, user) for user in users if used != (module, user))
        return found

    def _fixtures(self, module: str, given: Mapping[str, Collection[str]]) -> dict[str, Name]:
        """What the ``conftest`` files above a module give, the nearest last."""
        steps = module.split(".")
        above = [".".join(steps[:depth]) + _CONFTEST for depth in range(1, len(steps))]
        return {name: (one, name) for one in above for name in given.get(one, ())}


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]


def _imported(tree: ast.Module, ours: Collection[str], given: Mapping[str, Collection[str]]) -> dict[str, Name]:
    """What each imported name means; a module stands for what it does when it is imported."""
    found: dict[str, Name] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                module = str(node.module)
                if f"{module}.{alias.name}" in ours:
                    found[alias.asname or alias.name] = (f"{module}.{alias.name}", "")
                elif module in ours:
                    found[alias.asname or alias.name] = (module, alias.name)
    return found


def _used(node: ast.AST, known: Mapping[str, Name]) -> Iterator[Name]:
    for one in _without_annotations(node):
        if isinstance(one, ast.Name | ast.arg):
            name = one.id if isinstance(one, ast.Name) else one.arg
            if name in known:
                yield known[name]
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in known:
            yield known[one.value.id][0], one.attr


def _without_annotations(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _without_annotations(child)
