"""A digest names a value: the same one whatever the order of its fields, another one for anything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.digests import Digests, digest_of, digest_of_written, written

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
RECORDS = st.dictionaries(st.sampled_from("abcé"), VALUES, max_size=4)


def test_the_order_of_fields_makes_no_other_digest() -> None:
    assert digest_of({"a": 1, "b": [True, None, "é"]}) == digest_of({"b": [True, None, "é"], "a": 1})


@pytest.mark.parametrize("other", [{"a": True}, {"a": "1"}, {"a": [1]}, {"a": 1, "b": None}, [1], {}])
def test_another_value_has_another_digest(other: object) -> None:
    assert digest_of({"a": 1}) != digest_of(other)


@given(RECORDS, st.data())
def test_what_two_values_share_names_them_the_same(whole: dict[str, Any], data: st.DataObject) -> None:
    digests = Digests()
    kept = data.draw(st.sets(st.sampled_from(sorted(whole)))) if whole else set()
    fewer = {name: value[1:] if isinstance(value, list) else value for name, value in whole.items() if name in kept}
    for value in (whole, fewer, {**whole, "d": fewer}, whole, *whole.values()):
        assert digests.digest_of(value) == digest_of(value)


@given(st.lists(VALUES, max_size=4))
def test_a_list_whose_entries_were_written_before_is_named_as_any_other(entries: list[Any]) -> None:
    assert digest_of_written(map(written, entries)) == digest_of(entries)
