"""The pages of a plan, and what a plan adds to other pages, each section with its place in the order of reading."""

from __future__ import annotations

from typing import Final

from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.plan_sections import ABOUT_PLAN, CYCLES, NEED_CARDS, NEEDS, NOTES, STRATEGIES, THREAD
from sendbook.kinds.plan.provision_sections import COST_LINES, LINES, PROVISION, WEEK
from sendbook.kinds.plan.target_sections import ENDED_PROGRESS, IN_PLAN, LIVE_PROGRESS, NOW, TARGETS
from sendbook.kinds.plan.voice_sections import FAMILY_VOICE, STUDENT_VOICE
from sendbook.kinds.report import REPORT
from sendbook.pages.linked_from import linked_from_section
from sendbook.pages.sections import PageKind, Voice

PAGES = (
    PageKind(
        name="plan",
        path="{home}plan/",
        title=Voice(staff="{name}'s plan", student="My plan"),
        link=Voice(staff="Plan", student="My plan"),
        order=20,
    ),
    PageKind(
        name="progress",
        path="{home}progress/",
        title=Voice(staff="{name}'s progress", student="My progress"),
        link=Voice(staff="Progress", student="My progress"),
        order=30,
    ),
    PageKind(
        name="draft",
        path="{home}draft/",
        title=Voice(staff="{name}'s next plan"),
        link=Voice(staff="Next plan (draft)"),
        order=70,
        like="plan",
        draft_of=PLAN,
        called="plan",
    ),
)
#: Reports say which needs they speak of, and what of the plan takes up their advice.
LINKED = linked_from_section(
    PLAN, TARGETS, NEEDS, PROVISION, STRATEGIES.needs[0], (REPORT, "about"), (REPORT, "recommendations")
)
SECTIONS = {
    "plan": {
        20: ABOUT_PLAN,
        30: IN_PLAN,
        40: NEED_CARDS,
        50: THREAD,
        60: LINES,
        70: STRATEGIES,
        80: STUDENT_VOICE,
        90: FAMILY_VOICE,
        100: CYCLES,
        110: COST_LINES,
        120: NOTES,
        130: LINKED,
    },
    "progress": {10: LIVE_PROGRESS, 20: ENDED_PROGRESS},
    "overview": {50: NOW, 60: WEEK},
}


#: The headings of its entries on that page, by the list.
ENTRIES_AT: Final = {
    "targets": "target-{id}",
    "needs": "need-{id}",
    "provision": "provision-{id}",
    "strategies": "strategies",
}


def read_at(_: object) -> str:
    """Where the plan in force is read, in the student's folder."""
    return "plan/"
