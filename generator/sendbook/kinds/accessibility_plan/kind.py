"""What is special about the kind `accessibility_plan`, put together."""

from __future__ import annotations

from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.action_table import ACTIONS
from sendbook.kinds.accessibility_plan.plan_page import PLAN_PAGE
from sendbook.kinds.accessibility_plan.rules.book import RULES
from sendbook.kinds.kind_of_record import KindOfRecord

ACCESSIBILITY_PLAN_KIND = KindOfRecord(
    name=ACCESSIBILITY_PLAN,
    rules=RULES,
    macros=(ACTIONS,),
    campus_pages=(PLAN_PAGE,),
)
