"""Runs the rules about changes: the records as they are, against an earlier version of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Record
from sendbook.checks.change import RecordChange
from sendbook.checks.finding import Finding, Severity, in_order
from sendbook.checks.losses import losses
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import Rule
from sendbook.checks.rules.schema_rules import OwnFilesChange
from sendbook.checks.runner import where_in
from sendbook.checks.spots import finding_of
from sendbook.history.between import refuse_days_ahead, repository_of, sides_between
from sendbook.history.days import Correction
from sendbook.history.own_files import own_files_at
from sendbook.history.past import Past
from sendbook.history.repository import Repository

_Asked = tuple[Any, Iterable[Rule[Any]]]


def check_changes(folder: CampusFolder, since: str, on: date, rules: RuleBook) -> tuple[Finding, ...]:
    """Findings in what changed since a revision, or since the commit that the work goes back to where that went on.

    Raises HistoryError, with what to do, if there is no such revision, or no repository.
    """
    refuse_days_ahead(on, since)
    repository = repository_of(folder, on)
    named = repository.commit(since)
    begin = repository.common(named, repository.commit("HEAD"))
    sides = sides_between(folder, repository, begin, None)
    found = [_unreadable(path) for path in sides.unreadable]
    found += [_wrong_clock(one) for one in repository.corrections(begin, None)]
    where = where_in(folder)
    gone = losses(folder, repository, begin, on, _asked_elsewhere(rules))
    asked: tuple[_Asked, ...] = (
        *((loss, rules.losses.get(type(loss), ())) for loss in gone),
        *((one, rules.changes[one.before.kind].rules) for one in _changes(folder, repository, begin, on, rules)),
        (_own_files_change(folder, repository, begin), rules.own_files),
    )
    for case, of_case in asked:
        for rule in of_case:
            if rule.in_force_on(on):
                parts = rules.parts_of(rule, folder.registry)
                found += [replace(finding_of(rule, spot, where), parts=parts) for spot in rule.test(case)]
    return in_order(found)


def _own_files_change(folder: CampusFolder, repository: Repository, begin: str) -> OwnFilesChange:
    then, now = own_files_at(folder, repository, begin), own_files_at(folder, repository, None)
    return OwnFilesChange(then=then.registry, now=folder.registry, templates=then.templates_that_differ(now))


def _asked_elsewhere(rules: RuleBook) -> frozenset[tuple[str, str]]:
    """The lists, by kind, whose lost entries the rules about changes ask about."""
    return frozenset((kind, name) for kind, changes in rules.changes.items() for name in changes.lists)


def _changes(
    folder: CampusFolder, repository: Repository, begin: str, on: date, rules: RuleBook
) -> Iterator[RecordChange]:
    """Every record of a student that was agreed and differs, of a kind with rules about that.

    The students are here; what is wrong in form is found elsewhere.
    """
    since = date.fromisoformat(repository.day_of(begin))
    past = Past(repository, folder.registry)
    scan = folder.scan()
    for path, blobs in repository.versions_since(begin, "records").items():
        match = folder.registry.match(path.removeprefix("records/"))
        student = match.keys.get("student") if match is not None and match.kind.name in rules.changes else None
        if student is None:
            continue
        read = past.records((path, blob) for blob in blobs)
        records = [record for record in read.values() if record is not None]
        agreed = next((n for n, record in enumerate(records) if record.data.get("state") == "agreed"), None)
        loaded = folder.load(scan.unit(student))
        own = {record.id: record for record in loaded.campus.records.values()}
        after = own.get(path.removeprefix("records/").removesuffix(".yml"))
        if agreed is None or after is None or f"students/{student}/student" not in own or not _is_sound(folder, after):
            continue  # a record that is gone is a loss
        if after.data.get("state") != "agreed":
            continue  # so is one that is a draft again
        yield RecordChange(
            before=records[agreed],
            between=tuple(records[agreed + 1 :]),
            after=after,
            records=tuple(one for one in own.values() if _is_sound(folder, one)),
            since=since,
            on=on,
        )


def _is_sound(folder: CampusFolder, record: Record | None) -> bool:
    return record is None or folder.registry.kinds[record.kind].is_valid(record.data)


def _wrong_clock(correction: Correction) -> Finding:
    return Finding(
        code="wrong-clock",
        severity=Severity.WARNING,
        path="records",
        message=f"A version dated {correction.clock} by a wrong clock counts as one of {correction.day}.",
        remedy="Nothing is lost. Set the clock of the computer it was recorded on.",
    )


def _unreadable(path: str) -> Finding:
    return Finding(
        code="unreadable-then",
        severity=Severity.WARNING,
        path=path,
        message="This record can't be read in the version you are comparing with, so its changes are not checked.",
        remedy="Check by hand what changed in it.",
    )
