"""Says in words what a schema says is owed, by the names of its fields: for somebody who writes such a record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sendbook.campus.dues import Due
from sendbook.campus.ways import EACH, Field
from sendbook.campus.words import listed

_WHO = {
    "senco": "the SENDCo",
    "principal": "the principal",
    "regional_senco": "the regional SENDCo",
    "dsl": "the designated safeguarding lead",
    "exams_officer": "the exams officer",
    "dpo": "the data protection officer",
    "key_adult": "the student's key adult",
    "tutor": "the student's tutor",
}


def due_in_words(due: Due, rules: Mapping[str, Any]) -> str:
    """Says by when something is owed, how long, by whom and on what it rests; ``rules`` are the house rules."""
    return " ".join(f"{said[:1].upper()}{said[1:]}." for said in _sentences(due, rules))


def _sentences(due: Due, rules: Mapping[str, Any]) -> Iterator[str]:
    yield _by_when(due, rules) + _as_long(due)
    if isinstance(due.by, Field):
        yield f"owed by the person in {_named(due.by)}"
    elif due.by:
        yield f"owed by {_WHO.get(due.by, due.by)}"
    if due.drafts:
        yield "a draft owes it as well"
    yield f"source: {due.source} ({'law' if due.law else 'policy'})" if due.source else "a house rule of the campus"


def _by_when(due: Due, rules: Mapping[str, Any]) -> str:
    if due.within is None:
        return f"by the day in {_named(due.since)}"
    dates = [_named(one) for one in (due.since, *due.later)]
    since = f"the latest of {listed(dates)}" if due.later else dates[0]
    return f"{'again ' if due.again else ''}within {due.within.in_words(rules)} of {since}"


def _as_long(due: Due) -> str:
    until = f", until {_named(due.until)} is there" if due.until is not None else ""
    return until + "".join(f", while {_named(one.field)} is {_or(one.codes)}" for one in due.open_while)


def _or(codes: Collection[str]) -> str:
    *first, last = codes
    return f"{', '.join(first)} or {last}" if first else last


def _named(field: Field) -> str:
    """Names a field as a record has it, with the groups and lists it is in."""
    return f"“{' / '.join(step for step in field.way if step not in EACH)}”"
