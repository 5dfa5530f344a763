"""What comes before the reports themselves on their page: what became of the advice, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.words import listed, short_day
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.target_sections import target_title
from sendbook.kinds.report import FOLLOWED, REPORT
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

RECOMMENDATIONS = (REPORT, "recommendations")
ACTION_PLAN = (REPORT, "action_plan")
_DECIDED = "report/recommendations/decision/what"


def show_advice(reading: Reading) -> Mapping[str, Any] | None:
    """Each recommendation, the newest report's first: what was decided, what takes it up, and whether it happens."""
    rows = [
        (
            one["for_staff"],
            _decision(one, reading),
            _takers(one, reading),
            *([_looked_at(one, report, reading)] if reading.has(ACTION_PLAN) else []),
        )
        for report in _newest_first(reading)
        for one in report.get("recommendations", ())
    ]
    columns = ["What they recommend", "What we decided", "Taken up by"]
    columns += ["Last looked at"] if reading.has(ACTION_PLAN) else []
    return {"caption": "Recommendations", "columns": columns, "rows": rows} if rows else None


def show_to_do(reading: Reading) -> Mapping[str, Any] | None:
    """The actions that are not done, by their last day."""
    open_ = [
        action for report in _newest_first(reading) for action in report.get("actions", ()) if "done_on" not in action
    ]
    rows = [
        (action["what"], reading.name(action["who"]), short_day(action["by"]))
        for action in sorted(open_, key=lambda action: str(action["by"]))
    ]
    return {"caption": "Open actions", "columns": ["What", "Who", "By"], "rows": rows} if rows else None


def _newest_first(reading: Reading) -> list[Mapping[str, Any]]:
    return sorted(reading.all(REPORT), key=lambda report: str(report.get("received_on", "")), reverse=True)


def _decision(one: Mapping[str, Any], reading: Reading) -> str:
    decision = one.get("decision")
    if decision is None:
        return "Not decided yet"
    said = reading.around.said(_DECIDED, decision["what"])
    return f"{said}. {decision['why']}" if "why" in decision else said


def _is_followed(one: Mapping[str, Any]) -> bool:
    return one.get("decision", {}).get("what") in FOLLOWED


def _takers(one: Mapping[str, Any], reading: Reading) -> str:
    """What takes a recommendation up; where it is not followed nothing has to, and what is hidden is not denied."""
    found = listed(list(_taken_up(one, reading)))
    return found or ("Nothing in the plan" if _is_followed(one) and not _LINKS.keys() & one.keys() else "")


def _taken_up(one: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    """What of the plan takes a recommendation up, by name, as far as these readers see it."""
    plan = reading.one(PLAN)
    seen = {field: name for field, name in _LINKS.items() if reading.has((PLAN, name))}
    found = {name: _entry(plan, name, one.get(field)) for field, name in seen.items()}
    if found.get("targets"):
        yield f"the target “{target_title(found['targets'])}”"
    if found.get("provision"):
        yield f"“{reading.around.intervention(found['provision'])}”"
    if found.get("strategies"):
        yield f"the strategy “{str(found['strategies']['text']).rstrip('.')}”"


_LINKS = {"target": "targets", "provision": "provision", "strategy": "strategies"}


def _entry(plan: Mapping[str, Any], name: str, identity: object) -> Mapping[str, Any]:
    return next((entry for entry in plan.get(name, ()) if entry["id"] == identity), {})


def _looked_at(one: Mapping[str, Any], report: Mapping[str, Any], reading: Reading) -> str:
    """When somebody last went and looked, and how; of the report as a whole where no recommendation is named."""
    checks = [check for check in report.get("checks", ()) if check.get("recommendation", one["id"]) == one["id"]]
    last = max(checks, key=lambda check: str(check["on"]), default=None)
    if last is None:
        return "Not yet" if _is_followed(one) else ""
    return f"{short_day(last['on'])}: {reading.around.said('report/checks/how', last['how']).lower()}"


ADVICE = Section(
    name="advice",
    title=Voice(staff="What became of the advice"),
    template="sections/table.html",
    show=show_advice,
    needs=(RECOMMENDATIONS,),
    also=(ACTION_PLAN, (PLAN, "targets"), (PLAN, "provision"), (PLAN, "strategies")),
)
TO_DO = Section(
    name="to-do",
    title=Voice(staff="Still to do"),
    template="sections/table.html",
    show=show_to_do,
    needs=(ACTION_PLAN,),
)
SECTIONS = {REPORT: {10: TO_DO, 20: ADVICE}}
