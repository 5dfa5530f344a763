"""The plan on paper: the one in force, and the one that is being drafted for the meeting it is brought to."""

from __future__ import annotations

from sendbook.documents.kinds import OF_DRAFT, DocumentKind
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.plan_sections import PLAN_PART
from sendbook.kinds.plan.print_plan import days_of_plan, printed_plan
from sendbook.pages.papers import copy_line, sealed, whose_line
from sendbook.pages.reading import DRAFTS, Reading
from sendbook.pages.sections import Paper, Section, Voice

_HEADING = Voice(staff="{name}'s plan", student="My plan")
_DRAFT_HEADING = Voice(staff="{name}'s next plan (draft)", student="My next plan (draft)")
_IN_FORCE = DocumentKind(name="plan", title="Provision plan", private=True)
_DRAFT = DocumentKind(name=f"{OF_DRAFT}{PLAN}", title="Draft provision plan", private=True, record=f"{DRAFTS}{PLAN}")


def plan_data(reading: Reading, page: tuple[Section, ...]) -> bytes | None:
    """The print data of the plan in force; None without one, or where the reader has no part of it.

    One that says of itself that it is a draft is marked on every page, as the next plan is.
    """
    return _plan_as(_IN_FORCE, _HEADING, reading, page, draft=plan_of(reading).get("state") == "draft")


def draft_data(reading: Reading, page: tuple[Section, ...]) -> bytes | None:
    """The print data of the plan that is being drafted; None where there is none."""
    return _plan_as(_DRAFT, _DRAFT_HEADING, reading.of_draft(PLAN), page, draft=True)


def _plan_as(
    kind: DocumentKind, heading: Voice, reading: Reading, page: tuple[Section, ...], *, draft: bool
) -> bytes | None:
    if not plan_of(reading) or not reading.has(PLAN_PART):
        return None
    sections = [
        {"name": section.name, "title": section.title.to(reading), "said": shown}
        for section in printed_plan(page)
        if all(map(reading.has, section.needs)) and (shown := section.show(reading)) is not None
    ]
    said = {
        "heading": heading.to(reading),
        "lead": whose_line(reading),
        "copy": copy_line(reading.manner, draft=draft),
        "draft": draft,
        "sections": sections,
    }
    return sealed(kind, reading.id, said, days_of_plan(plan_of(reading)))


PAPERS = {
    "plan": Paper(kind=_IN_FORCE, link="Print or save the plan as PDF", data=plan_data),
    "draft": Paper(kind=_DRAFT, link="Print or save the draft as PDF", data=draft_data),
}
