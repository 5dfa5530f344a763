"""Conditions are found wherever a schema has them: under free names, and in records of another shape than before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sendbook.access.basis import Basis
from sendbook.access.conditions import conditions_on_the_way, with_conditions_of_today, with_last_words
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from tests.campus.small_schemas import field, group, kind, write_schemas

OWNED = group({"text": field(), "by": field(**{"x-link": "person"})}, **{"x-owner": {"by": "by"}})
TALK = kind(
    "talk",
    "students/{student}/talk.yml",
    {
        "rooms": field(type="object", additionalProperties=OWNED),
        "floors": field(type="object", additionalProperties=group({"said": field(type="array", items=OWNED)})),
        "said": field(type="array", items=OWNED),
    },
)
MINE = {"text": "We moved.", "by": "p-4ddd"}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> SchemaRegistry:
    return SchemaRegistry.load(schemas(), write_schemas(Path(tmp_path_factory.mktemp("own")), {"talk": TALK}))


@pytest.mark.parametrize(
    ("name", "pointer"), [("hall", "/rooms/hall/text"), ("~", "/rooms/~0/text"), ("a/b", "/rooms/a~1b/text")]
)
def test_the_words_under_a_free_name_are_guarded(registry: SchemaRegistry, name: str, pointer: str) -> None:
    root = registry.kinds["talk"].root
    ((condition, item),) = conditions_on_the_way(root, {"rooms": {name: MINE}}, pointer)
    assert condition.owner is not None
    assert (condition.owner.by, item) == ("by", MINE)


def test_every_place_with_a_condition_is_known(registry: SchemaRegistry) -> None:
    """Whose words stood under a free name is said by today's record, as it is of the entries of a list."""
    basis = Basis.of(Campus((), registry))
    then, now = {"rooms": {"hall": {**MINE, "by": "p-5eee"}}}, {"rooms": {"hall": MINE}}
    told = with_conditions_of_today(registry.kinds["talk"], then, now, basis)
    assert told == now


def test_what_is_gone_from_under_a_free_name_is_as_it_was_last(registry: SchemaRegistry) -> None:
    basis = Basis.of(Campus((), registry))
    then, now = {"rooms": {"hall": MINE, "attic": MINE}}, {"rooms": {"attic": {**MINE, "text": "Here."}, "new": MINE}}
    told = with_last_words(registry.kinds["talk"], then, now, basis)
    assert told == {"rooms": {**now["rooms"], "hall": MINE}}


def test_what_is_gone_from_a_list_under_a_free_name_is_as_it_was_last(registry: SchemaRegistry) -> None:
    basis, theirs = Basis.of(Campus((), registry)), {"text": "They came.", "by": "p-5eee"}
    then, now = (
        {"floors": {"one": {"said": [MINE, theirs]}}},
        {"floors": {"one": {"said": [MINE]}, "two": {"said": []}}},
    )
    assert with_last_words(registry.kinds["talk"], then, now, basis) == {"floors": {**now["floors"], **then["floors"]}}
    moved = {"floors": {"one": {"said": [{**theirs, "by": "p-4ddd"}]}}}
    told = with_conditions_of_today(registry.kinds["talk"], {"floors": {"one": {"said": [theirs]}}}, moved, basis)
    assert told == moved


@pytest.mark.parametrize(("past", "today"), [([MINE], {"a": "text"}), ({"a": "text"}, [MINE]), ([MINE], "text")])
def test_a_record_that_has_another_shape_today_stays_as_it_is(registry: SchemaRegistry, past: Any, today: Any) -> None:
    kind, basis = registry.kinds["talk"], Basis.of(Campus((), registry))
    assert with_last_words(kind, {"said": past}, {"said": today}, basis) == {"said": today}
    assert with_conditions_of_today(kind, {"said": past}, {"said": today}, basis) == {"said": past}
