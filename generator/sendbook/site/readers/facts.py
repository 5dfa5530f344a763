"""What lists and home pages need of a student: a small dictionary per projection, plain enough to keep as JSON.

Facts are taken from a projection and nothing else, so a reader's own pages can't say more than the student's pages
do. They hold dates as they stand in the records; what is due or late on a day is worked out where a page for that
day is made. Every key is always there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.foundation import STUDENT
from sendbook.campus.roll import support_until
from sendbook.campus.words import how_often
from sendbook.kinds.history_sections import changed_since_meeting
from sendbook.kinds.meeting.meeting_records import meetings_of
from sendbook.kinds.meeting.meeting_sections import MEETINGS, is_draft, is_planned, meeting_anchor, next_meeting
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.provision_sections import PROVISION, running_lines, where
from sendbook.kinds.plan.target_sections import is_live, target_title
from sendbook.kinds.profile.profile_records import profile_of
from sendbook.kinds.profile.profile_sections import advice_by_subject, texts
from sendbook.kinds.student.emergency import emergency_facts
from sendbook.pages.reading import Reading
from sendbook.pages.templates import Renders
from sendbook.site.readers.owed import owed_facts
from sendbook.site.readers.rows import row_fragments

Facts = dict[str, Any]

#: How many lines of "how to help" stand on a card.
HELP_LINES = 3
_WITH_FAMILY = ("parent_review", "team_around_the_child", "annual_review")


def facts_of_reading(reading: Reading, templates: Renders | None = None) -> Facts:
    """The facts of one projection; with ``templates`` also its rows of the lists, made once for all who share them."""
    facts = _facts(reading)
    if templates is not None:
        facts["rows"] = row_fragments(facts, templates)
    return facts


def _facts(reading: Reading) -> Facts:
    student, plan, profile = reading.one(STUDENT), plan_of(reading), profile_of(reading)
    return {
        "id": reading.id,
        "manner": reading.manner,
        "name": reading.known_as,
        "full_name": reading.full_name,
        "path": reading.home,
        "year": student.get("year_group", ""),
        "tutor_group": student.get("tutor_group", ""),
        "on_roll": student.get("on_roll", {}),
        "groups": [item["group"] for item in student.get("teaching_groups", ()) if reading.around.running(item)],
        "status": _status(reading),
        "support_until": ended.isoformat() if (ended := support_until(student)) else None,
        "needs": list(_needs(reading)),
        "team": [_adult(item, reading) for item in student.get("team", ()) if reading.around.running(item)],
        "emergency": emergency_facts(reading),
        "help": texts(profile.get("help"))[:HELP_LINES],
        "avoid": texts(profile.get("avoid"))[:1],
        "advice": {subject: [line.text for line in lines] for subject, lines in advice_by_subject(reading).items()},
        "exams": texts(profile.get("exams")),
        "profile_review": profile.get("review_by"),
        "sees_plan": reading.has(("plan", "plan")),
        "plan": _plan(plan),
        "draft": bool(reading.draft(PLAN)),
        "targets": [_target(item, reading) for item in plan.get("targets", ()) if is_live(item)],
        "lines": list(_lines(reading)),
        "sees_meetings": reading.has(MEETINGS),
        "next_meeting": next_meeting(reading),
        "family_meetings": [item["date"] for item in meetings_of(reading) if item.get("type") in _WITH_FAMILY],
        "draft_meetings": [
            meeting_anchor(item) for item in meetings_of(reading) if is_draft(item) and not is_planned(item)
        ],
        "actions": list(_actions(reading)),
        "owed": list(owed_facts(reading)),
        "changed": _changed(reading),
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


def _plan(plan: Mapping[str, Any]) -> dict[str, Any] | None:
    if "state" not in plan:
        return None
    return {"state": plan["state"], "review_due": plan.get("review_due"), "lead": plan.get("lead")}


def _target(target: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    series = reading.series(target)
    return {
        "id": target["id"],
        "title": target_title(target),
        "by_date": target["by_date"],
        "owner": target["owner"],
        "measured_on": series.last.on,
        "trend": series.trend,
        "student_action": target.get("student_action"),
        "family_action": target.get("family_action"),
    }


def _lines(reading: Reading) -> Iterator[dict[str, Any]]:
    if not reading.has(PROVISION):
        return
    titles = {item["id"]: target_title(item) for item in plan_of(reading).get("targets", ())}
    for line in running_lines(reading):
        delivery = line.get("delivery", {})
        yield {
            "id": line["id"],
            "name": reading.around.intervention(line),
            "what": line["what"],
            "how_much": how_often(line["sessions_per_week"], line["minutes"]),
            "where": where(line, reading),
            "who": line.get("delivered_by"),
            "towards": [titles[target] for target in line.get("targets", ()) if target in titles],
            "planned": delivery.get("planned"),
            "given": delivery.get("given"),
            "as_of": delivery.get("as_of"),
        }


def _changed(reading: Reading) -> dict[str, Any] | None:
    """When these readers last met about the student, and what has changed for them since: how often, and when last."""
    days = changed_since_meeting(reading)
    return {"met": reading.told.met, "days": len(days), "last": days[0].day} if days else None


def _actions(reading: Reading) -> Iterator[dict[str, Any]]:
    """What was agreed at meetings and is not done."""
    for meeting in meetings_of(reading):
        for key, who in (("actions", "who"), ("family_actions", "person")):
            for item in meeting.get(key, ()):
                if "done_on" not in item:
                    yield {
                        "what": item["what"],
                        "who": item[who],
                        "family": key == "family_actions",
                        "by": item.get("by"),
                        "meeting": meeting_anchor(meeting),
                    }
