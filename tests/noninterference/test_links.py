"""A link tells its readers nothing of what it leads to beyond what they see there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import build_student
from tests.campus.small_schemas import field, kind
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)
STUDENT, MOTHER, SENCO = "2TST", "p-4ddd", "p-1aaa"
VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "place": field(title="Place", **{"x-part": "places"}),
        "serves": field(title="Serves", **{"x-link": "plan#/targets"}),
        "after": field(title="After", **{"x-link": "visit"}),
        "trip": field(title="Trip", **{"x-link": "trip"}),
    },
    title="Home visit",
    **{"x-called": "Visit to {place}", "x-parts": {"open": "visits", "places": "where visits were"}},
)
TRIP = kind("trip", "trips/{id}.yml", {"name": field(title="Name")}, title="Trip")
GRANT = """\
  - id: {role}-{kind}s
    {who}
    kind: {kind}
    parts: [{parts}]
    action: read
    reason: They were there.
"""
RECORDS = {
    "students/2TST/visits/one.yml": "place: The mill\nserves: pace\ntrip: zoo\n",
    "students/2TST/visits/two.yml": "after: one\n",
    "trips/zoo.yml": "name: To the zoo\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    campus = tiny_campus(tmp_path / "campus")
    (campus / "schemas").mkdir()
    for schema in (VISIT, TRIP):
        (campus / f"schemas/{schema['x-kind']}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    for path, text in RECORDS.items():
        (campus / "records" / path).parent.mkdir(parents=True, exist_ok=True)
        (campus / "records" / path).write_text(text, encoding="utf-8")
    access = campus / "records/access.yml"
    family = GRANT.format(role="family", who="relation: family", kind="visit", parts="open")
    senco = GRANT.format(role="senco", who="role: senco", kind="visit", parts="open, places")
    targets = GRANT.format(role="senco", who="role: senco", kind="target", parts="targets").replace(
        "d: target", "d: plan"
    )
    text = access.read_text(encoding="utf-8").replace("grants:\n", f"grants:\n{family}{senco}{targets}", 1)
    access.write_text(text, encoding="utf-8")
    return campus


def sent(root: Path, reader: str) -> tuple[str, Mapping[str, Any]]:
    """What a reader is sent of the student's pages, and the name of the projection that says which."""
    campus = CampusFolder(root, SchemaRegistry.load(schemas(), root / "schemas")).load().campus
    own = type(campus)(campus.of_student(STUDENT), campus.registry)
    unit = build_student(SharedCampus(campus.shared, ON, root), own, STUDENT)
    (key,) = [key for who, key, _, _ in unit.scopes if who == reader]
    return key, unit.pages[key]


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / "records" / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("students/2TST/plan.yml", "Reads a new page aloud", "Reads two new pages aloud"),
        ("students/2TST/visits/one.yml", "The mill", "The farm"),
        ("trips/zoo.yml", "To the zoo", "To the sea"),
    ],
)
def test_what_is_hidden_of_what_is_linked_moves_nothing(root: Path, path: str, old: str, new: str) -> None:
    before, of_senco = sent(root, MOTHER), sent(root, SENCO)
    assert f"/students/{STUDENT}/more/visit/" in before[1]
    change(root, path, old, new)
    assert sent(root, MOTHER) == before
    if not path.startswith("trips/"):
        assert sent(root, SENCO) != of_senco
