"""A record before and after: what the rules about changes are handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.campus.records import Record

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """An agreed record, and what has become of it.

    ``before`` is the record as it was on the day ``since``, ``between`` the versions on the way, the oldest first,
    ``after`` the record as it is (None: it is there no longer). ``records`` are the student's as they are. An earlier
    version may lack what today's schema asks for.
    """

    before: Record
    between: tuple[Record, ...]
    after: Record | None
    records: tuple[Record, ...]
    since: date
    on: date

    @property
    def now(self) -> Data:
        """The record as it is."""
        return self.after.data if self.after is not None else {}

    def entries(self, name: str) -> dict[str, Data]:
        """The entries of a list of the record as it was, by id."""
        return by_id(self.before.data, name)

    def ever(self, name: str) -> frozenset[str]:
        """The ids of entries of a list that the record had in any version in which it was agreed."""
        agreed = (one for one in (self.before, *self.between) if one.data.get("state") == "agreed")
        return frozenset(identity for one in agreed for identity in by_id(one.data, name))

    def last_seen(self, name: str, identity: str) -> tuple[Data, Data]:
        """The last version of the record that held an entry, and the entry in it."""
        for record in (*reversed(self.between), self.before):
            entry = by_id(record.data, name).get(identity)
            if entry is not None:
                return record.data, entry
        return self.before.data, {}


def by_id(data: Data, name: str) -> dict[str, Data]:
    """The entries of a list by id."""
    return {str(entry["id"]): entry for entry in data.get(name, ()) if "id" in entry}
