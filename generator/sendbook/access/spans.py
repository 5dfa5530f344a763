"""Stretches of days, and reading a date so that a mistake never widens access.

Everything that gives or takes access holds from a day to a day, both included. A date that can't
be read (the checks report it) is taken so that less is seen: a beginning that never comes, an end
that has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sendbook.campus.days import day_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From a day to a day, both included; None is open on that side."""

    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def within(self, other: Span) -> Span | None:
        """The days both hold, or None if there are none."""
        since = _later(self.since, other.since)
        until = _earlier(self.until, other.until)
        if since is not None and until is not None and until < since:
            return None
        return Span(since=since, until=until)


ALWAYS = Span()


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days in as few stretches as possible, in order."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda span: span.since or date.min):
        last = whole[-1] if whole else None
        if last is None or not _meets(last, span):
            whole.append(span)
        elif last.until is not None:
            until = None if span.until is None else max(last.until, span.until)
            whole[-1] = Span(since=last.since, until=until)
    return tuple(whole)


def begins(value: object) -> date | None:
    """A first day: absent is open, unreadable never comes."""
    return day_of(value, otherwise=date.max)


def ends(value: object) -> date | None:
    """A last day: absent is open, unreadable has passed."""
    return day_of(value, otherwise=date.min)


def span_of(item: Mapping[str, Any]) -> Span:
    """The days an item with ``from`` and ``until`` grants something."""
    return Span(since=begins(item.get("from")), until=ends(item.get("until")))


def forbidden_span_of(item: Mapping[str, Any]) -> Span:
    """The days an item with ``from`` and ``until`` takes something away: unreadable is always."""
    return Span(
        since=day_of(item.get("from"), otherwise=date.min),
        until=day_of(item.get("until"), otherwise=date.max),
    )


def words(day: date) -> str:
    """A date as it is said: 3 September 2026."""
    return f"{day.day} {day:%B %Y}"


def _meets(last: Span, span: Span) -> bool:
    """Whether a stretch goes on (at the latest on the next day) where the last one ends."""
    if last.until is None or span.since is None or span.since <= last.until:
        return True
    return span.since - last.until == ONE_DAY


def _later(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return max(one, other)


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
