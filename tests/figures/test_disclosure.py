"""No hidden number can be worked out to within three, by anyone who has read everything ever released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendbook.figures import suppression
from sendbook.figures.counts import AREAS, Rate
from sendbook.figures.release import figures_of
from sendbook.figures.settings import FigureSettings
from sendbook.figures.suppression import Hidden, hide
from tests.figures.onlooker import Onlooker
from tests.figures.tables import HOUSE, TAUGHT, Pupil, all_released, counted, histories, released_as

_CALM = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
AREA, OTHER_AREA = list(AREAS)[:2]


def pupils(support: int, plans: int) -> list[Pupil]:
    """Students of whom only the status is of interest: the tables are as even as can be."""
    statuses = ["K"] * support + ["E"] * plans
    areas, stages = list(AREAS), TAUGHT
    return [(status, areas[n % len(areas)], stages[n % len(stages)]) for n, status in enumerate(statuses)]


@_CALM
@given(histories())
def test_every_hidden_number_stays_open_by_three_whatever_was_released_before(history: list[list[Pupil]]) -> None:
    releases = all_released(history)
    assert Onlooker(releases).known() == []


@pytest.mark.slow
@settings(_CALM, max_examples=300)
@given(histories(terms=5))
def test_every_hidden_number_stays_open_over_years_of_releases(history: list[list[Pupil]]) -> None:
    assert Onlooker(all_released(history)).known() == []


@_CALM
@given(histories(terms=2))
def test_nothing_is_shown_that_is_small_or_nearly_all_of_its_group(history: list[list[Pupil]]) -> None:
    for students, data in zip(history, all_released(history), strict=True):
        assert all(cell["value"] >= HOUSE.smallest_count for cell in _cells(data) if "value" in cell)
        assert all(cell.get("of", 999) - cell["value"] >= 6 for cell in _cells(data) if "value" in cell)
        shown = {cell["id"]: cell["value"] for cell in _cells(data) if "value" in cell}
        truth = counted(students)
        assert shown == {name: number for name, number in _truth(truth).items() if name in shown}


def _cells(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    counts = [one for one in figures_of(data) if one["id"] in ("send", "sen-support", "ehc-plans")]
    return counts + [cell for one in figures_of(data) for cell in one.get("cells", ())]


def _truth(truth: Any) -> dict[str, int]:
    status = {"send": truth.support + truth.plans, "sen-support": truth.support, "ehc-plans": truth.plans}
    return {**status, **truth.by_area, **truth.by_stage}


def test_a_small_number_beside_its_whole_takes_another_with_it() -> None:
    data = released_as(counted(pupils(30, 2)), [])
    assert _said(data) == {"send": 32, "sen-support": "withheld", "ehc-plans": "small"}
    assert Onlooker([data]).known() == []


def test_without_secondary_suppression_the_onlooker_knows_the_small_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "narrow", lambda *_: frozenset())
    data = released_as(counted(pupils(30, 2)), [])
    assert (0, "ehc-plans") in Onlooker([data]).known()


def test_a_number_that_was_hidden_last_term_is_not_shown_as_soon_as_it_is_six() -> None:
    before = released_as(counted(pupils(30, 5)), [])
    after = released_as(counted(pupils(30, 6), term=1), [before])
    assert "value" not in _figure(after, "ehc-plans")
    assert Onlooker([before, after]).known() == []


def test_a_release_that_forgets_the_one_before_gives_last_terms_number_away() -> None:
    before = released_as(counted(pupils(30, 5)), [])
    forgetful = released_as(counted(pupils(30, 6), term=1), [])
    assert (0, "ehc-plans") in Onlooker([before, forgetful]).known()


def test_a_number_that_falls_under_six_is_not_called_small_beside_last_terms() -> None:
    before = released_as(counted(pupils(30, 6)), [])
    after = released_as(counted(pupils(30, 5), term=1), [before])
    assert _figure(after, "ehc-plans")["hidden"] == "withheld"
    assert Onlooker([before, after]).known() == []


def test_two_small_rows_that_add_up_to_little_take_a_third_with_them() -> None:
    rows = {AREA: 1, OTHER_AREA: 1, "other": 12, "sensory-and-physical": 9, "social-emotional-and-mental-health": 9}
    students: list[Pupil] = [("K", area, TAUGHT[n % 2]) for area, size in rows.items() for n in range(size)]
    data = released_as(counted(students), [])
    hidden = [cell["id"] for cell in _figure(data, "by-area")["cells"] if "hidden" in cell]
    assert {AREA, OTHER_AREA} < set(hidden)
    assert Onlooker([data]).known() == []


def test_nought_is_hidden_like_any_small_number() -> None:
    assert _figure(released_as(counted(pupils(30, 0)), []), "ehc-plans")["hidden"] in ("small", "withheld")


def test_a_stage_in_which_nearly_everyone_has_send_is_hidden() -> None:
    students: list[Pupil] = [("K", list(AREAS)[n % 4], TAUGHT[n % 3]) for n in range(36)]
    data = released_as(counted(students, others=5), [])
    assert all("hidden" in cell for cell in _figure(data, "by-stage")["cells"])


def test_a_percentage_is_hidden_with_its_number() -> None:
    data = released_as(counted(pupils(30, 2)), [])
    for name in ("sen-support", "ehc-plans"):
        assert _figure(data, f"{name}-percent").keys().isdisjoint({"value", "part", "whole"})


def test_no_percentage_is_shown_of_a_roll_under_ten() -> None:
    students: list[Pupil] = [("K", AREA, TAUGHT[0])] * 9
    data = released_as(counted(students, others=0), [])
    assert all("hidden" in one for one in figures_of(data) if one["unit"] == "percent")


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (Rate(part=9, whole=9, students=9), {"hidden": "withheld"}),
        (Rate(part=15, whole=30, students=9), {"hidden": "withheld"}),
        (Rate(part=5, whole=30, students=30), {"hidden": "small", "whole": 30}),
        (Rate(part=25, whole=30, students=30), {"hidden": "almost_all", "whole": 30}),
        (Rate(part=30, whole=30, students=30), {"hidden": "almost_all", "whole": 30}),
        (Rate(part=24, whole=30, students=30), {"value": 80, "part": 24, "whole": 30}),
    ],
)
def test_a_rate_says_no_more_than_that_few_or_all_but_few_are_in_it(rate: Rate, said: dict[str, Any]) -> None:
    figure = _figure(released_as(counted(pupils(24, 12), reviews=rate), []), "reviews-on-time")
    assert {key: figure[key] for key in ("value", "hidden", "part", "whole") if key in figure} == said


def test_a_rate_does_not_tell_how_many_students_there_are_while_that_is_hidden() -> None:
    data = released_as(counted(pupils(4, 1), reviews=Rate(part=6, whole=12, students=12)), [])
    assert _figure(data, "reviews-on-time").keys().isdisjoint({"value", "part", "whole"})


def test_the_same_days_are_rated_once_so_that_nobody_learns_how_one_who_left_did() -> None:
    first = counted(pupils(24, 12), reviews=Rate(part=24, whole=34, students=34))
    before = released_as(first, [])
    again = counted(pupils(24, 11), reviews=Rate(part=22, whole=32, students=33), term=1)
    same_days = released_as(replace(again, since=first.since, until=first.until), [before])
    assert _figure(same_days, "reviews-on-time") == _figure(before, "reviews-on-time")
    assert _figure(before, "reviews-on-time")["part"] == 24


def test_days_that_overlap_with_days_already_rated_are_not_rated() -> None:
    first = counted(pupils(24, 12), reviews=Rate(part=14, whole=24, students=24))
    before = released_as(first, [])
    later = counted(pupils(24, 12), reviews=Rate(part=17, whole=29, students=29), term=1)
    whole_term = released_as(replace(later, since=first.since), [before])
    assert _figure(whole_term, "reviews-on-time").keys().isdisjoint({"value", "part", "whole"})
    assert _figure(released_as(later, [before]), "reviews-on-time")["part"] == 17


@_CALM
@given(st.lists(st.integers(0, 12), min_size=2, max_size=5), st.integers(2, 4))
def test_hiding_holds_with_other_thresholds_too(rows: list[int], steady: int) -> None:
    own = FigureSettings(smallest_count=8, steady_within=steady)
    areas = [area for area, size in zip(AREAS, rows, strict=False) for _ in range(size)]
    students: list[Pupil] = [("KKE"[n % 3], area, TAUGHT[n % 4]) for n, area in enumerate(areas)]
    data = released_as(counted(students), [], own)
    assert Onlooker([data], steady_within=steady).known() == []


def test_the_way_that_hides_fewer_is_taken() -> None:
    whole = suppression.Whole(cell="all", parts=("a", "b", "c", "d"))
    counts = suppression.Counts(cells={"all": 21, "a": 1, "b": 1, "c": 6, "d": 13}, wholes=(whole,), most={"all": 90})
    found = hide(counts, [], HOUSE)
    assert sum(isinstance(shown, Hidden) for shown in found.values()) == 3
    assert found["d"] == 13


def _figure(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(dict(one) for one in figures_of(data) if one["id"] == name)


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    figures = {name: _figure(data, name) for name in ("send", "sen-support", "ehc-plans")}
    return {name: one.get("value", one.get("hidden")) for name, one in figures.items()}
