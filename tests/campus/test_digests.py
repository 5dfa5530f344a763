"""A digest names a value: the same one whatever the order of its fields, another one for anything else."""

from __future__ import annotations

import pytest

from sendbook.campus.digests import digest_of


def test_the_order_of_fields_makes_no_other_digest() -> None:
    assert digest_of({"a": 1, "b": [True, None, "é"]}) == digest_of({"b": [True, None, "é"], "a": 1})


@pytest.mark.parametrize("other", [{"a": True}, {"a": "1"}, {"a": [1]}, {"a": 1, "b": None}, [1], {}])
def test_another_value_has_another_digest(other: object) -> None:
    assert digest_of({"a": 1}) != digest_of(other)
