"""A chart shows a target's progress whatever the data, and its sentence says the same without it."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest

from sendbook.kinds.plan.target_series import series_of
from sendbook.pages.charts import FULL, SMALL, Drawings, plot_of, progress_chart, ticks_between
from tests.site.small_student import TARGET, Outline

MEASURES = {
    "wpm": {"name": "Words", "unit": "words a minute", "better": "higher", "smallest_real_change": 5},
    "exits": {"name": "Times left the room", "unit": "times a week", "better": "lower"},
    "spelling": {"name": "Spelling", "unit": "% correct", "better": "higher"},
}


def _target(values: list[float], goal: float, *, measure: str = "wpm", at_least: bool = True) -> dict[str, Any]:
    days = ["2026-09-10", "2026-10-08", "2026-11-12", "2026-11-19"]
    return {
        **TARGET,
        "measure": measure,
        "baseline": {"value": values[0], "on": days[0]},
        "goal": {"value": goal, "comparator": "at_least" if at_least else "at_most"},
        "progress": [{"on": day, "value": value} for day, value in zip(days[1:], values[1:], strict=False)],
    }


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (_target([60, 66, 72], 75), "Now 72 words a minute (60 at the start). Goal: 75."),
        (_target([60], 75), "Starts at 60 words a minute. Not measured again yet. Goal: 75."),
        (_target([60, 60], 75), "Now 60 words a minute, the same as at the start. Goal: 75."),
        (
            _target([60, 62], 75),
            "Now 62 words a minute (60 at the start). That is too small a change to be sure about. Goal: 75.",
        ),
        (_target([60, 50], 75), "Now 50 words a minute (60 at the start). Goal: 75."),
        (_target([60, 75], 75), "Now 75 words a minute (60 at the start). Goal reached."),
        (_target([60, 80], 75), "Now 80 words a minute (60 at the start). Goal passed."),
        (
            _target([7, 6], 2, measure="exits", at_least=False),
            "Now 6 times a week (7 at the start). Goal: no more than 2.",
        ),
        (
            _target([7, 1], 0, measure="exits", at_least=False),
            "Now once a week (7 at the start). Goal: none.",
        ),
        (_target([40, 55], 70, measure="spelling"), "Now 55% correct (40% at the start). Goal: 70%."),
    ],
)
def test_the_trend_is_said_in_one_sentence(target: dict[str, Any], said: str) -> None:
    assert series_of(target, MEASURES).trend == said


def test_a_target_of_a_measure_nobody_knows_is_still_told() -> None:
    assert series_of(_target([1, 3], 5), {}).trend == "Now 3 points (1 at the start). Goal: 5."


def test_a_result_measured_later_closes_the_series() -> None:
    target = {**_target([60, 66], 75), "result": {"outcome": "met", "value": 76, "on": "2026-12-01"}}
    assert series_of(target, MEASURES).last.value == 76


@pytest.mark.parametrize("frame", [SMALL, FULL])
@pytest.mark.parametrize(
    "target",
    [
        _target([60], 75),
        _target([60, 60, 60], 60),
        _target([0, 0], 0),
        _target([7, 6, 2], 2, measure="exits", at_least=False),
        _target([0.1, 0.2], 0.3),
        _target([1, 100000], 7),
        _target([-5, -2], 0),
        {**_target([60, 66, 70], 75), "by_date": "2026-09-01"},
    ],
)
def test_everything_drawn_stays_inside_the_drawing(target: dict[str, Any], frame: Any) -> None:
    page = Outline(progress_chart(series_of(target, MEASURES), chart_id="c", frame=frame))
    across = [float(value or "") for name, value in page.attributes if name in ("cx", "x")]
    down = [float(value or "") for name, value in page.attributes if name in ("cy", "y")]
    assert all(0 <= value <= frame.width for value in across)
    assert all(0 <= value <= frame.height for value in down)
    assert not page.broken


def test_a_first_measurement_hides_no_number_of_the_scale() -> None:
    """Its label stands in the middle of its point, which stands on the edge where the scale's numbers end."""
    series = series_of(_target([60], 75), MEASURES)
    (drawn,) = re.findall(r'class="sb-plot__latest" x="([\d.]+)"', progress_chart(series, chart_id="c"))
    assert float(drawn) >= FULL.left + 16
    assert plot_of(series, SMALL)["latest"]["x"] >= SMALL.left + 16
    later = plot_of(series_of(_target([60, 66], 75), MEASURES), SMALL)
    assert later["latest"]["x"] == later["points"][-1][0]


def test_a_chart_says_what_it_shows_to_anybody_who_does_not_see_it() -> None:
    page = Outline(progress_chart(series_of(_target([60, 66, 72], 75), MEASURES), chart_id="c"))
    assert ("aria-labelledby", "c-t c-d") in page.attributes
    assert {"c-t", "c-d"} <= set(page.ids)
    assert "3 measurements from 10 September 2026 to 12 November 2026" in page.text
    assert "The goal is at least 75 words a minute by 4 December 2026." in page.text


def test_a_measure_named_like_markup_is_text() -> None:
    measures = {"wpm": {**MEASURES["wpm"], "name": "<b>Words</b>", "unit": 'a"b'}}
    assert "<b>" not in progress_chart(series_of(_target([60], 75), measures), chart_id="c")


