"""``sendbook publish --public DIR``: the public edition as a folder that any web server can hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.bundle.replacing import check_may_replace, replace_folder
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.checks.finding import Finding, has_errors
from sendbook.checks.leaks.scan import leaks
from sendbook.checks.leaks.tells import tells_of
from sendbook.checks.reporters import as_text
from sendbook.cli.options import open_campus, state_folder
from sendbook.documents.press import Press
from sendbook.errors import SendbookError
from sendbook.site.plain_folder import THEME
from sendbook.site.public_refusals import begun_only, lacking
from sendbook.site.public_site import public_documents, public_files, public_findings
from sendbook.site.public_sources import contacts_of, public_sources

_NOT_IN = ("records", "handbook", "schemas", "site_templates", ".git", ".sendbook")


def publish(root: Path, target: Path, on: date, state: Path | None, console: Console) -> int:
    """Writes the folder, or tells what has to be mended first; answers the exit code."""
    folder, kept = open_campus(root), state_folder(root, state)
    _check_place(folder, kept, target)
    with ParseCache(kept / "cache.db") as cache:
        loaded = folder.load(cache=cache)
    findings = public_findings(folder, loaded, on)
    if _told(findings, console, lacking(findings)):
        return 1
    press = Press(folder.root)
    papers = {url: press.pdf(data) for url, data in public_documents(folder, loaded.campus, on).items()}
    files = public_files(folder, loaded.campus, on, kept / "engine", papers)
    tells = tells_of(loaded.campus, contacts_of(loaded.campus))
    theme = [path for path in files if path.startswith(THEME)]
    told = leaks(files, tells, sources=public_sources(folder), theme=theme)
    if _told(told, console, begun_only(files, loaded.campus)):
        return 1
    replace_folder(target, files)
    console.print(f"The public edition is in {target}: {len(files)} files. Begin with {target / 'index.html'}.")
    return 0


def _told(findings: tuple[Finding, ...], console: Console, reason: str = "") -> bool:
    """Tells what was found, and a further reason; answers whether it stops us.

    Values are for the eyes of whoever asked, not for a log.
    """
    if findings:
        console.print(as_text(findings, values=console.is_terminal))
    if reason:
        console.print(reason, style="red")
    if reason or has_errors(findings):
        console.print("Nothing was published; the folder is as it was.", style="red")
        return True
    return False


def _check_place(folder: CampusFolder, state: Path, target: Path) -> None:
    """Refuses places where a public folder would mix with what is private, before any work is done."""
    check_may_replace(target.absolute())
    place = target.resolve()
    private = [*(folder.root / name for name in _NOT_IN), state]
    if any(place.is_relative_to(one) or one.is_relative_to(place) for one in private):
        raise SendbookError(f"{target} is among the campus's own files. Name a folder outside of them.")
