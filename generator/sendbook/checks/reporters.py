"""Findings as text for a person and as JSON for a program; the forms for CI stand in ``ci_reporters``.

Only the text for a person's own terminal shows what was found in a record; every other form leaves it out, because
it ends in logs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import PurePosixPath

from sendbook.campus.paths import STUDENT_ID
from sendbook.checks.finding import Finding, Severity

Reporter = Callable[[Sequence[Finding]], str]

#: What is wrong is the file's own place or kind, so its name is anybody's, perhaps a child's.
_NAMED_BY_ANYBODY = frozenset({"copy", "link", "litter", "name-in-path", "not-a-file", "stray", "unknown-place"})
_STUDENT_ID = re.compile(STUDENT_ID)
_OUR_FOLDERS = frozenset({"drafts", "meetings"})
# Named by a system, or after a record by those who made a copy: these are nobody's names.
_SYSTEMS = r"thumbs\.db|desktop\.ini|\.ds_store"
_RECORDS = r"student|plan|profile|campus|access|withdrawn|index|p-[0-9a-z]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ADDED = r"[ ._~#()0-9-]|copy|bak|backup|orig|old|tmp|sw[op]|ya?ml|md"
_NOBODYS = re.compile(rf"{_SYSTEMS}|[.~$#]*(?:copy of )?(?:{_RECORDS})(?:{_ADDED})*", re.IGNORECASE)


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
    hint = f" {finding.hint}" if finding.hint else ""
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
        return "All is well: nothing to mend, nothing overdue."
    return f"{_count(errors, 'error')} to mend, {_count(warnings, 'thing')} to look at.".capitalize()


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def without_values(finding: Finding) -> Finding:
    """The finding as it may stand in a log: nothing found in a record, and no path that may be somebody's name."""
    path = finding.path
    if finding.code == "handbook-file":
        path = PurePosixPath(path).parts[0]
    elif finding.code.startswith("leak-") and not path.endswith(".md"):
        path = PurePosixPath(path.lstrip("/") or "/").parts[0]  # a file may be called after whoever it is about
    elif finding.code in _NAMED_BY_ANYBODY:
        path = _without_names(path)
    return replace(finding, path=path, found="", hint="", about="", seen="", text="")


def _without_names(path: str) -> str:
    """A path as far as nobody's name can be in it: folders of ours, and a file named by a system or after a record."""
    *folders, name = PurePosixPath(path).parts
    kept: list[str] = []
    for at, one in enumerate(folders):
        if at > 1 and not (_STUDENT_ID.fullmatch(one) or one in _OUR_FOLDERS):
            return "/".join(kept)
        kept.append(one)
    return "/".join([*kept, name] if _NOBODYS.fullmatch(name) else kept)


def as_json(findings: Sequence[Finding]) -> str:
    """For programs: a list of objects, without values from records."""
    rows = []
    for finding in map(without_values, findings):
        row = asdict(finding)
        for name in ("found", "hint", "about", "seen", "text"):
            del row[name]
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2)
