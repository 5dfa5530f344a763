"""The only place of the gate that asks what time it is; everything else is handed a clock."""

import time
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What time it is, and what day it is on campus."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""

    def today(self) -> date:
        """The campus's date: access ends with its day, not with Greenwich's."""


class SystemClock:
    """The machine's clock, read in the campus's time zone."""

    def __init__(self, zone: str = "Europe/London") -> None:
        self._zone = ZoneInfo(zone)

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def today(self) -> date:
        """Today on campus."""
        return datetime.now(self._zone).date()
