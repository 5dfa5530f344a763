"""Puts together the rules about plans, their targets, their provision and their changes."""

from __future__ import annotations

from sendbook.checks.rule_book import RuleBook
from sendbook.kinds import voice_rules
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.rules import changes, goal_in_words, in_time, outcomes, plans, provision, targets
from sendbook.kinds.plan.rules.what_to_do import WHAT_TO_DO

RULES = RuleBook(
    student=(
        *targets.RULES,
        *goal_in_words.RULES,
        *outcomes.RULES,
        *plans.RULES,
        *provision.RULES,
        *in_time.RULES,
        *voice_rules.RULES,
    ),
    changes={PLAN: changes.RULES},
    own_words=in_time.DATES,
    what_to_do=WHAT_TO_DO,
)
