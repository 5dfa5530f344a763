"""Local accounts: an e-mail address and a password that belong to one reader of the bundle.

For a small campus and the demonstration. Whether the reader may see anything is not decided here: an account of
somebody who has left the bundle opens nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sendbook.access.people import folded
from sendbook.bundle import PUBLIC
from sendbook.errors import ServeError
from sendbook.gate.passwords import LONGEST, SHORTEST, Passwords


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `hash` is never shown."""

    email: str
    reader: str
    hash: str
    demo: bool


class Accounts:
    """The accounts in the gate's database."""

    def __init__(self, connection: sqlite3.Connection, passwords: Passwords | None = None) -> None:
        self._sql = connection
        self.passwords = passwords or Passwords()

    def add(self, reader: str, email: str, password: str, *, demo: bool = False, only: bool = False) -> None:
        """Make an account, or give an existing one a new password, a new reader, and its access back; in one step.

        People signed in with the old password are signed out. `only` closes the reader's accounts under
        other addresses.
        """
        if reader == PUBLIC or not reader or "@" not in email:
            raise ServeError("An account needs a reader of the campus and an e-mail address.")
        if not SHORTEST <= len(password) <= LONGEST:
            raise ServeError(f"A password has at least {SHORTEST} characters; three words nobody would guess will do.")
        row = (folded(email), reader, self.passwords.hash(password), demo)
        with self._whole():
            if only:
                self._sql.execute("DELETE FROM session WHERE reader = ?", (reader,))
                self._sql.execute("DELETE FROM account WHERE reader = ?", (reader,))
            self._sql.execute("DELETE FROM session WHERE email = ?", (folded(email),))
            self._sql.execute("INSERT OR REPLACE INTO account (email, reader, hash, demo) VALUES (?, ?, ?, ?)", row)

    def close(self, reader: str) -> int:
        """Close every account of a reader and wipe what it leaves behind; answers how many there were."""
        closed = self.shut(reader)
        self.wipe()
        return closed

    def shut(self, reader: str) -> int:
        """Close every account of a reader, whatever address it was made with; answers how many there were."""
        with self._whole():
            self._sql.execute("DELETE FROM session WHERE reader = ?", (reader,))
            return self._sql.execute("DELETE FROM account WHERE reader = ?", (reader,)).rowcount

    def wipe(self) -> None:
        """Have nothing of closed accounts in the file: the address of somebody who has left is nobody's business, and
        who they were stands, as an id, in the access log.

        SQLite overwrites what it deletes, but not what it left behind where it once moved a row.
        """
        self._sql.execute("VACUUM")
        self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of it or, if a step fails, none."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._sql.execute("COMMIT")
        finally:
            if self._sql.in_transaction:
                self._sql.execute("ROLLBACK")

    def find(self, email: str) -> Account | None:
        """The account of an address."""
        row = self._sql.execute(
            "SELECT email, reader, hash, demo FROM account WHERE email = ?", (folded(email),)
        ).fetchone()
        return None if row is None else Account(row[0], row[1], row[2], bool(row[3]))

    def verify(self, email: str, password: str) -> Account | None:
        """The account, if the password is its own. Every refusal costs the same."""
        account = self.find(email)
        return self.admit(account, password, self.is_right(account, password))

    def is_right(self, account: Account | None, password: str) -> bool:
        """Whether the password is the account's: the slow part, which touches no database and may run in a thread."""
        return self.passwords.check(account.hash if account else None, password)

    def admit(self, account: Account | None, password: str, right: bool) -> Account | None:
        """The account if it may sign in; a hash made at an older cost is renewed, now that the password is at hand."""
        if account is None or not right:
            return None
        if self.passwords.is_outdated(account.hash):
            keys = (self.passwords.hash(password), account.email)
            self._sql.execute("UPDATE account SET hash = ? WHERE email = ?", keys)
        return account

    def has_real(self) -> bool:
        """Whether any account is a person's own, which a demonstration would write over."""
        return self._sql.execute("SELECT 1 FROM account WHERE NOT demo LIMIT 1").fetchone() is not None

    def remove_demo(self) -> None:
        """Remove the demonstration's accounts and everybody signed in with them."""
        with self._whole():
            self._sql.execute("DELETE FROM session WHERE email IN (SELECT email FROM account WHERE demo)")
            self._sql.execute("DELETE FROM account WHERE demo")


def has_demo(connection: sqlite3.Connection) -> bool:
    """Whether any account is for demonstration: its password was shown on a screen."""
    return connection.execute("SELECT 1 FROM account WHERE demo LIMIT 1").fetchone() is not None
