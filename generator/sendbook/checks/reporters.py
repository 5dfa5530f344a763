"""Findings as text for a person and as JSON for a program; the forms for CI stand in ``ci_reporters``.

Only the text for a person's own terminal shows what was found in a record; every other form leaves it out, because
it ends in logs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace

from sendbook.checks.finding import Finding, Severity
from sendbook.checks.log_paths import in_log, text_in_log

Reporter = Callable[[Sequence[Finding]], str]


def as_text(findings: Sequence[Finding], *, values: bool = True) -> str:
    """For a person: file by file, what is wrong and what to do, and a line that sums up.

    Without ``values`` where nobody asked, and the text may end in a log: a build that no person watches.
    """
    shown = findings if values else [without_values(finding) for finding in findings]
    blocks = []
    for path in dict.fromkeys(finding.path for finding in shown):
        own = [finding for finding in shown if finding.path == path]
        blocks.append("\n".join([path, *map(_lines, own)]))
    if findings:
        blocks.append(f"What a code means: sendbook check --explain {findings[0].code}")
    return "\n\n".join([*blocks, summary(findings)])


def _lines(finding: Finding) -> str:
    place = f"{finding.line}:{finding.column}" if finding.line else "whole file"
    found = f" (found: {finding.found})" if finding.found else ""
    found += f" ({finding.about})" if finding.about else ""
    # Lines that are offered stand below the sentence, each on its own, to be copied.
    hint = f" {finding.hint}".replace("\n", "\n          ") if finding.hint else ""
    lines = [
        f"  {place}  {finding.severity}  {finding.code}  {finding.message}{found}",
        f"      → {finding.remedy}{hint}",
    ]
    if finding.source:
        lines.append(f"      § {finding.source}")
    return "\n".join(lines)


def summary(findings: Iterable[Finding]) -> str:
    """One sentence: how many errors and warnings there are."""
    severities = [finding.severity for finding in findings]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    if not errors and not warnings:
        return "All is well: nothing to fix, nothing overdue."
    to_look_at = _count(warnings, "thing") if warnings else "nothing else"
    return f"{_count(errors, 'error')} to fix, {to_look_at} to look at.".capitalize()


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def without_values(finding: Finding) -> Finding:
    """The finding as it may stand in a log: nothing found in a record, and no path that may hold somebody's name."""
    return replace(
        finding,
        path=in_log(finding.path) or "/",
        message=text_in_log(finding.message),
        remedy=text_in_log(finding.remedy),
        found="",
        hint="",
        about="",
        seen="",
        text="",
    )


def as_json(findings: Sequence[Finding]) -> str:
    """For programs: a list of objects, without values from records."""
    rows = []
    for finding in map(without_values, findings):
        row = asdict(finding)
        for name in ("found", "hint", "about", "seen", "text"):
            del row[name]
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2)
