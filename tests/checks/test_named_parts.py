"""Parts that are named for a member of the family: each is one part of one kind of record, or is asked about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import spoil, tiny_campus


@pytest.mark.parametrize("name", ["targets", "plan.targets", "plan.costs", "student.costs"])
def test_one_part_of_one_kind_is_not_asked_about(tmp_path: Path, registry: SchemaRegistry, name: str) -> None:
    assert _asked(tmp_path, registry, name) == []


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("costs", "More than one kind of record has a part called so"),
        ("target", "A student's records have no such part"),
        ("meeting.targets", "A student's records have no such part"),
        ("campus.roll", "A student's records have no such part"),
    ],
)
def test_a_name_that_shows_nothing_is_asked_about(
    tmp_path: Path, registry: SchemaRegistry, name: str, asked: str
) -> None:
    assert _asked(tmp_path, registry, name) == [(f"{asked}, so this shows the person nothing.", name)]


def _asked(root: Path, registry: SchemaRegistry, name: str) -> list[tuple[str, str]]:
    spoil(
        tiny_campus(root),
        {
            "file": "records/students/2TST/student.yml",
            "replace": "    access: full\n",
            "with": f"    access: named_parts\n    parts:\n      - {name}\n",
        },
    )
    found = inspect_records(CampusFolder(root, registry), date(2026, 11, 23), rules=RULE_BOOK).findings
    return [(one.message, one.found) for one in found if one.code == "FAM-06"]
