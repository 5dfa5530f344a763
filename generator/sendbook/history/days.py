"""The day each commit counts from, put right where a clock was wrong.

A commit is no earlier than those it builds on and no later than today. One whose clock was behind counts from the
day of the commits before; one whose clock was ahead of today from that of the next commit whose clock can be right, or
from today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: How git is asked: each commit after those it builds on, with its clock's day and its parents.
LOG = ("log", "--topo-order", "--reverse", "--no-show-signature", "--no-color", "--date=short", "--format=%H %cd %P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Names a commit's day by the clock of the computer it was made on, and the day it counts from."""

    clock: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Holds, by commit, the day it counts from and the day its clock said."""

    counted: Mapping[str, str]
    clocks: Mapping[str, str]

    def corrections(self, commits: Iterable[str]) -> tuple[Correction, ...]:
        """Returns those of some commits whose clock was wrong, each pair of days once, in the order of their days."""
        found = {
            Correction(clock=self.clocks[commit], day=self.counted[commit])
            for commit in commits
            if commit in self.counted and self.clocks[commit] != self.counted[commit]
        }
        return tuple(sorted(found, key=lambda one: (one.day, one.clock)))


def parsed(log: bytes, today: str | None) -> Days:
    """Returns the days of all commits in the output of `LOG`; without today nothing counts as ahead of it."""
    rows = [line.split() for line in log.decode("ascii", "replace").splitlines() if line]
    clocks = {commit: clock for commit, clock, *_ in rows}
    at_most: dict[str, str] = {}  # by commit, the earliest day among those that build on it
    likely: dict[str, str] = {}
    for commit, clock, *parents in reversed(rows):
        ahead = today is not None and clock > today
        likely[commit] = at_most.get(commit, today or clock) if ahead else clock
        for parent in parents:
            at_most[parent] = min(at_most.get(parent, likely[commit]), likely[commit])
    counted: dict[str, str] = {}
    for commit, _, *parents in rows:
        before = (counted[parent] for parent in parents if parent in counted)
        counted[commit] = max(likely[commit], *before, "")
    return Days(counted=counted, clocks=clocks)
