"""The commits of the term, read from the data next to this module: who wrote what on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sendbook.campus.strict_yaml import parse
from sendbook.errors import ExampleError
from sendbook.example.history.campus_files import CampusFiles
from sendbook.example.history.edits import Edit, edit_from

_HERE = Path(__file__).parent
_MONTHS = ("september", "october", "november")
_CAMPUS_TIME = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit: when, by whom (a person's id), its subject, and what it did."""

    at: datetime
    by: str
    subject: str
    edits: tuple[Edit, ...]

    def undo(self, campus: CampusFiles) -> None:
        """Takes the campus back to before it, last edit first; ExampleError names the edit that does not fit."""
        for number in range(len(self.edits), 0, -1):
            try:
                self.edits[number - 1].undo(campus)
            except ExampleError as error:
                raise ExampleError(
                    f"The example's history no longer fits its records: commit of {self.at:%Y-%m-%d %H:%M} "
                    f"“{self.subject}”, edit {number}: {error}."
                ) from error


def term_files() -> tuple[Path, ...]:
    """The files the term is told in."""
    return tuple(_HERE / f"{month}.yml" for month in _MONTHS)


def term() -> tuple[Commit, ...]:
    """The term's commits, oldest first; the first one stands for all that was there before."""
    commits = [_commit(data) for file in term_files() for data in _read(file)["commits"]]
    for earlier, later in pairwise(commits):
        if earlier.at >= later.at:
            raise ExampleError(f"The example's history is out of order at {later.at:%Y-%m-%d %H:%M}.")
    return tuple(commits)


def _read(file: Path) -> Mapping[str, Any]:
    parsed = parse(file.read_bytes(), file.name)
    if parsed.data is None or parsed.problems:
        raise ExampleError(f"{file.name} of the example's history can't be read: {parsed.problems[0].message}")
    return parsed.data


def _commit(data: Mapping[str, Any]) -> Commit:
    at = datetime.fromisoformat(f"{data['on']}T{data['at']}:00").replace(tzinfo=_CAMPUS_TIME)
    try:
        edits = tuple(edit_from(edit) for edit in data.get("edits", ()))
    except ExampleError as error:
        raise ExampleError(f"Commit of {data['on']} {data['at']} in the example's history: {error}.") from error
    return Commit(at=at, by=data["by"], subject=data["subject"], edits=edits)
