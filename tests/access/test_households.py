"""Members of one household know one another by name; the other household stays unknown, and no restriction shows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.access.basis import Basis
from sendbook.access.shared import shared_records
from sendbook.access.views import scopes, view
from sendbook.campus import shipped
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from tests.access.asking import asked, rule, seen, students_seen
from tests.access.small_campus import (
    AUNT,
    BROTHER,
    DSL,
    FATHER,
    MOTHER,
    STEPFATHER,
    TEACHER,
    TODAY,
    Data,
    campus_of,
    reader,
    relative,
)

STUDENT = "students/7Q4K/student"


def _family(records: Data, index: int) -> dict[str, Any]:
    found: dict[str, Any] = records[STUDENT]["family"][index]
    return found


def _named(campus: Campus, who: str, on: date = TODAY) -> set[str]:
    """The members of other families, and of their own, whose names somebody may know."""
    people = (MOTHER, FATHER, STEPFATHER, BROTHER, AUNT)
    named = {person for person in people if asked(campus, who, f"people/{person}", "person_name", on=on).allowed}
    found = {person for person in people if "name" in (seen(campus, who, f"people/{person}", on=on) or {})}
    assert named == found, "the decision and the view say the same"
    return named


def test_members_of_one_household_know_one_another_by_name(campus: Campus) -> None:
    assert _named(campus, MOTHER) == {MOTHER, STEPFATHER, BROTHER}
    assert _named(campus, STEPFATHER) == {STEPFATHER, MOTHER, BROTHER}
    assert rule(campus, MOTHER, f"people/{STEPFATHER}", "person_name") == "same-household"
    assert asked(campus, MOTHER, f"people/{STEPFATHER}", "person_name").because.endswith(".")


def test_a_name_is_all_they_learn_of_one_another(campus: Campus) -> None:
    assert set(seen(campus, MOTHER, f"people/{STEPFATHER}") or {}) <= {"id", "name"}
    assert not asked(campus, MOTHER, f"people/{STEPFATHER}", "contact").allowed
    assert not asked(campus, MOTHER, f"people/{STEPFATHER}", "account").allowed


def test_separated_households_do_not_know_one_another(campus: Campus) -> None:
    assert _named(campus, FATHER) == {FATHER}
    assert FATHER not in _named(campus, MOTHER)
    assert _named(campus, AUNT) == {AUNT}


def test_families_of_other_students_and_teachers_learn_nothing_by_it(campus: Campus) -> None:
    assert _named(campus, "p-mth9") == set()
    assert _named(campus, TEACHER) == set()
    assert {MOTHER, FATHER} <= _named(campus, DSL)


@pytest.mark.parametrize(("day", "named"), [(None, False), ("2026-11-24", False), ("2026-11-23", True)])
def test_somebody_is_named_once_the_relation_is_confirmed(records: Data, day: str | None, *, named: bool) -> None:
    if day is None:
        del _family(records, 1)["confirmed"]
    else:
        _family(records, 1)["confirmed"]["on"] = day
    assert (STEPFATHER in _named(campus_of(records), MOTHER)) is named


def test_an_unconfirmed_relation_names_nobody_to_its_holder(records: Data) -> None:
    del _family(records, 0)["confirmed"]
    assert _named(campus_of(records), MOTHER) == {MOTHER}


def test_who_sees_nothing_of_the_student_learns_no_name(records: Data) -> None:
    _family(records, 1).pop("parts")
    assert students_seen(campus_of(records), STEPFATHER) == set()
    assert _named(campus_of(records), STEPFATHER) == {STEPFATHER}


@pytest.mark.parametrize(
    "change",
    [
        {"access": "none"},
        {"access": "none", "responsibility": False, "parts": None},
        {"court_orders": [{"id": "c", "order": "O", "effect": "no_contact", "from": "2026-01-01"}]},
        {"court_orders": [{"id": "c", "order": "O", "effect": "no_information", "from": "2026-01-01"}]},
    ],
)
def test_a_restriction_names_nobody_to_whom_it_restricts_and_changes_nothing_for_the_others(
    records: Data, campus: Campus, change: dict[str, Any]
) -> None:
    item = {**_family(records, 1), **change}
    records[STUDENT]["family"][1] = {name: value for name, value in item.items() if value is not None}
    restricted = campus_of(records)
    assert _named(restricted, STEPFATHER) == {STEPFATHER}
    assert _named(restricted, MOTHER) == _named(campus, MOTHER), "a name that is missing would tell of the restriction"
    assert _named(restricted, FATHER) == {FATHER}


def test_members_of_no_household_do_not_know_one_another(records: Data) -> None:
    """Half a record may lack it: to have none is not to have the same one."""
    for item in records[STUDENT]["family"]:
        del item["household"]
    assert _named(campus_of(records), MOTHER) == {MOTHER}


def test_somebody_on_record_in_two_households_is_named_to_neither(records: Data) -> None:
    records[STUDENT]["family"].append(relative("f9", FATHER, "father", "a", **{"from": "2026-11-01"}))
    assert FATHER not in _named(campus_of(records), MOTHER)


def test_where_the_young_person_decides_alone_nobody_is_named(records: Data) -> None:
    records[STUDENT]["rights"] = [{"id": "r1", "decides": "student", "from": "2026-09-01"}]
    assert _named(campus_of(records), MOTHER) == {MOTHER}


def test_revoked_access_takes_the_names_as_well(records: Data) -> None:
    records["access"]["revocations"] = [
        {"id": "x", "person": MOTHER, "student": "7Q4K", "from": "2026-01-01", "reason": "R."}
    ]
    assert _named(campus_of(records), MOTHER) == {MOTHER}


def test_a_scope_says_who_is_at_home_and_ends_when_that_does(records: Data) -> None:
    """A grandmother of both households, one of which she leaves, may not go on naming those of it."""
    records[STUDENT]["family"] += [
        relative("g1", "p-mth9", "grandparent", "a", until="2026-12-31"),
        relative("g2", "p-mth9", "grandparent", "b"),
    ]
    campus = campus_of(records)
    found, _ = scopes(campus, "7Q4K", TODAY)
    scope = next(one for one in found if one.reader == "p-mth9")
    assert {MOTHER, FATHER} <= scope.at_home
    assert scope.until == date(2026, 12, 31)
    assert view(campus, reader(campus, "p-mth9"), TODAY).until == date(2026, 12, 31)
    assert not asked(campus, "p-mth9", f"people/{MOTHER}", "person_name", on=date(2027, 1, 1)).allowed
    assert asked(campus, "p-mth9", f"people/{FATHER}", "person_name").allowed


def _with_boxes(folder: Path) -> SchemaRegistry:
    """The shipped schemas, with boxes of books: each has a part that is called like that of a person's name."""
    text = {"title": "Text", "description": "A text.", "type": "string"}
    own: dict[str, Any] = {"x-owner": {"by": "person"}, "type": "object", "additionalProperties": False}
    said = {**own, "properties": {"person": {**text, "x-link": "person"}, "text": text}}
    schema = {
        "title": "Box",
        "description": "A box.",
        "x-kind": "box",
        "x-path": "boxes/{id}.yml",
        "type": "object",
        "additionalProperties": False,
        "x-part": "person_name",
        "properties": {
            "label": text,
            "said": {"title": "Words", "description": "Words.", "type": "array", "items": said},
        },
    }
    (folder / "box.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return SchemaRegistry.load(shipped.schemas(), folder)


def test_a_record_that_is_called_like_somebody_at_home_is_not_opened_by_their_name(
    records: Data, tmp_path: Path
) -> None:
    records[f"boxes/{MOTHER}"] = {"label": "Mrs Kowalska's box"}
    campus = campus_of(records, _with_boxes(tmp_path))
    stepfather, basis = reader(campus, STEPFATHER), Basis.of(campus)
    found = shared_records(campus.shared, stepfather, TODAY, {}, frozenset(), basis, frozenset({MOTHER}))
    shown = {record.id: record.data for record in found}
    assert shown[f"people/{MOTHER}"]["name"] == {"full": "Mrs Kowalska"}
    assert f"boxes/{MOTHER}" not in shown
    assert seen(campus, STEPFATHER, f"boxes/{MOTHER}") is None
