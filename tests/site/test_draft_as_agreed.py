"""A family's copy of a draft shows it as if it were settled, by the word that the kind's own schema has for that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus import shipped
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.readings import with_draft_agreed
from tests.access import small_campus as small
from tests.campus.small_schemas import field, kind

LOG, DRAFT = "students/7Q4K/log", "students/7Q4K/drafts/log"
PATHS = ["students/{student}/log.yml", "students/{student}/drafts/log.yml"]


@pytest.mark.parametrize(
    ("states", "more", "state"),
    [
        (["draft", "agreed"], {}, "agreed"),
        (["draft", "agreed", "closed"], {}, "agreed"),
        (["draft", "proposed", "final", "closed"], {"x-settled": ["proposed", "final"]}, "final"),
        (["draft", "proposed", "final"], {}, "final"),
    ],
)
def test_a_draft_is_shown_in_the_state_that_its_schema_calls_settled(
    tmp_path: Path, states: list[str], more: dict[str, Any], state: str
) -> None:
    schema = kind("log", PATHS, {"state": field(enum=states), "text": field()}, **more)
    (tmp_path / "log.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    registry = SchemaRegistry.load(shipped.schemas(), tmp_path)
    records = {**small.data(), LOG: {"state": state, "text": "Old"}, DRAFT: {"state": "draft", "text": "New"}}
    found = with_draft_agreed(small.campus_of(records, registry), "7Q4K", "drafts/log")
    assert found.records[LOG].data == {"state": state, "text": "New"}
    assert DRAFT not in found.records
