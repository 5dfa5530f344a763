"""A share opens the records of a kind that are settled, by the word of the kind's own schema, and never a draft."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sendbook.access.decide import Judge
from sendbook.access.people import People
from sendbook.access.schema_changes import schema_changes
from sendbook.access.views import view
from sendbook.campus import shipped
from sendbook.campus.schemas import SchemaRegistry
from sendbook.errors import SchemaError
from tests.access import small_campus as small
from tests.access.small_campus import OUTSIDER, TODAY

LOG = "students/7Q4K/log"
PROPOSED = ["draft", "proposed", "final"]
AGREED = ["draft", "agreed"]
SHARE = {
    "id": "s",
    "student": "7Q4K",
    "person": OUTSIDER,
    "kind": "log",
    "parts": ["words"],
    "from": "2026-11-01",
    "until": "2026-12-31",
    "basis": "consent",
    "reason": "R.",
}


def registry_of(folder: Path, states: list[str], **more: Any) -> SchemaRegistry:
    """The shipped schemas, with a log that has these states."""
    text = {"title": "Text", "description": "A text.", "type": "string"}
    schema = {
        "title": "Log",
        "description": "A log.",
        "x-kind": "log",
        "x-path": "students/{student}/log.yml",
        "x-part": "words",
        "type": "object",
        "additionalProperties": False,
        **more,
        "properties": {"state": {"title": "State", "description": "Which.", "enum": states}, "text": text},
    }
    folder.mkdir(exist_ok=True)
    (folder / "log.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return SchemaRegistry.load(shipped.schemas(), folder)


def is_shared(registry: SchemaRegistry, state: str) -> bool:
    """Whether somebody sees a log in a state that is shared with them by name; the view and the answer say the same."""
    records = small.data()
    records[LOG] = {"state": state, "text": "Read"}
    records["access"]["shares"] = [SHARE]
    campus = small.campus_of(records, registry)
    reader = People.from_campus(campus)[OUTSIDER]
    seen = LOG in view(campus, reader, TODAY).campus.records
    assert Judge(campus).decide(reader, "read", "words", campus.records[LOG], TODAY).allowed is seen
    return seen


@pytest.mark.parametrize(
    ("states", "more", "shared"),
    [
        (AGREED, {}, {"agreed"}),
        (PROPOSED, {}, set()),
        (PROPOSED, {"x-settled": ["final"]}, {"final"}),
        (PROPOSED, {"x-settled": ["proposed", "final"]}, {"proposed", "final"}),
    ],
    ids=["as for plans", "says nothing", "says one", "says two"],
)
def test_a_share_opens_what_the_schema_calls_settled(
    tmp_path: Path, states: list[str], more: dict[str, Any], shared: set[str]
) -> None:
    registry = registry_of(tmp_path, states, **more)
    assert {state for state in (*states, "other") if is_shared(registry, state)} == shared


def test_no_draft_is_ever_called_settled(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="x-settled names “draft”: what is shared by name is never a draft"):
        registry_of(tmp_path, AGREED, **{"x-settled": ["draft", "agreed"]})


def test_what_is_settled_is_a_change_of_who_sees_what(tmp_path: Path) -> None:
    """So a campus has to name it in access.yml, like any other change that access rests on."""
    before = registry_of(tmp_path / "a", PROPOSED, **{"x-settled": ["final"]})
    now = registry_of(tmp_path / "b", PROPOSED, **{"x-settled": ["final", "proposed"]})
    (change,) = schema_changes(before, now)
    assert (change.was, change.now) == ("settled final", "settled final, proposed")


def test_the_shipped_kinds_are_settled_in_these_states() -> None:
    kinds = SchemaRegistry.load(shipped.schemas()).kinds
    assert {name: kind.traits.settled for name, kind in kinds.items() if kind.traits.settled} == {
        **dict.fromkeys(("plan", "profile", "meeting"), ("agreed",)),
        "report": ("adults_first", "student_too"),
    }


def test_a_copy_of_the_shipped_schema_that_says_nothing_of_it_has_what_is_shipped(tmp_path: Path) -> None:
    copy = json.loads((shipped.schemas() / "report.schema.json").read_text(encoding="utf-8"))
    del copy["x-settled"]
    (tmp_path / "report.schema.json").write_text(json.dumps(copy), encoding="utf-8")
    found = SchemaRegistry.load(shipped.schemas(), tmp_path).kinds["report"]
    assert found.traits.settled == ("adults_first", "student_too")
