"""Why a public edition without a mistake is still not put before everybody: a reason a person can read, or none.

The private site is built meanwhile: those who work with it know what is still missing, and the public does not.
"""

from __future__ import annotations

from collections.abc import Iterable

from sendbook.campus.words import listed
from sendbook.checks.catalogue import ITEMS
from sendbook.checks.finding import Finding

_MUST = {item.id for item in ITEMS if item.must}


def lacking(findings: Iterable[Finding]) -> str:
    """That the SEN information report lacks a passage, also for a school whose own policy alone asks for it."""
    items = sorted({finding.code for finding in findings} & _MUST)
    if not items:
        return ""
    return (
        f"The SEN information report says nothing yet on {listed(items)}: write it before everybody reads the report."
    )
