"""Every value that takes something away counts in a student's own record that can't be used: family, team, account."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendbook.access.held import reading_of
from sendbook.campus.salvage import salvage
from tests.access.small_campus import REGISTRY, campus_of, data

HEADER = """\
id: 7Q4K
sign_in:
  email: old@tiny.example
account_decision:
  on: 2026-09-01
  by: p-1aaa
  reason: Asked for.
on_roll:
  from: 2025-09-01
team:
  - id: a1
    person: p-1aaa
    as: key_adult
    from: 2026-09-01
family:
  - id: f1
    person: p-2bbb
    relation: mother
    household: a
    responsibility: true
    access: full
    from: 2025-09-01
  - id: f2
    person: p-4ddd
    relation: father
    household: b
    responsibility: true
    access: full
    from: 2025-09-01
"""


def header_read(text: str) -> dict[str, Any]:
    kind, last = REGISTRY.kinds["student"], salvage(HEADER.encode())
    assert last.whole
    record = replace(campus_of(data()).records["students/7Q4K/student"], data=last.data)
    found = reading_of("7Q4K", record.path, kind, salvage(text.encode()), record)
    assert found is not None
    return dict(found.data)


def test_of_a_family_that_can_be_read_in_part_each_entry_that_can_be_read_counts() -> None:
    """The father's entry has a slip; what the mother's says all the same is that she sees nothing."""
    text = HEADER.replace("household: b", "household: 'b").replace("access: full", "access: none", 1)
    found = {one["id"]: one["access"] for one in header_read(text)["family"]}
    assert found == {"f1": "none", "f2": "full"}


@pytest.mark.parametrize("name", ["sign_in", "account_decision"])
def test_half_an_account_that_can_not_be_read_is_no_account(name: str) -> None:
    spoiled = {"sign_in": ("email: old", "email: 'old"), "account_decision": ("reason: Asked", "reason: 'Asked")}
    assert name not in header_read(HEADER.replace(*spoiled[name]))
    assert name in header_read(HEADER + "odd: ['\n")


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-31"])
def test_a_last_day_on_roll_or_with_a_student_bites_and_one_that_can_not_be_read_is_over(day: str) -> None:
    found = header_read(HEADER.replace("  from: 2025-09-01", f"  from: 2025-09-01\n  until: {day}"))
    assert found["on_roll"]["until"] == day
    found = header_read(HEADER.replace("    as: key_adult", f"    as: key_adult\n    until: {day}"))
    assert found["team"][0]["until"] == day


NO_CONTACT = {"effect": "no_contact"}
ORDERS = """\
    court_orders:
      - id: o1
        order: Prohibited steps
        effect: residence
        from: 2025-09-01
      - id: o2
        order: Child arrangements
        effect: residence
        from: 2025-09-01
"""


@pytest.mark.parametrize(("spoiled", "sound"), [("f1", "f2"), ("f2", "f1")])
def test_what_can_not_be_used_in_one_relation_takes_nothing_from_the_others(spoiled: str, sound: str) -> None:
    """The file is sound YAML: the entry before or after it, and what it grants, is nobody's mistake."""
    before, entry, after = HEADER.partition(f"  - id: {spoiled}\n")
    found = {one["id"]: one for one in header_read(before + entry + after.replace("true", "perhaps", 1))["family"]}
    last = {one["id"]: one for one in salvage(HEADER.encode()).data["family"]}
    assert found[sound] == last[sound]
    assert found[spoiled]["access"] == "unread"
    assert "responsibility" not in found[spoiled]


def test_of_two_orders_of_a_court_the_one_that_can_not_be_used_forbids() -> None:
    """And the other one says what it said; both are of the relation in which they are written."""
    text = HEADER + ORDERS.replace("effect: residence", "effect: perhaps", 1)
    mother, father = header_read(text)["family"]
    assert "court_orders" not in mother
    assert mother["access"] == "full"
    (spoiled, order) = father["court_orders"]
    assert spoiled == NO_CONTACT
    assert (order["id"], order["effect"]) == ("o2", "residence")
    assert father["access"] == "unread"
