"""The git repository a campus lies in: found, asked for commits and trees, never written to.

Lists of versions come from one run of git, many times faster at that than any library; blobs and trees
through `pygit2`. What a user calls a revision is resolved by `pygit2` too, where nothing is an option.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sendbook.errors import HistoryError
from sendbook.history.log import LOG, parsed_log

if TYPE_CHECKING:
    import pygit2

_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_FILES = frozenset({0o100644, 0o100755})
# What a repository's own settings could start or change is switched off: programs that git calls, pagers, looks over
# the network. git then has no reason to mistrust a folder that belongs to somebody else, as in a container.
_SETTINGS = (
    *("-c", "safe.directory=*"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.pager=cat"),
    *("-c", "protocol.allow=never"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
)
_CLEARED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A repository and the campus in it.

    ``prefix`` is where the campus lies below ``top``: "" or a path that ends in a slash. ``head`` is the commit checked
    out, None before the first one. ``shallow`` says that older commits were not fetched.
    """

    root: Path
    top: Path
    prefix: str
    shallow: bool
    head: str | None = field(repr=False)

    @classmethod
    def find(cls, root: Path) -> Repository | None:
        """The repository the campus folder is part of; None if there is none.

        Raises HistoryError if there is one and git is missing or can't read it.
        """
        root = root.resolve()
        if not any((folder / ".git").exists() for folder in (root, *root.parents)):
            return None
        asked = ("rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository", "HEAD")
        done = _run(root, asked)
        said = done.stdout.decode("utf-8", "surrogateescape").split("\n")
        if len(said) < 4 or said[2] not in ("true", "false"):
            raise HistoryError(f"git can't read the repository {root} lies in: {_last_line(done.stderr)}")
        head = said[3] if _COMMIT.fullmatch(said[3]) else None
        return cls(root=root, top=Path(said[0]), prefix=said[1], shallow=said[2] == "true", head=head)

    def git(self, *arguments: str) -> bytes:
        """What a run of git in the campus folder prints. Only our own words and commit ids may be its arguments."""
        done = _run(self.root, arguments)
        if done.returncode:
            raise HistoryError(f"git could not read the history: {_last_line(done.stderr)}")
        return done.stdout

    @cached_property
    def _store(self) -> pygit2.Repository:
        import pygit2  # takes longer to import than a build with nothing new needs

        try:
            return pygit2.Repository(str(self.top))
        except (pygit2.GitError, KeyError, ValueError) as error:
            owner = f"Trust it with: git config --global --add safe.directory {self.top}"
            advice = owner if "own" in str(error) else "Run git fsck in it."
            raise HistoryError(f"The repository in {self.top} can't be opened: {error}. {advice}") from error

    def commit(self, revision: str) -> str:
        """The id of the commit a person means by a day, a branch, a tag, an id or something like ``HEAD~3``.

        A day such as ``2026-09-01`` means the campus as it stood when that day ended. Raises HistoryError, with what to
        do, if there is none.
        """
        if self.head is None:
            raise HistoryError("Nothing has been committed yet, so there is no earlier version. Commit first.")
        return self._commit_on(revision) if _DAY.fullmatch(revision) else self._commit_called(revision)

    def _commit_on(self, day: str) -> str:
        log = self.git("log", "--first-parent", "--date=short", "--format=%H %cd", str(self.head)).decode()
        dated = [line.split(" ") for line in log.splitlines()]
        found = next((commit for commit, on in dated if on <= day), None)
        if found is None:
            raise HistoryError(f"The history begins on {dated[-1][1]}, after {day}. {self._more()}")
        return found

    def _more(self) -> str:
        if self.shallow:
            return "This copy holds only the newest commits; fetch the others with: git fetch --unshallow"
        return "Name a day such as 2026-09-01, a branch, a tag, or HEAD~1 for the commit before the last."

    def _commit_called(self, revision: str) -> str:
        import pygit2

        try:
            return str(self._store.revparse_single(revision).peel(pygit2.Commit).id)
        except (KeyError, ValueError, TypeError, pygit2.GitError):
            raise HistoryError(f"“{revision}” names no commit here. {self._more()}") from None

    def common(self, one: str, other: str) -> str:
        """The newest commit that both of two commits come from: what a proposal is to be compared with.

        Raises HistoryError if they have none here.
        """
        found = self._store.merge_base(one, other)
        if found is None:
            raise HistoryError(f"The two versions have no earlier one in common here. {self._more()}")
        return str(found)

    def day_of(self, commit: str) -> str:
        """The day a commit was made, by the clock of whoever made it."""
        return self.git("log", "-1", "--date=short", "--format=%cd", commit).decode().strip()

    def blobs_since(self, commit: str, path: str) -> list[str]:
        """The blobs a file had in the commits after one, the oldest first; those that took it away are left out."""
        log = self.git(*LOG, f"{commit}..{self.head}", "--", path)
        return [blob for _, named, blob in parsed_log(log) if named == path and blob]

    def files(self, commit: str) -> Iterator[tuple[str, str]]:
        """Path (relative to the campus) and blob id of every plain file below ``records/`` in a commit."""
        tree = self._records_tree(commit)
        if tree is not None:
            yield from _below(tree, "records")

    def differing(self, before: str, after: str | None) -> frozenset[str]:
        """The paths below ``records/`` that differ between two commits, or a commit and the work tree (None)."""
        if after is not None:
            return frozenset(self._between(before, after))
        # Against the index by the files' stamps, so that unchanged files are not read.
        paths = set(self._between(before, None))
        flags = self._flags()
        for delta in self._store.index.diff_to_workdir(flags, 0, 0).deltas:
            paths.update(file.path for file in (delta.old_file, delta.new_file))
        return self._own(paths)

    def blob(self, identity: str) -> bytes | None:
        """The bytes of a blob; None where the repository lacks it, as a partial copy may."""
        found = self._store.get(identity)
        data = getattr(found, "data", None)
        return data if isinstance(data, bytes) else None

    def blob_at(self, commit: str, path: str) -> str | None:
        """The blob a plain file of the campus had in a commit; None if it was not there."""
        try:
            found = self._store[commit].tree[self.prefix + path]
        except KeyError:
            return None
        return str(found.id) if found.filemode in _PLAIN_FILES else None

    def _between(self, before: str, after: str | None) -> frozenset[str]:
        tree = self._store[before].tree
        index = self._store.index
        diff = tree.diff_to_index(index) if after is None else tree.diff_to_tree(self._store[after].tree)
        return self._own({file.path for delta in diff.deltas for file in (delta.old_file, delta.new_file)})

    def _own(self, paths: set[str]) -> frozenset[str]:
        start = f"{self.prefix}records/"
        return frozenset(path.removeprefix(self.prefix) for path in paths if path.startswith(start))

    @staticmethod
    def _flags() -> Any:
        from pygit2.enums import DiffOption

        return DiffOption.INCLUDE_UNTRACKED | DiffOption.RECURSE_UNTRACKED_DIRS

    def _records_tree(self, commit: str) -> Any:
        try:
            return self._store[commit].tree[f"{self.prefix}records"]
        except KeyError:
            return None


def _below(tree: Any, at: str) -> Iterator[tuple[str, str]]:
    for entry in tree:
        path = f"{at}/{entry.name}"
        if entry.type_str == "tree":
            yield from _below(entry, path)
        elif entry.filemode in _PLAIN_FILES:
            yield path, str(entry.id)


def _run(root: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    # Of the environment only what finds git: GIT_DIR and its like, set inside a hook, would lead elsewhere.
    environment = {**_CLEARED, "PATH": os.environ.get("PATH", os.defpath)}
    try:
        return subprocess.run(
            ["git", "--no-pager", *_SETTINGS, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise HistoryError("git is not installed, so earlier versions can't be read. Install git.") from None


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "it did not say why"
