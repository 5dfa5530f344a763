"""The git repository a campus lies in: found, asked for commits and trees, never written to.

Lists of versions come from one run of git, many times faster at that than any library; blobs and trees
through `pygit2`. What a user calls a revision is resolved by `pygit2` too, where nothing is an option.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sendbook.errors import HistoryError
from sendbook.history.days import LOG as DAYS_LOG
from sendbook.history.days import Correction, Days, parsed
from sendbook.history.log import LOG, parsed_log

if TYPE_CHECKING:
    import pygit2

_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    """Reads a repository and the campus in it.

    ``prefix`` is where the campus lies below ``top``: "" or a path that ends in a slash. ``head`` is the commit checked
    out, None before the first one. ``shallow`` says that older commits were not fetched. ``on`` is today: no commit
    counts from a later day.
    """

    root: Path
    top: Path
    prefix: str
    shallow: bool
    head: str | None = field(repr=False)
    on: date | None = None

    @classmethod
    def find(cls, root: Path, on: date | None = None) -> Repository | None:
        """Returns the repository the campus folder is part of; None if there is none.

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
        return cls(root=root, top=Path(said[0]), prefix=said[1], shallow=said[2] == "true", head=head, on=on)

    def git(self, *arguments: str) -> bytes:
        """Returns what git prints in the campus folder. Only our own words and commit ids may be its arguments."""
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
        """Returns the id of the commit a person means by a day, a branch, a tag, an id or something like ``HEAD~3``.

        A day such as ``2026-09-01`` means the campus as it stood when that day ended. Raises HistoryError, with what to
        do, if there is none.
        """
        if self.head is None:
            raise HistoryError("Nothing has been committed yet, so there is no earlier version. Commit first.")
        return self._commit_on(revision) if DAY.fullmatch(revision) else self._commit_called(revision)

    def _commit_on(self, day: str) -> str:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise HistoryError(f"“{day}” is not a real date. Write it like 2026-09-01.") from None
        line = self.git("rev-list", "--first-parent", str(self.head)).decode().split()
        counted = self.days.counted
        found = next((commit for commit in line if counted[commit] <= day), None)
        if found is None:
            raise HistoryError(f"The history begins on {counted[line[-1]]}, after {day}. {self._more()}")
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
        """Returns the newest commit that both of two commits come from: what a proposal is to be compared with.

        Raises HistoryError if they have none here.
        """
        found = self._store.merge_base(one, other)
        if found is None:
            raise HistoryError(f"The two versions have no earlier one in common here. {self._more()}")
        return str(found)

    @cached_property
    def days(self) -> Days:
        """Returns the days that all commits before the one checked out count from."""
        return parsed(self.git(*DAYS_LOG, str(self.head)), self.on.isoformat() if self.on is not None else None)

    def day_of(self, commit: str) -> str:
        """Returns the day a commit counts from."""
        return self.days.counted[commit]

    def corrections(self, before: str, after: str | None) -> tuple[Correction, ...]:
        """Commits between two, the later one (None: the one checked out) included, whose clock was wrong."""
        return self.days.corrections(self.git("rev-list", f"{before}..{after or self.head}").decode().split())

    def blobs_since(self, commit: str, within: str) -> dict[str, list[str]]:
        """Returns, by path, the blobs that files below a folder had in the commits after one, the oldest first.

        Commits that took a file away are left out; a file that only they name has no blobs.
        """
        found: dict[str, list[str]] = {}
        for _, _, path, blob in parsed_log(self.git(*LOG, f"{commit}..{self.head}", "--", within)):
            if path:
                found.setdefault(path, []).extend([blob] if blob else [])
        return found

    def versions_since(self, commit: str, within: str) -> dict[str, list[str]]:
        """Returns, by path, the blobs of files below a folder that changed since a commit: that of the commit first.

        A file that has its old words again is among them, and one that has been added and taken away.
        """
        later = self.blobs_since(commit, within)
        differing = self.differing(commit, None, within)
        found: dict[str, list[str]] = {}
        for path in sorted({*later, *differing}):
            first = differing[path][0] if path in differing else self.blob_at(commit, path)
            blobs = [*([first] if first else []), *later.get(path, ())]
            if blobs:
                found[path] = blobs
        return found

    def merging(self) -> list[str]:
        """Returns the commits that a merge not yet committed brings in."""
        waiting = Path(self._store.path) / "MERGE_HEAD"
        said = waiting.read_text(encoding="ascii", errors="replace").split() if waiting.is_file() else []
        return [commit for commit in said if _COMMIT.fullmatch(commit)]

    def differing(self, before: str | None, after: str | None, within: str = "records") -> dict[str, tuple[str, str]]:
        """Returns the paths below a folder that differ between two commits, or a commit and the work tree (None).

        With the blob on each side, "" where there is no plain file; that of the work tree is not told. Without a commit
        before, all of the other differs from nothing.
        """
        if before is None:
            if after is None:
                raise ValueError("one side has to be a commit")
            return self._own(self._tree(after).diff_to_tree(swap=True), after, within)
        if after is not None:
            return self._own(self._tree(before).diff_to_tree(self._tree(after)), before, within)
        index = self._store.index
        found = self._own(self._tree(before).diff_to_index(index), before, within)
        # Against the index by the files' stamps, so that unchanged files are not read.
        changed = self._own(index.diff_to_workdir(self._flags(), 0, 0), before, within)
        return {path: (blobs[0], "") for path, blobs in {**changed, **found}.items()}

    def files_at(self, commit: str, *folders: str) -> list[tuple[str, str]]:
        """Returns the path in the campus and the blob of each plain file that these folders of it held at a commit."""
        said = self.git("ls-tree", "-r", "-z", commit, "--", *folders).decode("utf-8", "surrogateescape")
        found = []
        for line in filter(None, said.split("\0")):
            facts, _, path = line.partition("\t")
            mode, _, blob = facts.split(" ")
            if int(mode, 8) in _PLAIN_FILES:
                found.append((path, blob))
        return found

    def blob(self, identity: str) -> bytes | None:
        """Returns the bytes of a blob; None where the repository lacks it, as a partial copy may."""
        found = self._store.get(identity)
        data = getattr(found, "data", None)
        return data if isinstance(data, bytes) else None

    def blob_at(self, commit: str, path: str) -> str:
        """Returns the blob of a plain file in a commit; "" where there is none."""
        try:
            found = self._tree(commit)[self.prefix + path]
        except KeyError:
            return ""
        return str(found.id) if found.filemode in _PLAIN_FILES else ""

    def _tree(self, commit: str) -> Any:
        found = self._store[commit]
        return found.peel(self._pygit2.Tree)

    def _own(self, diff: pygit2.Diff, before: str, within: str) -> dict[str, tuple[str, str]]:
        start = f"{self.prefix}{within}/"
        found = {}
        for delta in diff.deltas:
            path = delta.old_file.path
            if path.startswith(start):
                own = path.removeprefix(self.prefix)
                # What git could not merge has three versions in the index, and none of them is the commit's.
                conflicted = delta.status == self._pygit2.enums.DeltaStatus.CONFLICTED
                old = self.blob_at(before, own) if conflicted else _plain(delta.old_file)
                found[own] = (old, _plain(delta.new_file))
        return found

    @property
    def _pygit2(self) -> Any:
        import pygit2

        return pygit2

    @staticmethod
    def _flags() -> Any:
        from pygit2.enums import DiffOption

        return DiffOption.INCLUDE_UNTRACKED | DiffOption.RECURSE_UNTRACKED_DIRS


