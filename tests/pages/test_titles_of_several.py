"""A page of several records has the title that its schema has for several, in the menu and on paper too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.links import Links
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.kinds.all_kinds import ALL_KINDS
from tests.campus.small_schemas import field, kind, write_schemas
from tests.site.small_student import around, pages, projected, records

PLACES = "students/{student}/visits/{id}.yml"
VISIT = kind("visit", PLACES, {"place": field(title="Place")}, title="Home visit", **{"x-plural": "Home visits"})
PAGE = "/students/7Q4K/more/visit/"


def made(folder: Path, visits: Mapping[str, Any]) -> Any:
    kinds = SchemaRegistry.load(schemas(), write_schemas(folder, {"visit": VISIT})).kinds
    return pages(projected({**records(), **visits}), replace(around(), kinds=kinds, links=Links((), kinds)))


@pytest.mark.parametrize(("number", "title"), [(1, "Home visit"), (2, "Home visits")])
def test_the_page_of_two_is_called_by_the_plural_and_that_of_one_is_not(
    tmp_path: Path, number: int, title: str
) -> None:
    found = made(tmp_path, {f"visits/{one}": {"place": "The mill"} for one in range(number)})
    assert found.fragments[PAGE].title == f"{title}: Aaron"
    assert f">{title}</a>" in found.fragments[PAGE].nav
    (paper,) = (one for path, one in found.documents.items() if path.startswith(PAGE))
    assert f"{title}: Aaron" in paper.content.decode()


def test_each_shipped_kind_with_a_page_from_its_schema_says_what_several_are_called() -> None:
    kinds = SchemaRegistry.load(schemas()).kinds
    made_from_schema = [kinds[one.name] for one in ALL_KINDS if one.page_from_schema and one.name in kinds]
    several = [one for one in made_from_schema if any("{id}" in path for path in one.paths)]
    assert several
    assert [one.name for one in several if not one.traits.plural] == []
