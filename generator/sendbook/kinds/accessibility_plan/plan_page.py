"""The accessibility plan on a page of its own: what a committee asks of each step, strand by strand.

What will be done, who does it, by when, and whether it is done or late. The page states days and counts none. Made of
the plan as its reader may see it, for those who see how its steps are going or have the compliance page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment, Label
from sendbook.campus.foundation import CAMPUS
from sendbook.campus.records import Record
from sendbook.campus.words import long_day, pounds, short_day
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.action_table import step_anchor
from sendbook.kinds.accessibility_plan.plan_progress import STRANDS, Progress, Step, last_review
from sendbook.pages.campus_page import CampusPage, CampusReading, Making, Pages, Showing
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.marks import Mark
from sendbook.pages.own_campus_kinds import path_of_campus_kind

PATH = path_of_campus_kind(ACCESSIBILITY_PLAN)
_TITLE = "Accessibility plan"
#: One of these opens the page: what everybody may read of the plan is in the handbook.
_OPENED_BY = frozenset({(ACCESSIBILITY_PLAN, "working"), (CAMPUS, "compliance")})


def progress_for(reading: CampusReading) -> Progress | None:
    """Returns how the plan is going for a reader who has its page; None for anybody else, and if there is no plan."""
    plan = reading.one(ACCESSIBILITY_PLAN)
    if not plan or reading.parts.isdisjoint(_OPENED_BY):
        return None
    return Progress(data=plan, kind=reading.around.kinds[ACCESSIBILITY_PLAN], on=reading.on, seen=reading.parts)


def in_one_line(progress: Progress) -> tuple[str, Mark]:
    """Says for the compliance page how many steps are done, and whether any is late."""
    steps, late = progress.steps, len(progress.overdue)
    done = sum(one.get("status") == "done" for one in steps)
    words = f"{done} of {len(steps)} steps {'is' if done == 1 else 'are'} done."
    return words, Mark(f"{late} overdue", "late") if late else Mark("Nothing overdue", "good")


def _shown(reading: CampusReading) -> Showing | None:
    progress = progress_for(reading)
    return Showing(pages=partial(_pages, progress, reading)) if progress is not None else None


def _pages(progress: Progress, reading: CampusReading, making: Making) -> Pages:
    strands = [_strand(progress, name, reading) for name in STRANDS]
    values = {
        "title": _TITLE,
        "today": long_day(reading.on.isoformat()),
        "facts": progress.facts,
        "strands": strands,
    }
    content = making.templates.render("own/accessibility_plan.html", values)
    headings = [Heading(id="plan", text="The plan as a whole")]
    headings += [Heading(id=str(one["id"]), text=str(one["title"])) for one in strands]
    page = Fragment(
        title=str(Markup.escape(_TITLE)),
        nav=making.nav(PATH),
        contents=contents_list(headings),
        content=str(content),
        label=Label(kind="Campus"),
    )
    return {PATH: page}


def _strand(progress: Progress, name: str, reading: CampusReading) -> dict[str, object]:
    told, mark = progress.of_strand(name)
    return {
        "id": name,
        "title": STRANDS[name],
        "told": told,
        "mark": mark,
        "steps": [_step(progress, one, reading) for one in progress.steps_of(name)],
    }


def _step(progress: Progress, step: Step, reading: CampusReading) -> dict[str, object]:
    due, owner = str(step.get("due", "")), reading.around.staff.get(str(step.get("owner", "")))
    return {
        "anchor": step_anchor(step),
        "what": step.get("action", ""),
        "who": [words for words in (step.get("owner_role"), owner.name if owner else "") if words],
        "by": short_day(due) if due else "",
        "mark": progress.mark_of(step),
        "note": _note(step),
        "unreviewed": progress.is_unreviewed(step),
        "details": list(_details(step, reading)),
    }


def _note(step: Step) -> str:
    """What is said of a step that is over: since when, or why."""
    if step.get("status") == "done" and "done_on" in step:
        return short_day(str(step["done_on"]))
    return str(step.get("dropped_reason", "")) if step.get("status") == "dropped" else ""


_PLANNED = (
    ("What is in the way", ("barrier",)),
    ("Measure", ("success", "measure")),
    ("At the start", ("success", "baseline")),
    ("Target", ("success", "target")),
    ("Staff time", ("resources", "staff_time")),
    ("Budget", ("resources", "budget_line")),
)
_COSTS = (("Building and equipment", "cost_capital"), ("Running cost over the three years", "cost_revenue"))


def _details(step: Step, reading: CampusReading) -> Iterator[tuple[str, str]]:
    """What is behind a step, as far as the reader sees it: why, how we'll know, its latest review, what it takes."""
    planned: dict[str, str] = {title: _at(step, way) for title, way in _PLANNED}
    yield from ((title, words) for title, words in planned.items() if words)
    resources = step.get("resources", {})
    yield from ((title, pounds(resources[name])) for title, name in _COSTS if name in resources)
    if review := last_review(step):
        rag = reading.around.said(f"{ACCESSIBILITY_PLAN}/actions/reviews/rag", review["rag"])
        yield f"Last reviewed {short_day(str(review['on']))}", f"{rag}. {review['impact']}"
    for one in step.get("evidence", ()):
        yield f"Evidence, {short_day(str(one['on']))}", str(one["what"])


def _at(step: Step, way: tuple[str, ...]) -> str:
    found: Any = step
    for name in way:
        found = found.get(name) if isinstance(found, Mapping) else None
    return str(found or "")


def _place(_reading: CampusReading, record: Record, steps: Sequence[str | int]) -> str:
    """The address of a step; of the page for all else."""
    match steps:
        case ("actions", int(number), *_):
            return f"{PATH}#{step_anchor(record.data['actions'][number])}"
    return PATH


PLAN_PAGE: CampusPage[CampusReading] = CampusPage(
    kind=ACCESSIBILITY_PLAN,
    path=PATH,
    title=_TITLE,
    show=_shown,
    place=_place,
)
