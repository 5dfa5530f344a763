"""Withdrawing access in a minute: rows of the bundle and sessions of the gate, while the gate goes on running."""

from contextlib import closing

from sendbook.bundle import revoke
from sendbook.gate.private_files import open_database
from sendbook.gate.sessions import Sessions
from sendbook.gate.settings import Settings


def withdraw(settings: Settings, reader: str, subject: str | None = None) -> None:
    """Withdraw one student from a reader, or the reader altogether; it bites at their next request."""
    revoke(settings.bundle, reader, subject)


def sign_out(settings: Settings, reader: str) -> int:
    """Sign a reader out everywhere; answers in how many browsers they were."""
    with closing(open_database(settings.database)) as connection:
        return Sessions(connection, connection, idle=settings.idle, absolute=settings.absolute).end_all(reader)
