"""The shipped policy decides as the sharing matrix says, with Cedar as the judge.

``policies.cedar`` is the matrix by hand; every (reader, record, part) is asked of both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import cedarpy
import pytest

from sendbook.access.decide import Judge
from sendbook.access.people import People
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import Kind
from tests.access.cedar_world import CedarWorld, uid
from tests.access.more_kinds import MORE_KINDS
from tests.access.small_campus import (
    AUNT,
    EXAMS,
    FATHER,
    LEAVER,
    MOTHER,
    OUTSIDER,
    PARENT_TEACHER,
    REGISTRY,
    ROOT,
    SENCO,
    TEACHER,
    TODAY,
    Data,
    campus_of,
    data,
    relative,
)

MATRIX = Path(__file__).with_name("policies.cedar").read_text(encoding="utf-8")
POLICIES = cedarpy.PolicySet.from_str(MATRIX)
#: What no line of the matrix names: the SENDCo sees it because she sees everything, and a person their own account.
SENCO_ALONE = frozenset(
    {"meeting/senco_notes", "person/account", "plan/senco_notes", "student/senco_notes", "withdrawn/withdrawn"}
)


def _disagreements(campus: Campus, today: date, *, action: str = "read") -> list[tuple[str, str, bool, str]]:
    """(reader, record#part, what Cedar says, our rule) wherever the two differ."""
    parts: Mapping[str, Any] = {kind.name: sorted(kind.parts) for kind in REGISTRY.kinds.values()}
    world = CedarWorld(campus.records, parts, today)
    entities = cedarpy.Entities.from_json_str(json.dumps(list(world.entities())))
    judge, people = Judge(campus), People.from_campus(campus)
    asked = [
        (reader, record, part)
        for reader in world.readers
        for record in campus.records.values()
        for part in parts[record.kind]
    ]
    requests = [
        {
            "principal": uid("User", reader),
            "action": uid("Action", action),
            "resource": uid("Part", f"{record.id}#{part}"),
            "context": {},
        }
        for reader, record, part in asked
    ]
    answers = cedarpy.is_authorized_batch(requests, POLICIES, entities)
    differ = []
    for (reader, record, part), answer in zip(asked, answers, strict=True):
        assert not answer.diagnostics.errors
        ours = judge.decide(people[reader], action, part, record, today)
        if ours.allowed != answer.allowed:
            differ.append((reader, f"{record.id}#{part}", answer.allowed, ours.rule))
    return differ


def _plain() -> Data:
    return data()


def _with_exceptions() -> Data:
    records = data()
    records["access"] |= {
        "covers": [
            {"id": "c1", "student": "3B8M", "person": EXAMS, "role": "senco", "from": "2026-09-01", "reason": "R"},
            {"id": "c2", "student": "7Q4K", "person": AUNT, "role": "senco", "from": "2026-12-01", "reason": "R"},
        ],
        "shares": [
            _share("s1", OUTSIDER, "7Q4K", "plan", ["strategies", "family_voice"]),
            _share("s2", FATHER, "7Q4K", "student", ["costs", "background"]),
            _share("s3", "p-mth9", "9X2D", "plan", ["targets"]),
        ],
        "revocations": [
            {"id": "r1", "person": TEACHER, "student": "7Q4K", "from": "2026-11-01", "reason": "R"},
            {"id": "r2", "person": MOTHER, "from": "2026-11-23", "reason": "R"},
            {"id": "r3", "person": "p-tut1", "from": "2026-11-24", "reason": "R"},
        ],
    }
    return records


def _with_every_kind() -> Data:
    return {**data(), **MORE_KINDS}


def _with_troubles() -> Data:
    records = data()
    family = records["students/7Q4K/student"]["family"]
    family[0]["until"] = "2026-11-22"
    family[2]["court_orders"] = [{"id": "o", "order": "O", "effect": "no_information", "from": "2026-11-23"}]
    family[1].update(
        access="named_parts", responsibility=True, parts=["name", "plan.family_voice", "student.costs", "senco_notes"]
    )
    family.append(relative("f8", LEAVER, "guardian", "b"))
    family.append(relative("f9", TEACHER, "step_parent", "a", confirmed=None))
    records["students/3B8M/student"]["rights"].append({"id": "r2", "decides": "student", "from": "2026-11-01"})
    consent = {"id": "k", "to": "parents_see", "given_by": "student", "given_on": "2026-07-01"}
    records["students/9X2D/student"]["consents"] = [consent]
    records[f"people/{SENCO}"]["staff"]["duties"].append({"id": "d5", "role": "teacher", "from": "2026-11-23"})
    records[f"people/{PARENT_TEACHER}"]["staff"]["duties"][0]["until"] = "2026-11-20"
    records["students/9X2D/student"]["on_roll"]["until"] = "2026-11-01"
    return records


@pytest.mark.sample(1)
@pytest.mark.parametrize("build", [_plain, _with_exceptions, _with_every_kind, _with_troubles])
@pytest.mark.parametrize("action", ["read", "write"])
def test_every_decision_on_the_small_campus_is_cedars(build: Any, action: str) -> None:
    assert _disagreements(campus_of(build()), TODAY, action=action) == []


@pytest.mark.slow
def test_every_decision_on_the_example_campus_is_cedars() -> None:
    folder = ROOT / "records"
    if not (folder / "students").is_dir():
        pytest.skip("this checkout has no example campus")
    loaded = CampusFolder(ROOT, REGISTRY).load()
    assert loaded.problems == ()
    assert _disagreements(loaded.campus, TODAY) == []


@pytest.mark.parametrize("kind", REGISTRY.kinds.values(), ids=lambda kind: kind.name)
def test_the_oracle_is_asked_of_every_kind_and_names_each_of_its_parts(kind: Kind) -> None:
    asked = {record.kind for record in campus_of(_with_every_kind()).records.values()}
    assert kind.name in asked, f"put a record of “{kind.name}” into tests/access/more_kinds.py"
    named = set(re.findall(r'"([a-z_]+/[a-z_]+)"', MATRIX)) | SENCO_ALONE
    missing = sorted({f"{kind.name}/{part}" for part in kind.parts} - named)
    assert not missing, f"say in tests/access/policies.cedar who reads {missing}, or that the SENDCo alone does"


def test_the_oracle_names_no_part_that_schemas_lack() -> None:
    parts = {f"{kind.name}/{part}" for kind in REGISTRY.kinds.values() for part in kind.parts}
    assert set(re.findall(r'"([a-z_]+/[a-z_]+)"[,\]\s]', MATRIX)) | SENCO_ALONE <= parts


def test_the_oracle_would_notice_a_grant_too_many() -> None:
    records = data()
    costs = {"id": "x", "relation": "teaches", "kind": "plan", "parts": ["costs"], "action": "read", "reason": "R"}
    records["access"]["grants"].append(costs)
    assert (TEACHER, "students/7Q4K/plan#costs", False, "x") in _disagreements(campus_of(records), TODAY)


def _share(name: str, person: str, student: str, kind: str, parts: list[str]) -> dict[str, Any]:
    return {
        "id": name,
        "student": student,
        "person": person,
        "kind": kind,
        "parts": parts,
        "from": "2026-11-01",
        "until": "2026-12-31",
        "basis": "consent",
        "reason": "R",
    }
