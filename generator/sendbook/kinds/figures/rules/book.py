"""Puts together the rules about released figures."""

from __future__ import annotations

from sendbook.checks.rule_book import RuleBook
from sendbook.kinds.figures.rules import releases
from sendbook.kinds.figures.rules.what_to_do import WHAT_TO_DO

RULES = RuleBook(
    shared=releases.RULES,
    what_to_do=WHAT_TO_DO,
)
