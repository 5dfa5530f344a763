"""Finds invisible characters in a campus's own templates and schemas and in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sendbook.campus.problems import Problem
from sendbook.campus.unseen import REMEDY, UNSEEN, unseen_lines
from sendbook.checks.finding import Finding, Severity, from_problem
from sendbook.site.build.shared_campus import own_templates

_TEXTS = frozenset({".html", ".jinja", ".j2", ".typ", ".css", ".js", ".json", ".yml", ".yaml", ".md", ".txt", ".svg"})
_AT_MOST = 1 << 18


def unseen_in_files(root: Path) -> Iterator[Finding]:
    """Yields a finding for each line with one of them: an error where it turns words round, else a warning."""
    own = own_templates(root)
    folders = [root / "schemas"] if own is None else [own, root / "schemas"]
    files = [file for folder in folders for file in sorted(folder.rglob("*"))]
    for file in (*files, root / "mkdocs.yml"):
        if file.is_file() and not file.is_symlink() and file.suffix in _TEXTS and file.stat().st_size <= _AT_MOST:
            yield from _in_file(file, file.relative_to(root).as_posix())


def _in_file(file: Path, path: str) -> Iterator[Finding]:
    try:
        text = file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return  # reported where the file is read
    for line, column, one in unseen_lines(text):
        found = from_problem(Problem(one.code, path, line, column, one.message, REMEDY))
        yield replace(found, severity=Severity.WARNING) if one.code == UNSEEN else found
