"""Comparing two commits: does it grow with what changed, or with the campus? What does an unchanged history cost?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from statistics import median

from benchmarks.campus import ON, folder_of, synthetic
from benchmarks.result import Row, ratio, rounds_of
from sendbook.history.between import repository_of, sides_between
from sendbook.history.comparison import compare
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from sendbook.history.versions import History
from sendbook.kinds.all_kinds import TELLERS

_CHANGED = 10


def rows(root: Path, scratch: Path, *, many: int = 1000, few: int = 250) -> list[Row]:
    """The same change among many students and among few; ten times the change; and nothing committed since."""
    large = _Campus(root, scratch / "large")
    small = _Campus(synthetic(scratch / "small-source", few), scratch / "small")
    taken = rounds_of(25, many=lambda: large.tell(1), few=lambda: small.tell(1), stat=large.stat)
    size = ratio(taken["many"], taken["few"])
    more = rounds_of(3, tenfold=lambda: large.tell(10), once=lambda: large.tell(1))
    change = ratio(more["tenfold"], more["once"])
    told = f"{1000 * median(taken['many']):.1f} ms; ten times the change {change:.1f} × as long"
    return [
        Row(
            work=f"two commits compared and told, {_CHANGED} plans changed: among {many:,} students / among {few:,}",
            measured=f"{size:.2f} ×",
            bar="at most 1.25 ×",
            holds=size <= 1.25,
            told=told,
        ),
        _beside_git(taken["many"], taken["stat"]),
        large.nothing_new(scratch / "state", many),
    ]


def _beside_git(told: list[float], stat: list[float]) -> Row:
    times = ratio(told, stat)
    return Row(
        work="the same among many students / `git diff --stat` of the same commits",
        measured=f"{times:.1f} ×",
        bar="at most 4 ×",
        holds=times <= 4,
        told=f"git {1000 * median(stat):.1f} ms",
    )


class _Campus:
    """A campus in a repository of its own, with a change of some plans and one of ten times as many."""

    def __init__(self, source: Path, root: Path) -> None:
        shutil.copytree(source, root)
        self.folder = folder_of(root)
        self._git("init", "--quiet", "--initial-branch=main")
        self._commit()
        plans = sorted((root / "records/students").glob("*/plan.yml"))
        for times in (1, 10):
            for plan in plans[: times * _CHANGED]:
                text = plan.read_text(encoding="utf-8")
                longer = re.sub(r"minutes: (\d+)", lambda found: f"minutes: {int(found[1]) + 5}", text)
                plan.write_text(longer, encoding="utf-8")
            self._commit()
        # As a repository that has been lived in: one pack, not thousands of files.
        self._git("gc", "--quiet")
        self.repository = repository_of(self.folder, ON)

    def tell(self, times: int) -> None:
        """The sentences of one of the changes."""
        before, after = ("HEAD~2", "HEAD~1") if times == 1 else ("HEAD~1", "HEAD")
        sides = sides_between(self.folder, self.repository, before, after)
        kinds = self.folder.registry.kinds
        events = compare(sides.before, sides.after, kinds)
        accounts = narrate(events, sides.before, sides.after, kinds, Names(), tellers=TELLERS)
        assert len(accounts) == times * _CHANGED

    def stat(self) -> None:
        """What git says of the smaller change, a line for each file."""
        self._git("diff", "--stat", "HEAD~2", "HEAD~1")

    def nothing_new(self, state: Path, students: int) -> Row:
        """Asking every student's mark with nothing committed since, beside reading the whole history."""
        state.mkdir(mode=0o700)
        taken = rounds_of(5, anew=lambda: self._ask(state, afresh=True), again=lambda: self._ask(state, afresh=False))
        share = ratio(taken["again"], taken["anew"])
        return Row(
            work=f"what is new in the history of {students:,} students: nothing committed since / read anew",
            measured=f"{100 * share:.0f} %",
            bar="told",
            holds=None,
            told=f"{1000 * median(taken['again']):.1f} ms, all students together",
        )

    def _ask(self, state: Path, *, afresh: bool) -> None:
        if afresh:
            shutil.rmtree(state)
            state.mkdir(mode=0o700)
        history = History.open(self.folder.root, self.folder.registry, state)
        assert history is not None
        with history:
            assert len(history.marks()) > 0

    def _commit(self) -> None:
        self._git("add", "--all")
        self._git("commit", "--quiet", "-m", "As it is")

    def _git(self, *arguments: str) -> None:
        who = ("-c", "user.name=Bench", "-c", "user.email=bench@campus.example", "-c", "gc.auto=0")
        environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull}
        command = ["git", *who, *arguments]
        subprocess.run(command, cwd=self.folder.root, env=environment, check=True, stdout=subprocess.DEVNULL)
