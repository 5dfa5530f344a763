"""What lists and home pages need of a student's own record. Every key is always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.foundation import STUDENT
from sendbook.campus.roll import support_until
from sendbook.kinds.student.emergency import emergency_facts
from sendbook.pages.reading import Facts, Reading


def facts_of_student(reading: Reading) -> Facts:
    """Where the student is in school, how they are supported and by whom, and what to do in an emergency."""
    student = reading.one(STUDENT)
    return {
        "year": student.get("year_group", ""),
        "tutor_group": student.get("tutor_group", ""),
        "on_roll": student.get("on_roll", {}),
        "groups": [item["group"] for item in student.get("teaching_groups", ()) if reading.around.running(item)],
        "status": _status(reading),
        "support_until": ended.isoformat() if (ended := support_until(student)) else None,
        "needs": list(_needs(reading)),
        "team": [_adult(item, reading) for item in student.get("team", ()) if reading.around.running(item)],
        "emergency": emergency_facts(reading),
    }


def _status(reading: Reading) -> dict[str, str] | None:
    """The status that goes on; nothing once the last one has ended."""
    going_on = [item for item in reading.one(STUDENT).get("status", ()) if "until" not in item]
    if not going_on:
        return None
    code = going_on[-1]["code"]
    return {"code": code, "said": reading.around.said("student/status/code", code), "since": going_on[-1]["from"]}


def _needs(reading: Reading) -> Iterator[str]:
    """The types of need in words, the main one first."""
    needs = sorted(reading.one(STUDENT).get("needs", ()), key=lambda need: int(need["rank"]))
    return (reading.around.said("student/needs/type", need["type"]) for need in needs)


def _adult(item: Mapping[str, Any], reading: Reading) -> dict[str, str]:
    person = item["person"]
    return {"person": person, "name": reading.around.name(person), "as": item["as"], "note": item.get("note", "")}
