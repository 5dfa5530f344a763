"""Says how the accessibility plan is going, on the compliance page: its three years, strands, reviews, overdue steps.

Handed in is the plan as a reader may see it: whether a step was reviewed is told to those who see its reviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sendbook.campus.words import listed, short_day
from sendbook.kinds.accessibility_plan.rules.steps import is_alive, is_open
from sendbook.pages.marks import Mark

_STRANDS = {"curriculum": "Curriculum", "environment": "Buildings and grounds", "information": "Information"}
_YEAR = timedelta(days=365)


def progress_of(plan: Mapping[str, Any], on: date) -> dict[str, object]:
    """The plan's checks in words: its three years, its strands, its reviews, what is overdue."""
    today = on.isoformat()
    cycle, approval = plan.get("cycle", {}), plan.get("approval", {})
    actions = [one for one in plan.get("actions", ()) if isinstance(one, Mapping)]
    reviews = sorted(str(one["on"]) for one in plan.get("reviews", ()) if str(one.get("on", "9999")) <= today)
    return {
        "facts": list(_plan_facts(cycle, approval, reviews, str(plan.get("next_review", "")), on)),
        "strands": [
            _strand(words, [one for one in actions if one.get("strand") == name], today)
            for name, words in _STRANDS.items()
        ],
        "overdue": [
            (
                str(one.get("action", "")),
                str(one.get("owner_role", "")),
                short_day(str(one["due"])),
            )
            for one in actions
            if _is_overdue(one, today)
        ],
        "unreviewed": [str(one.get("action", "")) for one in actions if _is_unreviewed(one, on)],
    }


def _plan_facts(
    cycle: Mapping[str, Any], approval: Mapping[str, Any], reviews: list[str], next_review: str, on: date
) -> Iterator[tuple[str, str, Mark | None]]:
    today = on.isoformat()
    if {"start", "end"} <= cycle.keys():
        begun, ends = str(cycle["start"]), str(cycle["end"])
        mark = Mark("In force", "good") if begun <= today <= ends else Mark("Not in force today", "late")
        yield "Three years", f"{short_day(begun)} to {short_day(ends)}", mark
    if approval.get("on"):
        by = [f"{said}{approval[key]}" for key, said in (("by", ""), ("minute_ref", "minutes: ")) if approval.get(key)]
        yield "Approved", " · ".join([short_day(str(approval["on"])), *by]), None
    if reviews:
        fresh = date.fromisoformat(reviews[-1]) >= on - _YEAR
        yield (
            "Last reviewed",
            short_day(reviews[-1]),
            Mark("Within a year", "good") if fresh else Mark("Over a year ago", "late"),
        )
    else:
        yield "Last reviewed", "Not yet", Mark("Not reviewed", "late")
    if next_review:
        yield "Next review", short_day(next_review), Mark("Overdue", "late") if next_review < today else None


_PROGRESS = {
    "on_track": "in progress",
    "at_risk": "behind",
    "not_started": "not started",
    "done": "done",
    "dropped": "dropped",
}


def _strand(words: str, actions: list[Mapping[str, Any]], today: str) -> tuple[str, str, Mark]:
    """A strand's steps counted, each once, and whether the strand is alive as the rules about it say.

    It is green only while nothing in it is late.
    """
    number = Counter(str(one.get("status")) for one in actions)
    told = listed([f"{number[status]} {said}" for status, said in _PROGRESS.items() if number[status]])
    told = told or "nothing planned"
    still_open = [one for one in actions if is_open(one)]
    if not is_alive(actions):
        return words, told, Mark("No step planned", "late")
    if not still_open:
        return words, told, Mark("Carried out", "good")
    overdue = sum(_is_overdue(one, today) for one in still_open)
    if overdue:
        return words, told, Mark(f"{overdue} overdue", "late")
    if number["at_risk"] or any(_last_rag(one) == "red" for one in still_open):
        return words, told, Mark("Behind", "due")
    waiting = any(one.get("status") == "not_started" and str(one.get("start", "9999")) < today for one in still_open)
    return words, told, Mark("Late to start", "due") if waiting else Mark("On track", "good")


def _last_rag(action: Mapping[str, Any]) -> str:
    """What the latest review of a step says, for those who see its reviews."""
    reviews = sorted(action.get("reviews", ()), key=lambda one: str(one.get("on", "")))
    return str(reviews[-1].get("rag", "")) if reviews else ""


def _is_overdue(action: Mapping[str, Any], today: str) -> bool:
    return is_open(action) and str(action.get("due", "9999")) < today


def _is_unreviewed(action: Mapping[str, Any], on: date) -> bool:
    """Whether an open step was not reviewed in its last year; only for those who see its reviews."""
    if not is_open(action) or "reviews" not in action:
        return False
    latest = max((str(one.get("on", "")) for one in action["reviews"]), default="")
    since = (on - _YEAR).isoformat()
    return latest < since and str(action.get("start", "9999")) < since
