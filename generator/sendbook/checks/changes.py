"""Runs the rules about changes: the records as they are, against an earlier version of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Record
from sendbook.checks.change import Change
from sendbook.checks.finding import Finding, Severity, in_order
from sendbook.checks.rules import CHANGE_RULES
from sendbook.checks.runner import where_in
from sendbook.checks.spots import finding_of
from sendbook.history.between import Sides, refuse_days_ahead, repository_of, sides_between
from sendbook.history.past import Past
from sendbook.history.repository import Repository


def check_changes(folder: CampusFolder, since: str, on: date) -> tuple[Finding, ...]:
    """Findings in what changed since a revision, or since the commit that the work goes back to where that went on.

    Raises HistoryError, with what to do, if there is no such revision, or no repository.
    """
    refuse_days_ahead(on, since)
    repository = repository_of(folder)
    named = repository.commit(since)
    begin = repository.common(named, repository.commit("HEAD"))
    sides = sides_between(folder, repository, begin, None)
    found = [_unreadable(path) for path in sides.unreadable]
    where = where_in(folder)
    for change in _changes(folder, repository, begin, sides, on):
        for rule in CHANGE_RULES:
            if rule.in_force_on(on):
                found += [finding_of(rule, spot, where) for spot in rule.test(change)]
    return in_order(found)


def _changes(folder: CampusFolder, repository: Repository, begin: str, sides: Sides, on: date) -> Iterator[Change]:
    """Every agreed plan that differs, of students who are still here. What is wrong in form is told elsewhere."""
    since = date.fromisoformat(repository.day_of(begin))
    past = Past(repository, folder.registry)
    scan = folder.scan()
    for identity, before in sides.before.items():
        student = before.student
        if before.kind != "plan" or before.data.get("state") != "agreed" or student is None:
            continue
        loaded = folder.load(scan.unit(student))
        own = {record.id: record for record in loaded.campus.records.values()}
        after = own.get(identity)
        if f"students/{student}/student" not in own or not _is_sound(folder, after):
            continue
        versions = past.records((before.path, blob) for blob in repository.blobs_since(begin, before.path))
        yield Change(
            before=before,
            between=tuple(record for record in versions.values() if record is not None),
            after=after,
            meetings=tuple(one for one in own.values() if one.kind == "meeting" and _is_sound(folder, one)),
            since=since,
            on=on,
        )


def _is_sound(folder: CampusFolder, record: Record | None) -> bool:
    return record is None or folder.registry.kinds[record.kind].is_valid(record.data)


def _unreadable(path: str) -> Finding:
    return Finding(
        code="unreadable-then",
        severity=Severity.WARNING,
        path=path,
        message="This record could not be read in the version it is compared with, so its changes are not checked.",
        remedy="Look at what changed in it yourself.",
    )
