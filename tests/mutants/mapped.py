"""Finds the test files that could notice a fault in a line of a module, the likeliest first.

Test files that reach the line's function or constant come before those that only import its module. Of these first come
the ones that speak most of the same things and reach it by the fewest imports: what is many imports away makes whole
sites of it, and takes long. Before them all come examples: of the codes of a module's rules, also those of the slow
runs, and of changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.imports import imports_of
from tests.mutants.fixtures import Fixtures
from tests.mutants.likeness import Likeness
from tests.mutants.names import Names

#: A code of a rule, in a module's text.
_CODE = re.compile(r'"([A-Z]{2,6}-[0-9A-Za-z]+)"')
#: Test files whose cases are called by the code of a rule, and the one that asks for the words of all rules.
_BY_CODE = ("checks/test_examples.py", "checks/test_days_of_rules.py", "checks/test_changes.py")
_OF_WORDS = "checks/test_explain.py"
#: What a module imports that puts changes into words, and the test file of all examples of that.
_TELLING, _OF_CHANGES = "sendbook.history.", "history/test_pairs.py"
#: How many imports away a test file is as good as half as like as one that is next to the line.
_FAR = 3


@dataclass(frozen=True)
class Mapped:
    """A checkout's modules and test files, and who imports whom."""

    root: Path
    package: str = "generator/sendbook"
    tests: str = "tests"

    @cached_property
    def imports(self) -> dict[str, frozenset[str]]:
        """What each module and each test file imports, by name; for a test file also by way of its fixtures."""
        found = imports_of(self.root / self.package, self.root / self.tests)
        conftests = {name for name in found if name.endswith(".conftest")}
        fixtures = Fixtures(self.root, self.tests, found.keys() - conftests)
        return {name: (one.imports - conftests) | fixtures.imports_of(name) for name, one in found.items()}

    @cached_property
    def importers(self) -> dict[str, frozenset[str]]:
        """Who imports each module."""
        turned: dict[str, set[str]] = {name: set() for name in self.imports}
        for name, imported in self.imports.items():
            for one in imported:
                turned[one].add(name)
        return {name: frozenset(importers) for name, importers in turned.items()}

    def tests_of(self, module: Path, line: int) -> list[Path]:
        """Returns the test files (in the checkout) for a line of a module of the package, the likeliest first."""
        name = self.name_of(module)
        tests = [one for one in _distances(name, self.importers) if _is_test(one)]
        reaching = self._names.distances(name, line)
        like = self._likeness.of(name, (self.root / module).read_text(encoding="utf-8"), line)

        def likely(test: str) -> tuple[bool, float, str]:
            return test not in reaching, -like[test] / (_FAR + reaching.get(test, 0)), test

        return [self.path_of(test) for test in sorted(tests, key=likely)]

    def examples_of(self, module: Path) -> list[str]:
        """Returns what pytest is asked for the examples of a module's rules and their words, or of changes in words."""
        text, tests = (self.root / module).read_text(encoding="utf-8"), Path(self.tests)
        found = [str(tests / _OF_CHANGES)] if _TELLING in text else []
        codes = sorted(set(_CODE.findall(text)))
        if codes:
            chosen = f"-m 'not browser' -k '{' or '.join(codes)}'"
            examples = [f"{tests / name} {chosen}" for name in _BY_CODE]
            # A table of words has many codes, and no example says which of its sentences is asked for.
            found += (
                [str(tests / _OF_WORDS), *examples] if "WHAT_TO_DO" in text else [*examples, str(tests / _OF_WORDS)]
            )
        return found

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
    def _modules(self) -> dict[str, Path]:
        found = imports_of(self.root / self.package, self.root / self.tests)
        return {name: one.path for name, one in found.items()}

    @cached_property
    def _names(self) -> Names:
        return Names(self._modules)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness({name: path for name, path in self._modules.items() if _is_test(name)})

    @cached_property
    def _reached(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(_distances(name, self.imports)) for name in self.imports}


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


def _is_test(name: str) -> bool:
    return name.rpartition(".")[2].startswith("test_")
