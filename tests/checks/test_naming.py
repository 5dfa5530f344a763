"""What a finding says on a terminal of whom it is about: from schemas, whatever kind of record it lies in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendbook.campus.links import Links
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.naming import named

STUDENT = Record(
    id="students/2TST/student", kind="student", student="2TST", path="records/students/2TST/student.yml", digest="",
    data={"name": {"known_as": "Amara"}},
)  # fmt: skip
PATH = "records/students/2TST/plan.yml"


def shared(registry: SchemaRegistry) -> Links:
    library = {"id": "precision", "name": "Precision teaching"}
    programme = Record(
        id="interventions/precision", kind="intervention", student=None, path="records/interventions/precision.yml",
        digest="", data=library,
    )  # fmt: skip
    person = Record(
        id="people/p-1aaa", kind="person", student=None, path="records/people/p-1aaa.yml", digest="",
        data={"id": "p-1aaa", "name": {"known_as": "Ms Levy", "full": "Ms Orna Levy"}},
    )  # fmt: skip
    return Links.of(Campus((programme, person), registry))


def about(registry: SchemaRegistry, data: dict[str, Any], pointer: str) -> str:
    plan = Record(id="students/2TST/plan", kind="plan", student="2TST", path=PATH, digest="", data=data)
    own = Campus((STUDENT, plan), registry)
    finding = Finding(code="X", severity=Severity.WARNING, path=PATH, message="m", remedy="r", pointer=pointer)
    (told,) = named([finding], own, shared(registry), "2TST")
    return told.about


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"intervention": "precision"}, "Amara: Precision teaching"),
        ({"name": "Booster"}, "Amara: Booster"),
        ({"name": "Booster", "intervention": "precision"}, "Amara: Booster"),
        ({"intervention": "gone"}, "Amara"),
        ({"delivered_by": "p-1aaa"}, "Amara"),
        ("no entry", "Amara"),
    ],
)
def test_help_given_is_said_by_its_programme(registry: SchemaRegistry, line: object, said: str) -> None:
    assert about(registry, {"provision": [line]}, "/provision/0/minutes") == said


@pytest.mark.parametrize("pointer", ["", "/provision", "/provision/1/minutes", "/provision/x", "/lead"])
def test_a_finding_in_no_entry_is_said_by_the_student_alone(registry: SchemaRegistry, pointer: str) -> None:
    assert about(registry, {"provision": [{"intervention": "precision"}], "lead": "p-1aaa"}, pointer) == "Amara"


def test_an_entry_of_no_record_of_the_campus_is_not_said(registry: SchemaRegistry) -> None:
    """What a target asks is free text about a child: the place is enough."""
    assert about(registry, {"targets": [{"behaviour": "Reads aloud"}]}, "/targets/0") == "Amara"


def test_the_entries_of_a_kind_of_the_campuss_own_are_said_in_the_same_way(registry: SchemaRegistry) -> None:
    """Where a schema has such a list under another name, nothing else has to be written."""
    plan = registry.kinds["plan"]
    root = replace(plan.root, properties={"loans": plan.root.properties["provision"]})
    links = tuple(
        replace(one, field=replace(one.field, way=("loans", *one.field.way[1:])))
        for one in plan.links if one.field.way[0] == "provision"
    )  # fmt: skip
    own_kind = replace(plan, name="loans", root=root, links=links)
    known = Links(shared(registry).records, {**registry.kinds, "loans": own_kind})
    path = "records/students/2TST/loans.yml"
    record = Record(
        id="students/2TST/loans", kind="loans", student="2TST", path=path, digest="",
        data={"loans": [{"intervention": "precision"}]},
    )  # fmt: skip
    finding = Finding(code="X", severity=Severity.WARNING, path=path, message="m", remedy="r", pointer="/loans/0")
    (told,) = named([finding], Campus((STUDENT, record), registry), known, "2TST")
    assert told.about == "Amara: Precision teaching"
