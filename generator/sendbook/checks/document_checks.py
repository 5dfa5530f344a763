"""Asks every rule about the documents the law or a policy asks for."""

from __future__ import annotations

from collections.abc import Iterable

from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import Finding, in_order
from sendbook.checks.rules.rule import Rule
from sendbook.checks.runner import NOT_TO_BE_ASKED
from sendbook.checks.spots import Where, finding_of


def check_documents(
    case: DocumentCase, where: Where, rules: Iterable[Rule[DocumentCase]], *, sure: bool = True
) -> tuple[Finding, ...]:
    """All findings in the documents of a campus; each says what its source is to a school of this kind.

    Where a page or a record is not ``sure`` to be right, a rule that can't be asked of it says nothing.
    """
    found: list[Finding] = []
    for rule in rules:
        if not rule.in_force_on(case.on):
            continue
        try:
            found.extend(finding_of(rule, spot, where, case.setting) for spot in rule.test(case))
        except NOT_TO_BE_ASKED:
            if sure:
                raise  # rules may trust sound pages and records: this is a fault of ours
    return in_order(found)
