"""The accessibility plan as a record that is published with the handbook, and held back like a page of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sendbook.checks.finding import Finding, Severity
from sendbook.kinds.accessibility_plan import PLAN_RECORD

PLAN_PATH: Final = f"records/{PLAN_RECORD}.yml"
#: The parts that anybody reads, on the plan's page of the handbook.
PUBLIC_PARTS: Final = frozenset({"plan", "actions"})


def plan_is_wrong(findings: Iterable[Finding]) -> bool:
    """Whether the accessibility plan has an error."""
    return any(one.severity is Severity.ERROR and one.path == PLAN_PATH for one in findings)
