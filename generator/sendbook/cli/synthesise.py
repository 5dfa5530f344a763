"""``sendbook synthesise``: a valid campus of invented people, of any size."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import track

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.cli.new_folder import new_folder
from sendbook.example.starter import starter_page
from sendbook.example.synthesise import synthesise as records


def synthesise(folder: Path, students: int, seed: int, on: date, console: Console) -> int:
    """Writes the campus; raises `SendbookError` if there is something in the folder already."""
    folder = folder.resolve()
    with new_folder(folder):
        registry = SchemaRegistry.load(schemas())
        files = records(students, seed, registry=registry, on=on)
        shown = track(files, "Writing records", console=console, disable=not console.is_terminal, total=8 * students)
        for path, content in shown:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        shutil.copytree(example() / "handbook", folder / "handbook", dirs_exist_ok=True)
        for page in (folder / "handbook").glob("*.md"):
            page.write_text(starter_page(page.read_text(encoding="utf-8"), approved=True), encoding="utf-8")
        shutil.copyfile(example() / "mkdocs.yml", folder / "mkdocs.yml")
    console.print(f"A synthetic campus with {students} students is in {folder}.")
    return 0
