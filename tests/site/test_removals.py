"""Whom a student's record keeps away can be told from what is left of it, on the day and not before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.site.build.removals import _is_kept_away, _kept_away

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


def kept_away(root: Path, header: str, signing_in: set[str]) -> list[tuple[str, str | None]]:
    """Who is taken from what, by what can be read of a student's own record."""
    path = root / "records/students/2TST/student.yml"
    path.parent.mkdir(parents=True)
    path.write_text(header, encoding="utf-8")
    return list(_kept_away(root, signing_in, {"2TST"}, ON))


@pytest.mark.parametrize(
    ("person", "found"),
    [("p-4ddd", [("p-4ddd", "2TST")]), ("[p-4ddd]", []), ("{id: p-4ddd}", []), ("", []), ("7", [])],
    ids=["named", "a list", "a mapping", "nobody", "a number"],
)
def test_of_a_family_s_broken_entry_nobody_is_taken_who_is_not_named_in_it(
    tmp_path: Path, person: str, found: list[tuple[str, str | None]]
) -> None:
    """And those whom others name are taken all the same."""
    entries = f"family:\n- {{person: {person}, access: none}}\n- {{access: none}}\n- {{person: p-5eee, access: none}}\n"
    assert kept_away(tmp_path, entries, set()) == [*found, ("p-5eee", "2TST")]


@pytest.mark.parametrize(
    ("withdrawn", "signing_in", "is_taken"),
    [
        ("withdrawn_on: 2026-11-22", True, True),
        ("withdrawn_on: 2026-11-23", True, True),
        ("withdrawn_on: 2026-11-24", True, False),
        ("withdrawn_on: 2026-11-23", False, False),
        ("on: 2026-09-01", True, False),
    ],
)
def test_a_student_s_account_is_taken_from_the_day_on_which_it_is_withdrawn(
    tmp_path: Path, withdrawn: str, signing_in: bool, is_taken: bool
) -> None:
    found = kept_away(tmp_path, f"account_decision: {{{withdrawn}}}\n", {"2TST"} if signing_in else set())
    assert found == ([("2TST", None)] if is_taken else [])
