"""What comes before the reports themselves on their page: what became of the advice, and what is still to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sendbook.campus.link import Link
from sendbook.campus.words import sentence, short_day
from sendbook.kinds.plan import PLAN
from sendbook.kinds.report import FOLLOWED, REPORT
from sendbook.pages.linked import with_place
from sendbook.pages.own_kinds import named_on_pages
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
    """What takes a recommendation up; where it is not followed nothing has to."""
    found = [_taken_up(link, one[field], reading) for field, link in _LINKS.items() if field in one]
    return Markup("<br>").join(found) if found else "Nothing in the plan" if _is_followed(one) else ""


def _taken_up(link: Link, identity: str, reading: Reading) -> str:
    """An entry of the plan by name and with its place; to readers who don't see it only what sort of thing it is."""
    sort = sentence(reading.links.unseen(link))
    target = (reading.links.of_kind(link.kind, link.steps, reading.id) or {}).get(identity)
    name = named_on_pages(reading, target) if target is not None else ""
    if target is None or not name:
        return sort
    return Markup("{}: {}").format(sort.partition(" ")[2].capitalize(), with_place(name, reading.place(target)))


_LINKS = {
    "target": Link(kind=PLAN, steps=("targets",)),
    "provision": Link(kind=PLAN, steps=("provision",)),
    "strategy": Link(kind=PLAN, steps=("strategies",)),
}


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
