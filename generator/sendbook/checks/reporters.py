"""Findings as text for a person and as JSON for a program.

Only the text for a person's own terminal shows what was found in a record; every other form leaves it out, because
it ends in logs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict

from sendbook.checks.finding import Finding, Severity

Reporter = Callable[[Sequence[Finding]], str]


def as_text(findings: Sequence[Finding], *, values: bool = True) -> str:
    """For a person: file by file, what is wrong and what to do, and a line that sums up.

    Without ``values`` where nobody asked, and the text may end in a log: a build that no person watches.
    """
    blocks = []
    for path in dict.fromkeys(finding.path for finding in findings):
        own = [finding for finding in findings if finding.path == path]
        blocks.append("\n".join([path, *(_lines(finding, values=values) for finding in own)]))
    return "\n\n".join([*blocks, summary(findings)])


def _lines(finding: Finding, *, values: bool) -> str:
    place = f"{finding.line}:{finding.column}" if finding.line else "whole file"
    found = f" (found: {finding.found})" if finding.found and values else ""
    lines = [
        f"  {place}  {finding.severity}  {finding.code}  {finding.message}{found}",
        f"      → {finding.remedy}",
    ]
    if finding.source:
        lines.append(f"      § {finding.source}")
    return "\n".join(lines)


def summary(findings: Iterable[Finding]) -> str:
    """One sentence: how many errors and warnings there are."""
    severities = [finding.severity for finding in findings]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    if not severities:
        return "All is well: nothing to mend, nothing overdue."
    return f"{_count(errors, 'error')} to mend, {_count(warnings, 'thing')} to look at.".capitalize()


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def as_json(findings: Sequence[Finding]) -> str:
    """For programs: a list of objects, without values from records."""
    rows = []
    for finding in findings:
        row = asdict(finding)
        del row["found"]
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2)


REPORTERS: Mapping[str, Reporter] = {"text": as_text, "json": as_json}
