"""Short targets: where a student starts, what counts as reached, the way there, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from random import Random
from typing import Any

from sendbook.example.chance import weighted
from sendbook.example.prose import Words
from sendbook.example.setting import Setting
from sendbook.example.story import Telling, bank, several

_FORTNIGHT = timedelta(days=14)
# How targets of the past ended.
_ENDS = (("met", 45.0), ("exceeded", 10.0), ("partly_met", 30.0), ("not_met", 15.0))
_REACHED = {"met": (1.0, 1.12), "exceeded": (1.25, 1.5), "partly_met": (0.45, 0.85), "not_met": (-0.1, 0.3)}
_AFTERWARDS = {"met": "achieved", "exceeded": "achieved", "partly_met": "carried_forward", "not_met": "changed"}
_NO_RESULT_YET = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A target as its story has it: whose story, which one there, and its texts."""

    telling: Telling
    number: int
    texts: Mapping[str, Any]

    @property
    def outcome(self) -> int:
        """Which of the story's outcomes it leads to, counted from 1."""
        return int(self.texts["to"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """First and last day of a target, and the day from which it is seen."""

    start: date
    end: date
    on: date

    @property
    def weeks(self) -> float:
        """Its length."""
        return (self.end - self.start).days / 7


def aims_of(telling: Telling, setting: Setting) -> list[Aim]:
    """The story's targets that this campus can measure."""
    texts = telling.story.texts["targets"]
    return [
        Aim(telling=telling, number=number, texts=entry)
        for number, entry in enumerate(texts, start=1)
        if entry["measure"] in setting.measures
    ]


class TargetWriter:
    """Writes a student's targets: ``months`` old when they start, at most ``missing`` of them without a result."""

    def __init__(self, setting: Setting, rng: Random, *, months: int, missing: int) -> None:
        self._setting, self._rng, self._months, self._may_miss = setting, rng, months, missing

    def write(self, aim: Aim, span: Span, *, id_: str, outcome: str, owner: str, by: str) -> dict[str, Any]:
        """One target; ``owner`` is responsible for it, ``by`` is the person who measures."""
        rng, measure = self._rng, self._setting.measures[aim.texts["measure"]]
        baseline, goal = _figures(measure, aim.texts.get("from"), span.weeks, self._months, rng)
        words = aim.telling.words.with_words(
            {
                "goal": _written(goal),
                "goal-age": _age(goal),
                "base": _written(baseline),
                "unit": measure["unit"],
                "by": self._setting.places.shown(by),
            }
        )
        record: dict[str, Any] = {
            "id": id_,
            "outcome": outcome,
            "behaviour": words.sentence(aim.texts["does"]),
            "context": words.sentence(aim.texts["where"]),
            "measure": aim.texts["measure"],
            "method": words.sentence(aim.telling.shared_template("methods")),
            "baseline": {"value": baseline, "on": _baseline_day(span, self._setting, rng).isoformat(), "by": by},
            "goal": {"value": goal, "comparator": "at_least" if measure["better"] == "higher" else "at_most"},
            "start": span.start.isoformat(),
            "by_date": span.end.isoformat(),
            "owner": owner,
            "why": words.sentence(aim.texts["why"]),
        }
        for field, name in (("student_action", "me"), ("family_action", "home")):
            if name in aim.texts and rng.random() < 0.85:
                record[field] = words.sentence(aim.texts[name])
        ending = weighted(rng, _ENDS) if span.end < span.on else ""
        progress = self._progress(record, aim, span, words, ending)
        if progress:
            record["progress"] = progress
        if ending and not self._result_is_missing():
            record["result"] = self._result(progress[-1]["value"], span, words, ending)
        return record

    def _result_is_missing(self) -> bool:
        """Now and then nobody has recorded the result yet, as long as there is room for one more of these."""
        missing = self._rng.random() < _NO_RESULT_YET and self._may_miss > 0
        self._may_miss -= missing
        return missing

    def _progress(
        self, record: Mapping[str, Any], aim: Aim, span: Span, words: Words, ending: str
    ) -> list[dict[str, Any]]:
        """Measurements on the way, the last of them on the side of the goal that the ending asks for."""
        rng, measure = self._rng, self._setting.measures[record["measure"]]
        pace = rng.uniform(*_REACHED[ending]) if ending else min(1.1, max(0.15, rng.gauss(0.75, 0.28)))
        baseline, goal, by = record["baseline"]["value"], record["goal"]["value"], record["baseline"]["by"]
        days = _points(span, self._setting)
        notes = several(aim.texts.get("seen", ()))
        rng.shuffle(notes)
        points = []
        for number, day in enumerate(days):
            share = (day - span.start).days / max((span.end - span.start).days, 1)
            value = _near(measure, baseline + (goal - baseline) * pace * share, rng)
            if ending and number == len(days) - 1:
                value = _final(measure, baseline, goal, pace, ending)
            point: dict[str, Any] = {"value": value, "on": day.isoformat(), "by": by}
            if notes and (number == len(days) // 2 or rng.random() < 0.15):
                point["note"] = words.sentence(notes.pop())
            points.append(point)
        return points

    def _result(self, value: float, span: Span, words: Words, ending: str) -> dict[str, Any]:
        told = words.with_words({"value": _written(value)})
        note = told.sentence(self._rng.choice(bank("meetings")["results"][ending]))
        return {
            "outcome": ending,
            "value": value,
            "on": span.end.isoformat(),
            "note": note,
            "next": _AFTERWARDS[ending],
        }


def _points(span: Span, setting: Setting) -> list[date]:
    """School days about a fortnight apart, ending on the last day once it has passed."""
    days: list[date] = []
    day = span.start + _FORTNIGHT
    while day <= min(span.on, span.end - timedelta(days=5)):
        school_day = setting.calendar.from_(day)
        if school_day <= min(span.on, span.end) and (not days or (school_day - days[-1]).days > 8):
            days.append(school_day)
        day += _FORTNIGHT
    if span.end < span.on:
        days.append(span.end)
    return days


def _baseline_day(span: Span, setting: Setting, rng: Random) -> date:
    day = setting.calendar.until(span.start - timedelta(days=rng.randrange(1, 9)))
    return day if (span.start - day).days <= 80 else span.start


def _figures(
    measure: Mapping[str, Any], own: Sequence[float] | None, weeks: float, months: int, rng: Random
) -> tuple[float, float]:
    """Baseline and goal: a gain that is usual for the time, more than the error of measurement, within the measure."""
    step: float = measure.get("step", 1)
    usual: float = measure["usual_gain_per_week"] * weeks
    baseline: float
    if "behind" in measure:
        baseline = max(66, months - rng.randint(*measure["behind"]))
    else:
        low, high = own or measure["typical"]
        baseline = _round(rng.uniform(low, high), step)
    least = ceil(measure["smallest_real_change"] / step) * step
    most = floor(1.9 * usual / step) * step
    gain = min(max(_round(usual * rng.uniform(0.6, 1.05), step), least), max(most, least))
    if measure["better"] == "lower":
        return baseline, max(measure.get("lowest", 0), baseline - min(gain, _round(0.75 * baseline, step)))
    room = measure.get("highest", 1e9) - baseline
    return baseline, baseline + max(least, min(gain, _round(0.85 * room, step)))


def _near(measure: Mapping[str, Any], value: float, rng: Random) -> float:
    spread = measure["smallest_real_change"] * 0.35
    return _within(measure, _round(rng.gauss(value, spread), measure.get("step", 1)))


def _final(measure: Mapping[str, Any], baseline: float, goal: float, pace: float, end: str) -> float:
    """The last value, on the right side of the goal for how the target ended."""
    step = measure.get("step", 1)
    value = _within(measure, _round(baseline + (goal - baseline) * pace, step))
    better = 1 if goal > baseline else -1
    if end in ("met", "exceeded"):
        return value if (value - goal) * better >= 0 else goal
    short = _within(measure, goal - better * step)
    return value if (value - goal) * better < 0 else short


def _within(measure: Mapping[str, Any], value: float) -> float:
    lowest, highest = float(measure.get("lowest", value)), float(measure.get("highest", value))
    return _plain(max(lowest, min(highest, value)))


def _round(value: float, step: float) -> float:
    return _plain(round(value / step) * step)


def _plain(value: float) -> float:
    """Whole numbers without a decimal point, as people write them."""
    return int(value) if float(value).is_integer() else round(value, 2)


def _age(months: float) -> str:
    """An age in months as people say it."""
    years, rest = divmod(int(months), 12)
    return f"{years} years {rest} month{'s' * (rest != 1)}" if rest else f"{years} years"


def _written(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)
