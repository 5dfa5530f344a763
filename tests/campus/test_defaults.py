"""``default``: what a field counts as where a record leaves it out, said by the schema alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.defaults import house_rules
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.errors import SchemaError
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas


def campus(**rules: Schema) -> Schema:
    return kind("campus", "campus.yml", {"name": field(), "house_rules": field(**group(rules))})


def weeks(default: object) -> Schema:
    return field(type="integer", minimum=1, default=default)


def load(folder: Path, *states: Schema) -> Kind:
    """The kind as the last of these schemas describes it, the first standing for the shipped one."""
    folders = [write_schemas(folder / str(number), {"campus": one}) for number, one in enumerate(states)]
    return SchemaRegistry.load(*folders).kinds["campus"]


def test_a_house_rule_is_what_the_campus_chose_and_else_the_schemas_default(tmp_path: Path) -> None:
    made = load(tmp_path, campus(weeks=weeks(6), most=weeks(4)))
    assert house_rules(made.defaults, {}) == {"weeks": 6, "most": 4}
    assert house_rules(made.defaults, {"house_rules": {"most": 2}}) == {"weeks": 6, "most": 2}


def test_a_field_without_a_default_has_none(tmp_path: Path) -> None:
    assert load(tmp_path, campus(weeks=field(type="integer"))).defaults == {}


def test_a_copy_has_the_shipped_defaults_of_what_it_leaves_out(tmp_path: Path) -> None:
    """Also of a field that has come since the copy was made: a rule asks for it all the same."""
    made = load(tmp_path, campus(weeks=weeks(6), most=weeks(4)), campus(weeks=field(type="integer")))
    assert made.defaults == {"house_rules/weeks": 6, "house_rules/most": 4}
    other = load(tmp_path / "other", campus(weeks=weeks(6)), campus(weeks=weeks(8)))
    assert other.defaults == {"house_rules/weeks": 8}


def test_a_registry_is_another_when_a_default_is(tmp_path: Path) -> None:
    """What was found under the old one is asked again, also where the default is the shipped schema's."""
    copy = write_schemas(tmp_path / "copy", {"campus": campus(weeks=field(type="integer"))})
    digests = {
        SchemaRegistry.load(write_schemas(tmp_path / str(n), {"campus": campus(weeks=weeks(n))}), copy).digest
        for n in (6, 7)
    }
    assert len(digests) == 2


@pytest.mark.parametrize("default", ["six", 0, None])
def test_a_default_that_the_field_does_not_take_is_refused(tmp_path: Path, default: object) -> None:
    with pytest.raises(SchemaError, match="/house_rules/weeks has a default that the field itself does not take"):
        load(tmp_path, campus(weeks=weeks(default)))


def test_every_limit_that_a_campus_can_choose_has_a_default() -> None:
    """A rule that asks for a limit without one would fail on each campus that has not chosen it."""
    kinds = SchemaRegistry.load(schemas()).kinds
    rules = kinds["campus"].root.properties["house_rules"].properties
    limits = {name for name, node in rules.items() if node.type == "integer"}
    assert limits == set(house_rules(kinds["campus"].defaults, {}))
