"""Finds the plan among a student's records, and the days in it that others rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.kinds.plan import PLAN
from sendbook.pages.reading import Reading


def plan_of(reading: Reading) -> Mapping[str, Any]:
    """The plan in force, or on pages about the next plan that one; empty for readers who see none."""
    return reading.one(PLAN)


def ends_of_provision(plan: Mapping[str, Any]) -> Iterator[str]:
    """The last day of each line of provision that has one."""
    yield from (line["end"] for line in plan.get("provision", ()) if "end" in line)
