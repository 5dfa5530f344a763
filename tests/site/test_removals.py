"""Whom a student's record keeps away can be told from what is left of it, on the day and not before it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sendbook.site.build.removals import _is_kept_away

ON = date(2026, 11, 23)


def order(effect: str, **days: str) -> dict[str, Any]:
    return {"access": "full", "court_orders": [{"effect": effect, **days}]}


@pytest.mark.parametrize(
    ("item", "away"),
    [
        (order("no_contact", **{"from": "2026-11-23"}), True),
        (order("no_information", **{"from": "2026-11-01"}), True),
        (order("no_contact", **{"from": "2026-11-24"}), False),
        (order("no_contact", **{"from": "2026-11-01", "until": "2026-11-23"}), True),
        (order("no_contact", **{"from": "2026-11-01", "until": "2026-11-22"}), False),
        (order("supervised_contact", **{"from": "2026-11-01"}), False),
        ({"access": "none", "from": "2026-11-23"}, True),
        ({"access": "none", "from": "2026-11-01", "until": "2026-11-22"}, False),
        ({"access": "full", "from": "2026-11-01"}, False),
        ({"court_orders": "what is left of a slip"}, False),
    ],
)
def test_an_order_or_no_access_keeps_away_on_its_days_alone(item: dict[str, Any], away: bool) -> None:
    assert _is_kept_away(item, ON) is away
