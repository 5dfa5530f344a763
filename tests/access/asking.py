"""Short ways to ask the questions the tests ask again and again."""

from __future__ import annotations

from datetime import date
from typing import Any

from sendbook.access.decide import Decision, Judge
from sendbook.access.views import Scope, scopes, view
from sendbook.campus.records import Campus
from tests.access.small_campus import TODAY, reader


def asked(campus: Campus, who: str, record: str, part: str, *, on: date = TODAY, action: str = "read") -> Decision:
    """The decision for one reader, record and part."""
    return Judge(campus).decide(reader(campus, who), action, part, campus.records[record], on)


def rule(campus: Campus, who: str, record: str, part: str, *, on: date = TODAY) -> str:
    return asked(campus, who, record, part, on=on).rule


def seen(campus: Campus, who: str, record: str, *, on: date = TODAY) -> dict[str, Any] | None:
    """What a reader sees of a record, or None."""
    shown = view(campus, reader(campus, who), on).campus.get(record)
    return dict(shown.data) if shown else None


def scope_of(campus: Campus, who: str, student: str, *, on: date = TODAY) -> Scope | None:
    found, _ = scopes(campus, student, on)
    return next((scope for scope in found if scope.reader == who), None)


def students_seen(campus: Campus, who: str, *, on: date = TODAY) -> set[str]:
    return set(view(campus, reader(campus, who), on).campus.students)
