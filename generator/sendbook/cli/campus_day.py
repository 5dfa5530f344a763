"""Which day it is on campus: the machine's, or always the one that was asked for."""

from __future__ import annotations

from datetime import date

from sendbook.gate.clock import SystemClock


class CampusDay(SystemClock):
    """The machine's clock on a campus where it is always one day: for looking at a campus as it was, or will be."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day

    def today(self) -> date:
        """The day the site was built for."""
        return self._day


def clock_of(day: str) -> SystemClock:
    """The clock on a campus where it is always this day; the machine's for an empty one."""
    return CampusDay(date.fromisoformat(day)) if day else SystemClock()
