"""The fast verdict and jsonschema's: always the same."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.campus import shipped
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.verdict import compiled, is_multiple, validator

words = st.sampled_from(["a", "b", "ab", "", "2026-11-23", "2027-02-30", "09:15", "x@y.org", "draft", "7Q4K", "a-b"])
scalars = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, 0.29, 2.5]) | words
names = st.sampled_from(["a", "b", "c", "id", "state", "needs", "voice", "from", "text", "share"])
values = st.recursive(scalars, lambda v: st.lists(v, max_size=3) | st.dictionaries(names, v, max_size=4), max_leaves=8)

leaves: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "number", "boolean", "null", ["string", "null"], ["integer"]]),
        "enum": st.lists(scalars, min_size=1, max_size=3),
        "const": scalars,
        "format": st.sampled_from(["date", "time", "email", "uri"]),
        "pattern": st.sampled_from(["^a", "b$", "^[0-9-]+$"]),
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(0, 3),
        "minimum": st.integers(-2, 2),
        "exclusiveMaximum": st.sampled_from([0, 1.0, 2.5]),
        "multipleOf": st.sampled_from([1, 2, 0.01, 0.5]),
    },
)
schemas: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", "array"]),
            "properties": st.dictionaries(names, inner, max_size=3),
            "required": st.lists(names, max_size=2, unique=True),
            "additionalProperties": st.booleans() | inner,
            "items": inner | st.booleans(),
            "minItems": st.integers(0, 2),
            "maxItems": st.integers(0, 2),
            "uniqueItems": st.booleans(),
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "oneOf": st.lists(inner, min_size=1, max_size=2),
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "contains": inner,
            "minContains": st.integers(0, 2),
            "dependentRequired": st.dictionaries(names, st.lists(names, max_size=2, unique=True), max_size=2),
            "propertyNames": leaves,
            "unevaluatedProperties": st.booleans(),
            "x-part": st.just("open"),
        },
    ),
    max_leaves=5,
)


@given(schemas, st.lists(values, min_size=1, max_size=6))
def test_both_verdicts_agree_on_any_schema(schema: dict[str, Any], data: list[Any]) -> None:
    fits, measure = compiled(schema), validator(schema)
    for one in data:
        assert fits(one) == measure.is_valid(one)


SHIPPED = SchemaRegistry.load(shipped.schemas())


@pytest.mark.sample(6)
@pytest.mark.parametrize("name", SHIPPED.kinds)
@settings(max_examples=12)
@given(data=st.data())
def test_both_verdicts_agree_on_records_and_on_spoilt_ones(name: str, data: st.DataObject) -> None:
    kind = SHIPPED.kinds[name]
    record = data.draw(_records(kind.schema))
    assert kind.is_valid(record) == kind.validator.is_valid(record)
    spoilt = copy.deepcopy(record)
    place: Any = spoilt
    while isinstance(place, dict | list) and place:
        step = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[step], dict | list) or data.draw(st.booleans()):
            place[step] = data.draw(values)
            break
        place = place[step]
    assert kind.is_valid(spoilt) == kind.validator.is_valid(spoilt)


def _records(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Data of about the shape a schema asks for; whether it is good does not matter here."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "object":
        made = {name: _records(inner) for name, inner in schema.get("properties", {}).items()}
        required = {name: made[name] for name in schema.get("required", ())}
        return st.fixed_dictionaries(required, optional={k: v for k, v in made.items() if k not in required})
    if schema.get("type") == "array":
        return st.lists(_records(schema["items"]), max_size=2)
    return scalars


@pytest.mark.parametrize("pounds", [0.29, 1.13, 19.99, 0.07, 1, 1234.5, 0, 1e300])
def test_sums_of_money_are_whole_pence(pounds: float) -> None:
    assert is_multiple(pounds, 0.01)
    assert validator({"multipleOf": 0.01}).is_valid(pounds)


def test_half_a_penny_is_not() -> None:
    assert not is_multiple(0.005, 0.01)
    (error,) = validator({"multipleOf": 0.01}).iter_errors(0.005)
    assert error.validator == "multipleOf"
