"""Puts together the rules about meetings."""

from __future__ import annotations

from sendbook.checks.rule_book import RuleBook
from sendbook.kinds.meeting.rules import in_time, meetings
from sendbook.kinds.meeting.rules.what_to_do import WHAT_TO_DO

RULES = RuleBook(
    student=(*meetings.RULES, *in_time.RULES),
    own_words=in_time.DATES,
    what_to_do=WHAT_TO_DO,
)
