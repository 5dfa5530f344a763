"""Sections about targets: what is being worked on, how far it has come, and what ended how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from sendbook.campus.words import quantity, sentence, short_day
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.target_series import target_chart, target_series
from sendbook.pages.charts import FULL, SMALL, Frame
from sendbook.pages.progress import Series
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

TARGETS = ("plan", "targets")
_GOOD = ("met", "exceeded")
_LED_BY = Voice(staff="Led by", family="Who is responsible", student="Who is responsible")


class TargetCard(NamedTuple):
    """A target as a card shows it; ``actions`` are pairs of who-does-it and what."""

    id: str
    title: str
    context: str
    why: str
    goal: str
    trend: str
    chart: Markup
    actions: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    result: tuple[str, str] | None
    learned: str | None


class Row(NamedTuple):
    """A measurement as the table next to a chart shows it."""

    on: str
    value: str
    by: str
    note: str


def is_live(target: Mapping[str, Any]) -> bool:
    """A target is worked on until it has a result."""
    return "result" not in target


def target_title(target: Mapping[str, Any]) -> str:
    """What the student does, as a heading."""
    return sentence(str(target["behaviour"]).strip().rstrip("."))


def card_of(target: Mapping[str, Any], reading: Reading, *, facts: bool) -> TargetCard:
    """The card of a target; with ``facts`` also how and by whom it is measured."""
    series = target_series(target, reading)
    result = target.get("result")
    return TargetCard(
        id=target["id"],
        title=target_title(target),
        context=target["context"],
        why=target["why"],
        goal=_goal(series),
        trend=series.so_far,
        chart=target_chart(target, reading, SMALL),
        actions=list(_actions(target, reading)),
        facts=list(_facts(target, series, reading)) if facts else [],
        result=_result(result, reading) if result else None,
        learned=result.get("note") if result else None,
    )


def _goal(series: Series) -> str:
    """What is under the drawing; how far it has come is next to it already."""
    return f"Goal: {series.goal_words} by {short_day(series.by_date)}"


def _actions(target: Mapping[str, Any], reading: Reading) -> Iterator[tuple[str, str]]:
    if "student_action" in target:
        yield ("What I do" if reading.is_self else f"What {reading.known_as} does", target["student_action"])
    if "family_action" in target:
        yield ("At home", target["family_action"])


def _facts(target: Mapping[str, Any], series: Series, reading: Reading) -> Iterator[tuple[str, str]]:
    yield "Measured by", series.name + (f". {target['method']}" if "method" in target else "")
    yield "Started", short_day(target["start"])
    yield _LED_BY.to(reading), reading.name(target["owner"])


def _result(result: Mapping[str, Any], reading: Reading) -> tuple[str, str]:
    """The words of a result's tag, and its kind."""
    outcome = reading.around.said("plan/targets/result/outcome", result["outcome"])
    words = f"{outcome}, {short_day(result['on'])}"
    return words, "good" if result["outcome"] in _GOOD else ""


def _next(result: Mapping[str, Any], reading: Reading) -> str:
    return reading.around.said("plan/targets/result/next", result["next"])


def show_now(reading: Reading) -> dict[str, Any] | None:
    cards = [card_of(target, reading, facts=False) for target in plan_of(reading).get("targets", ()) if is_live(target)]
    return {"targets": cards} if cards else None


def show_targets(reading: Reading) -> dict[str, Any] | None:
    targets = sorted(plan_of(reading).get("targets", ()), key=lambda target: not is_live(target))
    cards = [card_of(target, reading, facts=True) for target in targets]
    return {"targets": cards, "headings": [(f"target-{card.id}", card.title) for card in cards]} if cards else None


def show_live_progress(reading: Reading) -> dict[str, Any] | None:
    return _progress([target for target in plan_of(reading).get("targets", ()) if is_live(target)], reading)


def show_ended_progress(reading: Reading) -> dict[str, Any] | None:
    return _progress([target for target in plan_of(reading).get("targets", ()) if not is_live(target)], reading)


def _progress(targets: list[Mapping[str, Any]], reading: Reading) -> dict[str, Any] | None:
    drawn = [_drawn(target, reading, FULL) for target in targets]
    return {"targets": drawn, "headings": [(item["id"], item["title"]) for item in drawn]} if drawn else None


def _drawn(target: Mapping[str, Any], reading: Reading, frame: Frame) -> dict[str, Any]:
    series = target_series(target, reading)
    result = target.get("result")
    return {
        "id": f"target-{target['id']}",
        "title": target_title(target),
        "context": target["context"],
        "name": series.name,
        "measure": f"{series.name} ({series.unit})",
        "trend": series.so_far,
        "chart": target_chart(target, reading, frame),
        "goal": _goal(series),
        "rows": [_row(point, series, reading) for point in series.points],
        "result": _result(result, reading) if result else None,
        "learned": result.get("note") if result else None,
        "next": _next(result, reading) if result and "next" in result else None,
    }


def _row(point: Any, series: Series, reading: Reading) -> Row:
    by = reading.name(point.by) if point.by else ""
    return Row(short_day(point.on), quantity(point.value, series.unit), by, point.note or "")


NOW = Section(
    name="now",
    title=Voice(staff="What we are working on now", student="What I am working on now"),
    template="sections/now.html",
    show=show_now,
    needs=(TARGETS,),
    empty=Voice(
        staff="No targets at the moment. We agree new ones with {name} and the family at the next review.",
        family="No targets at the moment. We will agree some with you and {name} at the next review.",
        student="No targets at the moment. You will help choose them at the next review.",
    ),
)
IN_PLAN = Section(
    name="targets",
    title=Voice(staff="Targets", student="My targets"),
    template="sections/targets.html",
    show=show_targets,
    needs=(TARGETS,),
)
LIVE_PROGRESS = Section(
    name="live",
    title=Voice(staff="What we are working on", student="What I am working on"),
    template="sections/progress.html",
    show=show_live_progress,
    needs=(TARGETS,),
    empty=Voice(staff="No targets at the moment. We agree new ones at the next review."),
)
ENDED_PROGRESS = Section(
    name="ended",
    title=Voice(staff="Finished targets"),
    template="sections/progress.html",
    show=show_ended_progress,
    needs=(TARGETS,),
)
