"""Which codes a waiver can have an effect on: those of which some finding is a warning, and a few errors.

What each code's findings weigh is known where its rule or its meaning is; this puts the two together.
"""

from __future__ import annotations

from typing import Any

from sendbook.checks.explain import code_of, entry_of
from sendbook.checks.finding import Severity
from sendbook.checks.meanings import ASKS
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import Rule
from sendbook.checks.waivers import NEVER_WAIVED, WAIVED_ERRORS


def can_be_waived(code: str, setting: str, rules: RuleBook) -> bool | None:
    """Whether a waiver of this code, however it is spelled, can have an effect in a school of this kind; None if no
    finding can have the code.
    """
    entry = entry_of(code, rules)
    if entry is None:
        return None
    if code_of(entry) in NEVER_WAIVED:
        return False
    if code_of(entry) in WAIVED_ERRORS:
        return True
    return _warns(entry, setting, rules) if isinstance(entry, Rule) else entry.code in ASKS


def _warns(rule: Rule[Any], setting: str, rules: RuleBook) -> bool:
    """Whether some of what a rule finds is a warning. What a school follows by choice is asked of documents alone."""
    severity = rule.severity_in(setting) if rule.id in rules.of_documents else rule.severity
    return rule.in_time or severity is not Severity.ERROR
