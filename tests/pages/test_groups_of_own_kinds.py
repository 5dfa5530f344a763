"""Groups within groups of a campus's own kind: none without words, and no heading deeper than there are any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.pages.campus_page import CampusReading
from sendbook.pages.own_kinds import Group, OwnRecord, group_of
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas
from tests.conftest import ON
from tests.site.small_student import around

DEPTH = 6


def nested(depth: int) -> Schema:
    inner = {"said": field(title=f"Said at {depth}")}
    if depth < DEPTH:
        inner["inner"] = {"title": f"Group {depth + 1}", "description": "A group.", **nested(depth + 1)}
    return group(inner)


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    schema = kind("deep", "deep/{id}.yml", nested(1)["properties"])
    folder: Path = write_schemas(tmp_path_factory.mktemp("own"), {"deep": schema})
    return SchemaRegistry.load(schemas(), folder).kinds["deep"]


def levels(group: Group) -> Iterator[tuple[str, int]]:
    yield group.title, group.level
    for inner in (*group.items, *group.groups):
        yield from levels(inner)


def made(kind: Kind, data: dict[str, Any]) -> Group:
    return group_of(CampusReading(around=around(), on=ON, manner="staff"), OwnRecord(kind=kind, path="x", data=data))


def test_headings_end_at_the_sixth_level(deep: Kind) -> None:
    data: dict[str, Any] = {"said": "a"}
    for _ in range(DEPTH - 1):
        data = {"said": "a", "inner": data}
    assert list(levels(made(deep, data))) == [
        ("", 3),
        ("Group 2", 4),
        ("Group 3", 5),
        ("Group 4", 6),
        ("Group 5", 6),
        ("Group 6", 6),
    ]


def test_a_list_of_groups_has_its_heading_below_that_of_what_it_is_in(tmp_path: Path) -> None:
    """Of the record itself, of a group, and of an entry of another list; the entries are headed as their list is."""
    said = {"said": field(title="Said")}
    day = group({**said, "stops": field(title="Stops", type="array", items=group(said))})
    days = field(title="Days", type="array", items=day)
    plan = {"title": "Plan", "description": "A group.", **group({"days": days})}
    schema = kind("trip", "trips/{id}.yml", {"days": days, "plan": plan})
    trip = SchemaRegistry.load(schemas(), write_schemas(tmp_path, {"trip": schema})).kinds["trip"]
    several = [{"said": "Monday", "stops": [{"said": "Zoo"}]}]
    assert list(levels(made(trip, {"days": several, "plan": {"days": several}}))) == [
        ("", 3),
        ("Days", 4),
        ("", 4),
        ("Stops", 5),
        ("", 5),
        ("Plan", 4),
        ("Days", 5),
        ("", 5),
        ("Stops", 6),
        ("", 6),
    ]


def test_a_group_that_says_nothing_is_not_there(deep: Kind) -> None:
    assert list(levels(made(deep, {"said": "a", "inner": {"inner": {}}}))) == [("", 3)]
    assert [title for title, _ in levels(made(deep, {"inner": {"inner": {"said": "b"}}}))] == ["", "Group 2", "Group 3"]


def test_one_of_a_thing_is_said_as_one(tmp_path: Path) -> None:
    schema = kind(
        "trip", "trips/{id}.yml", {"told": field(title="Told families", type="number", **{"x-unit": "weeks"})}
    )
    trip = SchemaRegistry.load(schemas(), write_schemas(tmp_path, {"trip": schema})).kinds["trip"]
    said = [made(trip, {"told": number}).facts for number in (1, 2, 0.5)]
    assert said == [(("Told families", f"{words}"),) for words in ("1 week", "2 weeks", "0.5 weeks")]


def test_whose_words_they_are_is_said_of_a_colleague_by_name(tmp_path: Path) -> None:
    entry = group(
        {"from": field(title="Said by", **{"x-link": "person"}), "text": field()}, **{"x-owner": {"by": "from"}}
    )
    schema = kind("trip", "trips/{id}.yml", {"voices": field(type="array", items=entry)})
    trip = SchemaRegistry.load(schemas(), write_schemas(tmp_path, {"trip": schema})).kinds["trip"]
    (voices,) = made(
        trip, {"voices": [{"from": "p-tea1", "text": "Loud."}, {"from": "p-mum1", "text": "Long."}]}
    ).groups
    assert [dict(one.facts)["Said by"] for one in voices.items] == ["Mr Teacher", "Someone outside school staff"]


@pytest.mark.parametrize("loose", ["said", "loose words", 7, None, ["said"], [{"said": "inside"}]])
def test_what_is_no_group_among_a_list_of_groups_is_left_out(loose: Any, tmp_path: Path) -> None:
    """A record from before its schema had groups there has words in their place; its other entries are shown."""
    schema = kind("trip", "trips/{id}.yml", {"stops": field(type="array", items=group({"said": field(title="Said")}))})
    trip = SchemaRegistry.load(schemas(), write_schemas(tmp_path, {"trip": schema})).kinds["trip"]
    (stops,) = made(trip, {"stops": [{"said": "Zoo"}, loose, {"said": "Sea"}]}).groups
    assert [one.facts for one in stops.items] == [(("Said", "Zoo"),), (("Said", "Sea"),)]
    assert made(trip, {"stops": [loose]}).is_empty
