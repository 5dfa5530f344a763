"""Who is signed in. The browser holds a random token, the database only its hash; both ages are enforced here."""

import hashlib
import secrets
import sqlite3
from typing import NamedTuple

#: A session's last use is written down at most this often, so that a page view is not a write.
_NOTED_EVERY = 60.0


class Session(NamedTuple):
    """One signed-in browser; `key` is the hash of its token."""

    key: bytes
    reader: str
    email: str
    started: float
    seen: float


class Sessions:
    """The sessions in the gate's database; `idle` and `absolute` in seconds.

    Looking for one goes through `reading`, which may be in the middle of a read transaction; what is written is
    committed at once.
    """

    def __init__(
        self, connection: sqlite3.Connection, reading: sqlite3.Connection, *, idle: int, absolute: int
    ) -> None:
        self._sql = connection
        self._reading = reading
        self._over: set[bytes] = set()  # ended, but perhaps still in the database: its disk may be full
        self._idle = idle
        self._absolute = absolute

    def start(self, reader: str, email: str, now: float) -> str:
        """A new session's token, never used before. Sessions that are over are swept out on the way."""
        ended = (now - self._idle - _NOTED_EVERY, now - self._absolute, now + _NOTED_EVERY)
        self._sql.execute("DELETE FROM session WHERE seen < ? OR started < ? OR seen > ?", ended)
        token = secrets.token_urlsafe(32)
        self._sql.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", (_key(token), reader, email, now, now))
        return token

    def find(self, token: str, now: float) -> Session | None:
        """The session of a token, if it is still alive; using it keeps it so, up to its absolute age."""
        key = _key(token)
        row = self._reading.execute(
            "SELECT token, reader, email, started, seen FROM session WHERE token = ?", (key,)
        ).fetchone()
        if row is None or key in self._over:
            return None
        session = Session._make(row)
        ahead = session.seen - now > _NOTED_EVERY  # the clock was put back since, so nobody knows how long ago it was
        if ahead or now >= session.started + self._absolute or now >= session.seen + self._idle:
            self.end(session)
            return None
        if now >= session.seen + min(_NOTED_EVERY, self._idle / 4):
            self._sql.execute("UPDATE session SET seen = ? WHERE token = ?", (now, session.key))
        return session

    def end(self, session: Session) -> None:
        """Sign one browser out. If that can't be written down it holds all the same, as long as the gate runs."""
        self._over.add(session.key)
        self._sql.execute("DELETE FROM session WHERE token = ?", (session.key,))
        self._over.discard(session.key)

    def end_all(self, reader: str) -> int:
        """Sign a reader out everywhere; answers in how many browsers they were."""
        return self._sql.execute("DELETE FROM session WHERE reader = ?", (reader,)).rowcount


def _key(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
