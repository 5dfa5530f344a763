"""A small campus in a git repository of its own, committed day by day."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.checks_kit import tiny_campus

PLAN = "records/students/2TST/plan.yml"
HEADER = "records/students/2TST/student.yml"


@dataclass(frozen=True)
class Repo:
    """A repository at ``top`` with a campus in ``root``, which may be a folder of it."""

    top: Path
    root: Path

    @classmethod
    def begun(cls, top: Path, *, day: str = "2026-09-09", inside: str = "") -> Repo:
        """The tiny campus of the checks, committed on a day; ``inside`` is its folder in the repository."""
        top.mkdir(parents=True, exist_ok=True)
        repo = cls(top, tiny_campus(top / inside))
        repo.git("init", "--quiet", "--initial-branch=main")
        repo.commit(day)
        return repo

    def git(self, *arguments: str, day: str = "2026-09-09") -> str:
        """What git says; its clock stands at noon of a day, or at a moment such as 2026-11-16T23:30:00-08:00."""
        noon = day if "T" in day else f"{day}T12:00:00+01:00"
        done = subprocess.run(
            ["git", "-c", "user.name=Pat", "-c", "user.email=pat@school.example", *arguments],
            cwd=self.top,
            env={
                "PATH": os.environ["PATH"],
                "GIT_AUTHOR_DATE": noon,
                "GIT_COMMITTER_DATE": noon,
                "GIT_CONFIG_GLOBAL": os.devnull,
            },
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, day: str, *more: str) -> str:
        """Commits all there is; answers the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "A change", *more, day=day)
        return self.git("rev-parse", "HEAD")

    def change(self, old: str, new: str, path: str = PLAN) -> None:
        """Replaces a text that stands once in a file of the campus."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def changed(self, day: str, old: str, new: str, path: str = PLAN) -> str:
        """Changes a file and commits it."""
        self.change(old, new, path)
        return self.commit(day)

    def write(self, path: str, text: str) -> None:
        """Writes a file of the campus."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
