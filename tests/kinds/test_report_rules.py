"""Reports: advice that is accepted is taken up by something; what is next to an example of a rule is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import EXAMPLES, case, tiny_campus

ON = date(2026, 11, 23)


def codes(example: str, root: Path, registry: SchemaRegistry, before: str, after: str) -> list[str]:
    """The codes of what is found in the report of an example once one thing in it is another."""
    change = case(EXAMPLES / "warned" / example / "case.yml")
    path = tiny_campus(root) / change["file"]
    path.parent.mkdir()
    assert change["content"].count(before) == 1, before
    path.write_text(change["content"].replace(before, after), encoding="utf-8")
    found = inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings
    return [one.code for one in found if one.path == change["file"]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: tell\n", "- id: tell\n  recommendation: slower\n"),
        ("  category: classroom\n", "  category: classroom\n  target: pace\n"),
        ("  category: classroom\n", "  category: classroom\n  provision: reading\n"),
        ("what: accepted\n", "what: declined\n    why: He does so already.\n"),
    ],
    ids=["an action", "a target", "provision", "declined"],
)
def test_advice_that_something_takes_up_or_that_is_declined_is_not_asked_about(
    before: str, after: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes("RPT-03", tmp_path, registry, before, after) == []


def test_an_action_for_other_advice_takes_up_nothing(tmp_path: Path, registry: SchemaRegistry) -> None:
    other = "- id: other\n  page: 5\n  for_staff: Sit near him.\n  category: classroom\nactions:\n"
    action = "- id: sit\n  what: Move the seats\n  who: p-1aaa\n  by: 2026-12-04\n  recommendation: other\n"
    assert codes("RPT-03", tmp_path, registry, "actions:\n", other + action).count("RPT-03") == 1
