"""What provision costs follows its dates, and every total is what its own rows add up to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.terms import Terms
from sendbook.campus.words import short_day
from sendbook.kinds.plan.costs import Cost, Costing, cost_of, total_of
from sendbook.kinds.plan.provision_sections import show_costs, show_provision
from sendbook.site.build.readings import reading_for
from sendbook.site.build.shared_campus import SharedCampus
from tests.conftest import ON, Site

# Ten school weeks: 7 September to 23 October, and 2 to 20 November.
CAMPUS: dict[str, Any] = {
    "terms": [
        {
            "id": "autumn-2026",
            "name": "Autumn",
            "start": "2026-09-07",
            "end": "2026-11-20",
            "half_term": {"start": "2026-10-24", "end": "2026-11-01"},
        }
    ],
    "cost_assumptions": {
        "delivery_weeks": 10,
        "preparation_percent": 50,
        "hourly_rates": [{"id": "assistant", "name": "Assistant", "gbp": 20}],
    },
}
# £20 an hour and half as much again for preparation: £30 a week.
LINE: dict[str, Any] = {
    "start": "2026-09-07",
    "sessions_per_week": 2,
    "minutes": 30,
    "costs": {"rate": "assistant"},
}


def _cost(on: str, ended: bool = False, **more: Any) -> Cost:
    costing = Costing.of(CAMPUS, date.fromisoformat(on))
    assert costing is not None
    return cost_of({**LINE, **more}, costing, ended=ended)


def test_a_line_that_runs_all_year_costs_a_full_year() -> None:
    assert _cost("2026-11-25") == Cost(300, 300, 300)


@pytest.mark.parametrize(
    ("on", "so_far"),
    [("2026-10-23", 0), ("2026-10-24", 210), ("2026-11-20", 210), ("2026-11-21", 300)],
)
def test_so_far_is_counted_to_the_last_half_term_that_is_over(on: str, so_far: int) -> None:
    assert _cost(on).so_far == so_far


def test_a_line_that_has_ended_costs_the_days_it_ran_and_no_full_year() -> None:
    # Two weeks of school before it ended.
    assert _cost("2026-11-25", ended=True, end="2026-09-18") == Cost(60, 60, None)
    assert _cost("2026-11-25", ended=True, start="2025-09-08", end="2026-07-01") == Cost(0, 0, None)


def test_a_line_that_begins_later_costs_nothing_before() -> None:
    assert _cost("2026-10-30", start="2026-11-02") == Cost(0, 90, 300)
    assert _cost("2026-10-30", start="2027-01-05") == Cost(0, 0, 300)


def test_resources_are_bought_once_in_each_year_the_line_runs() -> None:
    costs = {"rate": "assistant", "resources_gbp": 45}
    assert _cost("2026-10-30", costs=costs) == Cost(255, 345, 345)
    assert _cost("2026-10-30", ended=True, costs=costs, start="2025-09-08", end="2026-07-01") == Cost(0, 0, None)


def test_a_calendar_that_lacks_terms_does_not_fill_a_year_into_one_of_them() -> None:
    campus = {**CAMPUS, "cost_assumptions": {**CAMPUS["cost_assumptions"], "delivery_weeks": 35}}
    costing = Costing.of(campus, date(2026, 11, 25))
    assert costing is not None
    assert cost_of(LINE, costing, ended=False) == Cost(300, 300, 1050)


def test_help_given_in_half_of_the_school_weeks_costs_half_of_them() -> None:
    campus = {**CAMPUS, "cost_assumptions": {**CAMPUS["cost_assumptions"], "delivery_weeks": 5}}
    costing = Costing.of(campus, date(2026, 11, 25))
    assert costing is not None
    assert cost_of(LINE, costing, ended=False) == Cost(150, 150, 150)


def test_what_the_campus_does_not_say_is_not_worked_out() -> None:
    assert Costing.of({"terms": CAMPUS["terms"]}, date(2026, 11, 25)) is None
    assert _cost("2026-11-25", costs={"funding": "fees"}) == Cost(None, None, None)


def _by_hand(line: dict[str, Any], campus: dict[str, Any], last: date, on: date) -> int:
    """The same sum, counted day by day."""
    terms, assumed = Terms.from_campus(campus), campus["cost_assumptions"]
    first = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    year = [first + timedelta(days=n) for n in range(366) if first + timedelta(days=n) <= date(first.year + 1, 8, 31)]
    school = [day for day in year if terms.is_school_day(day)]
    runs = [day for day in school if line["start"] <= day.isoformat() <= line.get("end", "9999") and day <= last]
    rate = next((one["gbp"] for one in assumed["hourly_rates"] if one["id"] == line["costs"].get("rate")), 0)
    minutes = line["sessions_per_week"] * line["minutes"] * line.get("adults", 1) / line.get("group_size", 1)
    weekly = rate * minutes / 60 * (1 + assumed["preparation_percent"] / 100)
    weeks = assumed["delivery_weeks"] * len(runs) / max(len(school), 5 * assumed["delivery_weeks"])
    active = any(line["start"] <= day.isoformat() <= line.get("end", "9999") for day in year if day <= last)
    return round(weekly * weeks + (line["costs"].get("resources_gbp", 0) if active else 0))


_DAYS = st.dates(date(2026, 8, 1), date(2027, 1, 31))


@given(days=st.lists(_DAYS, min_size=2, max_size=2).map(sorted), on=st.dates(date(2026, 9, 1), date(2027, 1, 31)))
def test_a_cost_is_what_counting_day_by_day_gives(days: list[date], on: date) -> None:
    line = {**LINE, "start": days[0].isoformat(), "end": days[1].isoformat()}
    costing = Costing.of(CAMPUS, on)
    assert costing is not None
    found = cost_of(line, costing, ended=True)
    assert found.this_year == _by_hand(line, CAMPUS, date(2026, 11, 20), on)
    if costing.so_far_to is not None:
        assert found.so_far == _by_hand(line, CAMPUS, costing.so_far_to, on)


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    assert total_of([Cost(1, 2, 3), Cost(None, None, None), Cost(4, 5, None)]) == Cost(5, 7, 3)
    assert total_of([]) == Cost(0, 0, 0)


@pytest.fixture(scope="module")
def example(example_site: Site, registry: SchemaRegistry) -> tuple[CampusFolder, SharedCampus]:
    folder = CampusFolder(example_site.root, registry)
    shared = folder.load(folder.scan().unit(SHARED)).campus
    return folder, SharedCampus(shared, ON, folder.root)


def test_every_total_of_the_example_is_the_sum_of_its_rows(example: tuple[CampusFolder, SharedCampus]) -> None:
    folder, world = example
    place = world.shared.get("campus")
    assert place is not None
    senco = place.data["contacts"]["senco"]
    scan = folder.scan()
    told = 0
    for student in scan.students:
        reading = reading_for(world, folder.load(scan.unit(student)).campus, student, senco)
        if reading is None or (shown := show_costs(reading)) is None or not shown["total"]:
            continue
        lines = {line["id"]: line for line in reading.one("plan")["provision"] if line.get("costs")}
        so_far = sum(_by_hand(line, place.data, date(2026, 10, 23), ON) for line in lines.values())
        rows = [*shown["lines"], *shown["ended"]]
        for column, said in enumerate(shown["total"], 2):
            assert _pounds(said) == sum(_pounds(row[column]) for row in rows), student
        assert _pounds(shown["total"][0]) == so_far, student
        told += 1
    assert told > 10


def _pounds(text: str) -> int:
    found = re.search(r"£([\d,]+)", text)
    return int(found.group(1).replace(",", "")) if found else 0


def test_what_has_ended_stands_last_and_counts_for_the_days_it_ran(
    example: tuple[CampusFolder, SharedCampus],
) -> None:
    folder, world = example
    place = world.shared.get("campus")
    assert place is not None
    own = folder.load(folder.scan().unit("82G5")).campus
    reading = reading_for(world, own, "82G5", place.data["contacts"]["senco"])
    assert reading is not None
    shown = show_provision(reading)
    assert shown is not None
    assert "Sensory plan" not in [line.name for line in shown["lines"]]
    assert [line.name for line in shown["ended"]] == ["Sensory plan"]
    costs = show_costs(reading)
    assert costs is not None
    ended = next(row for row in costs["ended"] if row[0] == "Sensory plan")
    assert ended[-3:] == ["£0", "£0", f"Ended {short_day('2026-07-01')}"]


@pytest.mark.parametrize(("on", "ended"), [(date(2026, 7, 1), []), (date(2026, 7, 2), ["Sensory plan"])])
def test_help_has_ended_from_the_day_after_its_last(
    on: date, ended: list[str], example: tuple[CampusFolder, SharedCampus]
) -> None:
    folder, today = example
    world = SharedCampus(today.shared, on, folder.root)
    own = folder.load(folder.scan().unit("82G5")).campus
    reading = reading_for(world, own, "82G5", today.shared.records["campus"].data["contacts"]["senco"])
    assert reading is not None
    shown = show_provision(reading)
    assert shown is not None
    assert [line.name for line in shown["ended"]] == ended
