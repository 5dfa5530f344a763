"""Takes a student's records back to what was known on a day: nothing dated later is in them.

Measurements, views, results, meetings and counts of sessions carry their own dates, so that most of a term's
history follows from the records themselves.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sendbook.errors import ExampleError
from sendbook.example.history.campus_files import CampusFiles

# How a cycle goes is first written down when it has gone on for a while.
_FIRST_LOOK = timedelta(days=21)
_DAY = timedelta(days=1)
_DATED_FIELDS = ("done_on", "shared_with_family_on", "staff_informed_on", "acknowledged_on", "closed_on")


def forget(campus: CampusFiles, student: str, day: str) -> bool:
    """Takes out of a student's records what is dated after ``day``; whether there was any."""
    forgot = False
    for record, of_day in campus.dated(student):
        if of_day > day:
            campus.remove(record)
            forgot = True
        else:
            forgot |= _prune(campus, record, day)
    profile = f"students/{student}/profile"
    if campus.has(profile) and campus.data(profile).get("agreed_on", "") > day:
        campus.remove(profile)
        forgot = True
    return _forget_plan(campus, student, day) or forgot


def _forget_plan(campus: CampusFiles, student: str, day: str) -> bool:
    plan, draft = f"students/{student}/plan", f"students/{student}/drafts/plan"
    forgot = [_prune(campus, record, day) for record in (plan, draft) if campus.has(record)]
    if not campus.has(plan) or campus.data(plan).get("agreed_on", "") <= day:
        return any(forgot)
    if campus.has(draft):
        raise ExampleError(f"{student} has a draft beside a plan that was itself a draft on {day}")
    data = {**campus.data(plan), "state": "draft"}
    del data["agreed_on"]
    campus.remove(plan)
    campus.write(draft, data)
    return True


def _prune(campus: CampusFiles, record: str, day: str) -> bool:
    """Takes out of one record what is later than ``day``; whether there was any."""
    data = campus.data(record)
    pruned = _pruned(data, day)
    if "targets" in pruned:
        _take_out_targets(pruned)
        _take_out_delivery(campus, pruned, day)
    if pruned == data:
        return False
    campus.write(record, pruned)
    return True


def _pruned(value: Any, day: str) -> Any:
    """The value without entries, groups and dates that are later than ``day``."""
    if isinstance(value, list):
        return [_pruned(item, day) for item in value if not _is_later(item, day)]
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, held in value.items():
        if _is_later(held, day) or (name in _DATED_FIELDS and str(held) > day):
            continue
        if name == "do" and _too_early(value, day):
            continue
        pruned = _pruned(held, day)
        if held and not pruned and isinstance(held, list) and name not in ("targets", "provision", "cycles"):
            continue
        kept[name] = pruned
    return kept


def _is_later(value: Any, day: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get("on"), str) and value["on"] > day


def _too_early(cycle: dict[str, Any], day: str) -> bool:
    return date.fromisoformat(cycle["start"]) + _FIRST_LOOK > date.fromisoformat(day)


def _take_out_targets(plan: dict[str, Any]) -> None:
    """Removes targets without a baseline yet, and what provision and strategies say of them."""
    later = {target["id"] for target in plan["targets"] if "baseline" not in target}
    if not later:
        return
    plan["targets"] = [target for target in plan["targets"] if target["id"] not in later]
    for line in (*plan["provision"], *plan.get("strategies", ())):
        if "targets" in line:
            line["targets"] = [target for target in line["targets"] if target not in later]
            if not line["targets"]:
                del line["targets"]


def _take_out_delivery(campus: CampusFiles, plan: dict[str, Any], day: str) -> None:
    """Sessions are counted up to ``day``, in the share of school days that had passed; reasons come with the last."""
    for line in plan["provision"]:
        delivery = line.get("delivery")
        if delivery is None or delivery["as_of"] <= day:
            continue
        whole = _school_days(campus, line["start"], delivery["as_of"])
        passed = _school_days(campus, line["start"], day)
        planned = delivery["planned"] * passed // whole if whole else 0
        if not planned:
            del line["delivery"]
            continue
        given = min(planned, -(-delivery["given"] * passed // whole))
        line["delivery"] = {"planned": planned, "given": given, "as_of": day}


def _school_days(campus: CampusFiles, first: str, last: str) -> int:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return sum(campus.terms.is_school_day(start + number * _DAY) for number in range((end - start).days + 1))
