"""Says who a finding is about, for the terminal of the person who corrects it: the student, and the programme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding

_LINES = "provision"


def named(findings: Iterable[Finding], own: Campus, shared: Campus, student: str) -> Iterator[Finding]:
    """The findings about a student, each with the student's name, and the programme where it is about help given."""
    header = own.get(f"students/{student}/student")
    name = _name(header.data) if header is not None else ""
    data = {record.path: record.data for record in own.records.values()}
    for one in findings:
        if not one.path.startswith(f"records/students/{student}/"):
            yield one
            continue
        programme = _programme(data.get(one.path, {}), one.pointer, shared)
        yield replace(one, about=": ".join(filter(None, (name or student, programme))))


def _name(data: Mapping[str, Any]) -> str:
    name = data.get("name")
    known_as = name.get("known_as") if isinstance(name, Mapping) else None
    return known_as if isinstance(known_as, str) else ""


def _programme(data: Mapping[str, Any], pointer: str, shared: Campus) -> str:
    steps = pointer.split("/")[1:]
    if len(steps) < 2 or steps[0] != _LINES or not steps[1].isdigit():
        return ""
    lines = data.get(_LINES)
    line = lines[int(steps[1])] if isinstance(lines, list) and int(steps[1]) < len(lines) else {}
    if not isinstance(line, Mapping):
        return ""
    entry = shared.get(f"interventions/{line.get('intervention')}")
    said = (entry.data.get("name") if entry is not None else None) or line.get("what")
    return said if isinstance(said, str) else ""
