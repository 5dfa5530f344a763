"""The history of a campus while its site is built: there, not there, or told to be out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sendbook.campus.folder import CampusFolder
from sendbook.checks.finding import Finding, Findings, Severity
from sendbook.errors import HistoryError
from sendbook.history.versions import History


@contextmanager
def campus_history(folder: CampusFolder, state: Path, findings: Findings, on: date) -> Iterator[History | None]:
    """Returns the campus's history, indexed in the state folder; None where there is none to tell of.

    A history that can't be read takes no page away but those that would tell it; why is added to the findings.
    """
    try:
        history = History.open(folder.root, folder.registry, state, on)
    except HistoryError as error:
        findings.add([_out_of_reach(error)])
        history = None
    if history is None:
        yield None
        return
    with history:
        yield history


def _out_of_reach(error: HistoryError) -> Finding:
    return Finding(
        code="history-unread",
        severity=Severity.WARNING,
        path="records",
        message=f"What changed, and when, can't be shown: {error}",
        remedy="The site is built without these pages until then.",
    )
