"""What is late, due, or thin on a day, worked out from facts: the lists of a home page.

The thresholds are the campus's own (``house_rules``); the law sets none of them. Nothing is counted here for anyone
who does not see the student: facts are all there is to work from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sendbook.campus.defaults import Defaults, house_rules
from sendbook.campus.foundation import STUDENT
from sendbook.campus.words import quantity, short_day
from sendbook.deadlines.days import family_met_by, measured_by
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.plan import PLAN
from sendbook.pages.campus_page import Owed

#: How far "soon" reaches.
DAYS_AHEAD = 14

_WITH_SUPPORT = ("K", "E")


class DueLine(NamedTuple):
    """One line of a list: whose, what, where it is read, by when, and who has it in hand ("" if nobody)."""

    on: str
    name: str
    path: str
    what: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The campus's thresholds."""

    lowest_delivery: int
    evidence_weeks: int
    meeting_weeks: int

    @classmethod
    def of(cls, campus: Mapping[str, Any], defaults: Defaults) -> Rules:
        """The thresholds in the campus's record, with the schema's defaults for those it leaves out."""
        chosen = house_rules(defaults, campus)
        return cls(
            lowest_delivery=chosen["lowest_delivery_percent"],
            evidence_weeks=chosen["oldest_evidence_weeks"],
            meeting_weeks=chosen["weeks_between_meetings"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A day's lists, each in the order of its dates."""

    late: tuple[DueLine, ...]
    soon: tuple[DueLine, ...]
    drafts: tuple[DueLine, ...]
    thin: tuple[DueLine, ...]
    stale: tuple[DueLine, ...]
    owed: tuple[DueLine, ...]
    later_actions: tuple[DueLine, ...]


def week_of(students: Iterable[Mapping[str, Any]], on: date, rules: Rules, on_campus: Iterable[Owed] = ()) -> Week:
    """The lists of a day over all students handed in, and over what the campus's own records owe."""
    today, ahead = on.isoformat(), (on + timedelta(days=DAYS_AHEAD)).isoformat()
    facts = tuple(_without_what_is_over(one, today) for one in students)
    of_campus = (DueLine(one.by.isoformat(), one.of, one.path, one.what, one.owed_by) for one in on_campus)
    of_students = (item for one in facts for item in _dated(one, ahead))
    dated = sorted((*of_students, *(item for item in of_campus if item.on <= ahead)))
    return Week(
        late=tuple(item for item in dated if item.on < today),
        soon=tuple(item for item in dated if item.on >= today),
        drafts=_sorted(facts, _drafts),
        thin=tuple(item for one in facts for item in _thin(one, rules)),
        stale=tuple(sorted(item for one in facts for item in _stale(one, on, rules))),
        owed=tuple(sorted(item for one in facts for item in _owed(one, on, rules))),
        later_actions=tuple(sorted(item for one in facts for item in _undated_or_after(one, ahead))),
    )


def _without_what_is_over(facts: Mapping[str, Any], today: str) -> Mapping[str, Any]:
    """The facts without the plan and profile if the student's support has ended; results due by then stay due."""
    last = facts[STUDENT]["support_until"]
    if last is None or last >= today:
        return facts
    targets = [target for target in facts[PLAN]["targets"] if target["by_date"] <= last]
    owed = [one for one in facts["owed"] if not (one["review"] or (one["result"] and one["by"] > last))]
    over = {"current": None, "draft": False, "lines": [], "targets": targets}
    return {**facts, PLAN: {**facts[PLAN], **over}, "owed": owed}


def _dated(facts: Mapping[str, Any], ahead: str) -> Iterator[DueLine]:
    """Everything a student's records owe by a day that is not after another."""
    for one in facts["owed"]:
        if one["by"] <= ahead:
            yield DueLine(one["by"], facts["full_name"], one["path"], one["what"], one["owner"])


def meetings_ahead(students: Iterable[Mapping[str, Any]], on: date) -> tuple[DueLine, ...]:
    """Meetings named for the next fortnight."""
    today, ahead = on.isoformat(), (on + timedelta(days=DAYS_AHEAD)).isoformat()
    return tuple(
        sorted(
            DueLine(one[MEETING]["next_meeting"], one["full_name"], f"{one['path']}meetings/", "Meeting", "")
            for one in students
            if one[MEETING]["next_meeting"] and today <= one[MEETING]["next_meeting"] <= ahead
        )
    )


def reviews_until(students: Iterable[Mapping[str, Any]], on: date, last: str) -> tuple[DueLine, ...]:
    """Plans to review from a day to another."""
    return tuple(
        sorted(
            DueLine(one[PLAN]["current"]["review_due"], one["full_name"], f"{one['path']}plan/", "Review the plan", "")
            for one in (_without_what_is_over(each, on.isoformat()) for each in students)
            if one[PLAN]["current"] and on.isoformat() <= (one[PLAN]["current"]["review_due"] or "") <= last
        )
    )


def _sorted(facts: tuple[Mapping[str, Any], ...], items: Any) -> tuple[DueLine, ...]:
    return tuple(sorted(item for one in facts for item in items(one)))


def _drafts(facts: Mapping[str, Any]) -> Iterator[DueLine]:
    name, path = facts["full_name"], facts["path"]
    if facts[PLAN]["draft"]:
        yield DueLine("", name, f"{path}draft/", "Next plan, not agreed yet", "")
    if facts[PLAN]["current"] and facts[PLAN]["current"]["state"] == "draft":
        yield DueLine("", name, f"{path}plan/", "First plan, not agreed yet", "")
    for anchor in facts[MEETING]["draft_meetings"]:
        yield DueLine("", name, f"{path}meetings/#{anchor}", "Meeting record, not agreed yet", "")


def _thin(facts: Mapping[str, Any], rules: Rules) -> Iterator[DueLine]:
    for line in facts[PLAN]["lines"]:
        planned, given = line["planned"], line["given"]
        if planned and 100 * given < rules.lowest_delivery * planned:
            what = f"{line['name']}: {given} of {quantity(planned, 'sessions')} ({round(100 * given / planned)}%)"
            anchor = f"{facts['path']}plan/#provision-{line['id']}"
            yield DueLine(line["as_of"], facts["full_name"], anchor, what, line["who"] or "")


def _stale(facts: Mapping[str, Any], on: date, rules: Rules) -> Iterator[DueLine]:
    """Targets still running whose newest measurement is older than the campus allows."""
    today = on.isoformat()
    for target in facts[PLAN]["targets"]:
        newest = date.fromisoformat(target["measured_on"])
        if on > measured_by(newest, rules.evidence_weeks) and target["by_date"] >= today:
            anchor = f"{facts['path']}plan/#target-{target['id']}"
            yield DueLine(target["measured_on"], facts["full_name"], anchor, target["title"], target["owner"])


def _owed(facts: Mapping[str, Any], on: date, rules: Rules) -> Iterator[DueLine]:
    """Students with support whose family was last met longer ago than the campus allows."""
    status = facts[STUDENT]["status"]
    if not facts[MEETING]["sees_meetings"] or not status or status["code"] not in _WITH_SUPPORT:
        return
    held = [day for day in facts[MEETING]["family_meetings"] if day <= on.isoformat()]
    latest = max(held, default="")
    in_time = bool(latest) and on <= family_met_by(date.fromisoformat(latest), rules.meeting_weeks)
    if not in_time and not _arranged(facts, on):
        what = f"Last met the family on {short_day(latest)}" if latest else "No meeting with the family recorded"
        yield DueLine(latest, facts["full_name"], f"{facts['path']}meetings/", what, "")


def _arranged(facts: Mapping[str, Any], on: date) -> bool:
    """Whether a meeting is named for today or later."""
    return bool(facts[MEETING]["next_meeting"]) and facts[MEETING]["next_meeting"] >= on.isoformat()


def _undated_or_after(facts: Mapping[str, Any], ahead: str) -> Iterator[DueLine]:
    for action in facts[MEETING]["actions"]:
        if not action["family"] and (not action["by"] or action["by"] > ahead):
            path = f"{facts['path']}meetings/#{action['anchor']}"
            yield DueLine(action["by"] or "", facts["full_name"], path, action["what"], action["who"])
