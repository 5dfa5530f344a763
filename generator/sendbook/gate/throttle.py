"""Slows down guessing without letting an outsider shut somebody out.

Failed tries are counted by account and by address, and each further one costs a longer wait, up to half a minute
for an account and a minute for an address (a whole school may share one). A browser the account has signed in
with before is counted apart: whoever hammers on an account from elsewhere does not slow down its owner.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures are free, and the longest wait after that (seconds)."""

    free: int
    longest: float


ACCOUNT = Limit(3, 30.0)
ADDRESS = Limit(10, 60.0)
KNOWN_BROWSER = Limit(5, 300.0)
#: After this long without a try the count begins anew.
_FORGOTTEN_AFTER = 60 * 60.0


class Throttle:
    """The counts in the gate's database, by names that say nothing without the gate's key."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def wait(self, keys: Iterable[tuple[bytes, Limit]], now: float) -> float:
        """Seconds until the next try is looked at; 0 if it is now."""
        return max(0.0, *(self._row(key, now)[1] - now for key, _ in keys))

    def count(self, keys: Iterable[tuple[bytes, Limit]], now: float) -> None:
        """Count a try as failed. It is counted before the password is checked, or many at once would all be free."""
        for key, limit in keys:
            failures = self._row(key, now)[0] + 1
            over = failures - limit.free
            delay = 0.0 if over < 0 else min(limit.longest, 2.0 ** min(over, 20))
            self._sql.execute("INSERT OR REPLACE INTO throttle VALUES (?, ?, ?, ?)", (key, failures, now, now + delay))
        self._sql.execute("DELETE FROM throttle WHERE last < ?", (now - _FORGOTTEN_AFTER,))

    def forgive(self, key: bytes) -> None:
        """Forget an account's failures: the password was right."""
        self._sql.execute("DELETE FROM throttle WHERE key = ?", (key,))

    def uncount(self, key: bytes) -> None:
        """Take back the one try that was right, and no more: an address is shared with whoever guesses from it."""
        self._sql.execute("UPDATE throttle SET failures = failures - 1, until = last WHERE key = ?", (key,))

    def _row(self, key: bytes, now: float) -> tuple[int, float]:
        row = self._sql.execute("SELECT failures, until, last FROM throttle WHERE key = ?", (key,)).fetchone()
        if row is None or row[2] < now - _FORGOTTEN_AFTER:
            return 0, now
        return int(row[0]), float(row[1])
