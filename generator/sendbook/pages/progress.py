"""How far a target has come: its measurements as a series, and the sentence that says the trend.

The sentence is next to every chart, so that nobody has to read a drawing: "Now 72 words a minute (60 at the
start). Goal: 75." A change smaller than the measure can tell is said to be so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from sendbook.campus.words import number, quantity

_DAY = attrgetter("on")
_NO_MEASURE: Mapping[str, Any] = {"name": "Measurements", "unit": "points", "better": "higher"}


class Point(NamedTuple):
    """One measurement; ``on`` is an ISO date."""

    on: str
    value: float
    by: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Series:
    """A target's measurements in order, the baseline first, with the goal they lead to."""

    name: str
    unit: str
    rising: bool
    points: tuple[Point, ...]
    goal: float
    goal_words: str
    by_date: str
    smallest_real_change: float = 0

    @cached_property
    def trend(self) -> str:
        """How far it has come and what the goal is: for a list, where nothing else says the goal."""
        return f"{self.so_far} {_goal(self)}" if self.to_go > 0 else self.so_far

    @cached_property
    def so_far(self) -> str:
        """The last measurement and the first, and whether the goal is reached."""
        if len(self.points) == 1:
            return f"Starts at {quantity(self.first.value, self.unit)}. Not measured again yet."
        return f"{_change(self)}{_left(self)}{_doubt(self)}"

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def gain(self) -> float:
        """Change since the start; more is better, whichever way the measure counts."""
        change = self.last.value - self.first.value
        return change if self.rising else -change

    @property
    def to_go(self) -> float:
        """What is missing to the goal; zero or less once it is reached."""
        missing = self.goal - self.last.value
        return missing if self.rising else -missing


def series_of(target: Mapping[str, Any], measures: Mapping[str, Mapping[str, Any]]) -> Series:
    """A target's series. The final value closes it, if it was measured on a day of its own."""
    measure = measures.get(target["measure"], _NO_MEASURE)
    goal, at_least = target["goal"]["value"], target["goal"]["comparator"] == "at_least"
    unit = measure["unit"]
    return Series(
        name=measure["name"],
        unit=unit,
        rising=at_least,
        points=tuple(sorted(_points(target), key=_DAY)),
        goal=goal,
        goal_words=f"at {'least' if at_least else 'most'} {quantity(goal, unit)}",
        by_date=target["by_date"],
        smallest_real_change=measure.get("smallest_real_change", 0),
    )


def _points(target: Mapping[str, Any]) -> list[Point]:
    start, progress, result = target["baseline"], target.get("progress", ()), target.get("result") or {}
    points = [Point(on=start["on"], value=start["value"], by=start.get("by"), note="Where we started")]
    points += [Point(on=item["on"], value=item["value"], by=item.get("by"), note=item.get("note")) for item in progress]
    if "value" in result and all(point.on != result["on"] for point in points):
        points.append(Point(on=result["on"], value=result["value"], note="At the end"))
    return points


def _change(series: Series) -> str:
    """``Now 4 times a week (1 at the start).``"""
    now = quantity(series.last.value, series.unit)
    if series.last.value == series.first.value:
        return f"Now {now}, the same as at the start."
    return f"Now {now} ({_bare(series.first.value, series)} at the start)."


def _goal(series: Series) -> str:
    if not series.rising and series.goal == 0:
        return "Goal: none."
    return f"Goal: {'' if series.rising else 'no more than '}{_bare(series.goal, series)}."


def _bare(value: float, series: Series) -> str:
    """A value next to one that has its unit; a percentage keeps its sign."""
    return number(value) + ("%" if series.unit.startswith("%") else "")


def _left(series: Series) -> str:
    if series.to_go > 0:
        return ""
    return " Goal reached." if series.to_go == 0 else " Goal passed."


def _doubt(series: Series) -> str:
    """What is said of a change smaller than the measure can tell."""
    if 0 < abs(series.gain) < series.smallest_real_change and series.to_go > 0:
        return " That is too small a change to be sure about."
    return ""
