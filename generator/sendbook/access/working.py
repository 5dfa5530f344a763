"""The days on which somebody works here, from their own record: each duty's days, cut at the last working day.

A job title alone is no work: access, and what somebody may decide about it, follow from duties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.access.spans import ALWAYS, Span, ends, merged, span_of


def employed(person: Mapping[str, Any]) -> Span:
    """The days up to somebody's last working day; open where no end is in sight, or where they aren't staff."""
    staff = person.get("staff")
    return Span(until=ends(staff.get("left_on"))) if isinstance(staff, Mapping) else ALWAYS


def duties(person: Mapping[str, Any]) -> Iterator[tuple[str, Span]]:
    """Each duty with the days it runs."""
    staff = person.get("staff")
    for duty in staff.get("duties", ()) if isinstance(staff, Mapping) else ():
        span = span_of(duty).within(employed(person))
        if span is not None:
            yield duty["role"], span


def working(person: Mapping[str, Any]) -> tuple[Span, ...]:
    """The stretches of days on which at least one duty runs; none for somebody who isn't staff."""
    return merged(span for _, span in duties(person))
