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
            items=group(
                {"id": field(), "behaviour": field(), "after": field(**{"x-link": "#/targets"})}, title="Target"
            ),
            **{"x-key": "id"},
        ),
        "steps": field(
            type="array", items=group({"id": field(), "count": field(type="integer")}, title="Step"), **{"x-key": "id"}
        ),
        "turns": field(
            type="array",
            items=group({"id": field(), "after": field(**{"x-link": "#/turns"})}, **{"x-say": "after {after}"}),
            **{"x-key": "id"},
        ),
    },
)
VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "place": field(title="Place"),
        "serves": field(title="Serves", **{"x-link": "plan#/targets"}),
        "after": field(title="After", **{"x-link": "visit"}),
        "all": field(title="All", type="array", items=field(**{"x-link": "plan#/targets"})),
        "days": field(
            title="Days",
            type="array",
            items=group(
                {
                    "id": field(),
                    "all": field(title="All", type="array", items=field(**{"x-link": "plan#/targets"})),
                }
            ),
            **{"x-key": "id"},
        ),
        "step": field(title="Step", **{"x-link": "plan#/steps"}),
        "turn": field(title="Turn", **{"x-link": "plan#/turns"}),
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
    assert said == ["Serves changed to another target.", "After is now a home visit."]


def test_links_of_a_list_that_change_from_one_unseen_thing_to_another_are_one_change(
    kinds: Mapping[str, Kind],
) -> None:
    before, after = side({"all": ["reads", "sings"]}), side({"all": ["writes", "sings"]})
    assert told(kinds, before, after) == ["Changed to another target."]
    within = side({"days": [{"id": "first", "all": ["reads"]}]}), side({"days": [{"id": "first", "all": ["writes"]}]})
    assert told(kinds, *within) == ["“first”: all changed to another target."]


def test_a_link_more_to_what_is_not_seen_says_of_what_sort_it_is(kinds: Mapping[str, Kind]) -> None:
    before, after = side({"all": ["reads"]}), side({"all": ["reads", "writes"]})
    assert told(kinds, before, after) == ["New: a target."]
    assert told(kinds, after, before) == ["Removed: a target."]
    plan = {"targets": [READS, WRITES]}
    assert told(kinds, side({"all": ["reads"]}, plan=plan), side({"all": ["writes"]}, plan=plan)) == [
        "New: “writes a page”.",
        "Removed: “reads aloud”.",
    ]


def test_what_comes_into_sight_is_named_and_what_was_not_in_sight_is_not(kinds: Mapping[str, Kind]) -> None:
    plan = {"targets": [WRITES]}
    before, after = side({"serves": "reads"}, plan=plan), side({"serves": "writes"}, plan=plan)
    assert told(kinds, before, after) == ["Serves changed from a target to “writes a page”."]


def test_an_entry_without_words_for_the_reader_is_not_named_by_its_id(kinds: Mapping[str, Kind]) -> None:
    plan = {"steps": [{"id": "reads", "count": 4}, {"id": "writes", "count": 5}]}
    before, after = side({"step": "reads"}, plan=plan), side({"step": "writes"}, plan=plan)
    assert told(kinds, before, after) == ["Step changed to another step."]


def test_links_that_lead_round_are_told_once(kinds: Mapping[str, Kind]) -> None:
    plan = {"turns": [{"id": "a", "after": "b"}, {"id": "b", "after": "a"}]}
    assert told(kinds, side({}, plan=plan), side({"turn": "a"}, plan=plan)) == ["Turn is now after an entry of turns."]


def test_what_was_linked_and_is_gone_is_told_by_what_it_was_called(kinds: Mapping[str, Kind]) -> None:
    before = side({"serves": "reads"}, plan={"targets": [READS, WRITES]})
    after = side({"serves": "writes"}, plan={"targets": [WRITES]})
    assert "Serves changed from “reads aloud” to “writes a page”." in told(kinds, before, after)
