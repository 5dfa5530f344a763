"""Provision: what is additional or different, who gives it, how much of it took place, and what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sendbook.example.enrolment import Enrolled
from sendbook.example.setting import Setting
from sendbook.example.story import Telling, bank

_WITHDRAWN = ("small_group", "one_to_one", "therapy_programme", "pastoral", "key_adult_check_in")
_IMPACT = {
    "exceeded": ("high", "stop"),
    "met": ("high", "stop"),
    "partly_met": ("some", "adapt"),
    "not_met": ("none", "stop"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """When provision runs, and the day from which it is seen."""

    start: date
    review: date
    on: date
    ended: bool = False


def provision_line(
    telling: Telling,
    entry: Mapping[str, Any],
    student: Enrolled,
    setting: Setting,
    course: Course,
    rng: Random,
    *,
    id_: str,
    targets: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """One line of the plan; ``targets`` are those it serves."""
    known = setting.intervention(entry["use"], student.year)
    line: dict[str, Any] = {
        "id": id_,
        **({"intervention": known["entry"]} if "entry" in known else {"name": known["name"]}),
        "what": telling.words.sentence(entry["what"]),
        **{field: known[field] for field in ("wave", "layer", "type") if field in known},
        "needs": [telling.story.id],
        "setting": "withdrawal" if known["type"] in _WITHDRAWN else "in_class",
        "group_size": rng.randint(2, known["group"]) if "group" in known else 1,
        "adults": 1,
        "sessions_per_week": entry.get("sessions", known["sessions"]),
        "minutes": int(entry.get("minutes", known["minutes"])),
        "start": course.start.isoformat(),
    }
    if line.get("type") == "small_group" and line["group_size"] == 1:
        line["type"] = "one_to_one"
    if student.code == "E":
        line["section_f"] = f"Item {id_.rpartition('-')[2]}: {known['name'].lower()}"
    if targets:
        line["targets"] = [one["id"] for one in targets]
        line["entry"] = _measured(targets[0]["measure"], targets[0]["baseline"])
    if line["setting"] == "withdrawal" and rng.random() < 0.6:
        line["lost_lesson"] = telling.shared("lost")
    line |= _people(entry.get("by", known["by"]), student, setting, course, rng)
    _add_delivery(line, setting, course, rng, telling)
    line |= _ending(targets, course, telling, rng) if course.ended else {"review_on": course.review.isoformat()}
    return line


def _people(by: str, student: Enrolled, setting: Setting, course: Course, rng: Random) -> dict[str, Any]:
    """Who gives it, who guides them, and what an hour of theirs costs."""
    deliverer, paid = _deliverer(by, student, setting)
    senco = setting.places.duties.senco
    costs = {"funding": "local_authority" if student.code == "E" else rng.choice(["fees", "fees", "network"])}
    if paid in setting.rates:
        costs["rate"] = setting.rates[paid]
    found: dict[str, Any] = {"delivered_by": deliverer, "costs": costs}
    if paid == "assistant" and deliverer != senco:
        found["supervised_by"] = senco
        trained = course.start - timedelta(days=rng.randrange(60, 700))
        found["trained_on"] = setting.calendar.day_at_school(trained).isoformat()
    return found


def _add_delivery(line: dict[str, Any], setting: Setting, course: Course, rng: Random, telling: Telling) -> None:
    until = min(course.on, course.review)
    planned = round(line["sessions_per_week"] * setting.calendar.between(course.start, until) / 5)
    share = min(1.0, max(0.5, rng.gauss(0.85, 0.08)))
    given = round(planned * share)
    line["delivery"] = {"planned": planned, "given": given, "as_of": setting.calendar.until(until).isoformat()}
    if given < planned and rng.random() < 0.7:
        line["delivery"]["missed_because"] = telling.shared("missed")


def _ending(targets: Sequence[Mapping[str, Any]], course: Course, telling: Telling, rng: Random) -> dict[str, Any]:
    result = next((one["result"] for one in targets if "result" in one), None)
    rating, decision = _IMPACT[result["outcome"]] if result else ("some", "stop")
    note = telling.words.sentence(rng.choice(bank("meetings")["impact"][rating]))
    ending: dict[str, Any] = {
        "end": course.review.isoformat(),
        "impact": {"rating": rating, "note": note, "decision": decision},
    }
    if result:
        ending["exit"] = _measured(targets[0]["measure"], result)
    return ending


def _measured(measure: str, point: Mapping[str, Any]) -> dict[str, Any]:
    return {"measure": measure, "value": point["value"], "on": point["on"]}


def _deliverer(by: str, student: Enrolled, setting: Setting) -> tuple[str, str]:
    """Who gives it, and by which hourly rate they are paid."""
    place = student.place
    if by == "teacher":
        return (place.classes[0].teacher if place.classes else place.tutor), "teacher"
    if by == "tutor":
        return place.tutor, "teacher"
    if by == "senco":
        return setting.places.duties.senco, "senco"
    if by == "key_adult":
        return place.key_adult, "assistant" if place.key_adult == place.assistant else "teacher"
    return place.assistant, "assistant"
