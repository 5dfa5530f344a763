"""Turns the places a rule names into findings, with the line and column where each stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sendbook.campus.records import Record
from sendbook.checks.finding import Finding, PageSpot, Severity
from sendbook.checks.rules.rule import Rule, Spot
from sendbook.checks.shape import Positions, finding_at

Where = Callable[[Record], Positions]


def finding_of(rule: Rule[Any], spot: Spot | PageSpot, where: Where, setting: str | None = None) -> Finding:
    """The finding of a rule at a spot, with the weight it has for a school of this kind where that is asked."""
    source = rule.citation if setting is None else rule.cited_in(setting)
    severity = rule.severity if setting is None else rule.severity_in(setting)
    if isinstance(spot, PageSpot):
        return Finding(
            code=rule.id,
            severity=severity,
            path=spot.path,
            message=spot.message,
            remedy=spot.remedy,
            line=spot.line,
            column=spot.column,
            pointer=spot.pointer,
            found=spot.found,
            hint=spot.hint,
            source=source,
            parts=rule.parts,
        )
    return finding_at(
        spot.record,
        where(spot.record),
        spot.pointer,
        code=rule.id,
        message=spot.message,
        remedy=spot.remedy,
        found=spot.found,
        hint=spot.hint,
        severity=Severity.WARNING if spot.in_time else severity,
        source=source,
        parts=rule.parts,
        seen=spot.seen,
        text=spot.text,
    )
