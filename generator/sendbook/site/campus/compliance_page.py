"""The compliance page of one reader: what is asked, where it is answered, how the plan stands, what has to be fixed.

Made of what `site/campus/compliance.py` gathered and of the accessibility plan as this reader may see it. A finding
is shown to those who may see all parts it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sendbook.bundle.fragment import Fragment, Label
from sendbook.campus.words import day, listed, short_day
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.rules.accessibility_actions import is_alive, is_open
from sendbook.checks.rules.rule import Duty
from sendbook.handbook.compliance_places import PLAN_PATH, Place, in_plain_words, place_key
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.drawer import NavLink
from sendbook.pages.templates import Renders
from sendbook.site.campus.compliance import Compliance, Document, Row

COMPLIANCE = NavLink(title="Compliance", url="/compliance/")
#: What opens the page: this part of the campus's record.
OPENED_BY = ("campus", "compliance")
#: How long before its day something counts as due.
SOON = timedelta(days=60)

_STRANDS = {"curriculum": "Curriculum", "environment": "Buildings and grounds", "information": "Information"}
_YEAR = timedelta(days=365)
_STEPS = ("accessibility_plan", "actions")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with the look of a tag; the word says it all."""

    words: str
    kind: str


_MARK_IT = "Write it, or mark the passage that answers it."
ANSWERED = Mark("Answered", "good")
MUST = Mark("Must be fixed", "late")


def compliance_page(
    known: Compliance,
    plan: Mapping[str, Any] | None,
    sees: Collection[tuple[str, str]],
    templates: Renders,
    *,
    on: date,
    nav: str = "",
) -> Fragment:
    """The page for one who sees these (kind, part) pairs; ``plan`` is the accessibility plan cut down for them."""
    findings = [one for one in known.findings if set(one.parts) <= set(sees)]
    told = [_told(one, known, steps=_STEPS in sees) for one in findings]
    wrong = {str(one["url"]): one["mark"] for one in sorted(told, key=lambda one: one["mark"] == MUST)}
    rows = [(row, _mark(row, wrong), _weight(row)) for row in known.rows]
    shown = {
        "today": day(on.isoformat()),
        "documents": [(one, _standing(one, on)) for one in known.documents],
        "findings": told,
        "rows": rows,
        "marked": any(mark != ANSWERED for _, mark, _ in rows),  # a column with one value tells nobody anything
        "count": _count(known.rows),
        "plan": _plan(plan, on) if plan else None,
    }
    headings = [
        Heading(id="documents", text="Documents"),
        Heading(id="fix", text="To fix"),
        *([Heading(id="plan", text="Accessibility plan")] if plan else []),
        *([Heading(id="items", text="Item by item")] if known.rows else []),
    ]
    content = templates.render("own/compliance.html", shown)
    label = Label(kind="Campus")
    return Fragment(title="Compliance", nav=nav, contents=contents_list(headings), content=str(content), label=label)


def _standing(document: Document, on: date) -> Mark:
    """How a document stands against the day it must be read again."""
    if not document.review_by:
        return Mark("No date set", "late")
    due = date.fromisoformat(document.review_by)
    if due < on:
        return Mark("Overdue", "late")
    return Mark("Due soon", "due") if due <= on + SOON else Mark("In time", "good")


def _mark(row: Row, wrong: Mapping[str, object]) -> Mark:
    """Whether an item is answered; not green where a passage that answers it is under “To fix”, by its address."""
    if not row.answers:
        return Mark("Not answered", "late") if row.asked.must else Mark("Not answered", "due")
    found = [wrong[one.url] for one in row.answers if one.url in wrong]
    if MUST in found:
        return Mark("Answered, but must be fixed", "late")
    if len(row.answers) > 1:
        return Mark("Answered twice", "due")
    return Mark("Answered, but look again", "due") if found else ANSWERED


def _weight(row: Row) -> str:
    """What the item is to a school of this kind."""
    return "Law" if row.asked.duty is Duty.LAW else "Our policy" if row.asked.must else "Recommended"


def _count(rows: Collection[Row]) -> str:
    answered = sum(bool(row.answers) for row in rows)
    if answered == len(rows):
        return f"All {len(rows)} items are answered."
    return f"{answered} of {len(rows)} items are answered."


def _told(finding: Finding, known: Compliance, *, steps: bool) -> dict[str, object]:
    """A finding as the page says it; ``steps`` says whether the reader may see the plan's steps."""
    place = known.places.get(place_key(finding), Place(document=finding.path))
    if finding.path == PLAN_PATH and not steps:
        place = replace(place, part="", url=place.url.partition("#")[0])
    titles = {row.asked.id: row.asked.title for row in known.rows}
    return {
        "mark": MUST if finding.severity is Severity.ERROR else Mark("To look at", "due"),
        "message": in_plain_words(finding.message, titles),
        "remedy": _MARK_IT if "data-answers" in finding.remedy else in_plain_words(finding.remedy, titles),
        "exactly": finding.remedy if "SENIR-" in finding.remedy else "",
        "code": finding.code,
        "source": finding.source,
        "where": str(place),
        "url": place.url,
    }


def _plan(plan: Mapping[str, Any], on: date) -> dict[str, object]:
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