def test_grid_lines_are_round_and_take_in_both_ends() -> None:
    assert ticks_between(3, 17, 5) == [0, 5, 10, 15, 20]
    assert ticks_between(5, 5, 3)[0] < 5 < ticks_between(5, 5, 3)[-1]


def test_a_drawing_is_never_lent_to_another_target_in_the_place_of_one_that_is_gone() -> None:
    """Objects are known by a number that the next one may be given as soon as they are let go."""
    drawings = Drawings()
    for number in range(50):
        target = _target([60, 60 + number], 200)
        assert drawings.once(target, "series", partial(series_of, target, MEASURES)).last.value == 60 + number
        del target


def test_what_is_drawn_of_a_target_is_made_once_by_its_name() -> None:
    drawings, target = Drawings(), _target([60, 70], 200)
    first = drawings.once(target, SMALL, lambda: "small")
    assert drawings.once(target, SMALL, lambda: "again") is first
    assert drawings.once(target, FULL, lambda: "full") == "full"


def test_each_line_point_and_label_of_a_drawing_is_in_its_place() -> None:
    shown = plot_of(series_of(_target([60, 66, 72], 75), MEASURES), FULL)
    assert shown.pop("alt").replace("\N{NO-BREAK SPACE}", " ") == (
        "Words: 3 measurements from 10 September 2026 to 12 November 2026. Now 72 words a minute (60 at the start). "
        "The goal is at least 75 words a minute by 4 December 2026."
    )
    assert shown == {
        "width": 640,
        "height": 250,
        "left": 44,
        "right": 606,
        "top": 26,
        "bottom": 216,
        "ticks": [["55", 216.0], ["60", 178.0], ["65", 140.0], ["70", 102.0], ["75", 64.0], ["80", 26.0]],
        "goal": {"y": 64.0, "label": "Goal 75", "label-y": 58.0},
        "due": {"x": 606.0, "label": "by 4 Dec"},
        "first": "10 Sep",
        "points": [[44.0, 178.0], [229.1, 132.4], [460.5, 86.8]],
        "latest": {"x": 460.5, "y": 76.8, "label": "72"},
    }


def test_a_small_drawing_has_its_own_margins_and_fewer_lines() -> None:
    shown = plot_of(series_of(_target([60, 66, 72], 75), MEASURES), SMALL)
    shown.pop("alt")
    assert shown == {
        "width": 320,
        "height": 132,
        "left": 34,
        "right": 294,
        "top": 22,
        "bottom": 108,
        "ticks": [["50", 108.0], ["60", 79.3], ["70", 50.7], ["80", 22.0]],
        "goal": {"y": 36.3, "label": "Goal 75", "label-y": 30.3},
        "due": {"x": 294.0, "label": "by 4 Dec"},
        "first": "10 Sep",
        "points": [[34.0, 79.3], [119.6, 62.1], [226.7, 44.9]],
        "latest": {"x": 226.7, "y": 34.9, "label": "72"},
    }


@pytest.mark.parametrize(
    ("values", "points", "line"),
    [
        ([60], [("start", "4")], 0),
        ([60, 66], [("start", "4"), ("point", "5")], 2),
        ([60, 66, 72], [("start", "4"), ("point", "3"), ("point", "5")], 3),
        ([60, 66, 72, 70], [("start", "4"), ("point", "3"), ("point", "3"), ("point", "5")], 4),
    ],
    ids=["one", "two", "three", "four"],
)
def test_the_start_is_hollow_the_latest_is_large_and_a_line_joins_them(
    values: list[float], points: list[tuple[str, str]], line: int
) -> None:
    """Where the start is the latest, it stays hollow, and there is nothing to join."""
    drawn = progress_chart(series_of(_target(values, 75), MEASURES), chart_id="c")
    assert re.findall(r'<circle class="sb-plot__(\w+)" [^>]* r="(\d+)"/>', drawn) == points
    lines = re.findall(r'<polyline class="sb-plot__line" points="([^"]*)"/>', drawn)
    assert [len(one.split()) for one in lines] == ([line] if line else [])


@pytest.mark.parametrize(
    ("values", "goal", "ticks"),
    [
        ([60, 60], 60, ["40", "60", "80"]),
        ([0, 0], 0, ["0", "0.5", "1"]),
        ([0, 12], 20, ["0", "20", "40"]),
        ([-5, -2], 0, ["\N{MINUS SIGN}10", "\N{MINUS SIGN}5", "0", "5"]),
    ],
    ids=["all the same", "all zero", "from zero", "below zero"],
)
def test_the_scale_takes_in_every_value_with_a_little_air(values: list[float], goal: float, ticks: list[str]) -> None:
    """It is below zero only where a value is."""
    shown = plot_of(series_of(_target(values, goal), MEASURES), SMALL)
    assert [label for label, _ in shown["ticks"]] == ticks


def test_the_steps_between_grid_lines_are_one_two_two_and_a_half_or_five() -> None:
    assert ticks_between(0, 4, 5) == [0, 1, 2, 3, 4]
    assert ticks_between(0, 8, 5) == [0, 2, 4, 6, 8]
    assert ticks_between(0, 10, 5) == [0, 2.5, 5, 7.5, 10]
    assert ticks_between(0, 0.2, 3) == [0, 0.1, 0.2]
    assert ticks_between(0, 0, 1) == [-2, 0, 2]
