"""``serve --watch``: builds again when a file of the campus changes, and when the day does.

A build that fails is told and changes nothing: the last good site stays, and nobody's access is made longer by it,
because the last days stand in the bundle.
"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.campus.folder import CampusFolder
from sendbook.cli.build import build_shown
from sendbook.errors import SendbookError

_EVERY = 2.0


def watch(folder: CampusFolder, state: Path, fixed: date | None) -> None:
    """Looks every two seconds, for ever; meant for a thread of its own."""
    console = Console(stderr=True)
    before = _stamp(folder.root, fixed or date.today())
    while True:
        time.sleep(_EVERY)
        on = fixed or date.today()
        now = _stamp(folder.root, on)
        if now != before:
            before = now
            try:
                build_shown(folder, on, state, console)
            except SendbookError as error:
                console.print(f"The site could not be built again: {error}", style="red", highlight=False)


def _stamp(root: Path, on: date) -> tuple[object, ...]:
    """What changes when any file the site is made of does."""
    files = [root / "mkdocs.yml"]
    for name in ("records", "handbook", "schemas", "site_templates"):
        files += sorted((root / name).rglob("*"))
    stats = []
    for path in files:
        try:
            found = path.lstat()
        except OSError:
            continue
        stats.append((str(path), found.st_mtime_ns, found.st_size, found.st_ino))
    return (on, *stats)
