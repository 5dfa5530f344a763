"""How far something measured has come: measurements as a series, and the sentence that says the trend.

The sentence is next to every chart, so that nobody has to read a drawing: "Now 72 words a minute (60 at the
start). Goal: 75." A change smaller than the measure can tell is said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sendbook.campus.words import number, quantity


class Point(NamedTuple):
    """One measurement; ``on`` is an ISO date."""

    on: str
    value: float
    by: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Series:
    """Measurements in order, the first one where it began, with the goal they lead to."""

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
