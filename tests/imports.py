"""Which modules of the package import which, read from their text: also within functions, and for types alone."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module's file, and the names of the modules of ours that it imports."""

    path: Path
    imports: frozenset[str]


def imports_of(*packages: Path) -> dict[str, Module]:
    """Reads all modules of some packages, by name (``sendbook.campus.terms``)."""
    paths = {_name(package, path): path for package in packages for path in sorted(package.rglob("*.py"))}
    return {name: Module(path=path, imports=_imported(path, paths) - {name}) for name, path in paths.items()}


def reached_from(begin: Iterable[str], modules: Mapping[str, Module]) -> frozenset[str]:
    """Returns these modules and all that they import, directly or not."""
    reached: set[str] = set()
    waiting = list(begin)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += modules[name].imports
    return frozenset(reached)


def _name(package: Path, path: Path) -> str:
    steps = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(steps[:-1] if steps[-1] == "__init__" else steps)


def _imported(path: Path, ours: Collection[str]) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            # What is imported may be a module itself (`from sendbook.campus import terms`).
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in ours else str(node.module) for name in names}
    return frozenset(found & set(ours))
