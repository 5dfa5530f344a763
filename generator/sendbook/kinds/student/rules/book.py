"""Puts together the rules about the student's own record."""

from __future__ import annotations

from sendbook.checks.rule_book import RuleBook
from sendbook.kinds.student.rules import accounts, emergencies, status_and_rights, year_groups
from sendbook.kinds.student.rules.what_to_do import WHAT_TO_DO

RULES = RuleBook(
    student=(
        *status_and_rights.RULES,
        *year_groups.RULES,
        *emergencies.RULES,
        *accounts.RULES,
    ),
    shared=emergencies.SHARED_RULES,
    what_to_do=WHAT_TO_DO,
)
