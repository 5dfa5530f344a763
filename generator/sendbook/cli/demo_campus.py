"""The campus a demonstration is served from: the example with its term of history, as a git repository of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.example.history.repository import digest_of_inputs, is_untouched, make_repository

_FOLDER, _CAMPUS, _MADE_FROM = "demo", "campus", "made-from"


def served_in_its_place(root: Path, state: Path, console: Console) -> Path:
    """The folder to serve the demonstration from: a campus of one's own as it is, the example with its history.

    The example's history is made in the state folder, and made again only when the example or the telling of its
    term changed. What somebody tried out there is then kept next to it.
    """
    if root.resolve() != example().resolve():
        return root
    folder = state / _FOLDER
    campus, made_from = folder / _CAMPUS, folder / _MADE_FROM
    registry = SchemaRegistry.load(schemas())
    digest = digest_of_inputs(root, registry)
    before, _, last = made_from.read_text(encoding="ascii").partition(" ") if made_from.is_file() else ("", "", "")
    if before == digest and (campus / "records").is_dir():
        return campus
    console.print("Writing the example's term of history (once) ...")
    _clear_away(campus, last, console)
    unfinished = folder / f"{_CAMPUS}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    head = make_repository(root, unfinished, registry)
    unfinished.rename(campus)
    made_from.write_text(f"{digest} {head}", encoding="ascii")
    return campus


def _clear_away(campus: Path, last: str, console: Console) -> None:
    """Makes room: an untouched repository goes, one that somebody worked in is kept under another name."""
    if not campus.exists():
        return
    if is_untouched(campus, last):
        shutil.rmtree(campus)
        return
    kept = next(name for number in range(1, 1000) if not (name := campus.with_name(f"{_CAMPUS}-{number}")).exists())
    campus.rename(kept)
    console.print(f"What you changed in the demonstration is saved in {kept}.")
