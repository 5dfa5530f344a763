"""The rules about students and the campus, one module a subject, each rule a function with its facts beside it."""

from typing import Any

from sendbook.checks.case import Case
from sendbook.checks.change import Change
from sendbook.checks.documents import DocumentCase
from sendbook.checks.rules import (
    access_rules,
    accessibility_plan,
    campus_rules,
    change_rules,
    document_rules,
    figure_rules,
    meeting_rules,
    outcome_rules,
    plan_rules,
    send_information_report,
    student_rules,
    target_rules,
    withdrawn_rules,
)
from sendbook.checks.rules.rule import Rule, Spot

STUDENT_RULES: tuple[Rule[Case], ...] = (
    *target_rules.RULES,
    *outcome_rules.RULES,
    *plan_rules.RULES,
    *meeting_rules.RULES,
    *student_rules.RULES,
    *access_rules.RULES,
)

#: Rules about records that belong to no student; their case has none.
SHARED_RULES: tuple[Rule[Case], ...] = (*figure_rules.RULES, *withdrawn_rules.RULES, *campus_rules.RULES)

#: Asked of plans that changed since an earlier version, with ``sendbook check --since``.
CHANGE_RULES: tuple[Rule[Change], ...] = change_rules.RULES

#: Asked of the documents that the law or a policy asks for.
DOCUMENT_RULES: tuple[Rule[DocumentCase], ...] = (
    *send_information_report.RULES,
    *accessibility_plan.RULES,
    *document_rules.RULES,
)

#: Every rule there is, whatever it is asked of.
RULES: tuple[Rule[Any], ...] = (*STUDENT_RULES, *SHARED_RULES, *CHANGE_RULES, *DOCUMENT_RULES)

__all__ = ["CHANGE_RULES", "DOCUMENT_RULES", "RULES", "SHARED_RULES", "STUDENT_RULES", "Rule", "Spot"]
