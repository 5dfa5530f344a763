"""What is special about the kind `plan`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.costs import Costing
from sendbook.kinds.plan.plan_dates import DATES
from sendbook.kinds.plan.plan_facts import facts_of_plan
from sendbook.kinds.plan.plan_pages import ENTRIES_AT, PAGES, SECTIONS, read_at
from sendbook.kinds.plan.plan_papers import PAPERS
from sendbook.kinds.plan.plan_records import ends_of_provision
from sendbook.kinds.plan.print_plan import days_of_plan
from sendbook.kinds.plan.rules.book import RULES
from sendbook.kinds.plan.shares import SHARES
from sendbook.kinds.plan.words import TELLERS

PLAN_KIND = KindOfRecord(
    name=PLAN,
    rules=RULES,
    shares=SHARES,
    tellers=TELLERS,
    ends=ends_of_provision,
    pages=PAGES,
    sections=SECTIONS,
    papers=PAPERS,
    read_at=read_at,
    entries_at=ENTRIES_AT,
    ends_with_support=True,
    days=days_of_plan,
    facts=facts_of_plan,
    dates=DATES,
    surrounds=Costing.of,
)
