"""Asks every rule about the documents the law or a policy asks for."""

from __future__ import annotations

from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import Finding, in_order
from sendbook.checks.rules import DOCUMENT_RULES
from sendbook.checks.spots import Where, finding_of


def check_documents(case: DocumentCase, where: Where) -> tuple[Finding, ...]:
    """All findings in the documents of a campus; each says what its source is to a school of this kind."""
    return in_order(
        finding_of(rule, spot, where, case.setting)
        for rule in DOCUMENT_RULES
        if rule.in_force_on(case.on)
        for spot in rule.test(case)
    )
