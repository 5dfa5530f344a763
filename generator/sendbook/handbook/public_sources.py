"""What the public pages were made of, so that a finding in one names the file and line a person can correct."""

from __future__ import annotations

from sendbook.campus.folder import CampusFolder
from sendbook.campus.shipped import schemas
from sendbook.handbook import folder as handbook
from sendbook.handbook.edition import select


def public_sources(folder: CampusFolder) -> dict[str, tuple[str, str]]:
    """The Markdown behind each public page: its file in the campus and its text, by the path of the file it becomes.

    Lines that belong to other editions are empty, so that a line number is the file's own.
    """
    read = handbook.read(folder.root, handbook.front_matter_schema(schemas()))
    sources = {}
    for page in select(read.pages, "public"):
        written = (folder.root / "handbook" / page.path).read_text(encoding="utf-8").split("\n")
        front = "\n".join([*written[: page.body_line - 1], ""])
        sources[f"{page.url.lstrip('/')}index.html"] = (f"handbook/{page.path}", front + page.body)
    return sources
