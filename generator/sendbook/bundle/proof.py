"""Proves that a bundle is as its last publication left it, before a build goes on from it.

A build passes over whatever it finds unchanged: who is in whose scope, the shells, what it remembered. So all of that
is sealed at the end of each publication, and proved before the next. The pages themselves are not: the bundle is the
site, and somebody who can write to it with the gate's own rights can change what is served.
"""

import sqlite3

from sendbook.seals import Seals

_SEALED = "sealed"
# In the order of their keys, so that the same rows give the same seal; of what builds remember, each row's own seal.
_DECIDING = (
    "SELECT key, value FROM meta WHERE key NOT IN ('sealed', 'to_be_rewritten') ORDER BY key",
    "SELECT reader, subject, projection, until, because FROM scope ORDER BY reader, subject",
    "SELECT * FROM reader ORDER BY id",
    "SELECT edition, digest, marks FROM shell ORDER BY edition",
    "SELECT unit, key, seal FROM memory",
)
_EMPTY = "SELECT 1 FROM scope UNION ALL SELECT 1 FROM reader UNION ALL SELECT 1 FROM memory LIMIT 1"


def is_as_left(connection: sqlite3.Connection, seals: Seals) -> bool:
    """Whether the bundle bears the seal of what it holds. One that nothing was published to needs none."""
    said = _said(connection)
    if said is None:
        return connection.execute(_EMPTY).fetchone() is None
    return said == _seal(connection, seals)


def seal(connection: sqlite3.Connection, seals: Seals) -> None:
    """Seals the bundle as it is now."""
    made = _seal(connection, seals)
    if _said(connection) != made:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SEALED, made))


def unseal(connection: sqlite3.Connection) -> None:
    """Leaves the bundle without a seal: what was found in it is not ours to vouch for."""
    connection.execute("DELETE FROM meta WHERE key = ?", (_SEALED,))


def _said(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_SEALED,)).fetchone()
    return None if row is None else str(row[0])


def _seal(connection: sqlite3.Connection, seals: Seals) -> str:
    *tables, memory = [connection.execute(query).fetchall() for query in _DECIDING]
    return seals.of("bundle", *(repr(rows) for rows in tables), repr(sorted(memory, key=lambda row: row[:2]))).hex()
