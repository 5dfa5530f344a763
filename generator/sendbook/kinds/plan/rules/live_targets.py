"""Finds the targets of a plan that are being worked on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sendbook.checks.case import Data, date_of


def live(targets: Sequence[Data], on: date) -> list[Data]:
    """Short targets that are being worked on: started, and without a result."""
    return [target for target in targets if "result" not in target and date_of(target["start"]) <= on]
