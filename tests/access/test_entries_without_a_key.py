"""An entry that nothing names is found again by what it says, so that its past is open to whom it is open today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sendbook.access.basis import Basis
from sendbook.access.conditions import with_conditions_of_today
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from tests.campus.small_schemas import field, group, kind, write_schemas

TALK = kind(
    "talk",
    "students/{student}/talk.yml",
    {
        "said": field(
            type="array",
            items=group({"text": field(), "by": field(**{"x-link": "person"})}, **{"x-owner": {"by": "by"}}),
        )
    },
)
BY_MOTHER = {"text": "We moved.", "by": "p-4ddd"}


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ({"text": "We moved.", "by": "p-5eee"}, BY_MOTHER, BY_MOTHER),
        ({"text": "We moved."}, BY_MOTHER, BY_MOTHER),
        ({"text": "We stay.", "by": "p-5eee"}, BY_MOTHER, {"text": "We stay.", "by": "p-5eee"}),
    ],
    ids=["somebody else's", "nobody's", "another entry"],
)
def test_whose_it_is_today_it_was_then(tmp_path: Path, then: Any, now: Any, told: Any) -> None:
    registry = SchemaRegistry.load(schemas(), write_schemas(tmp_path, {"talk": TALK}))
    basis = Basis.of(Campus((), registry))
    found = with_conditions_of_today(registry.kinds["talk"], {"said": [then]}, {"said": [now]}, basis)
    assert found == {"said": [told]}
