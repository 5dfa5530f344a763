"""The rules about students and the campus, one module a subject, each rule a function with its facts next to it."""

from collections.abc import Mapping
from typing import Any

from sendbook.checks.case import Case
from sendbook.checks.change import Change
from sendbook.checks.documents import DocumentCase
from sendbook.checks.loss import FolderLoss, MergeLoss, PageLoss, RecordLoss
from sendbook.checks.rules import (
    access_rules,
    accessibility_plan,
    account_rules,
    campus_rules,
    change_rules,
    document_days,
    document_numbers,
    document_rules,
    document_times,
    emergency_rules,
    empty_passages,
    figure_rules,
    goal_in_words,
    kind_of_school,
    loss_rules,
    meeting_rules,
    old_law,
    other_school,
    outcome_rules,
    own_addresses,
    plan_rules,
    provision_rules,
    said_twice,
    schema_rules,
    send_information_report,
    sentence_rules,
    small_numbers,
    student_rules,
    target_rules,
    text_rules,
    waiver_rules,
    withdrawn_rules,
    year_group_rules,
)
from sendbook.checks.rules.rule import Rule, Spot
from sendbook.checks.rules.schema_rules import GroundChange
from sendbook.checks.rules.text_rules import TextCase

STUDENT_RULES: tuple[Rule[Case], ...] = (
    *target_rules.RULES,
    *goal_in_words.RULES,
    *outcome_rules.RULES,
    *plan_rules.RULES,
    *provision_rules.RULES,
    *meeting_rules.RULES,
    *student_rules.RULES,
    *year_group_rules.RULES,
    *access_rules.RULES,
    *emergency_rules.RULES,
    *account_rules.RULES,
    *sentence_rules.RULES,
)

#: Rules about records that belong to no student; their case has none.
SHARED_RULES: tuple[Rule[Case], ...] = (
    *schema_rules.RULES,
    *access_rules.SHARED_RULES,
    *figure_rules.RULES,
    *withdrawn_rules.RULES,
    *waiver_rules.RULES,
    *campus_rules.RULES,
    *sentence_rules.SHARED_RULES,
    *emergency_rules.SHARED_RULES,
)

#: Asked of the texts that families and students read.
TEXT_RULES: tuple[Rule[TextCase], ...] = text_rules.RULES

#: Asked of plans that changed since an earlier version, with ``sendbook check --since``.
CHANGE_RULES: tuple[Rule[Change], ...] = change_rules.RULES

#: Asked of what is gone since an earlier version, by what it is.
LOSS_RULES: Mapping[type, tuple[Rule[Any], ...]] = {
    RecordLoss: loss_rules.RECORD_RULES,
    FolderLoss: loss_rules.FOLDER_RULES,
    PageLoss: loss_rules.PAGE_RULES,
    MergeLoss: loss_rules.MERGE_RULES,
}

#: Asked of the campus's schemas and templates as they were and as they are, with ``sendbook check --since``.
GROUND_RULES: tuple[Rule[GroundChange], ...] = schema_rules.SINCE

#: Asked of the documents that the law or a policy asks for.
DOCUMENT_RULES: tuple[Rule[DocumentCase], ...] = (
    *send_information_report.RULES,
    *accessibility_plan.RULES,
    *document_rules.RULES,
    *old_law.RULES,
    *other_school.RULES,
    *own_addresses.RULES,
    *kind_of_school.RULES,
    *said_twice.RULES,
    *document_numbers.RULES,
    *small_numbers.RULES,
    *document_times.RULES,
    *document_days.RULES,
    *empty_passages.RULES,
)


def _of_losses() -> list[Rule[Any]]:
    return sorted((rule for rules in LOSS_RULES.values() for rule in rules), key=lambda rule: rule.id)


#: Every rule there is, whatever it is asked of.
RULES: tuple[Rule[Any], ...] = (
    *STUDENT_RULES,
    *SHARED_RULES,
    *TEXT_RULES,
    *CHANGE_RULES,
    *_of_losses(),
    *GROUND_RULES,
    *DOCUMENT_RULES,
)

__all__ = [
    "CHANGE_RULES",
    "DOCUMENT_RULES",
    "GROUND_RULES",
    "LOSS_RULES",
    "RULES",
    "SHARED_RULES",
    "STUDENT_RULES",
    "TEXT_RULES",
    "Rule",
    "Spot",
    "TextCase",
]
