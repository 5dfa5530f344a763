"""Binds all rules into one book: those of the foundation, about deadlines, and of each kind of record."""

from __future__ import annotations

from sendbook.checks.foundation_rules import FOUNDATION_RULES
from sendbook.checks.rule_book import RuleBook, bound
from sendbook.deadlines.rules import DEADLINE_RULES
from sendbook.kinds.all_kinds import ALL_KINDS

_OVER = RuleBook(end_with_support=frozenset(kind.name for kind in ALL_KINDS if kind.ends_with_support))
RULE_BOOK = bound([FOUNDATION_RULES, DEADLINE_RULES, _OVER, *(kind.rules for kind in ALL_KINDS)])
