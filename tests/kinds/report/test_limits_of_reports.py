"""How long a report may wait is for the campus to choose: for a plan, for a look at its advice and at its plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import EXAMPLES, case, spoil, tiny_campus

LIMITS = {
    "RPT-01": ("school_days_to_an_action_plan", 20, date(2026, 11, 16)),
    "RPT-04": ("weeks_to_look_at_advice", 1, date(2026, 10, 5)),
    "RPT-05": ("weeks_between_looks_at_an_action_plan", 15, date(2026, 10, 19)),
}


def found(root: Path, code: str, on: date) -> list[str]:
    """The messages under a code in the example of that code, on a day."""
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    return [one.message for one in inspect_records(folder, on, rules=RULE_BOOK).findings if one.code == code]


@pytest.mark.parametrize("code", sorted(LIMITS))
def test_the_number_of_the_campus_counts_and_is_named(tmp_path: Path, code: str) -> None:
    name, number, last = LIMITS[code]
    spoil(tiny_campus(tmp_path), case(EXAMPLES / "warned" / code / "case.yml"))
    campus = tmp_path / "records/campus.yml"
    campus.write_text(f"{campus.read_text(encoding='utf-8')}house_rules:\n  {name}: {number}\n", encoding="utf-8")
    assert found(tmp_path, code, last) == []
    (message,) = found(tmp_path, code, date.fromordinal(last.toordinal() + 1))
    assert f"{number} {'school day' if code == 'RPT-01' else 'week'}{'' if number == 1 else 's'}" in message.replace(
        "\N{NO-BREAK SPACE}", " "
    )
