"""``sendbook check``: everything that is wrong with a campus, in one run."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.campus.cache import ParseCache
from sendbook.campus.strict_yaml import parse
from sendbook.checks.ci_reporters import reporters_with
from sendbook.checks.explain import explanation, meant
from sendbook.checks.finding import has_errors, in_order
from sendbook.checks.reference import reference
from sendbook.checks.reporters import as_text
from sendbook.cli.old_places import move_once
from sendbook.cli.options import STATE, open_campus
from sendbook.errors import SendbookError, ServeError
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.places import Places
from sendbook.site.build.inspection import inspect, inspect_changes


def check(root: Path, on: date, output: str, console: Console, since: str | None = None) -> int:
    """Prints the findings, those in what changed ``since`` a revision included; answers the exit code."""
    reporters = reporters_with(RULE_BOOK)
    if output not in reporters:
        raise SendbookError(f"There is no format “{output}”. Formats: {', '.join(reporters)}.")
    folder = open_campus(root)
    with console.status("Checking ...") if console.is_terminal else nullcontext(), cache_of(root) as cache:
        findings = inspect(folder, on, cache)
        if since is not None:
            findings = in_order([*findings, *inspect_changes(folder, since, on, cache)])
    told = as_text(findings, values=console.is_terminal) if output == "text" else reporters[output](findings)
    console.print(told)
    return 1 if has_errors(findings) else 0


def explain(root: Path, code: str, console: Console) -> int:
    """Prints what a code means, for the campus's kind of school where there is a campus; raises for an unknown one.

    “all” prints every code, as the documentation lists them.
    """
    if code.casefold() == "all":
        console.print(reference(RULE_BOOK), end="")
        return 0
    text = explanation(code, RULE_BOOK, _setting(root))
    if text is None:
        near = meant(code, RULE_BOOK)
        hint = f" Did you mean {near}? Then: sendbook check --explain {near}." if near else ""
        raise SendbookError(f"There is no finding with the code “{code}”.{hint}")
    console.print(text)
    return 0


def _setting(root: Path) -> str | None:
    """What kind of school the campus is; nothing is asked of its records if they can't be read."""
    try:
        place = parse((root / "records" / "campus.yml").read_bytes(), "").data or {}
    except OSError:
        return None
    setting = place.get("setting")
    return str(setting.get("type")) if isinstance(setting, dict) and "type" in setting else None


def cache_of(root: Path) -> AbstractContextManager[ParseCache | None]:
    """What the last build or check left in the campus's state folder; a check makes no folder of its own."""
    state = root / STATE
    if not state.is_dir() or state.is_symlink() or not os.access(state, os.W_OK):
        return nullcontext()
    try:
        move_once(state)
    except ServeError:  # an earlier version is serving from there
        return nullcontext()
    return ParseCache(Places(state).cache)
