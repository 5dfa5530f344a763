"""Where a schema of the campus's own takes away what a shipped one needs, its own file is to blame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus import shipped
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.errors import SchemaError
from tests.campus.small_schemas import GROUP, PLAN, Schema, field, group, kind, write_schemas


def load(folder: Path, **own: Schema) -> SchemaRegistry:
    """Small schemas as they would be shipped, and some of the campus's own."""
    theirs = write_schemas(folder / "shipped")
    ours = folder / "own"
    ours.mkdir()
    for name, schema in own.items():
        (ours / f"{name}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return SchemaRegistry.load(theirs, ours)


def test_a_plan_of_ones_own_that_lacks_a_part_is_named_and_not_the_shipped_schema_that_needs_it(tmp_path: Path) -> None:
    """Part “private” of the plan opens what an intervention says of a student."""
    plan = kind("plan", "students/{student}/plan.yml", {"text": field()})
    with pytest.raises(SchemaError) as refused:
        load(tmp_path, our_plan=plan)
    assert str(refused.value) == (
        "our_plan.schema.json can't be used: line 1, column 1: / lacks what intervention.schema.json needs, where "
        "/members/- has an x-about that names the part “private”, which the kind “plan” does not have: keep "
        "what that needs, or copy intervention.schema.json next to this and change the copy."
    )


def test_a_plan_that_keeps_the_part_loads(tmp_path: Path) -> None:
    plan = kind("plan", "students/{student}/plan.yml", {"text": field(**{"x-part": "private"})})
    assert load(tmp_path, plan=plan).kinds["plan"].parts == {"private"}


def test_where_both_are_the_campus_s_own_the_one_that_names_what_is_not_there_is_to_blame(tmp_path: Path) -> None:
    plan = kind("plan", "students/{student}/plan.yml", {"text": field()})
    with pytest.raises(
        SchemaError, match=r"^intervention\.schema\.json can't be used: line \d+, column \d+: /members/- has an x-about"
    ):
        load(tmp_path, plan=plan, intervention=GROUP)


def test_a_shipped_list_that_is_gone_is_missed_by_the_file_that_took_it_away(tmp_path: Path) -> None:
    copy = json.loads((shipped.schemas() / "plan.schema.json").read_text(encoding="utf-8"))
    del copy["properties"]["strategies"]
    (tmp_path / "plan.schema.json").write_text(json.dumps(copy), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"^plan\.schema\.json can't be used: ") as refused:
        SchemaRegistry.load(shipped.schemas(), tmp_path)
    assert "lacks what report.schema.json needs, where /recommendations/-/strategy has an x-link" in str(refused.value)


def test_an_own_kind_that_names_an_unknown_list_is_itself_to_blame(tmp_path: Path) -> None:
    log = kind("log", "students/{student}/log.yml", {"a": field(**{"x-link": "plan#/nothing"})})
    with pytest.raises(SchemaError, match=r"^log\.schema\.json can't be used: line \d+, column \d+: /a has an x-link"):
        load(tmp_path, log=log)


def test_a_place_for_drafts_with_its_state_loads(tmp_path: Path) -> None:
    says = group({"what": field(), "where": field()}, **{"x-say": "{what|where}"})
    more = {**PLAN["properties"], "says": field(type="array", items=says)}
    assert load(tmp_path, plan={**PLAN, "properties": more}).kinds["plan"].traits.settled == ("agreed",)


@pytest.mark.parametrize(
    ("also", "wrong"),
    [
        (
            ["sendco"],
            r"/said/- has an x-owner with “sendco” .*no duty and no relation \(did you mean “senco”\?\)",
        ),
        ("senco", "an “also” that is no list of duties"),
        ([1], "an “also” that is no list of duties"),
        (["senco", "dsl"], ""),
    ],
)
def test_who_else_reads_somebody_s_words_is_a_duty_that_there_is(tmp_path: Path, also: Any, wrong: str) -> None:
    entry = group({"by": field(**{"x-link": "person"}), "text": field()}, **{"x-owner": {"by": "by", "also": also}})
    talk = kind("talk", "students/{student}/talk.yml", {"said": field(type="array", items=entry)})
    folder = write_schemas(tmp_path, {"talk": talk})
    if wrong:
        with pytest.raises(SchemaError, match=wrong):
            SchemaRegistry.load(schemas(), folder)
    else:
        assert SchemaRegistry.load(schemas(), folder).kinds["talk"]


def test_a_campus_without_a_duty_that_shipped_schemas_let_read_may_drop_it(tmp_path: Path) -> None:
    """Nobody has that duty there, so nobody reads by it; copies of shipped schemas that name it load too."""
    role = field(type="string", enum=["teacher"])
    duties = field(type="array", items=group({"role": role}))
    staff = group({"duties": duties}, title="Staff", description="What a colleague does here.")
    person = kind("person", "people/{id}.yml", {"id": field(), "staff": staff})
    by = field(**{"x-link": "person"})
    entry = group({"by": by, "text": field()}, **{"x-owner": {"by": "by", "also": ["dsl", "teacher"]}})
    talk = kind("talk", "students/{student}/talk.yml", {"said": field(type="array", items=entry)})
    own = write_schemas(tmp_path, {"talk": talk, "person": person})
    assert "talk" in SchemaRegistry.load(schemas(), own).kinds
