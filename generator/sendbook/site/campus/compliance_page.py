"""The compliance page of one reader: what is asked, where it is answered, what has to be fixed.

Made of what `site/campus/compliance.py` gathered, with a line about the accessibility plan, which has its own page. A
finding is shown to those who may see all parts it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sendbook.bundle.fragment import Fragment, Label
from sendbook.campus.defaults import house_rules
from sendbook.campus.foundation import CAMPUS
from sendbook.campus.words import long_day
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.rules.rule import Duty
from sendbook.deadlines.days import read_through_by
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.plan_page import PATH as PLAN_PAGE_PATH
from sendbook.kinds.accessibility_plan.plan_page import in_one_line, progress_for
from sendbook.kinds.accessibility_plan.plan_progress import Progress
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH
from sendbook.pages.campus_page import CampusPage, CampusReading, Owed, Showing
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.marks import Mark
from sendbook.pages.sections import Part
from sendbook.pages.templates import Renders
from sendbook.site.campus.compliance import Compliance, Document, Row
from sendbook.site.campus.compliance_places import Place, in_plain_words, place_key

PATH = "/compliance/"
#: How long before its day something counts as due.
SOON = timedelta(days=60)

_STEPS = (ACCESSIBILITY_PLAN, "actions")


_MARK_IT = "Write it, or mark the passage that answers it."
ANSWERED = Mark("Answered", "good")
MUST = Mark("Must be fixed", "late")


def compliance_page(
    known: Compliance,
    plan: Progress | None,
    sees: Collection[Part],
    templates: Renders,
    *,
    on: date,
    nav: str = "",
) -> Fragment:
    """The page for one who sees these (kind, part) pairs; ``plan`` is how the accessibility plan is going for them."""
    findings = [one for one in known.findings if set(one.parts) <= set(sees)]
    told = [_told(one, known, steps=_STEPS in sees) for one in findings]
    wrong = {str(one["url"]): one["mark"] for one in sorted(told, key=lambda one: one["mark"] == MUST)}
    rows = [(row, _mark(row, wrong), _weight(row)) for row in known.rows]
    shown = {
        "today": long_day(on.isoformat()),
        "documents": [(one, _standing(one, on)) for one in known.documents],
        "findings": told,
        "rows": rows,
        "marked": any(mark != ANSWERED for _, mark, _ in rows),  # a column with one value tells nobody anything
        "count": _count(known.rows),
        "plan": (*in_one_line(plan), PLAN_PAGE_PATH) if plan is not None else None,
    }
    headings = [
        Heading(id="documents", text="Documents"),
        Heading(id="fix", text="To fix"),
        *([Heading(id="plan", text="Accessibility plan")] if plan is not None else []),
        *([Heading(id="items", text="Item by item")] if known.rows else []),
    ]
    content = templates.render("own/compliance.html", shown)
    label = Label(kind="Campus")
    return Fragment(title="Compliance", nav=nav, contents=contents_list(headings), content=str(content), label=label)


def compliance_campus_page(known: Callable[[], Compliance]) -> CampusPage[CampusReading]:
    """The page as data, for those who may see what the campus's record says of its public documents.

    ``known`` gives what the page rests on, when it is first asked for.
    """
    return CampusPage(
        kind=CAMPUS,
        path=PATH,
        title="Compliance",
        needs=((CAMPUS, "compliance"),),
        button=True,
        show=lambda reading: _shown(reading, known),
        owes=lambda reading: _owed(reading, known()),
    )


def _shown(reading: CampusReading, known: Callable[[], Compliance]) -> Showing:
    plan = progress_for(reading)
    sees = seen_of_documents(reading)
    return Showing(
        pages=lambda making: {
            PATH: compliance_page(known(), plan, sees, making.templates, on=reading.on, nav=making.nav(PATH))
        }
    )


def _owed(reading: CampusReading, known: Compliance) -> Iterator[Owed]:
    """Yields by when each public document is reviewed next: by the day that is set, and within a year of the last."""
    around = reading.around
    days = house_rules(around.kinds[CAMPUS].defaults, around.campus)["oldest_report_days"]
    for one in known.documents:
        within = [read_through_by(date.fromisoformat(one.last_reviewed), days)] if one.last_reviewed else []
        by = min([*within, *([date.fromisoformat(one.review_by)] if one.review_by else [])], default=None)
        person = around.contact(one.owner)
        if by is not None:
            owed_by = person.id if person is not None else ""
            yield Owed(by=by, what="Review this page", of=one.title, path=one.url, owed_by=owed_by)


def seen_of_documents(reading: CampusReading) -> frozenset[Part]:
    """The parts that a finding on the page may rest on.

    What is granted of one record alone counts for the kinds that have no other; of all others, what rests on names is
    shown to nobody with less than all of them.
    """
    return reading.whole | {part for part in reading.parts if part[0] in (CAMPUS, ACCESSIBILITY_PLAN)}


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
