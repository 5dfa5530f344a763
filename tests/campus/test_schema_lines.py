"""Where a field is described in a schema file: through groups, lists and free names, as far as the file goes."""

from __future__ import annotations

import json

import pytest

from sendbook.campus.schema_lines import place_in_schema, position_of
from tests.campus.small_schemas import field, group, kind

SCHEMA = kind(
    "note",
    "note.yml",
    {
        "visits": field(type="array", items=group({"day": field(), "a/b": field()})),
        "words": field(type="object", additionalProperties=group({"said": field()})),
        "plan": {"$ref": "common.schema.json#/$defs/plan"},
    },
)


@pytest.mark.parametrize(
    ("pointer", "steps"),
    [
        ("/visits", ("properties", "visits")),
        ("/visits/-/day", ("properties", "visits", "items", "properties", "day")),
        ("/visits/-/a~1b", ("properties", "visits", "items", "properties", "a/b")),
        ("/words/*/said", ("properties", "words", "additionalProperties", "properties", "said")),
        ("/plan/targets", ("properties", "plan")),
        ("/", ()),
    ],
)
def test_a_field_is_found_as_far_as_the_file_goes(pointer: str, steps: tuple[str, ...]) -> None:
    assert place_in_schema(SCHEMA, pointer) == steps


def test_a_place_has_its_line_and_column() -> None:
    source = json.dumps(SCHEMA, indent=1).encode()
    line = next(number for number, text in enumerate(source.decode().splitlines(), 1) if '"said":' in text)
    found = position_of(source, "/words/*/said")
    assert found is not None
    assert (found.line, found.in_words()) == (line, f"line {line}, column {found.column}")
    assert source.decode().splitlines()[line - 1][found.column - 1 :].startswith('"said"')
    assert position_of(source, "/") is None
