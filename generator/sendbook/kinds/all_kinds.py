"""Lists the kinds of record that have something special: a new one is added here, and nowhere else."""

from __future__ import annotations

from sendbook.figures.counts import Share
from sendbook.history.telling import Tellers
from sendbook.kinds.accessibility_plan.kind import ACCESSIBILITY_PLAN_KIND
from sendbook.kinds.figures.kind import FIGURES_KIND
from sendbook.kinds.intervention.kind import INTERVENTION_KIND
from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.meeting.kind import MEETING_KIND
from sendbook.kinds.plan.kind import PLAN_KIND
from sendbook.kinds.profile.kind import PROFILE_KIND
from sendbook.kinds.report.kind import REPORT_KIND
from sendbook.kinds.student.kind import STUDENT_KIND
from sendbook.kinds.waivers.kind import WAIVERS_KIND

ALL_KINDS: tuple[KindOfRecord, ...] = (
    STUDENT_KIND,
    PROFILE_KIND,
    PLAN_KIND,
    MEETING_KIND,
    REPORT_KIND,
    INTERVENTION_KIND,
    FIGURES_KIND,
    ACCESSIBILITY_PLAN_KIND,
    WAIVERS_KIND,
)

#: What puts changes into words, by kind and field.
TELLERS: Tellers = {(kind.name, name): teller for kind in ALL_KINDS for name, teller in kind.tellers.items()}
#: What released figures say of records of each kind, in the order of the figures.
SHARES: tuple[Share, ...] = tuple(share for kind in ALL_KINDS for share in kind.shares)

#: The kinds that pages are made for; those of any other are made from its schema alone.
WITH_PAGES = frozenset(kind.name for kind in ALL_KINDS if kind.is_on_pages)
