"""What a group must have, and the shortest value that fits, where one field is needed unless another is there."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.campus.verdict import compiled
from sendbook.campus.wanted import needed, shortest

GRANT: dict[str, Any] = {
    "type": "object",
    "required": ["reason"],
    "if": {"required": ["kind"]},
    "then": {"required": ["parts"], "not": {"required": ["records"]}},
    "else": {"required": ["records"], "not": {"required": ["parts"]}},
    "properties": {
        "reason": {"type": "string", "title": "Reason"},
        "kind": {"type": "string"},
        "parts": {"type": "string"},
        "records": {"type": "object", "additionalProperties": {"type": "string"}, "examples": [{"plan": "targets"}]},
    },
}


@pytest.mark.parametrize(
    ("required", "possible", "names"),
    [
        (["reason"], [], ("reason", "records")),
        (["reason"], ["kind"], ("reason",)),
        (["reason", "kind"], [], ("reason", "kind", "parts")),
        (["reason", "kind"], ["records"], ("reason", "kind", "parts")),
    ],
)
def test_what_is_needed_follows_from_what_can_be_there(
    required: list[str], possible: list[str], names: tuple[str, ...]
) -> None:
    assert needed({**GRANT, "required": required}, possible) == names


def test_a_condition_on_more_than_fields_that_are_there_makes_nothing_needed() -> None:
    condition = {"required": ["kind"], "properties": {"kind": {"const": "plan"}}}
    assert needed({**GRANT, "if": condition}) == ("reason",)


def test_the_shortest_value_has_what_is_needed_and_fits() -> None:
    made = shortest(GRANT)
    assert made == {"reason": "Reason …", "records": {"plan": "targets"}}
    assert compiled(GRANT)(made)
