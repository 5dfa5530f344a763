"""Whatever kinds and rules there are, each has good and bad examples: what nobody tries is not known to work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from inspect import unwrap
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.campus.strict_yaml import parse
from sendbook.checks.rules.rule import Rule
from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.sections import Section
from tests.checks_kit import EXAMPLES, case

REGISTRY = SchemaRegistry.load(schemas())
RULES: tuple[Rule[Any], ...] = (*RULE_BOOK.student, *RULE_BOOK.shared, *RULE_BOOK.documents)
TESTS = Path(__file__).parents[1]


def kind_of(file: str) -> str | None:
    match = REGISTRY.match(file.removeprefix("records/"))
    return match.kind.name if match is not None else None


@cache
def spoilt() -> frozenset[str | None]:
    """The kinds of which a record is spoilt in an example."""
    cases = [case(path) for path in EXAMPLES.glob("*/*/case.yml")]
    return frozenset(
        kind_of(one["file"]) for change in cases for one in (change, change.get("also", {})) if "file" in one
    )


#: The tiny campus, the example, and good records that are in neither.
GOOD = (EXAMPLES / "valid", example(), EXAMPLES / "alone")


@pytest.mark.parametrize("kind", REGISTRY.kinds.values(), ids=lambda kind: kind.name)
def test_each_kind_has_a_record_that_is_good_and_one_that_is_spoilt(kind: Kind) -> None:
    good = (path.relative_to(root) for root in GOOD for path in root.glob("records/**/*.yml"))
    assert kind.name in {kind_of(path.as_posix()) for path in good}, "no good record of the kind is in tests/examples"
    assert kind.name in spoilt(), "no example in tests/examples spoils a record of the kind"


@pytest.mark.parametrize("path", sorted((EXAMPLES / "alone").rglob("*.yml")), ids=lambda path: path.stem)
def test_a_good_record_by_itself_is_good(path: Path) -> None:
    kind = REGISTRY.kinds[kind_of(path.relative_to(EXAMPLES / "alone").as_posix()) or ""]
    assert kind.is_valid(parse(path.read_bytes(), path.name).data)


#: Each section with the kind and the page that it is on.
SECTIONS = [
    (kind.name, page, one) for kind in ALL_KINDS for page, found in kind.sections.items() for one in found.values()
]


@pytest.mark.parametrize(("kind", "page", "section"), SECTIONS, ids=lambda value: getattr(value, "name", value))
def test_each_section_is_looked_at_by_what_it_says(kind: str, page: str, section: Section) -> None:
    """In a test that names its place on a page, or the function that shows it."""
    show = getattr(section.show, "__name__", "")
    tried = re.search(rf"{page}\}}?/{section.name}\"|\}}/{section.name}\"|\b{show}\(", _named())
    assert tried, (
        f'say in a test what the section “{section.name}” of the kind “{kind}” shows: said("{page}/{section.name}")'
    )


@pytest.mark.parametrize("kind", [one for one in ALL_KINDS if one.campus_pages], ids=lambda kind: kind.name)
def test_each_page_about_the_campus_is_looked_at_by_what_it_says(kind: KindOfRecord) -> None:
    """In a test that names its path."""
    for page in kind.campus_pages:
        assert f'"{page.path}' in _named(), f"say in a test what the page {page.path} of the kind “{kind.name}” says"


def asks_the_day(test: Any, passed: set[Any] | None = None) -> bool:
    """Whether a rule's function, or one of the rules' own that it calls, asks which day it is."""
    passed = set() if passed is None else passed
    function = unwrap(test)
    if not isinstance(function, FunctionType) or function in passed:
        return False
    passed.add(function)
    names = set(_names(function.__code__))
    called = (function.__globals__.get(name) for name in names)
    return "on" in names or any(asks_the_day(one, passed) for one in called if _is_of_rules(one))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _is_of_rules(value: object) -> bool:
    rooms = ("sendbook.checks.rules", "sendbook.deadlines", "sendbook.kinds")
    return isinstance(value, FunctionType) and value.__module__.startswith(rooms)


DATED = tuple(rule for rule in RULES if asks_the_day(rule.test))


def test_the_rules_that_ask_the_day_are_found() -> None:
    assert {"AP-7", "AP-8", "DOC-10", "TGT-09", "PLAN-10"} <= {rule.id for rule in DATED}
    assert not {"TGT-03", "ACC-02"} & {rule.id for rule in DATED}


@cache
def _named() -> str:
    """The text of all tests but those that only list examples."""
    about_examples = {"test_examples.py", Path(__file__).name}
    return "\n".join(
        path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py") if path.name not in about_examples
    )


@pytest.mark.parametrize("rule", DATED, ids=lambda rule: rule.id)
def test_a_rule_that_asks_the_day_has_its_last_good_and_first_bad_day_tried(rule: Rule[Any]) -> None:
    """In a test that names the rule, or by the `days` of its example, which `test_days_of_rules.py` tries."""
    (path,) = EXAMPLES.glob(f"*/{rule.id}/case.yml")
    assert f'"{rule.id}"' in _named() or "days" in case(path), (
        f"say in {path.relative_to(TESTS)} from which day it is found, and on which day next to it it isn't"
    )
