"""What libyaml takes for the same files: the least that reading them can cost, which other work is told next to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from yaml.cyaml import CParser


def sources_of(root: Path) -> list[bytes]:
    """All record files of a campus as they are on the disk."""
    return [path.read_bytes() for path in sorted((root / "records").rglob("*.yml"))]


def parse(sources: Iterable[bytes]) -> None:
    """Parses files in libyaml alone; nothing reaches Python."""
    for source in sources:
        CParser(source).raw_parse()


def parse_events(sources: Iterable[bytes]) -> None:
    """Parses files and takes each event into Python, as a loader must that makes anything of them.

    It takes four to five times as long as `parse`.
    """
    for source in sources:
        parser = CParser(source)
        while parser.check_event():
            parser.get_event()
