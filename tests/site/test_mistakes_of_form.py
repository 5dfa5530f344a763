"""A value of another form, wherever it stands, is a finding at its place and never a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import has_errors
from sendbook.site.build.inspection import inspect
from tests.checks_kit import tiny_campus
from tests.conftest import ON

#: Where links, groups and names are read while something is still to be mended.
SAMPLE = [
    ("campus.yml", ("terms",), 3),
    ("campus.yml", ("terms", 0, "id"), ["x"]),
    ("campus.yml", ("tutor_groups", 0, "id"), 3),
    ("campus.yml", ("contacts",), 3),
    ("people/p-2bbb.yml", ("name",), 3),
    ("people/p-1aaa.yml", ("sign_in",), ["x"]),
    ("people/p-1aaa.yml", ("staff",), 3),
    ("access.yml", ("grants",), {"a": 1}),
]
OTHERS: tuple[Any, ...] = (3, ["x"], {"a": 1})


def spoil(campus: Path, file: str, place: tuple[Any, ...], value: object) -> None:
    path = campus / "records" / file
    data = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
    at = data
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    path.write_text(yaml.safe_dump(data), encoding="utf-8")


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for step, below in inner:
        yield (*at, step)
        yield from places(below, (*at, step))


@pytest.mark.parametrize(("file", "place", "value"), SAMPLE, ids=str)
def test_a_value_of_another_form_is_a_finding(
    file: str, place: tuple[Any, ...], value: object, registry: SchemaRegistry, tmp_path: Path
) -> None:
    campus = tiny_campus(tmp_path / "campus")
    spoil(campus, file, place, value)
    found = inspect(CampusFolder(campus, registry), ON)
    assert f"records/{file}" in {finding.path for finding in found}
    assert has_errors(found)


@pytest.mark.slow
def test_so_it_is_at_every_place_of_every_record(registry: SchemaRegistry, tmp_path: Path) -> None:
    campus = tiny_campus(tmp_path / "campus")
    folder, tried = CampusFolder(campus, registry), 0
    for path in sorted(campus.glob("records/**/*.yml")):
        before = path.read_bytes()
        file = path.relative_to(campus / "records").as_posix()
        match = registry.match(file)
        assert match is not None
        for place in [place for place in places(yaml.safe_load(before)) if len(place) < 5]:
            for value in OTHERS:
                spoil(campus, file, place, value)
                fits = match.kind.is_valid(yaml.safe_load(path.read_text(encoding="utf-8")))
                assert fits or has_errors(inspect(folder, ON)), (file, place, value)
                path.write_bytes(before)
                tried += 1
    assert tried > 800
