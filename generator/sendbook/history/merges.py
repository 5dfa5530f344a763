"""Merges: what one side had and the merge left out, found by comparing it with every parent and with where they parted.

A merge that keeps one side's files drops the other's work without a conflict and without a line in the usual history,
which follows first parents. A merge that waits to be committed counts as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sendbook.errors import HistoryError
from sendbook.history.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Names a file that one side of a merge had changed, and that came out of it as the other side had it, or mixed.

    ``base`` is the blob where the sides parted, ``side`` that of the side, ``merged`` that of the merge ("" where there
    is no file; None where the merge is not committed yet and the work tree holds it).
    """

    path: str
    base: str
    side: str
    merged: str | None
    commit: str


def dropped_since(repository: Repository, commit: str, within: str) -> Iterator[Dropped]:
    """Yields what merges since a commit may have dropped below a folder of the campus."""
    for merge, parents in _merges(repository, commit):
        for side in parents:
            for other in parents:
                if other != side:
                    yield from _between(repository, merge, side, other, within)


def _merges(repository: Repository, commit: str) -> Iterator[tuple[str | None, list[str]]]:
    said = repository.git("rev-list", "--merges", "--parents", "--reverse", f"{commit}..{repository.head}").decode()
    for line in said.splitlines():
        merge, *parents = line.split()
        yield merge, parents
    waiting = repository.merging()
    if waiting and repository.head:
        yield None, [repository.head, *waiting]


def _between(repository: Repository, merge: str | None, side: str, other: str, within: str) -> Iterator[Dropped]:
    try:
        base: str | None = repository.common(side, other)
    except HistoryError:  # two histories joined: all of a side is its own
        base = None
    changed = repository.differing(base, side, within)
    left_out = repository.differing(side, merge, within)
    for path in sorted(changed.keys() & left_out.keys()):
        was, is_side = changed[path]
        merged = left_out[path][1] if merge is not None else None
        if is_side:
            yield Dropped(path=path, base=was, side=is_side, merged=merged, commit=merge or side)
