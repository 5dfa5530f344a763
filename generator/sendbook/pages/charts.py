"""Progress towards a goal as an inline SVG: measurements, the goal, and the day it is aimed at.

No script and no style attribute (the content security policy allows neither): classes only, coloured in
``records.css``. A chart has a title and a description that say what it shows; the figures stand next to it as a
table. Shape tells points apart as well as colour: the start is hollow, the latest is large and carries its value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil, floor, log10
from typing import Any, TypeVar

from markupsafe import Markup, escape

from sendbook.campus.words import chart_day, number, short_day
from sendbook.pages.asked import Asked, AskedPlace
from sendbook.pages.progress import Series

T = TypeVar("T")

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The drawing's size and the margins round its plot, in the SVG's own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    lines: int

    @property
    def foot(self) -> int:
        return self.height - self.bottom

    @property
    def edge(self) -> int:
        return self.width - self.right


FULL = Frame(width=640, height=250, left=44, right=34, top=26, bottom=34, lines=5)
SMALL = Frame(width=320, height=132, left=34, right=26, top=22, bottom=24, lines=3)


class Drawings:
    """What is made of the entries of a student's records: once, though several pages and projections show it.

    An entry is known by the object it is, which the projections of one record share, and is held on to: an object that
    is gone leaves its number to another. ``what`` is the name of what is made of it.
    ``asked`` is told what making it asked of the surroundings, also where it was made for other pages before.
    """

    __slots__ = ("_asked", "_made")

    def __init__(self, asked: Asked | None = None) -> None:
        self._asked = asked or Asked()
        self._made: dict[tuple[int, Hashable], tuple[Mapping[str, Any], Any, Collection[AskedPlace]]] = {}

    def noting(self, asked: Asked) -> Drawings:
        """Returns the same drawings for other pages in the same surroundings, with ``asked`` told from here on."""
        drawings = Drawings(asked)
        drawings._made = self._made
        return drawings

    def once(self, entry: Mapping[str, Any], what: Hashable, make: Callable[[], T]) -> T:
        """What was made of the entry under this name, or is made now."""
        key = (id(entry), what)
        if key not in self._made:
            with self._asked.apart() as asked:
                self._made[key] = (entry, make(), asked)
        _, made, places = self._made[key]
        self._asked.places.update(places)
        found: T = made
        return found


#: How far above the goal's line and the latest point their labels stand: a scale always reaches higher than both.
_ABOVE_LINE, _ABOVE_POINT = 6, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From a date's ordinal and a value to a place in the drawing."""

    frame: Frame
    first: int
    last: int
    low: float
    high: float

    def across(self, days: Iterable[str]) -> list[float]:
        """Where days (ISO dates) stand from left to right."""
        start, first = self.frame.left, self.first
        step = (self.frame.edge - start) / ((self.last - first) or 1)
        return [start + step * (_ordinal(day) - first) for day in days]

    def down(self, values: Iterable[float]) -> list[float]:
        """Where values stand from the top down."""
        foot, low = self.frame.foot, self.low
        step = (foot - self.frame.top) / ((self.high - low) or 1)
        return [foot - step * (value - low) for value in values]

    def x(self, day: str) -> float:
        return self.across((day,))[0]

    def y(self, value: float) -> float:
        return self.down((value,))[0]


def progress_chart(series: Series, *, chart_id: str, frame: Frame = FULL) -> Markup:
    """The drawing; ``chart_id`` names its title and description, and is unique on its page."""
    scale, ticks = scale_of(series, frame)
    head = (
        f'<svg class="sb-plot" viewBox="0 0 {frame.width} {frame.height}" role="img" '
        f'aria-labelledby="{chart_id}-t {chart_id}-d"><title id="{chart_id}-t">{escape(series.name)}</title>'
        f'<desc id="{chart_id}-d">{escape(describe(series))}</desc>'
    )
    parts = [
        head,
        *_grid(scale, ticks),
        *_goal(scale, series),
        *_days(scale, series),
        *_line(scale, series),
        "</svg>",
    ]
    # Every text in it is escaped above; the rest are numbers and names of classes.
    return Markup("".join(parts))  # noqa: S704


def scale_of(series: Series, frame: Frame) -> tuple[Scale, list[float]]:
    """The scale of a series' drawing, and the values its grid lines stand at."""
    ticks = ticks_between(*_range(series), frame.lines)
    shown = (*(_ordinal(point.on) for point in series.points), _ordinal(series.by_date))
    return Scale(frame=frame, first=min(shown), last=max(shown), low=ticks[0], high=ticks[-1]), ticks