def stamp_of(root: Path) -> str:
    """Returns a text that differs once commits are added, taken back or fetched; "" without any. It runs no git."""
    git = next((one / ".git" for one in (root, *root.parents) if (one / ".git").exists()), None)
    if git is None:
        return ""
    if git.is_file():  # a work tree next to others, or a repository in another: it says where its own files are
        git = (git.parent / git.read_text(encoding="utf-8", errors="replace").removeprefix("gitdir:").strip()).resolve()
    common = git / "commondir"
    shared = git / common.read_text(encoding="utf-8", errors="replace").strip() if common.is_file() else git
    head = git / "HEAD"
    said = head.read_text(encoding="utf-8", errors="replace").strip() if head.is_file() else ""
    # Not every repository writes down what HEAD was: then the branch alone tells, in a file of its own or packed.
    kept = [shared / name for name in (said.removeprefix("ref: "), "packed-refs", "shallow")]
    files = [one for one in (head, git / "logs" / "HEAD", *kept) if one.is_file()]
    return " ".join(f"{one.stat().st_mtime_ns}:{one.stat().st_size}" for one in files)


def _plain(file: Any) -> str:
    """The blob of a side of a difference; "" where it is not there, or a link or another repository."""
    return str(file.id) if file.mode in _PLAIN_FILES and int(str(file.id), 16) else ""


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
