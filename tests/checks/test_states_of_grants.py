"""A grant can name any state that one of its kinds has, a campus's own too; another opens nothing, and is told."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.rules.access_rules import opened_is_there
from tests.cli.kit import run, small_campus

OWN = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Letter",
    "description": "A letter.",
    "x-kind": "letter",
    "x-path": "students/{student}/letters/{id}.yml",
    "x-part": "letters",
    "type": "object",
    "additionalProperties": False,
    "properties": {"state": {"title": "State", "description": "How far.", "enum": ["came", "talked_through"]}},
}


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("kind", "part", "states", "found"),
    [
        ("plan", "plan", ["agreed"], []),
        ("plan", "plan", ["agreed", "agred"], ["/grants/0/states/1"]),
        ("plan", "plan", ["talked_through"], ["/grants/0/states/0"]),
        ("letter", "letters", ["talked_through"], []),
        ("letter", "letters", ["agreed"], ["/grants/0/states/0"]),
        ("all", "all", ["talked_through", "agreed"], []),
    ],
)
def test_a_state_that_none_of_its_kinds_has_is_told(
    tmp_path: Path, kind: str, part: str, states: list[str], found: list[str]
) -> None:
    root = small_campus(tmp_path / "campus")
    (root / "schemas").mkdir()
    (root / "schemas/letter.schema.json").write_text(json.dumps(OWN), encoding="utf-8")
    access = root / "records/access.yml"
    listed = "".join(f"      - {state}\n" for state in states)
    grant = f"  - id: some\n    role: principal\n    kind: {kind}\n    parts:\n      - {part}\n    action: read\n"
    text = access.read_text(encoding="utf-8").replace(
        "grants:\n", f"grants:\n{grant}    states:\n{listed}    reason: They read along.\n", 1
    )
    access.write_text(text, encoding="utf-8")
    told = json.loads(run("check", "--campus", root, "--as-of", "2026-11-23", "--format", "json").out)
    assert [(one["code"], one["pointer"]) for one in told] == [("ACC-15", place) for place in found]


@pytest.mark.parametrize(
    ("who", "kind", "part", "found"),
    [
        ("relation: family", "plan", "targets", []),
        ("relation: family", "intervention", "library", ["/grants/0/kind"]),
        ("relation: self", "campus", "campus", ["/grants/0/kind"]),
        ("everyone: signed_in", "intervention", "library", []),
        ("role: principal", "intervention", "library", []),
    ],
)
def test_a_relation_that_is_to_open_what_is_about_no_student_is_told(
    registry: SchemaRegistry, who: str, kind: str, part: str, found: list[str]
) -> None:
    sort, _, name = who.partition(": ")
    grant = {"id": "g", sort: name, "kind": kind, "parts": [part], "action": "read", "reason": "R."}
    access = Record(id="access", kind="access", student=None, path="a.yml", digest="", data={"grants": [grant]})
    case: Any = SimpleNamespace(campus=Campus([access], registry))
    assert [spot.pointer for spot in opened_is_there.test(case)] == found
