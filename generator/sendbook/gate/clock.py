"""The only place of the gate that asks what time it is; everything else is handed a clock."""

import logging
import time
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

_LOG = logging.getLogger("sendbook.gate")
#: Clocks drift and are put right by fractions of a second all the time; a step is more.
_STEP = 1.0
_SINCE_START = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
#: A day that comes back is not believed, so that what has ended stays ended. Further back than this, the clock had run
#: wrong before: then today is what it says now.
_DAYS_HELD = timedelta(days=2)


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

    def running(self) -> float:
        """Seconds since the machine started, asleep or not; nobody can put this clock back."""
        return time.clock_gettime(_SINCE_START)


class SteadyClock:
    """A clock for waits, sessions and last days: when the machine's is put back, its time goes on all the same.

    `wall` is the machine's own time, for the access log. Forward steps are followed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._running = clock.running if isinstance(clock, SystemClock) else None
        self._last = clock.now()
        self._ahead = self._last - self._running() if self._running is not None else 0.0
        self._told = 0.0
        self._day = clock.today()

    def wall(self) -> float:
        """The machine's time."""
        return self._clock.now()

    def now(self) -> float:
        """Seconds since 1970 that never go back while the gate runs."""
        wall = self._clock.now()
        if self._running is None:
            self._ahead = max(self._ahead, self._last - wall)
            self._last = wall + self._ahead
            return self._last
        ran = self._running()
        ahead = wall - ran
        if ahead > self._ahead:
            self._ahead = ahead
        elif self._ahead - ahead > self._told + _STEP:
            self._told = self._ahead - ahead
            _LOG.warning("the machine's clock was put back; waits and sessions are not made longer by it")
        return ran + self._ahead

    def today(self) -> date:
        """Today on campus; not an earlier day than before."""
        day = self._clock.today()
        if not self._day - _DAYS_HELD <= day < self._day:
            self._day = day
        return self._day
