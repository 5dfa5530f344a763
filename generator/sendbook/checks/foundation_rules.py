"""Puts together the rules that belong to no single kind of record: about access, texts, losses and documents.

Those that count days, as for the next review of a document, are in `deadlines`.
"""

from __future__ import annotations

from sendbook.checks.loss import FolderLoss, MergeLoss, PageLoss, RecordLoss
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules import (
    access_rules,
    campus_rules,
    document_numbers,
    document_rules,
    document_times,
    empty_passages,
    kind_of_school,
    loss_rules,
    old_law,
    other_school,
    own_addresses,
    said_twice,
    schema_rules,
    send_information_report,
    sentence_rules,
    small_numbers,
    text_rules,
    withdrawn_rules,
)
from sendbook.checks.what_to_do import WHAT_TO_DO

FOUNDATION_RULES = RuleBook(
    student=(
        *access_rules.RULES,
        *sentence_rules.RULES,
    ),
    shared=(
        *schema_rules.RULES,
        *access_rules.SHARED_RULES,
        *withdrawn_rules.RULES,
        *campus_rules.RULES,
        *sentence_rules.SHARED_RULES,
    ),
    texts=text_rules.RULES,
    own_files=schema_rules.SINCE,
    losses={
        RecordLoss: loss_rules.RECORD_RULES,
        FolderLoss: loss_rules.FOLDER_RULES,
        PageLoss: loss_rules.PAGE_RULES,
        MergeLoss: loss_rules.MERGE_RULES,
    },
    documents=(
        *send_information_report.RULES,
        *document_rules.RULES,
        *old_law.RULES,
        *other_school.RULES,
        *own_addresses.RULES,
        *kind_of_school.RULES,
        *said_twice.RULES,
        *document_numbers.RULES,
        *small_numbers.RULES,
        *document_times.RULES,
        *empty_passages.RULES,
    ),
    what_to_do=WHAT_TO_DO,
)
