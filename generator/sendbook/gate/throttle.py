"""Slows down guessing without letting an outsider shut somebody out.

Failed tries are counted by account *and* place, so that somebody who guesses at an account from elsewhere makes only
himself wait, and by place alone, which slows down one password tried on many accounts. Many places that guess at one
account together are slowed down too, but only after far more tries than one place can make. A person with a proof (a
browser the account has signed in with, an invitation) is counted apart from all of these.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures are free, the longest wait after that (seconds), and how many are forgotten in an hour."""

    free: int
    longest: float
    fades: int = 0


#: One account from one place.
PAIR = Limit(3, 120.0)
#: All accounts from one place.
ADDRESS = Limit(10, 60.0)
#: One account from everywhere.
ACCOUNT = Limit(200, 30.0, fades=200)
#: One account, while the visitors of a proxy can't be told apart.
SHARED_PAIR = Limit(30, 30.0, fades=30)
#: All accounts, while the visitors of a proxy can't be told apart.
EVERYBODY = Limit(200, 30.0, fades=200)
#: One account with a proof.
PROVEN = Limit(5, 300.0)
#: One place adds at most so much to the count of an account from everywhere.
MOST_OF_ONE_PLACE = 10
#: After this long without a try the count begins anew.
_FORGOTTEN_AFTER = 60 * 60.0

Counted = tuple[bytes, Limit]


class Throttle:
    """The counts in the gate's database, by names that say nothing without the gate's key."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def wait(self, keys: Iterable[Counted], now: float) -> float:
        """Seconds until the next try is looked at; 0 if it is now. Never more than the longest of the limits."""
        return max(0.0, *(min(limit.longest, self._row(key, limit, now)[1] - now) for key, limit in keys))

    def failures(self, key: Counted, now: float) -> float:
        """How many failures stand against a key."""
        return self._row(*key, now)[0]

    def count(self, keys: Iterable[Counted], now: float) -> None:
        """Count a try as failed. It is counted before the password is checked, or many at once would all be free."""
        for key, limit in keys:
            failures = self._row(key, limit, now)[0] + 1
            over = int(failures) - limit.free
            delay = 0.0 if over < 0 else min(limit.longest, 2.0 ** min(over, 20))
            self._sql.execute("INSERT OR REPLACE INTO throttle VALUES (?, ?, ?, ?)", (key, failures, now, now + delay))
        self._sql.execute("DELETE FROM throttle WHERE last < ?", (now - _FORGOTTEN_AFTER,))

    def forgive(self, key: bytes) -> None:
        """Forget the failures: the password was right."""
        self._sql.execute("DELETE FROM throttle WHERE key = ?", (key,))

    def uncount(self, key: bytes) -> None:
        """Take back the one try that was right, and no more: others may guess from the same place."""
        self._sql.execute("UPDATE throttle SET failures = max(0, failures - 1), until = last WHERE key = ?", (key,))

    def _row(self, key: bytes, limit: Limit, now: float) -> tuple[float, float]:
        """Failures that count, and until when to wait."""
        row = self._sql.execute("SELECT failures, until, last FROM throttle WHERE key = ?", (key,)).fetchone()
        if row is None or row[2] < now - _FORGOTTEN_AFTER:
            return 0, now
        failures, until, last = row
        if last > now:
            # The clock was put back since: the wait that was left then is what is left now, and is written down so,
            # or it would not grow shorter until the clock has caught up.
            until, last = now + until - last, now
            self._sql.execute("UPDATE throttle SET until = ?, last = ? WHERE key = ?", (until, last, key))
        faded = limit.fades * (now - last) / _FORGOTTEN_AFTER
        return max(0.0, failures - faded), until
