"""Says whether a folder is on a Windows disk that WSL shows to Linux, as `/mnt/c` is.

There file modes mean nothing, so nobody can be kept out, and two programs can't share a database safely.
"""

from __future__ import annotations

import os
from pathlib import Path

from sendbook.errors import SendbookError

_SHOWN_BY_WINDOWS = frozenset({"drvfs", "9p", "virtiofs"})
_MOUNTS = Path("/proc/self/mounts")


def refuse_windows_disk(folder: Path) -> None:
    """Raises `SendbookError` where a state folder would be on a Windows disk."""
    kernel = os.uname().release
    if not _is_windows(kernel):
        return
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    if is_on_windows_disk(folder, mounts, kernel):
        raise SendbookError(
            f"{folder} is on a Windows disk, where sendbook can keep nobody out of its files. Name a folder on the "
            "Linux disk with --state, such as --state ~/sendbook-state."
        )


def is_on_windows_disk(folder: Path, mounts: str, kernel: str) -> bool:
    """Whether a folder is, by the table of mounts and the kernel's name. The last mount at the longest path counts."""
    if not _is_windows(kernel):
        return False
    kind, longest = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = Path(_unescaped(fields[1]))
        if folder.is_relative_to(place) and len(place.parts) >= longest:
            kind, longest = fields[2], len(place.parts)
    return kind in _SHOWN_BY_WINDOWS


def _is_windows(kernel: str) -> bool:
    return "microsoft" in kernel.lower()


def _unescaped(place: str) -> str:
    """A path as it is: spaces, tabs, line ends and backslashes are written in octal."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, letter)
    return place
