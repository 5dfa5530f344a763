"""What a commit did to one field, one record or one page, told so that it can be taken back.

Each edit names what it did in the words of the data next to this module, and undoes it on today's files. One
that no longer fits them says so: the example has moved on, and its past must be told anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol

from sendbook.errors import ExampleError
from sendbook.example.history.campus_files import CampusFiles
from sendbook.example.history.known import forget

_MISSING: Any = object()


class Edit(Protocol):
    """Something a commit did."""

    def undo(self, campus: CampusFiles) -> None:
        """Takes it back. Raises ExampleError where today's files leave nothing to take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A field was given another value."""

    record: str
    at: str
    before: Any

    def undo(self, campus: CampusFiles) -> None:
        data = campus.data(self.record)
        holder, name = _holder(data, self.at, self.record)
        now = _get(holder, name)
        if now is _MISSING:
            raise ExampleError(f"{self.record} has no {self.at}")
        if now == self.before:
            raise ExampleError(f"{self.record} {self.at} reads the same before and after")
        _set(holder, name, self.before)
        campus.write(self.record, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A record, or a field or entry of one (``at``), was added."""

    record: str
    at: str | None = None

    def undo(self, campus: CampusFiles) -> None:
        if self.at is None:
            campus.remove(self.record)
            return
        data = campus.data(self.record)
        holder, name = _holder(data, self.at, self.record)
        if _get(holder, name) is _MISSING:
            raise ExampleError(f"{self.record} has no {self.at}")
        if isinstance(holder, list):
            holder[:] = [item for item in holder if _key(item) != name]
        else:
            del holder[name]
        campus.write(self.record, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A field, or an entry of a list that stood after another (``after``) or first, was taken out."""

    record: str
    at: str
    was: Any
    after: str | None = None

    def undo(self, campus: CampusFiles) -> None:
        data = campus.data(self.record)
        holder, name = _holder(data, self.at, self.record)
        if _get(holder, name) is not _MISSING:
            raise ExampleError(f"{self.record} still has {self.at}")
        if isinstance(holder, list):
            keys = [_key(item) for item in holder]
            if self.after is not None and self.after not in keys:
                raise ExampleError(f"{self.record} {self.at} stood after {self.after}, which is not there")
            holder.insert(keys.index(self.after) + 1 if self.after is not None else 0, deepcopy(self.was))
        else:
            holder[name] = deepcopy(self.was)
        campus.write(self.record, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A passage of a handbook page was put otherwise."""

    page: str
    now: str
    before: str

    def undo(self, campus: CampusFiles) -> None:
        text = campus.page(self.page)
        if text.count(self.now) != 1:
            raise ExampleError(f"{self.page} does not hold “{self.now}” once")
        campus.write_page(self.page, text.replace(self.now, self.before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """First drafts of plans were written, for all students of some years who had none yet."""

    years: tuple[int, int]

    def undo(self, campus: CampusFiles) -> None:
        drafts = [f"students/{student}/drafts/plan" for student in campus.students(*self.years)]
        present = [draft for draft in drafts if campus.has(draft)]
        if not present:
            raise ExampleError("no plan was a draft then")
        for draft in present:
            campus.remove(draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What had happened since a day was written down: measurements, meetings, sessions given, plans agreed."""

    years: tuple[int, int]
    since: str

    def undo(self, campus: CampusFiles) -> None:
        students = list(campus.students(*self.years))
        if not sum(forget(campus, student, self.since) for student in students):
            raise ExampleError(f"nothing in Years {self.years[0]} to {self.years[1]} is dated after {self.since}")


def edit_from(data: Mapping[str, Any]) -> Edit:
    """The edit a mapping of the data stands for."""
    match data:
        case {"changed": record, "at": at, "from": before, **rest} if not rest:
            return Changed(record=record, at=at, before=before)
        case {"added": record, "at": at, **rest} if not rest:
            return Added(record=record, at=at)
        case {"added": record, **rest} if not rest:
            return Added(record=record)
        case {"removed": record, "at": at, "was": was, **rest} if not rest.keys() - {"after"}:
            return Removed(record=record, at=at, was=was, after=rest.get("after"))
        case {"reworded": page, "now": now, "from": before, **rest} if not rest:
            return Reworded(page=page, now=now, before=before)
        case {"drafted": [int(first), int(last)], **rest} if not rest:
            return Drafted(years=(first, last))
        case {"recorded": [int(first), int(last)], "since": since, **rest} if not rest:
            return Recorded(years=(first, last), since=since)
    raise ExampleError(f"no edit has the fields {', '.join(data)}")


def _holder(data: dict[str, Any], at: str, record: str) -> tuple[dict[str, Any] | list[Any], str]:
    """The mapping or list that holds what ``at`` names, and its name or key there; entries go by their key."""
    *steps, name = at.split("/")
    here: Any = data
    for number, step in enumerate(steps, start=1):
        here = _get(here, step)
        if not isinstance(here, dict | list):
            raise ExampleError(f"{record} has no {'/'.join(steps[:number])}")
    return here, name


def _get(holder: Any, name: str) -> Any:
    if isinstance(holder, list):
        return next((item for item in holder if _key(item) == name), _MISSING)
    return holder.get(name, _MISSING)


def _set(holder: dict[str, Any] | list[Any], name: str, value: Any) -> None:
    if isinstance(holder, list):
        holder[:] = [deepcopy(value) if _key(item) == name else item for item in holder]
    else:
        holder[name] = deepcopy(value)


def _key(item: Any) -> Any:
    return item.get("id", item.get("on")) if isinstance(item, dict) else item
