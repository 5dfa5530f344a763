"""Proves that a bundle is as its last publication left it, before a build goes on from it.

A build passes over whatever it finds unchanged: who is in whose scope, the shells, what it remembered. So all of that
is sealed at the end of each publication, and proved before the next. The pages themselves are not: the bundle is the
site, and somebody who can write to it with the gate's own rights can change what is served.

The seal is made of one digest for each group of rows. While a bundle stays open, SQLite tells which groups a
publication touches, and the digests of all others are still right: a save costs no more in a large school.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from sendbook.seals import Seals

_SEALED = "sealed"
#: So many that a drawer of a large school's bundle holds some forty groups.
_DRAWERS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table that decides what a build does: its columns and rows that count, and the column it is grouped by."""

    name: str
    columns: str
    group: str
    where: str = "1"

    def rows(self, connection: sqlite3.Connection, group: str | None = None) -> list[tuple[object, ...]]:
        """All rows that count, or those of a group; each begins with its group."""
        of_group, named = ("", ()) if group is None else (f" AND {self.group} = ?", (group,))
        query = f"SELECT {self.group}, {self.columns} FROM {self.name} WHERE {self.where}{of_group}"  # noqa: S608
        return connection.execute(query, named).fetchall()


_ALL = "'all'"
_TABLES = {
    table.name: table
    for table in (
        _Table(name="meta", columns="key, value", group=_ALL, where="key NOT IN ('sealed', 'to_be_rewritten')"),
        _Table(name="scope", columns="reader, projection, until, because", group="subject"),
        _Table(name="reader", columns="*", group="id"),
        _Table(name="shell", columns="edition, digest, marks", group=_ALL),
        _Table(name="sqlite_schema", columns="type, name, tbl_name, sql", group=_ALL),  # a trigger would write as we do
        _Table(name="memory", columns="key, seal", group="unit"),  # each row has a seal of its own
    )
}
#: What happens to a row, and which version of it names its group.
_CHANGES = (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "OLD"), ("UPDATE", "NEW"))
_EMPTY = "SELECT 1 FROM scope UNION ALL SELECT 1 FROM reader UNION ALL SELECT 1 FROM memory LIMIT 1"


class _Sealed:
    """Holds the digests of all groups, in drawers: where one group is touched, one drawer is sealed anew."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals
        self._drawers: list[dict[tuple[str, str], bytes]] = [{} for _ in range(_DRAWERS)]
        self._sealed: list[bytes | None] = [None] * _DRAWERS

    def put(self, group: tuple[str, str], digest: bytes | None) -> None:
        """Keeps the digest of a group; with None the group has no rows any more."""
        number = crc32("\0".join(group).encode("utf-8", "surrogatepass")) % _DRAWERS
        self._sealed[number] = None
        if digest is None:
            self._drawers[number].pop(group, None)
        else:
            self._drawers[number][group] = digest

    def seal(self) -> str:
        """Returns the seal of all groups."""
        for number, sealed in enumerate(self._sealed):
            if sealed is None:
                said = repr(sorted(self._drawers[number].items()))
                self._sealed[number] = self._seals.of("drawer", str(number), said)
        return self._seals.of("bundle", repr(self._sealed)).hex()


class Proof:
    """Seals and proves one open bundle."""

    def __init__(self, connection: sqlite3.Connection, seals: Seals) -> None:
        self._sql = connection
        self._seals = seals
        self._digests = _Sealed(seals)
        self._touched: set[tuple[str, str]] = set()

    def watch(self) -> None:
        """Has SQLite note each group that a statement of this connection changes."""
        # They are gone once temporary things have been kept elsewhere, as they are while the file is rewritten.
        if self._sql.execute("SELECT 1 FROM sqlite_temp_schema").fetchone() is not None:
            return
        self._sql.create_function("noted", 2, lambda table, group: self._touched.add((table, group)))
        self._sql.execute("PRAGMA recursive_triggers = on")  # a row that is replaced is a row that is deleted
        for table in _TABLES.values():
            if table.name == "sqlite_schema":  # nothing of ours writes there, and it can't be watched
                continue
            for number, (event, row) in enumerate(_CHANGES):
                group = table.group if table.group == _ALL else f"{row}.{table.group}"
                self._sql.execute(
                    f"CREATE TEMP TRIGGER noted_{table.name}_{number} AFTER {event} ON main.{table.name}"
                    f" BEGIN SELECT noted('{table.name}', {group}); END"
                )

    def touched(self, table: str) -> frozenset[str]:
        """Returns the groups of a table that were changed since the last seal."""
        return frozenset(group for name, group in self._touched if name == table)

    def is_as_left(self) -> bool:
        """Whether the bundle bears the seal of what it holds; all of it is read.

        One that nothing was published to needs none.
        """
        self._digests = _Sealed(self._seals)
        self._touched.clear()
        for table in _TABLES.values():
            groups: dict[str, list[tuple[object, ...]]] = {}
            for row in table.rows(self._sql):
                groups.setdefault(str(row[0]), []).append(row)
            for group, rows in groups.items():
                self._digests.put((table.name, group), self._digest(table, rows))
        said = self._said()
        if said is None:
            return self._sql.execute(_EMPTY).fetchone() is None
        return said == self._digests.seal()

    def seal(self) -> None:
        """Seals the bundle as it is now: groups that were touched are read again."""
        for name, group in self._touched:
            rows = _TABLES[name].rows(self._sql, group)
            self._digests.put((name, group), self._digest(_TABLES[name], rows) if rows else None)
        self._touched.clear()
        made = self._digests.seal()
        if self._said() != made:
            self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SEALED, made))

    def unseal(self) -> None:
        """Leaves the bundle without a seal: what was found in it is not ours to vouch for."""
        self._sql.execute("DELETE FROM meta WHERE key = ?", (_SEALED,))

    def _digest(self, table: _Table, rows: Iterable[tuple[object, ...]]) -> bytes:
        return self._seals.of("group", table.name, "".join(sorted(map(repr, rows))))

    def _said(self) -> str | None:
        row = self._sql.execute("SELECT value FROM meta WHERE key = ?", (_SEALED,)).fetchone()
        return None if row is None else str(row[0])
