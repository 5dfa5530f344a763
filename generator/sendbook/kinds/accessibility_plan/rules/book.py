"""Puts together the rules about the accessibility plan."""

from __future__ import annotations

from sendbook.checks.rule_book import RuleBook
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.published_plan import PUBLIC_PARTS
from sendbook.kinds.accessibility_plan.rules import days, whole_plan
from sendbook.kinds.accessibility_plan.rules.what_to_do import WHAT_TO_DO

RULES = RuleBook(
    documents=(*whole_plan.RULES, *days.RULES),
    published={ACCESSIBILITY_PLAN: PUBLIC_PARTS},
    what_to_do=WHAT_TO_DO,
    own_words=whole_plan.DATES,
)
