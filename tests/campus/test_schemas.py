"""The registry: what a schema must say, how references are put in place, and what a kind hands out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus import shipped
from sendbook.campus.leaves import Concern, Ownership
from sendbook.campus.link import Link
from sendbook.campus.nodes import About, Owner
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.errors import SchemaError
from tests.campus.small_schemas import ALL, CAMPUS, COMMON, PLAN, Schema, field, kind, write_schemas


def registry_of(folder: Path, **schemas: Schema) -> SchemaRegistry:
    return SchemaRegistry.load(write_schemas(folder, schemas))


def one_field(**more: Any) -> Schema:
    return kind("note", "note.yml", {"text": field(**more)})


def test_the_shipped_schemas_load_and_are_json_schemas() -> None:
    registry = SchemaRegistry.load(shipped.schemas())
    assert {"campus", "student", "plan", "meeting", "person"} <= set(registry.kinds)
    for known in registry.kinds.values():
        assert known.validator.is_valid([]) is False
        assert known.parts
    assert all(page.validator.is_valid([]) is False for page in registry.front_matter.values())


def test_a_kind_tells_what_its_schema_says(plan_kind: Kind) -> None:
    assert (plan_kind.name, plan_kind.title, plan_kind.description) == ("plan", "Plan", "A plan.")
    assert plan_kind.paths == ("students/{student}/plan.yml", "students/{student}/drafts/plan.yml")
    assert plan_kind.of_student
    assert plan_kind.parts == {"open", "private", "voice"}


def test_references_are_put_in_place_once(plan_kind: Kind) -> None:
    assert "$ref" not in json.dumps(plan_kind.schema)
    start = plan_kind.root.properties["from"]
    assert (start.title, start.type, start.schema["format"]) == ("From", "string", "date")
    needs = plan_kind.root.properties["needs"]
    assert needs.key == "id"
    assert needs.items is not None
    assert needs.items.law == "CoP 6.28"
    assert list(needs.items.properties) == ["id", "area", "note"]


def test_parts_are_inherited_downwards_until_another_is_named(plan_kind: Kind) -> None:
    needs = plan_kind.root.properties["needs"].items
    assert needs is not None
    assert (needs.part, needs.properties["area"].part, needs.properties["note"].part) == ("open", "open", "private")


def test_annotations_become_fields_of_nodes(registry: SchemaRegistry, plan_kind: Kind) -> None:
    members = registry.kinds["intervention"].root.properties["members"].items
    assert members is not None
    assert members.about == About(student="student", kind="plan", part="private")
    assert members.properties["student"].link == Link(kind="student")
    assert members.properties["minutes"].unit == "minutes"
    voice = plan_kind.root.properties["voice"].items
    assert voice is not None
    assert voice.owner == Owner(by="from", also=("senco",), family_if="share")
    counts = registry.kinds["intervention"].root.properties["counts"]
    assert counts.say == "counted"
    assert counts.child("Year 4") is counts.values
    assert counts.values is not None
    assert counts.values.part == "figures"


def test_leaves_carry_part_and_whom_they_concern(registry: SchemaRegistry, plan_kind: Kind) -> None:
    data = {"name": "Talk", "members": [{"student": "7Q4K", "minutes": 20}], "counts": {"a/b": 3}, "odd": {"x": 1}}
    leaves = {leaf.pointer: leaf for leaf in registry.kinds["intervention"].leaves(data)}
    assert list(leaves) == ["/name", "/members/0/student", "/members/0/minutes", "/counts/a~1b", "/odd/x"]
    assert leaves["/members/0/minutes"].abouts == (Concern(student="7Q4K", kind="plan", part="private"),)
    assert (leaves["/name"].part, leaves["/counts/a~1b"].part) == ("open", "figures")
    assert (leaves["/odd/x"].part, leaves["/odd/x"].node) == (None, None)
    (said, text, _) = plan_kind.leaves({"voice": [{"from": "p-3f8q", "text": "Hello", "share": True}]})
    assert text.owners == said.owners == (Ownership(by="p-3f8q", also=("senco",), family=True),)
    (empty,) = plan_kind.leaves({"needs": []})
    assert (empty.pointer, empty.value, empty.part) == ("/needs", [], "open")


@pytest.mark.parametrize(
    ("data", "good"),
    [
        ({"from": "2027-02-28"}, True),
        ({"from": "2028-02-29"}, True),
        ({"from": "2027-02-30"}, False),
        ({"from": "2027-2-3"}, False),
        ({"from": "20270203"}, False),
        ({"from": 20270203}, False),
        ({"needs": [{"id": "a", "area": "b", "other": "c"}]}, False),
        ({"agreed": "true"}, False),
        ({"agreed": True, "hours": 1.5, "state": "draft"}, True),
    ],
)
def test_the_validator_knows_real_dates_and_closed_groups(plan_kind: Kind, data: Schema, *, good: bool) -> None:
    assert plan_kind.validator.is_valid(data) is good


@pytest.mark.parametrize(
    ("name", "text", "good"),
    [
        *[("contact", text, True) for text in ("senco@larkfield.example", "z.ö+x@a-b.sch.uk")],
        *[("contact", text, False) for text in ("senco", "a@b", "a b@c.org", "a@b..org", "<a@b.org>", "a@-b.org")],
        *[("opens", text, True) for text in ("08:30", "00:00", "23:59")],
        *[("opens", text, False) for text in ("8:30", "24:00", "08.30", "08:60", "08:30:00")],
    ],
)
def test_addresses_and_times_are_checked(registry: SchemaRegistry, name: str, text: str, *, good: bool) -> None:
    assert registry.kinds["campus"].validator.is_valid({name: text}) is good


def test_checks_beside_a_reference_add_up(tmp_path: Path) -> None:
    beside = {"title": "A", "description": "a", "$ref": "common.schema.json#/$defs/slug", "pattern": "^x"}
    validator = (
        registry_of(tmp_path, note=kind("note", "note.yml", {"a": beside}), common=COMMON).kinds["note"].validator
    )
    assert [validator.is_valid({"a": text}) for text in ("xy", "ab", "x1")] == [True, False, False]


def test_names_of_fields_and_values_are_not_taken_for_keywords(tmp_path: Path) -> None:
    properties = {
        "$ref": field(),
        "x-odd": field(),
        "items": field(),
        "a": field(enum=["$ref", "x-odd"], examples=[{"q": 1}]),
    }
    root = registry_of(tmp_path, note=kind("note", "note.yml", properties)).kinds["note"].root
    assert list(root.properties) == ["$ref", "x-odd", "items", "a"]


def test_a_later_folder_adds_kinds_and_replaces_them_by_name(tmp_path: Path) -> None:
    first = write_schemas(tmp_path / "a")
    own_plan = kind(
        "plan",
        "students/{student}/plan.yml",
        {"own": field(**{"x-part": "private"}), "on": {**PLAN["properties"]["from"]}},
    )
    second = write_schemas(
        tmp_path / "b", {"our-plan": own_plan, "trip": kind("trip", "trips/{id}.yml", {"a": field()})}
    )
    registry = SchemaRegistry.load(first, second, tmp_path / "absent")
    assert list(registry.kinds) == ["campus", "intervention", "plan", "student", "trip"]
    assert list(registry.kinds["plan"].root.properties) == ["own", "on"]
    assert registry.match("students/7Q4K/drafts/plan.yml") is None
    assert registry.digest != SchemaRegistry.load(first).digest


def test_the_digest_follows_what_schemas_say_not_where_they_are(tmp_path: Path) -> None:
    one, same = SchemaRegistry.load(write_schemas(tmp_path / "a")), SchemaRegistry.load(write_schemas(tmp_path / "b"))
    assert one.digest == same.digest
    changed = {**ALL, "common": {**COMMON, "$defs": {**COMMON["$defs"], "slug": {"type": "string", "maxLength": 3}}}}
    assert SchemaRegistry.load(write_schemas(tmp_path / "c", changed)).digest == one.digest  # nobody refers to it
    changed = {**ALL, "campus": {**CAMPUS, "required": ["name"]}}
    assert SchemaRegistry.load(write_schemas(tmp_path / "d", changed)).digest != one.digest


def test_two_kinds_can_not_share_a_name_or_a_path(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="another file"):
        registry_of(tmp_path / "a", one=one_field(), two=one_field())
    with pytest.raises(SchemaError, match="has the x-path"):
        registry_of(tmp_path / "b", one=one_field(), two=kind("other", "note.yml", {"a": field()}))


def test_a_folder_without_schemas_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no schemas"):
        SchemaRegistry.load(tmp_path)


def test_a_schema_that_is_not_json_schema_is_refused_when_it_is_first_used(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, note=one_field(uniqueItems="three"))
    with pytest.raises(SchemaError, match=r"note\.schema\.json.*uniqueItems"):
        _ = registry.kinds["note"].validator


def test_front_matter_has_fields_but_no_path_and_no_parts(tmp_path: Path) -> None:
    page = {**kind("page", [], {"title": field()}), "x-front-matter": True}
    del page["x-part"], page["x-path"]
    registry = registry_of(tmp_path, page=page, note=one_field())
    assert list(registry.kinds) == ["note"]
    assert registry.front_matter["page"].validator.is_valid({"title": "Roles"})


@pytest.mark.parametrize(
    ("path", "name", "keys"),
    [
        ("campus.yml", "campus", {}),
        ("students/7Q4K/plan.yml", "plan", {"student": "7Q4K"}),
        ("students/7Q4K/drafts/plan.yml", "plan", {"student": "7Q4K"}),
        ("interventions/lego-therapy.yml", "intervention", {"id": "lego-therapy"}),
    ],
)
def test_a_path_is_matched_to_its_kind(registry: SchemaRegistry, path: str, name: str, keys: dict[str, str]) -> None:
    match = registry.match(path)
    assert match is not None
    assert (match.kind.name, match.keys) == (name, keys)


@pytest.mark.parametrize(
    "path",
    [
        *("students/AMIR/plan.yml", "students/1234/plan.yml", "students/7q4k/plan.yml", "students/7Q4/plan.yml"),
        *(
            "students/7QIK/plan.yml",
            "students/7Q4K/plan.yaml",
            "students/7Q4K/plan.yml/x",
            "students/7Q4K/../campus.yml",
        ),
        *(
            "interventions/Lego.yml",
            "interventions/-a.yml",
            "interventions/a/b.yml",
            "/campus.yml",
            "campus.yml\n",
            "x.yml",
        ),
    ],
)
def test_any_other_path_is_no_kinds(registry: SchemaRegistry, path: str) -> None:
    assert registry.match(path) is None


def test_a_fixed_name_wins_over_an_id(tmp_path: Path) -> None:
    registry = registry_of(
        tmp_path, a=kind("a", "x/{id}.yml", {"f": field()}), b=kind("b", "x/index.yml", {"f": field()})
    )
    index = registry.match("x/index.yml")
    assert index is not None
    assert index.kind.name == "b"
