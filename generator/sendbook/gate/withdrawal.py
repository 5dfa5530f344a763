"""Withdrawing access in a minute: rows of the bundle and sessions of the gate, while the gate goes on running."""

from contextlib import closing

from sendbook.bundle import revoke
from sendbook.gate.private_files import open_database
from sendbook.gate.sessions import Sessions
from sendbook.gate.settings import Settings


def withdraw(settings: Settings, reader: str, subject: str | None = None) -> int:
    """Withdraw one student from a reader, or the reader altogether; it bites at their next request.

    A reader withdrawn altogether is signed out everywhere; answers in how many browsers they were.
    """
    revoke(settings.bundle, reader, subject)
    if subject is not None:
        return 0
    with closing(open_database(settings.database)) as connection:
        return Sessions(connection, connection, idle=settings.idle, absolute=settings.absolute).end_all(reader)
