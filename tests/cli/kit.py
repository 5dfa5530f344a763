"""Runs a command as a person would, in this process, and keeps what it said and how it ended."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sendbook.cli.main import main
from tests.checks_kit import tiny_campus
from tests.site.handbooks import write as write_page

DAY = ("--as-of", "2026-11-23")


@dataclass(frozen=True)
class Told:
    """A command's exit code, and what it wrote to each stream."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence of a command that could not run."""
        assert self.code == 2, self
        assert self.err.startswith("sendbook: "), self
        assert len(self.err.splitlines()) == 1, self
        assert "Traceback" not in self.err
        return self.err.removeprefix("sendbook: ").strip()


def run(*arguments: str | Path) -> Told:
    """What ``sendbook`` answers to these arguments."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "argv", ["sendbook", *map(str, arguments)]),
        patch.object(sys, "excepthook", sys.excepthook),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    assert code is None or isinstance(code, int)
    return Told(code=code or 0, out=out.getvalue(), err=err.getvalue())


def small_campus(folder: Path) -> Path:
    """A sound campus with one student, whose handbook is a first page and the two documents for the public."""
    tiny_campus(folder)
    editions = ["public", "family", "staff"]
    write_page(folder, "index.md", "# Welcome\n\nAsk us.\n", title="Welcome", section=0, editions=editions)
    return folder


def program(*arguments: str | Path) -> Sequence[str]:
    """The same as a process of its own."""
    return [sys.executable, "-m", "sendbook", *map(str, arguments)]


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs git as somebody who has said who they are."""
    who = ("-c", "user.name=Pat", "-c", "user.email=pat@school.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=False)
