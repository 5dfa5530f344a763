"""Which codes a waiver can have an effect on: those of which some finding is a warning, and a few errors.

What each code's findings weigh is known where its rule or its meaning is; this puts the two together.
"""

from __future__ import annotations

from typing import Any

from sendbook.checks.explain import OURS, Catalogue
from sendbook.checks.finding import Severity
from sendbook.checks.meanings import ASKS
from sendbook.checks.rules import DOCUMENT_RULES
from sendbook.checks.rules.rule import Rule
from sendbook.checks.waivers import NEVER_WAIVED, WAIVED_ERRORS

_OF_DOCUMENTS = frozenset(rule.id for rule in DOCUMENT_RULES)


def can_be_waived(code: str, setting: str, catalogue: Catalogue = OURS) -> bool | None:
    """Whether a waiver of this code, however it is spelled, can have an effect in a school of this kind; None if no
    finding can have the code.
    """
    entry = catalogue.entry_of(code)
    if entry is None:
        return None
    if _code(entry) in NEVER_WAIVED:
        return False
    return _code(entry) in WAIVED_ERRORS or (_warns(entry, setting) if isinstance(entry, Rule) else entry.code in ASKS)


def _code(entry: Any) -> str:
    return str(entry.id if isinstance(entry, Rule) else entry.code)


def _warns(rule: Rule[Any], setting: str) -> bool:
    """Whether some of what a rule finds is a warning. What a school follows by choice is asked of documents alone."""
    severity = rule.severity_in(setting) if rule.id in _OF_DOCUMENTS else rule.severity
    return rule.in_time or severity is not Severity.ERROR
