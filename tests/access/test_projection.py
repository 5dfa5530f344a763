"""What is left of a record: without a trace of what was taken, and without copying what was not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.parts import ALL
from sendbook.access.projection import known, mask_of, project
from sendbook.access.sight import Sight
from sendbook.campus.digests import digest_of
from sendbook.campus.records import Campus, Record
from tests.access.asking import scope_of, seen
from tests.access.small_campus import FATHER, MOTHER, REGISTRY, SENCO, TEACHER, Data, campus_of

PLAN = "students/7Q4K/plan"
OPEN = Sight(about={})


def _project(basis: Basis, record: Record, *parts: str, sight: Sight = OPEN) -> Record | None:
    return project(record, REGISTRY.kinds[record.kind], parts=frozenset(parts), sight=sight, basis=basis)


def test_a_subtree_nobody_touched_is_shared_not_copied(campus: Campus, basis: Basis) -> None:
    record = campus.records[PLAN]
    shown = _project(basis, record, "targets", "needs")
    assert shown is not None
    assert set(shown.data) == {"targets", "needs"}
    assert shown.data["targets"] is record.data["targets"]


def test_a_mask_is_made_once_for_a_kind_and_a_set_of_parts(basis: Basis) -> None:
    plan = REGISTRY.kinds["plan"]
    parts = frozenset({"plan", "costs"})
    assert mask_of(plan, parts, basis) is mask_of(plan, frozenset({"costs", "plan"}), basis)


def test_a_list_whose_items_are_all_hidden_looks_like_one_that_is_not_there(records: Data) -> None:
    records[PLAN]["family_voice"] = [item for item in records[PLAN]["family_voice"] if item["from"] == FATHER]
    some, none, empty = campus_of(records), campus_of(_without(records)), campus_of(_without(records, empty=True))
    assert seen(some, MOTHER, PLAN) == seen(none, MOTHER, PLAN) == seen(empty, MOTHER, PLAN)
    assert scope_of(some, MOTHER, "7Q4K") == scope_of(none, MOTHER, "7Q4K") == scope_of(empty, MOTHER, "7Q4K")


def test_an_object_with_nothing_visible_left_is_not_there(campus: Campus, basis: Basis) -> None:
    person = campus.records[f"people/{TEACHER}"]
    shown = _project(basis, person, "person_name")
    assert shown is not None
    assert set(shown.data) == {"name"}


def test_a_record_with_nothing_visible_is_not_there(campus: Campus, basis: Basis) -> None:
    assert _project(basis, campus.records[PLAN], "medical") is None


def test_a_value_of_another_form_than_the_schemas_is_not_there(campus: Campus, basis: Basis) -> None:
    """As a record may have held it once: nothing says which part a list is where a group of fields should be."""
    plan = campus.records[PLAN]

    def shown(**changed: Any) -> object:
        record = _project(basis, replace(plan, data={**plan.data, **changed}), "provision", "needs")
        assert record is not None
        return record.data.get("provision")

    (line, *_) = shown()
    assert "costs" not in line
    assert shown(provision=[line, [line]]) == [line]
    assert shown(provision={"a": line}) is None
    assert shown(provision="none") is None


def test_the_digest_is_that_of_what_is_shown(records: Data, basis: Basis) -> None:
    before = _project(basis, campus_of(records).records[PLAN], "targets")
    records[PLAN]["senco_notes"] = "Something else"
    records[PLAN]["provision"][0]["costs"]["resources_gbp"] = 9999
    after = _project(basis, campus_of(records).records[PLAN], "targets")
    assert before is not None
    assert before == after
    assert before.digest == digest_of(before.data)


def test_what_the_schema_does_not_know_only_the_holder_of_all_parts_sees(records: Data) -> None:
    records[PLAN]["secret"] = {"text": "x"}
    records[PLAN]["targets"][0]["odd"] = "y"
    records[PLAN]["summary"] = ["a list where the schema says text"]
    campus = campus_of(records)
    assert seen(campus, SENCO, PLAN) == records[PLAN]
    teacher = seen(campus, TEACHER, PLAN)
    assert teacher is not None
    assert "secret" not in teacher
    assert "odd" not in teacher["targets"][0]
    assert "summary" not in teacher


def test_a_value_of_another_form_than_its_field_s_only_the_holder_of_all_parts_sees(records: Data) -> None:
    """Gates within it could be asked of nobody: who to call is a list in a group of fields, and here there is none."""
    student = records["students/7Q4K/student"]
    student["emergency"] = ["Ring 999."]
    records[PLAN]["family_voice"] = "It helps."
    campus = campus_of(records)
    assert (seen(campus, SENCO, PLAN) or {})["family_voice"] == "It helps."
    assert (seen(campus, SENCO, "students/7Q4K/student") or {})["emergency"] == ["Ring 999."]
    assert "emergency" not in (seen(campus, TEACHER, "students/7Q4K/student") or {})


def test_a_record_of_known_fields_is_not_copied_when_cleaned(campus: Campus) -> None:
    record = campus.records[PLAN]
    assert known(record, REGISTRY.kinds["plan"]) is record.data


def test_even_all_parts_pass_the_gates(campus: Campus, basis: Basis) -> None:
    shown = _project(basis, campus.records[PLAN], ALL)
    assert shown is not None
    assert "family_voice" not in shown.data
    assert shown.data["senco_notes"] == "Think about step up"


def _without(records: Data, *, empty: bool = False) -> dict[str, Any]:
    plan = {name: value for name, value in records[PLAN].items() if name != "family_voice"}
    return {**records, PLAN: {**plan, "family_voice": []} if empty else plan}
