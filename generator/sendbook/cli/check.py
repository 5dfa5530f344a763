"""``sendbook check``: everything that is wrong with a campus, in one run."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.campus.cache import ParseCache
from sendbook.checks.finding import has_errors, in_order
from sendbook.checks.reporters import REPORTERS
from sendbook.cli.options import STATE, open_campus
from sendbook.errors import SendbookError
from sendbook.site.inspection import inspect


def check(root: Path, on: date, output: str, console: Console, since: str | None = None) -> int:
    """Prints the findings, those in what changed ``since`` a revision included; answers the exit code."""
    if output not in REPORTERS:
        raise SendbookError(f"There is no format “{output}”. Formats: {', '.join(REPORTERS)}.")
    folder = open_campus(root)
    with console.status("Checking ...") if console.is_terminal else nullcontext(), _cache_of(root) as cache:
        findings = inspect(folder, on, cache)
        if since is not None:
            from sendbook.checks.changes import check_changes  # git is needed for nothing else here

            findings = in_order([*findings, *check_changes(folder, since, on)])
    console.print(REPORTERS[output](findings))
    return 1 if has_errors(findings) else 0


def _cache_of(root: Path) -> AbstractContextManager[ParseCache | None]:
    """What the last build or check left in the campus's state folder; a check makes no folder of its own."""
    state = root / STATE
    there = state.is_dir() and not state.is_symlink() and os.access(state, os.W_OK)
    return ParseCache(state / "cache.db") if there else nullcontext()
