"""Progress towards a target as an inline SVG: measurements, the goal, and the day it is aimed at.

No script and no style attribute (the content security policy allows neither): classes only, coloured in
``records.css``. A chart has a title and a description that say what it shows; the figures stand beside it as a
table. Shape tells points apart as well as colour: the start is hollow, the latest is large and carries its value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Any

from markupsafe import Markup, escape

from sendbook.campus.words import chart_day, number, quantity, short_day
from sendbook.site.progress import Point, Series, trend

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From a date's ordinal and a value to a place in the drawing."""

    frame: Frame
    first: int
    last: int
    low: float
    high: float

    def x(self, day: int) -> float:
        share = (day - self.first) / ((self.last - self.first) or 1)
        return round(self.frame.left + share * (self.frame.edge - self.frame.left), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.frame.foot - share * (self.frame.foot - self.frame.top), 1)


def progress_chart(series: Series, *, chart_id: str, frame: Frame = FULL) -> Markup:
    """The drawing; ``chart_id`` names its title and description, and is unique on its page."""
    scale, ticks = scale_of(series, frame)
    days = [_ordinal(point.on) for point in series.points]
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
        *_line(scale, series, days),
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
    points = [[scale.x(_ordinal(point.on)), scale.y(point.value)] for point in series.points]
    goal = scale.y(series.goal)
    return {
        "alt": f"{series.name}: {describe(series)}",
        "width": frame.width,
        "height": frame.height,
        "left": frame.left,
        "right": frame.edge,
        "top": frame.top,
        "bottom": frame.foot,
        "ticks": [[number(tick), scale.y(tick)] for tick in ticks],
        "goal": {"y": goal, "label": f"Goal {number(series.goal)}", "label-y": _goal_label(frame, goal)},
        "due": {"x": scale.x(_ordinal(series.by_date)), "label": f"by {chart_day(series.by_date)}"},
        "first": chart_day(series.first.on),
        "points": points,
        "latest": {"y": _latest_label(frame, points[-1][1]), "label": number(series.last.value)},
    }


def describe(series: Series) -> str:
    """What the drawing shows, for whoever does not see it."""
    count = len(series.points)
    measured = f"{count} measurements" if count > 1 else "one measurement"
    return (
        f"{measured} from {short_day(series.first.on)} to {short_day(series.last.on)}, "
        f"now {quantity(series.last.value, series.unit)}. The goal is {series.goal_words} "
        f"by {short_day(series.by_date)}. {trend(series)}"
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


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _grid(scale: Scale, ticks: list[float]) -> Iterator[str]:
    frame = scale.frame
    heights = [scale.y(tick) for tick in ticks]
    lines = "".join(f"M{frame.left} {y}H{frame.edge}" for y in heights)
    yield f'<path class="sb-plot__grid" d="{lines}"/>'
    for tick, y in zip(ticks, heights, strict=True):
        yield f'<text class="sb-plot__value" x="{frame.left - 6}" y="{y + 4}">{number(tick)}</text>'


def _goal(scale: Scale, series: Series) -> Iterator[str]:
    """The goal's line, its label above the line, or below where a point at the top would hide it."""
    frame, y = scale.frame, scale.y(series.goal)
    label = _goal_label(frame, y)
    yield f'<path class="sb-plot__goal" d="M{frame.left} {y}H{frame.edge}"/>'
    yield (
        f'<text class="sb-plot__goal-label" x="{frame.left + 4}" y="{round(label, 1)}">'
        f"Goal {number(series.goal)}</text>"
    )


def _goal_label(frame: Frame, y: float) -> float:
    return y - 6 if y - 6 > frame.top - 12 else y + 14


def _latest_label(frame: Frame, y: float) -> float:
    return y - 10 if y - 10 > frame.top - 10 else y + 20


def _days(scale: Scale, series: Series) -> Iterator[str]:
    frame, due = scale.frame, scale.x(_ordinal(series.by_date))
    yield f'<path class="sb-plot__due" d="M{due} {frame.top}V{frame.foot}"/>'
    foot = frame.height - 6
    yield f'<text class="sb-plot__day" x="{frame.left}" y="{foot}">{chart_day(series.first.on)}</text>'
    yield f'<text class="sb-plot__day sb-plot__day--due" x="{due}" y="{foot}">by {chart_day(series.by_date)}</text>'


def _line(scale: Scale, series: Series, days: list[int]) -> Iterator[str]:
    places = [(scale.x(day), scale.y(point.value)) for day, point in zip(days, series.points, strict=True)]
    if len(places) > 1:
        drawn = " ".join(f"{x},{y}" for x, y in places)
        yield f'<polyline class="sb-plot__line" points="{drawn}"/>'
    for index, (x, y) in enumerate(places):
        yield _dot(x, y, index, len(places))
    yield _latest(scale, series.last, places[-1])


def _dot(x: float, y: float, index: int, count: int) -> str:
    if index == 0:
        return f'<circle class="sb-plot__start" cx="{x}" cy="{y}" r="4"/>'
    latest = index == count - 1
    return f'<circle class="sb-plot__point" cx="{x}" cy="{y}" r="{5 if latest else 3}"/>'


def _latest(scale: Scale, point: Point, place: tuple[float, float]) -> str:
    x, y = place
    above = _latest_label(scale.frame, y)
    return f'<text class="sb-plot__latest" x="{x}" y="{round(above, 1)}">{number(point.value)}</text>'
