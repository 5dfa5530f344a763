"""The sections of a plan and of a student's first page, in the order they are read on screen and on paper alike.

`student_pages.py` makes the pages from these lists, `print_plan.py` and `print_profile.py` the papers. At a meeting
some look at a screen and some at paper: what one of them reads out, the others must find.
"""

from __future__ import annotations

from sendbook.kinds.plan.plan_sections import ABOUT_PLAN, CYCLES, NEED_CARDS, NOTES, STRATEGIES, THREAD
from sendbook.kinds.plan.provision_sections import COST_LINES, LINES, WEEK
from sendbook.kinds.plan.target_sections import IN_PLAN, NOW
from sendbook.kinds.profile.profile_sections import ABOUT, EXAMS, HELP, LESSONS
from sendbook.kinds.student.emergency import IN_AN_EMERGENCY
from sendbook.kinds.student.overview_sections import DATES, PEOPLE
from sendbook.kinds.voice_sections import FAMILY_VOICE, STUDENT_VOICE

PLAN_ORDER = (
    IN_AN_EMERGENCY,
    ABOUT_PLAN,
    IN_PLAN,
    NEED_CARDS,
    THREAD,
    LINES,
    STRATEGIES,
    STUDENT_VOICE,
    FAMILY_VOICE,
    CYCLES,
    COST_LINES,
    NOTES,
)

FIRST_PAGE_ORDER = (IN_AN_EMERGENCY, HELP, LESSONS, ABOUT, NOW, WEEK, EXAMS, DATES, PEOPLE)
