"""``sendbook check``: everything that is wrong with a campus, in one run."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.checks.finding import has_errors
from sendbook.checks.reporters import REPORTERS
from sendbook.cli.options import open_campus
from sendbook.errors import SendbookError
from sendbook.site.inspection import inspect


def check(root: Path, on: date, output: str, console: Console) -> int:
    """Prints the findings; answers the exit code."""
    if output not in REPORTERS:
        raise SendbookError(f"There is no format “{output}”. Formats: {', '.join(REPORTERS)}.")
    folder = open_campus(root)
    with console.status("Checking ...") if console.is_terminal else nullcontext():
        findings = inspect(folder, on)
    console.print(REPORTERS[output](findings))
    return 1 if has_errors(findings) else 0
