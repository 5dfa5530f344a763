"""One save of a plan that was saved 10, 100 or 1,000 times before: does a long history cost more than a short one?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from calendar import timegm
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.campus import ON, synthetic
from benchmarks.publishing import publish, save
from benchmarks.result import Row, ratio, rounds_of

_STUDENTS = 12
_NUMBERS = (10, 100, 1000)
_ROUNDS = 5
_FEW_DAYS = 10


def rows(scratch: Path) -> list[Row]:
    """All versions on ten days, which is what most plans are like; and each on a day of its own."""
    source, state = synthetic(scratch / "source", _STUDENTS), scratch / "source-state"
    publish(source, state)
    found = []
    for what, days_of in (("on ten days", lambda _: _FEW_DAYS), ("each on its own day", lambda number: number)):
        folder = scratch / what.replace(" ", "-")
        found.append(_row(what, {one: _Saved(source, state, folder, one, days_of(one)) for one in _NUMBERS}))
    return found


def _row(days: str, campuses: dict[int, _Saved]) -> Row:
    def change() -> None:
        for one in campuses.values():
            one.change()

    taken = rounds_of(
        _ROUNDS,
        before=change,
        **{str(number): one.publish for number, one in campuses.items()},
    )
    first, *others = (taken[str(number)] for number in campuses)
    times = [ratio(other, first) for other in others]
    counts = " and ".join(f"{number:,}" for number in list(campuses)[1:])
    return Row(
        work=f"one save published, the plan saved {counts} times before, {days} / {next(iter(campuses))} times before",
        measured=" and ".join(f"{one:.2f} ×" for one in times),
        bar="told",
        holds=None,
        told=" and ".join(f"{1000 * median(taken[str(number)]):.0f} ms" for number in campuses),
    )


class _Saved:
    """A campus kept in git, in which one plan was saved many times on so many days."""

    def __init__(self, source: Path, state: Path, folder: Path, number: int, days: int) -> None:
        self.root, self.state, self.round = folder / f"{number}", folder / f"{number}-state", 0
        shutil.copytree(source, self.root)
        shutil.copytree(state, self.state)
        plans = sorted((self.root / "records/students").glob("*/plan.yml"))
        self.plan = plans[len(plans) // 2]
        self.text = self.plan.read_text(encoding="utf-8")
        self._git("init", "--quiet", "--initial-branch=main")
        self._git("add", "records")
        self._git("commit", "--quiet", "--message", "Begun", day=f"{ON - timedelta(days=days + 1)}")
        self._git("fast-import", "--quiet", given=self._versions(number, days))
        self._git("reset", "--quiet", "--hard")
        publish(self.root, self.state)

    def change(self) -> None:
        """Saves the plan once more and commits it."""
        self.round += 1
        save(self.plan, self._version(2 * self.round), self.round)
        self._git("commit", "--quiet", "--all", "--message", "Saved", day=f"{ON}")

    def publish(self) -> None:
        """Publishes the save."""
        publish(self.root, self.state)

    def _version(self, number: int) -> str:
        """The plan with help of another length: every second version says what none near it does."""
        return re.sub(r"minutes: \d+", f"minutes: {20 + number % 37}", self.text, count=1) + f"# {number}\n"

    def _versions(self, number: int, days: int) -> bytes:
        path = self.plan.relative_to(self.root).as_posix()
        commits = []
        for one in range(number):
            day = ON - timedelta(days=days - one * days // number)
            text = self._version(one).encode()
            begun = b"from refs/heads/main^0\n" if one == 0 else b""
            who = f"Pat <pat@school.example> {timegm((*day.timetuple()[:3], 9, 0, 0))} +0000"
            commits.append(
                f"commit refs/heads/main\ncommitter {who}\ndata 5\nSaved\n".encode()
                + begun
                + f"M 100644 inline {path}\ndata {len(text)}\n".encode()
                + text
                + b"\n"
            )
        return b"".join(commits)

    def _git(self, *arguments: str, given: bytes | None = None, day: str = "") -> None:
        who = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", "Pat"), ("EMAIL", "pat@school.example"))
        }
        when = {f"GIT_{role}_DATE": f"{day}T12:00:00+00:00" for role in ("AUTHOR", "COMMITTER")} if day else {}
        subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **who, **when, "GIT_CONFIG_GLOBAL": os.devnull},
            input=given,
            check=True,
            capture_output=True,
        )
