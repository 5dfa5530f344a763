"""What is counted, from records, on a day."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.errors import FiguresRefused
from sendbook.figures.counts import AREA_OF, AREAS, Counted, count
from sendbook.figures.release import term_named
from sendbook.kinds.plan.shares import REVIEWS_ON_TIME, SHARES, TARGETS_MET

DAY = date(2026, 11, 23)
Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def campus() -> Campus:
    return CampusFolder(example(), SchemaRegistry.load(schemas())).load().campus


def counted(campus: Campus, on: date = DAY, term: str = "2026-autumn") -> Counted:
    return count(campus, term_named(term, campus), on, SHARES)


def changed(campus: Campus, record_id: str, change: Change) -> Campus:
    record = campus.records[record_id]
    data = deepcopy(dict(record.data))
    change(data)
    return campus.with_records([replace(record, data=data)])


def test_parts_make_wholes(campus: Campus) -> None:
    found = counted(campus)
    everyone = found.support + found.plans
    assert sum(found.by_area.values()) == sum(found.by_stage.values()) == everyone > 25
    assert found.roll == sum(found.roll_by_stage.values()) == 130


def test_a_student_who_has_left_is_not_counted_from_the_day_after(campus: Campus) -> None:
    def leaves(data: dict[str, Any]) -> None:
        data["on_roll"]["until"] = "2026-11-23"

    gone = changed(campus, "students/3QNM/student", leaves)
    assert counted(gone).plans == counted(campus).plans
    assert counted(gone, date(2026, 11, 24)).plans == counted(campus).plans - 1


def test_status_is_that_of_the_day(campus: Campus) -> None:
    """The third of the hand-written students went on support on 28 September 2026."""
    before, after = counted(campus, date(2026, 9, 27)), counted(campus, date(2026, 9, 28))
    assert after.support - before.support >= 1


def test_a_rare_need_is_counted_with_its_area(campus: Campus) -> None:
    assert {AREA_OF[code] for code in ("HI", "VI", "MSI", "PD")} == {"sensory-and-physical"}
    assert set(AREA_OF.values()) <= set(AREAS)


def test_reviews_and_targets_are_those_of_the_last_term_that_is_over(campus: Campus) -> None:
    assert counted(campus).rated_term == "Summer term 2026"
    assert counted(campus, date(2026, 12, 17)).rated_term == "Autumn term 2026"


def test_a_late_review_is_not_on_time(campus: Campus) -> None:
    def late(data: dict[str, Any]) -> None:
        for cycle in data["cycles"]:
            if "review" in cycle:
                cycle["review"]["on"] = "2026-10-01"

    before, after = (
        counted(one).rates[REVIEWS_ON_TIME] for one in (campus, changed(campus, "students/01FB/plan", late))
    )
    assert (after.whole, after.part) == (before.whole, before.part - 1)


def test_a_target_not_met_is_counted_below_the_line_only(campus: Campus) -> None:
    def missed(data: dict[str, Any]) -> None:
        data["targets"][0]["result"]["outcome"] = "not_met"

    before, after = (counted(one).rates[TARGETS_MET] for one in (campus, changed(campus, "students/0S9X/plan", missed)))
    assert (after.whole, after.part) == (before.whole, before.part - 1)


def test_a_day_outside_the_term_and_a_campus_without_a_roll_are_refused(campus: Campus) -> None:
    with pytest.raises(FiguresRefused, match="Name a day of it"):
        counted(campus, date(2026, 8, 1))
    with pytest.raises(FiguresRefused, match="roll"):
        counted(changed(campus, "campus", lambda data: data.pop("roll")))


def test_true_numbers_are_in_no_printed_form(campus: Campus) -> None:
    assert "9840" not in repr(counted(campus).funding)
