"""What lists and home pages need of a plan. Every key is always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.words import how_often
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.line_names import line_name
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.plan_sections import PLAN_PART
from sendbook.kinds.plan.provision_sections import PROVISION, running_lines, where
from sendbook.kinds.plan.target_sections import is_live, target_title
from sendbook.kinds.plan.target_series import target_series
from sendbook.pages.reading import Facts, Reading


def facts_of_plan(reading: Reading) -> Facts:
    """Whether there is a plan and a next one, the targets that go on, and the help in the week."""
    plan = plan_of(reading)
    return {
        "sees_plan": reading.has(PLAN_PART),
        "current": _plan(plan),
        "draft": bool(reading.draft(PLAN)),
        "targets": [_target(item, reading) for item in plan.get("targets", ()) if is_live(item)],
        "lines": list(_lines(reading)),
    }


def _plan(plan: Mapping[str, Any]) -> dict[str, Any] | None:
    if "state" not in plan:
        return None
    return {"state": plan["state"], "review_due": plan.get("review_due"), "lead": plan.get("lead")}


def _target(target: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    series = target_series(target, reading)
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
            "name": line_name(line, reading.around),
            "what": line["what"],
            "how_much": how_often(line["sessions_per_week"], line["minutes"]),
            "where": where(line, reading),
            "who": line.get("delivered_by"),
            "towards": [titles[target] for target in line.get("targets", ()) if target in titles],
            "planned": delivery.get("planned"),
            "given": delivery.get("given"),
            "as_of": delivery.get("as_of"),
        }
