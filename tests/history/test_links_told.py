"""What changed says what is linked by its name, also in another record of the student: as far as the reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.history.comparison import compare
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from tests.campus.small_schemas import field, group, kind, write_schemas

PLAN = kind(
    "plan",
    "students/{student}/plan.yml",
    {
        "targets": field(
            type="array",
            items=group({"id": field(), "behaviour": field(), "after": field(**{"x-link": "#/targets"})}),
            **{"x-key": "id"},
        )
    },
)
VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "place": field(title="Place"),
        "serves": field(title="Serves", **{"x-link": "plan#/targets"}),
        "after": field(title="After", **{"x-link": "visit"}),
    },
    title="Home visit",
    **{"x-called": "Visit to {place}"},
)
READS, WRITES = {"id": "reads", "behaviour": "reads aloud"}, {"id": "writes", "behaviour": "writes a page"}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Kind]:
    PLAN["properties"]["targets"]["items"]["x-say"] = "“{behaviour}”"
    folder = write_schemas(tmp_path_factory.mktemp("schemas"), {"plan": PLAN, "visit": VISIT})
    return SchemaRegistry.load(folder).kinds


def side(
    visit: Mapping[str, Any], *, plan: Mapping[str, Any] | None = None, mill: Mapping[str, Any] | None = None
) -> dict[str, Record]:
    """A student's records by id: a visit, and where they are given the plan and an earlier visit."""
    all_ = [("visit", "visits/now", visit), ("plan", "plan", plan), ("visit", "visits/mill", mill)]
    made = [(name, path, data) for name, path, data in all_ if data is not None]
    return {
        f"students/7Q4K/{path}": Record(
            id=f"students/7Q4K/{path}", kind=name, student="7Q4K", path="", digest=str(data), data=data
        )
        for name, path, data in made
    }


def told(kinds: Mapping[str, Kind], before: dict[str, Record], after: dict[str, Record]) -> list[str]:
    accounts = narrate(compare(before, after, kinds), before, after, kinds, Names(), tellers={})
    return [str(one.text) for account in accounts for passage in account.passages for one in passage.sentences]


def test_a_link_into_another_record_is_told_by_what_that_calls_it(kinds: Mapping[str, Kind]) -> None:
    plan, mill = {"targets": [READS, WRITES]}, {"place": "the mill"}
    before = side({"serves": "reads"}, plan=plan, mill=mill)
    after = side({"serves": "writes", "after": "mill"}, plan=plan, mill=mill)
    assert told(kinds, before, after) == [
        "Serves changed from “reads aloud” to “writes a page”.",
        "After is now Visit to the mill.",
    ]


def test_what_the_reader_does_not_see_there_is_not_told(kinds: Mapping[str, Kind]) -> None:
    before, after = side({"serves": "reads"}), side({"serves": "writes", "after": "mill"})
    said = told(kinds, before, after)
    assert not [one for one in said if "aloud" in one or "Visit to" in one]
    assert said[0] == "Serves changed from Reads to Writes."


def test_what_was_linked_and_is_gone_is_told_by_what_it_was_called(kinds: Mapping[str, Kind]) -> None:
    before = side({"serves": "reads"}, plan={"targets": [READS, WRITES]})
    after = side({"serves": "writes"}, plan={"targets": [WRITES]})
    assert "Serves changed from “reads aloud” to “writes a page”." in told(kinds, before, after)