def plot_of(series: Series, frame: Frame) -> dict[str, Any]:
    """The same drawing as plain numbers and texts, for paper: where each line, point and label stands."""
    scale, ticks = scale_of(series, frame)
    across, down = _places(scale, series)
    goal = scale.y(series.goal)
    return {
        "alt": f"{series.name}: {describe(series)}",
        "width": frame.width,
        "height": frame.height,
        "left": frame.left,
        "right": frame.edge,
        "top": frame.top,
        "bottom": frame.foot,
        "ticks": [[number(tick), round(y, 1)] for tick, y in zip(ticks, scale.down(ticks), strict=True)],
        "goal": {
            "y": round(goal, 1),
            "label": f"Goal {number(series.goal)}",
            "label-y": round(goal - _ABOVE_LINE, 1),
        },
        "due": {"x": round(scale.x(series.by_date), 1), "label": f"by {chart_day(series.by_date)}"},
        "first": chart_day(series.first.on),
        "points": [[round(x, 1), round(y, 1)] for x, y in zip(across, down, strict=True)],
        "latest": {
            "x": round(_latest_middle(frame, across[-1]), 1),
            "y": round(down[-1] - _ABOVE_POINT, 1),
            "label": number(series.last.value),
        },
    }


def describe(series: Series) -> str:
    """What the drawing shows, for somebody who does not see it."""
    count = len(series.points)
    measured = f"{count} measurements" if count > 1 else "one measurement"
    return (
        f"{measured} from {short_day(series.first.on)} to {short_day(series.last.on)}. {series.so_far} "
        f"The goal is {series.goal_words} by {short_day(series.by_date)}."
    )


def ticks_between(low: float, high: float, lines: int) -> list[float]:
    """Round values for about so many grid lines, the first at or below ``low``, the last at or above ``high``."""
    if high <= low:
        low, high = low - 1, high + 1
    rough = (high - low) / max(lines - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in _STEPS if size * power >= rough * 0.999)
    start, stop = floor(low / step), ceil(high / step)
    return [round(index * step, 6) for index in range(start, stop + 1)]


def _range(series: Series) -> tuple[float, float]:
    """The values to show, with a little air; never below zero where nothing is below zero."""
    values = [series.goal, *(point.value for point in series.points)]
    low, high = min(values), max(values)
    air = (high - low) * 0.15 or abs(high) * 0.2 or 1
    return (max(0.0, low - air) if low >= 0 else low - air), high + air


@lru_cache(maxsize=8192)
def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _grid(scale: Scale, ticks: list[float]) -> Iterator[str]:
    frame = scale.frame
    heights = scale.down(ticks)
    lines = "".join([f"M{frame.left} {y:.1f}H{frame.edge}" for y in heights])
    yield f'<path class="sb-plot__grid" d="{lines}"/>'
    for tick, y in zip(ticks, heights, strict=True):
        yield f'<text class="sb-plot__value" x="{frame.left - 6}" y="{y + 4:.1f}">{number(tick)}</text>'


def _goal(scale: Scale, series: Series) -> Iterator[str]:
    """The goal's line, with its label above it."""
    frame, y = scale.frame, scale.y(series.goal)
    label = y - _ABOVE_LINE
    yield f'<path class="sb-plot__goal" d="M{frame.left} {y:.1f}H{frame.edge}"/>'
    yield f'<text class="sb-plot__goal-label" x="{frame.left + 4}" y="{label:.1f}">Goal {number(series.goal)}</text>'


def _latest_middle(frame: Frame, x: float) -> float:
    """Clear of the scale's own numbers, where the first measurement is the latest."""
    return max(x, frame.left + 16)


def _days(scale: Scale, series: Series) -> Iterator[str]:
    frame, due = scale.frame, scale.x(series.by_date)
    yield f'<path class="sb-plot__due" d="M{due:.1f} {frame.top}V{frame.foot}"/>'
    foot = frame.height - 6
    yield f'<text class="sb-plot__day" x="{frame.left}" y="{foot}">{chart_day(series.first.on)}</text>'
    yield f'<text class="sb-plot__day sb-plot__day--due" x="{due:.1f}" y="{foot}">by {chart_day(series.by_date)}</text>'


def _places(scale: Scale, series: Series) -> tuple[list[float], list[float]]:
    """Where the points stand, across and down."""
    return scale.across([point.on for point in series.points]), scale.down([point.value for point in series.points])


def _line(scale: Scale, series: Series) -> Iterator[str]:
    """The way from the start, which is hollow, to the latest point, which is large and carries its value."""
    across, down = _places(scale, series)
    xs, ys = [f"{x:.1f}" for x in across], [f"{y:.1f}" for y in down]
    if len(xs) > 1:
        yield f'<polyline class="sb-plot__line" points="{" ".join(map(",".join, zip(xs, ys, strict=True)))}"/>'
    yield f'<circle class="sb-plot__start" cx="{xs[0]}" cy="{ys[0]}" r="4"/>'
    for x, y in zip(xs[1:-1], ys[1:-1], strict=True):
        yield f'<circle class="sb-plot__point" cx="{x}" cy="{y}" r="3"/>'
    if len(xs) > 1:
        yield f'<circle class="sb-plot__point" cx="{xs[-1]}" cy="{ys[-1]}" r="5"/>'
    middle, label = _latest_middle(scale.frame, across[-1]), down[-1] - _ABOVE_POINT
    yield f'<text class="sb-plot__latest" x="{middle:.1f}" y="{label:.1f}">{number(series.last.value)}</text>'
