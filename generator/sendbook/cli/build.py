"""``sendbook build`` and ``sendbook export``: publish the site, and write one reader's as plain files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.bundle import PUBLIC, Bundle
from sendbook.bundle.export import check_may_replace
from sendbook.bundle.export import export as export_site
from sendbook.campus.folder import CampusFolder
from sendbook.checks.finding import Severity
from sendbook.checks.reporters import as_text
from sendbook.cli.options import open_campus, state_folder
from sendbook.cli.state_copy import copied
from sendbook.documents.press import Press
from sendbook.errors import SendbookError
from sendbook.places import Places
from sendbook.site.build.build import BuildResult, Options, Publisher

# Files that are not read: named, so that nobody looks in vain for what was written there.
_PASSED_OVER = frozenset({"copy", "litter", "stray"})


def build(root: Path, on: date, state: Path | None, console: Console) -> int:
    """Builds and publishes; answers the exit code."""
    report = build_shown(open_campus(root), on, state_folder(root, state), console)
    return 0 if report.is_whole else 1


def build_shown(folder: CampusFolder, on: date, state: Path, console: Console) -> BuildResult:
    """Builds once, with a progress bar where a person watches, and says what came of it."""
    with Publisher(folder, state) as publisher:
        return publish_shown(publisher, on, console)


def publish_shown(publisher: Publisher, on: date, console: Console, done: str = "The site is published") -> BuildResult:
    """Publishes with a progress bar where a person watches, and says what came of it: that it is ``done``."""
    with _watched(console) as options:
        report = publisher.publish(on, options)
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    passed_over = [finding for finding in report.findings if finding.code in _PASSED_OVER]
    if told := [*errors, *passed_over]:
        console.print(as_text(told, values=console.is_terminal))
    if not report.published:
        console.print("Nothing was published; the last good site is still there.", style="red")
    else:
        console.print(
            f"{done}: {_count(report.students, 'student')}, {_count(report.rendered, 'page')} made new, "
            f"own pages for {_count(report.readers, 'reader')}."
        )
        if report.held:
            console.print("Held back until it is corrected:", style="red")
            for one in report.held if console.is_terminal else report.held_in_log:
                console.print(f"  {one}", style="red")
        elif errors:
            console.print("There are errors to correct, but they don't hold anything back.", style="red")
        if not report.log_emptied:
            console.print(
                "What this build replaced or erased is still in bundle.db-wal, because another program was "
                "reading. Build again in a while to clear it."
            )
    return report


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@contextmanager
def _watched(console: Console) -> Iterator[Options]:
    """How to build so that a person who watches sees how far it is."""
    if not console.is_terminal:
        yield Options()
        return
    from rich.progress import Progress  # nobody watches a server build after a push

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Students", total=None)
        yield Options(progress=lambda done, total: progress.update(task, completed=done, total=total))


def export(root: Path, reader: str, target: Path, on: date, state: Path | None, console: Console) -> int:
    """Builds apart from the site that is served, then writes everything one reader could fetch to a folder.

    Readers of the served site must not be shown another day's, nor what is still being edited.
    """
    campus = open_campus(root)
    if target.resolve().is_relative_to(root.resolve() / "records"):
        raise SendbookError("An export can't be written among the records. Name another folder.")
    check_may_replace(target.absolute())
    _check_reads_here(campus, reader)
    with copied(state_folder(root, state)) as apart:
        with Publisher(campus, apart) as publisher:
            report = publish_shown(publisher, on, console, done="The site is made, apart from the one that is served")
        if not report.published:
            return 1
        if not report.is_whole:
            console.print("Anything held back is in the export as last published, or not at all.", style="red")
        with Bundle.reading(Places(apart).bundle) as bundle:
            count = export_site(bundle, reader, on, target, press=Press(campus.root).pdf)
    console.print(f"{count} files for {reader} are in {target}.")
    return 0 if report.is_whole else 1


def _check_reads_here(campus: CampusFolder, reader: str) -> None:
    """Raises `SendbookError` for an id that is nobody's, before the work that a slip of the pen would waste."""
    scan = campus.scan()
    people = {entry.record_id for entry in scan.entries if entry.kind == "person"}
    if reader != PUBLIC and f"people/{reader}" not in people and reader not in scan.students:
        raise SendbookError(
            f"There is nobody with the id “{reader}”. Ids are the names of files in records/people, and of folders in "
            "records/students."
        )
