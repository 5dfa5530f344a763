"""Everything that can be wrong with a campus folder: what can't be read, the records, the handbook.

The checks know records; the handbook's own faults are known here, where its editions are made. Both end in the
same findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sendbook.access.basis import Basis
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.problems import Problem
from sendbook.campus.records import Campus
from sendbook.campus.shipped import schemas
from sendbook.checks.document_checks import check_documents
from sendbook.checks.finding import Finding, Severity, from_problem, has_errors, in_order
from sendbook.checks.runner import where_in
from sendbook.checks.whole import inspect_records
from sendbook.site import handbook
from sendbook.site.documents import document_case
from sendbook.site.edition import EDITIONS
from sendbook.site.handbook import front_matter_schema
from sendbook.site.handbook_problems import WARNINGS, handbook_problems
from sendbook.site.macro_values import macro_values

_RESTS_ON_RECORDS = frozenset({"macro-unknown", "owner-unknown"})


def inspect(folder: CampusFolder, on: date, cache: ParseCache | None = None) -> tuple[Finding, ...]:
    """All findings of a campus on a day. A ``cache`` spares looking at what has not changed since the last time."""
    records = inspect_records(folder, on, cache)
    sound = not has_errors(records.findings)
    return in_order([*records.findings, *handbook_findings(folder, records.shared, on, cache, sound=sound)])


def handbook_findings(
    folder: CampusFolder, campus: Campus, on: date, cache: ParseCache | None = None, *, sound: bool
) -> tuple[Finding, ...]:
    """What is wrong with the handbook, its settings, and the documents it answers duties with.

    While the records are not ``sound`` the names and dates a page asks for can't be looked up; it is then not told
    that they are missing, and the rules about documents, which look into the records, are not asked.
    """
    schema = front_matter_schema(schemas())
    found = handbook.read(folder.root, schema)
    basis = Basis.of(campus)
    values = {edition: macro_values(campus, on, edition, basis=basis) for edition in EDITIONS}
    problems = handbook_problems(folder.root, schema=schema, values=values, on=on, found=found)
    kept = [problem for problem in problems if sound or problem.code not in _RESTS_ON_RECORDS]
    findings = [_finding(problem) for problem in kept]
    if sound:
        findings += _of_documents(folder, campus, found, on, cache)
    return in_order(findings)


def _of_documents(
    folder: CampusFolder, campus: Campus, found: handbook.Handbook, on: date, cache: ParseCache | None
) -> Iterator[Finding]:
    """A page that could not be read may be the very document: it is then not told to be missing."""
    case = document_case(folder, campus, found.pages, on, cache)
    for finding in check_documents(case, where_in(folder)):
        if finding.line is not None or not found.problems:
            yield finding


def _finding(problem: Problem) -> Finding:
    finding = from_problem(problem)
    return replace(finding, severity=Severity.WARNING) if problem.code in WARNINGS else finding
