"""What a deadline is, and how one is worked out from what a kind's schema says (``x-due``).

Deadlines come from records as somebody may see them: whole ones for the checks, a reader's projection for their pages.
A reader is told of one only if they see every part that it rests on; else what says that it was done could be hidden
from them, and it would look late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any, Protocol

from sendbook.campus.dues import RELATIONS, Due, Period
from sendbook.campus.schemas import Kind
from sendbook.campus.terms import Terms
from sendbook.campus.traits import Say, filled, value_in_words
from sendbook.campus.ways import Field, Found, value_next_to, values_at
from sendbook.campus.words import sentence
from sendbook.checks.rules.rule import Parts


class Held(Protocol):
    """A record, or as much of it as a reader may see."""

    @property
    def id(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """What days are counted by: the calendar, and the limits in force (see `campus.defaults.house_rules`)."""

    terms: Terms
    house_rules: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Who can owe something without being named in the record.

    ``campus`` is the campus's record and ``student`` the student's own, both as far as they are seen. Who had the
    relation until before ``since`` has it no longer.
    """

    campus: Mapping[str, Any] = field(default_factory=dict)
    student: Mapping[str, Any] = field(default_factory=dict)
    since: str = ""

    def person(self, word: str) -> str:
        """Returns the id of the campus's contact, or of who is that to the student; "" if there is nobody."""
        if word not in RELATIONS:
            return str(self.campus.get("contacts", {}).get(word, ""))
        if word == "tutor":
            groups = self.campus.get("tutor_groups", ())
            mine = (one for one in groups if one["id"] == self.student.get("tutor_group"))
            people = [tutor for group in mine for tutor in group.get("tutors", ())]
        else:
            people = [adult for adult in self.student.get("team", ()) if adult.get("as") == word]
        running = (str(one["person"]) for one in people if str(one.get("until") or "9999") >= self.since)
        return next(running, "")


NOBODY = Owing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that is owed by a day.

    ``by`` is the last day that is in time. ``due`` is what the schema says of it, with its source. ``record`` and
    ``steps`` lead to the date it counts from, or to the entry that is to be dealt with. ``owed_by`` is a person's id or
    "" if nobody is named, and ``parts`` are all that it rests on.
    """

    what: str
    by: date
    owed_by: str
    done: bool
    kind: str
    record: str
    steps: tuple[str | int, ...]
    due: Due
    parts: Parts

    def is_late(self, on: date) -> bool:
        """Returns whether the last day is over, and it is not done."""
        return not self.done and self.by < on


def deadlines_of(
    records: Iterable[tuple[Kind, Held]],
    school: School,
    *,
    seen: Collection[tuple[str, str]] | None = None,
    owing: Owing = NOBODY,
    say: Say = value_in_words,
) -> Iterator[Deadline]:
    """Yields every deadline in some records, done or not, in the order of the records and their schemas.

    ``seen`` are the (kind, part)s that the reader sees; None where all is seen. ``say`` says the value of a field to
    the reader. A draft owes nothing unless its schema says so: nobody has agreed to it yet.
    """
    for kind, record in records:
        for due in kind.dues:
            if seen is None or all(part in seen for part in parts_of(kind, due)):
                yield from deadlines_under(due, kind, record, school, owing=owing, say=say)


def parts_of(kind: Kind, due: Due) -> Parts:
    """Returns all that a kind's due rests on, as rules have it."""
    return tuple((kind.name, part) for part in due.parts)


def deadlines_under(
    due: Due, kind: Kind, record: Held, school: School, *, owing: Owing = NOBODY, say: Say = value_in_words
) -> Iterator[Deadline]:
    """Yields what one record owes by one of its kind's dues: once for each entry, or for each date it counts from."""
    if record.data.get("state") == "draft" and not due.drafts:
        return
    for found in values_at(record.data, due.each.way):
        since = max(_days_since(record.data, due, found), default=None)
        by = _last_day(since, due.within, school) if since is not None else None
        if by is not None and _is_open(record.data, due, found):
            yield Deadline(
                what=_what(record, due, found, say),
                by=by,
                owed_by=_owed_by(record, due, found, owing),
                done=due.until is not None and value_next_to(record.data, found, due.until.way) is not None,
                kind=kind.name,
                record=record.id,
                steps=found.steps,
                due=due,
                parts=parts_of(kind, due),
            )


def _days_since(data: Mapping[str, Any], due: Due, found: Found) -> Iterator[date]:
    """Yields the days of which the latest counts: those of the entry, around it, and in lists within it."""
    days = [value_next_to(data, found, due.since.way)]
    for later in due.later:
        # The same entries of the same lists, as far as the two ways are one.
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(later.way, due.each.way, strict=False)))
        days += [one.value for one in values_at(data, later.way) if one.steps[:alike] == found.steps[:alike]]
    yield from (day for day in map(_day, days) if day is not None)


def _is_open(data: Mapping[str, Any], due: Due, found: Found) -> bool:
    """Returns whether it is still owed, by the codes that say so."""
    return all(value_next_to(data, found, one.field.way) in one.codes for one in due.open_while)


def _last_day(since: date, within: Period | None, school: School) -> date | None:
    return since if within is None else within.last_day(since, school.terms, school.house_rules)


def _what(record: Held, due: Due, found: Found, say: Say) -> str:
    """Says what is owed; by the title of the date, where a field in braces is not there for this reader."""
    entry = value_next_to(record.data, found, due.entry.way) if due.entry.way else record.data
    say = _as_sentences(say) if ": {" in due.what else say
    told = filled(due.what, due.entry.node, entry, say) if isinstance(entry, Mapping) else ""
    return told or due.since.node.title


def _as_sentences(say: Say) -> Say:
    """Returns what says a text as it stands after a colon: with a capital, and without its full stop."""
    return lambda node, value: sentence(say(node, value).rstrip("."))


def _owed_by(record: Held, due: Due, found: Found, owing: Owing) -> str:
    if isinstance(due.by, Field):
        named = value_next_to(record.data, found, due.by.way)
        return named if isinstance(named, str) else ""
    return owing.person(due.by) if due.by else ""


def _day(value: Any) -> date | None:
    """Returns a date as records write it; None for anything else, which the checks have found."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
