"""Says how much a test file speaks of the same things as a line of a module: by the words in both, the rare ones most.

A test that would notice a slip names what the slip is about: the field, the code, the kind, the people. This is the
usual measure of text search (BM25), asked of what a line, its function and its module say.
"""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_WORD = re.compile(r"[a-z]{3,}")
#: What words count for: of the line, of its function or constant, of the module, and of the module's name.
_LINE, _FUNCTION, _MODULE, _NAME = 3, 2, 1, 2
#: How soon a word that is said again counts for little, and how much a long file is marked down (as is usual).
_SATURATION, _LENGTH = 1.2, 0.75


@dataclass(frozen=True)
class Likeness:
    """The texts of test files, by name."""

    tests: Mapping[str, Path]

    def of(self, name: str, source: str, line: int) -> dict[str, float]:
        """Returns how much each test file is like a line of a module."""
        asked: Counter[str] = Counter()
        for text, weight in (
            (source.splitlines()[line - 1], _LINE),
            (_innermost(source, line), _FUNCTION),
            (source, _MODULE),
            (name, _NAME),
        ):
            asked.update(dict.fromkeys(_words(text), weight))
        return {test: self._score(asked, said) for test, said in self._said.items()}

    def _score(self, asked: Mapping[str, int], said: Counter[str]) -> float:
        long = 1 - _LENGTH + _LENGTH * said.total() / self._usual_length
        shared = (word for word in asked if word in said)
        return sum(
            asked[word] * self._rareness[word] * said[word] / (said[word] + _SATURATION * long) for word in shared
        )

    @cached_property
    def _said(self) -> dict[str, Counter[str]]:
        return {
            name: Counter(_words(f"{name} {path.read_text(encoding='utf-8')}")) for name, path in self.tests.items()
        }

    @cached_property
    def _usual_length(self) -> float:
        return sum(said.total() for said in self._said.values()) / len(self._said)

    @cached_property
    def _rareness(self) -> dict[str, float]:
        holding = Counter(word for said in self._said.values() for word in said)
        return {word: math.log(1 + (len(self._said) - held + 0.5) / (held + 0.5)) for word, held in holding.items()}


def _words(text: str) -> Iterable[str]:
    return _WORD.findall(text.lower())


def _innermost(source: str, line: int) -> str:
    """The text of the smallest function, class or constant that a line is in."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    around = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, kinds) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if not around:
        return ""
    least = min(around, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
    return "\n".join(source.splitlines()[least.lineno - 1 : least.end_lineno])
