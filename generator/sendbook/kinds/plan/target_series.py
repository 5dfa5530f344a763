"""The measurements of a target, as a series and as a drawing: made once, though several pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from sendbook.campus.words import quantity
from sendbook.pages.charts import Frame, progress_chart
from sendbook.pages.progress import Point, Series
from sendbook.pages.reading import Reading

_DAY = attrgetter("on")
_NO_MEASURE: Mapping[str, Any] = {"name": "Measurements", "unit": "points", "better": "higher"}


def target_series(target: Mapping[str, Any], reading: Reading) -> Series:
    """A target's measurements, by the campus's own measures."""
    return reading.drawn.once(target, "series", lambda: series_of(target, reading.around.listed("measures")))


def target_chart(target: Mapping[str, Any], reading: Reading, frame: Frame) -> Markup:
    """A target's measurements as a drawing."""
    series = target_series(target, reading)
    return reading.drawn.once(
        target, frame, lambda: progress_chart(series, chart_id=f"chart-{target['id']}", frame=frame)
    )


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
