"""One state of the databases for all requests that came in together.

Each question asked by itself takes SQLite's locks and gives them back, which costs as much as the answer. So the
first look-up in a turn of the event loop begins a read transaction, and the others of that turn share it. Nobody is
answered from a state older than their request: a request served in a turn was heard before it began, and one that is
heard later is served after the transaction has ended, as tasks take their turns in the order they were made in.
"""

import asyncio
import sqlite3


class Snapshot:
    """Read transactions that end with the turn they began in."""

    def __init__(self) -> None:
        self._held: tuple[sqlite3.Connection, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether a look-up of this turn has begun it already."""
        return bool(self._held)

    def hold(self, *connections: sqlite3.Connection) -> None:
        """Read these as they are at the first question, until this turn of the loop is over."""
        self._held = connections
        asyncio.get_running_loop().call_soon(self.release)  # first, so that it comes whatever goes wrong
        for connection in connections:
            connection.execute("BEGIN")

    def release(self) -> None:
        """Read them as they are from now on; again does no harm."""
        held, self._held = self._held, ()
        for connection in held:
            if connection.in_transaction:
                connection.execute("COMMIT")
