"""``sendbook publish --public DIR``: the public edition as a folder that any web server can hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.bundle.replacing import check_may_replace, replace_folder
from sendbook.campus.cache import ParseCache
from sendbook.campus.contacts import contacts_of
from sendbook.campus.folder import CampusFolder
from sendbook.campus.shipped import site_templates
from sendbook.checks.finding import Finding, Findings, has_errors, is_leak
from sendbook.checks.leaks.identifiers import identifiers_of
from sendbook.checks.leaks.scan import leaks
from sendbook.checks.log_paths import in_log
from sendbook.checks.reporters import as_text
from sendbook.checks.waivers import waived_in
from sendbook.cli.options import open_campus, state_folder
from sendbook.documents.press import Press
from sendbook.errors import SendbookError
from sendbook.handbook.plain_folder import THEME
from sendbook.handbook.public_sources import public_sources
from sendbook.pages.template_faults import Noting
from sendbook.pages.templates import Templates
from sendbook.places import Places
from sendbook.site.build.public_refusals import begun_only, lacking
from sendbook.site.build.public_site import public_documents, public_files, public_findings, template_findings
from sendbook.site.build.public_sound import PublicMaterial, SoundPublic, holds_back_itself_alone, last_published
from sendbook.site.build.shared_campus import own_templates

_NOT_IN = ("records", "handbook", "schemas", "site_templates", ".git", ".sendbook")


def publish(root: Path, target: Path, on: date, state: Path | None, console: Console) -> int:
    """Writes the folder as far as it is sound, and says what has to be corrected; answers the exit code."""
    folder, kept = open_campus(root), state_folder(root, state)
    _check_place(folder, kept, target)
    with ParseCache(Places(kept).cache) as cache:
        loaded = folder.load(cache=cache)
    asked = public_findings(folder, loaded, on)
    findings = waived_in(loaded.campus, asked, on)
    others = [one for one in findings if not holds_back_itself_alone(one)]
    _tell(findings, console)
    if has_errors(others) or (reason := lacking(asked)):
        return _refused(console, "" if has_errors(others) else reason)
    identifiers = identifiers_of(loaded.campus, contacts_of(loaded.campus))
    with last_published(kept) as bundle:
        sound = SoundPublic(
            folder=folder, campus=loaded.campus, findings=findings, on=on, bundle=bundle, identifiers=identifiers
        )
        made = _made(sound, kept)
    _tell((*made.leaks, *made.of_templates), console)
    if has_errors(made.leaks_left) or (reason := begun_only(made.files, loaded.campus)):
        return _refused(console, "" if has_errors(made.leaks_left) else reason)
    replace_folder(target, made.files)
    console.print(f"The public edition is in {target}: {len(made.files)} files. Begin with {target / 'index.html'}.")
    held = made.material.held | {one.path for one in made.of_templates}
    return _held(held, console) if held else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The files that may be published, what they are made of, every leak found, and those nothing helped against.

    ``of_templates`` are the faults of the campus's own templates, in whose place ours were used.
    """

    material: PublicMaterial
    files: dict[str, bytes]
    leaks: tuple[Finding, ...]
    leaks_left: tuple[Finding, ...]
    of_templates: tuple[Finding, ...]


def _made(sound: SoundPublic, state: Path) -> _Made:
    """The public edition without whatever names somebody: first with a page's last version, then without that too."""
    press = Press(sound.folder.root)
    templates = Templates(site_templates(), own_templates(sound.folder.root))
    leaking, twice, found = frozenset[str](), frozenset[str](), Findings()
    while True:
        material, noting = sound.material(leaking, twice), Noting(templates)
        documents = public_documents(material, sound.on)
        papers = {url: press.pdf(data) for url, data in documents.items()}
        files = public_files(material, sound.on, Places(state).engine, papers, noting)
        theme = [path for path in files if path.startswith(THEME)]
        left = leaks(files, sound.identifiers, sources=public_sources(sound.folder), theme=theme)
        found.add(left)
        where = frozenset(one.path for one in left if is_leak(one) and holds_back_itself_alone(one))
        if not where or where <= twice:
            failing = template_findings(templates, noting, press, documents.values())
            return _Made(material=material, files=files, leaks=tuple(found), leaks_left=left, of_templates=failing)
        leaking, twice = leaking | where, twice | (where & leaking)


def _tell(findings: Collection[Finding], console: Console) -> None:
    """Tells what was found. Values are for the person who asked, not for a log."""
    if findings:
        console.print(as_text(tuple(findings), values=console.is_terminal))


def _refused(console: Console, reason: str = "") -> int:
    if reason:
        console.print(reason, style="red")
    console.print("Nothing was published; the folder is as it was.", style="red")
    return 1


def _held(held: Collection[str], console: Console) -> int:
    console.print(
        "Held back until it is corrected; instead there is our own template, what was published last, or a page that "
        "says so:",
        style="red",
    )
    for path in sorted(held):
        console.print(f"  {path if console.is_terminal else in_log(path)}", style="red")
    return 1


def _check_place(folder: CampusFolder, state: Path, target: Path) -> None:
    """Refuses places where a public folder would mix with what is private, before any work is done."""
    check_may_replace(target.absolute())
    place = target.resolve()
    private = [*(folder.root / name for name in _NOT_IN), state]
    if any(place.is_relative_to(one) or one.is_relative_to(place) for one in private):
        raise SendbookError(f"{target} is among the campus's own files. Name a folder outside of them.")
