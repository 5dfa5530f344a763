"""On which day a rule begins to find something: where an example says so, the day before it is silent."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.site.build.inspection import inspect
from tests.checks_kit import EXAMPLES, case, spoil, tiny_campus

DATED = [path for path in sorted(EXAMPLES.glob("*/*/case.yml")) if "days" in case(path)]
REGISTRY = SchemaRegistry.load(schemas())


@pytest.mark.sample(3)
@pytest.mark.parametrize("path", DATED, ids=lambda path: path.parent.name)
def test_an_example_is_found_on_its_day_and_not_on_the_one_next_to_it(path: Path, tmp_path: Path) -> None:
    change = case(path)
    spoil(tiny_campus(tmp_path), change)
    if "also" in change:
        spoil(tmp_path, change["also"])

    def found(day: str) -> bool:
        on = date.fromisoformat(day)
        return path.parent.name in {one.code for one in inspect(CampusFolder(tmp_path, REGISTRY), on)}

    days = change["days"]
    apart = date.fromisoformat(days["found"]) - date.fromisoformat(days["silent"])
    assert abs(apart) == timedelta(days=1)
    assert (found(days["silent"]), found(days["found"])) == (False, True)
