"""Reads from git, in one run, which version of each file of a campus came with which commit.

The line of history is that of first parents, as in `index`. That one holds the records alone and needs a state folder;
this one holds the handbook too, and is made where a question of age comes up: on a new machine it says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendbook.history.log import LOG, parsed_log
from sendbook.history.repository import Repository

_FOLDERS = ("records", "handbook")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Holds, by path, the versions of each file, the oldest first: the number of the commit, and the blob it left.

    A number is no day and no id: of two commits, the later one has the higher. A blob is "" where the commit took the
    file away.
    """

    repository: Repository
    versions: Mapping[str, tuple[tuple[int, str], ...]] = field(repr=False)

    @classmethod
    def of(cls, repository: Repository) -> Walk:
        """Returns all versions up to the commit checked out; none before the first commit."""
        found: dict[str, list[tuple[int, str]]] = {}
        number = 0
        log = repository.git(*LOG, repository.head, "--", *_FOLDERS) if repository.head else b""
        for _, _, path, blob in parsed_log(log):
            if path:
                found.setdefault(path, []).append((number, blob))
            else:  # a commit begins
                number += 1
        return cls(repository=repository, versions={path: tuple(listed) for path, listed in found.items()})

    def of_path(self, path: str) -> tuple[tuple[int, str], ...]:
        """Returns the versions of one file."""
        return self.versions.get(path, ())

    def below(self, folder: str) -> list[str]:
        """Returns the files that lie below a folder, or once did."""
        return [path for path in self.versions if path.startswith(f"{folder}/")]
