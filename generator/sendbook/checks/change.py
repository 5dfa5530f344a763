"""A plan before and after: what the rules about changes are handed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sendbook.campus.records import Record

Data = Mapping[str, Any]

# What a review found is acted on within about half a term; one that lies further back was about something else.
_ACTED_ON_WITHIN = timedelta(weeks=6)
_REVIEW_MEETINGS = frozenset({"parent_review", "annual_review", "team_around_the_child"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An agreed plan, and what has become of it.

    ``before`` is the plan as it was on the day ``since``, ``between`` the versions on the way, the oldest first,
    ``after`` the plan as it is (None: it is there no longer). ``meetings`` are the student's as they are. An earlier
    version may lack what today's schema asks for.
    """

    before: Record
    between: tuple[Record, ...]
    after: Record | None
    meetings: tuple[Record, ...]
    since: date
    on: date

    @property
    def now(self) -> Data:
        """The plan as it is."""
        return self.after.data if self.after is not None else {}

    def entries(self, name: str) -> dict[str, Data]:
        """The entries of a list of the plan as it was, by id."""
        return by_id(self.before.data, name)

    def ever(self, name: str) -> frozenset[str]:
        """The ids of entries of a list that the plan had in any version in which it was agreed."""
        agreed = (one for one in (self.before, *self.between) if one.data.get("state") == "agreed")
        return frozenset(identity for one in agreed for identity in by_id(one.data, name))

    def last_seen(self, name: str, identity: str) -> tuple[Data, Data]:
        """The last version of the plan that held an entry, and the entry in it."""
        for record in (*reversed(self.between), self.before):
            entry = by_id(record.data, name).get(identity)
            if entry is not None:
                return record.data, entry
        return self.before.data, {}

    def has_review(self) -> bool:
        """Whether a cycle was reviewed, or a review meeting held, since the plan came into force and not long ago."""
        begin = max(self.since - _ACTED_ON_WITHIN, _day(self.before.data.get("in_force_from")) or date.min)
        return any(begin <= day <= self.on for day in self._reviews())

    def _reviews(self) -> Iterator[date]:
        reviews = [cycle.get("review", {}).get("on") for cycle in self.now.get("cycles", ())]
        meetings = [one.data.get("date") for one in self.meetings if one.data.get("type") in _REVIEW_MEETINGS]
        for text in (*reviews, *meetings):
            day = _day(text)
            if day is not None:
                yield day


def by_id(data: Data, name: str) -> dict[str, Data]:
    """The entries of a list by id."""
    return {str(entry["id"]): entry for entry in data.get(name, ()) if "id" in entry}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
