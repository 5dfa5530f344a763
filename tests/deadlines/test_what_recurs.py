"""What is owed again and again, or only while something is open: the last good day and the first bad one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sendbook.campus.schemas import Kind
from tests.campus.small_schemas import field, group, kind
from tests.deadlines.letters import DATE, registry_in
from tests.deadlines.test_deadline import owed

RAMP = group(
    {
        "id": field(),
        "where": field(title="Where"),
        "begun_on": field(title="Begun on", **DATE),
        "status": field(title="Status", enum=["open", "gone"], **{"x-part": "status"}),
        "looks": field(type="array", items=group({"on": field(title="Looked at", **DATE)})),
    },
    **{
        "x-due": {
            "what": "Look at the ramp: {where}",
            "after": ["/ramps/-/begun_on", "/ramps/-/looks/-/on"],
            "within": "1 year",
            "while": {"/ramps/-/status": ["open"]},
        }
    },
)
RAMPS = kind(
    "ramps",
    "ramps.yml",
    {
        "serviced_on": field(
            title="Serviced on", **DATE, **{"x-due": {"what": "Service the lift", "every": "6 months"}}
        ),
        "ramps": field(type="array", items=RAMP, **{"x-key": "id"}),
    },
)
DOOR, GATE = {"id": "a", "where": "Door", "begun_on": "2024-02-29"}, {"id": "b", "where": "Gate"}
SEEN = frozenset({("ramps", "open"), ("ramps", "status")})


@pytest.fixture(scope="module")
def ramps(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    return registry_in(tmp_path_factory.mktemp("campus"), RAMPS).kinds["ramps"]


def by(kind: Kind, *entries: Mapping[str, Any], **more: Any) -> list[tuple[str, date]]:
    """What is owed for ramps that are open unless they say otherwise, with its last day."""
    data = {"ramps": [{"status": "open", **one} for one in entries]}
    return [(one.what.rpartition(" ")[2], one.by) for one in owed(kind, data, **more)]


def test_it_counts_from_the_latest_day_of_the_same_entry(ramps: Kind) -> None:
    assert by(ramps, DOOR) == [("Door", date(2025, 2, 28))], "there is no 29 February in 2025"
    looked = {**DOOR, "looks": [{"on": "2026-03-02"}, {"on": "2025-03-02"}]}
    assert by(ramps, looked, GATE) == [("Door", date(2027, 3, 2))], "nothing says when the gate was begun"
    assert by(ramps, DOOR, {**GATE, "looks": [{"on": "2026-03-02"}]}) == [
        ("Door", date(2025, 2, 28)),
        ("Gate", date(2027, 3, 2)),
    ]


def test_it_is_late_from_the_day_after_and_leads_to_the_entry(ramps: Kind) -> None:
    (one,) = owed(ramps, {"ramps": [{**DOOR, "status": "open"}]})
    assert (one.is_late(date(2025, 2, 28)), one.is_late(date(2025, 3, 1))) == (False, True)
    assert one.steps == ("ramps", 0)


def test_what_is_open_no_more_is_not_owed(ramps: Kind) -> None:
    assert by(ramps, {**DOOR, "status": "gone"}) == []
    assert owed(ramps, {"ramps": [DOOR]}) == [], "nothing says that it is open"


@pytest.mark.parametrize("hidden", sorted(SEEN))
def test_who_does_not_see_whether_it_is_open_is_not_told(ramps: Kind, hidden: tuple[str, str]) -> None:
    assert len(by(ramps, DOOR, seen=SEEN)) == 1
    assert by(ramps, DOOR, seen=SEEN - {hidden}) == []


def test_what_is_owed_again_counts_from_the_last_time(ramps: Kind) -> None:
    (one,) = owed(ramps, {"serviced_on": "2026-05-31"})
    assert (one.what, one.by, one.done) == ("Service the lift", date(2026, 11, 30), False)
    assert owed(ramps, {}) == []
