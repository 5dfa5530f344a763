"""What a reader stood like is remembered as it was, and “no narrower” is asked of each thing a standing says."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from sendbook.access.permits import Permits
from sendbook.access.remembered import as_plain, from_plain, no_wider
from sendbook.access.sight import Standing

PERMITS = Permits({("plan", "agreed"): frozenset({"targets", "plan"}), ("meeting", "draft"): frozenset({"actions"})})
ONE = Standing(
    manner="family",
    permits=PERMITS,
    owners=frozenset({("family", "senco")}),
    opened=frozenset({"p-1aaa"}),
    apart=frozenset({"p-2bbb"}),
    own=False,
    family=True,
)
OTHER = replace(ONE, manner="staff", permits=Permits({("plan", "agreed"): frozenset({"plan"})}), family=False)


def test_standings_are_the_same_again_and_what_they_share_is_written_once() -> None:
    twin = replace(ONE, opened=frozenset({"p-3ccc"}))
    plain = json.loads(json.dumps(as_plain([ONE, OTHER, twin])))
    again = from_plain(plain)
    assert [replace(one, permits=PERMITS) for one in again] == [
        replace(one, permits=PERMITS) for one in (ONE, OTHER, twin)
    ]
    assert [one.permits.table for one in again] == [PERMITS.table, OTHER.permits.table, PERMITS.table]
    assert as_plain(again) == plain
    assert [row[1] for row in plain["standings"]] == [0, 1, 0]
    assert plain["permits"] == [
        [["plan", "agreed", ["plan", "targets"]], ["meeting", "draft", ["actions"]]],
        [["plan", "agreed", ["plan"]]],
    ]


@pytest.mark.parametrize(
    "less",
    [
        {"permits": Permits({("plan", "agreed"): frozenset({"targets", "plan"})})},
        {"owners": frozenset()},
        {"opened": frozenset()},
        {"apart": frozenset({"p-2bbb", "p-3ccc"})},
        {"family": False},
    ],
    ids=lambda less: next(iter(less)),
)
def test_of_two_standings_the_one_within_the_other_is_left(less: dict[str, Any]) -> None:
    narrow = replace(ONE, **less)
    assert ONE.is_no_narrower_than(narrow)
    assert not narrow.is_no_narrower_than(ONE)
    assert no_wider(ONE, narrow) == no_wider(narrow, ONE) == narrow


def test_where_neither_holds_the_other_nothing_is_left() -> None:
    """A page in another manner is another page; and what both show can't be told from what each shows alone."""
    assert no_wider(ONE, replace(ONE, manner="staff")) is None
    assert no_wider(replace(ONE, opened=frozenset()), replace(ONE, owners=frozenset())) is None
    assert no_wider(replace(ONE, own=True), ONE) == ONE
    assert no_wider(ONE, ONE) == ONE
