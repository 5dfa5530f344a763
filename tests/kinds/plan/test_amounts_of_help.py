"""How much help there is in a week, and whether any of it was due yet: with the numbers on either side."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.kinds.plan.rules.changes import _minutes_a_week
from sendbook.kinds.plan.rules.provision import _has_sessions


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ({"sessions_per_week": 3, "minutes": 20}, 60),
        ({"sessions_per_week": 3}, None),
        ({"minutes": 20}, None),
        ({}, None),
    ],
)
def test_minutes_a_week_are_known_where_both_numbers_are(line: dict[str, Any], minutes: float | None) -> None:
    assert _minutes_a_week(line) == minutes


@pytest.mark.parametrize(
    ("sort", "sessions", "school_days", "due"),
    [
        ("intervention", 1, 5, True),
        ("intervention", 1, 4, False),
        ("intervention", 0.5, 10, True),
        ("intervention", 0.5, 9, False),
        ("equipment", 1, 5, False),
    ],
)
def test_a_session_is_due_from_the_first_whole_one(sort: str, sessions: float, school_days: int, due: bool) -> None:
    assert _has_sessions({"type": sort, "sessions_per_week": sessions}, school_days) is due
