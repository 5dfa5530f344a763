"""Tells files that systems, editors and people leave among the records from records that are in a wrong place.

What is known to be left behind is passed over, and what is no record at all is named; neither is ever read. A file that
may be meant as a record is another matter: somebody wrote it to be read.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from sendbook.campus.paths import printable
from sendbook.campus.problems import Problem

_LEFT_BY_SYSTEMS = frozenset(
    {
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon", "icon\r", "icon?"),
        *("$recycle.bin", "recycler", "__macosx", "lost+found", "system volume information"),
    }
)
_LEFT_BY_EDITORS = re.compile(
    r"~\$.*|#.*#|.*~|.*~\.[^.]*|~.*\.tmp|.*\.(?:bak|backup|orig|rej|tmp|temp|old|save|sav|swp|swo|swn|lock|part|partial"
    r"|crdownload|download|lnk|url|webloc)",
    re.IGNORECASE,
)
_RECORD = re.compile(r"(?P<stem>.+)\.(?:ya?ml|md)", re.IGNORECASE)
_COPY = re.compile(
    r"copy of (?P<of>.+)"
    r"|(?P<name>.+?)(?:\s*\(\d+\)|\s*-\s*copy(?:\s*\(\d+\))?|[ _]copy(?:[ _]?\d+)?|\s*\([^)]*conflict[^)]*\)"
    r"|[-_. ]+(?:sync-)?conflict\b.*|[-_.](?:backup|bak|old|orig)|-(?:desktop|laptop)\b.*)",
    re.IGNORECASE,
)


_GOES_ON = re.compile(r"[ ._(\-]")


# Most files of a campus have one of a few names, and every look at the folder asks of each.
@lru_cache(maxsize=4096)
def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is known to be left behind by a system or an editor."""
    return name.startswith(".") or name.lower() in _LEFT_BY_SYSTEMS or _LEFT_BY_EDITORS.fullmatch(name) is not None


def copied_from(name: str, beside: Collection[str]) -> str | None:
    """The file in the same folder that this one is a copy of, by its name; None if it is none."""
    stem = _stem_of_original(name)
    if stem is None:
        return None
    return next((one for one in sorted(beside) if one != name and one.lower().rpartition(".")[0] == stem), None)


@lru_cache(maxsize=4096)
def _stem_of_original(name: str) -> str | None:
    record = _RECORD.fullmatch(name)
    copy = _COPY.fullmatch(record["stem"]) if record is not None else None
    return (copy["of"] or copy["name"]).lower() if copy is not None else None


def version_of(name: str, beside: Collection[str]) -> str | None:
    """The record in the same folder whose name this one goes on from, as in “plan v2.yml” or “plan-LAPTOP-7.yml”.

    Asked only of files that are no record by their own name.
    """
    record = _RECORD.fullmatch(name)
    stem = record["stem"].lower() if record is not None else ""
    others = (one for one in sorted(beside) if one != name and _RECORD.fullmatch(one))
    return next((one for one in others if _goes_on(stem, one.lower().rpartition(".")[0])), None)


def _goes_on(stem: str, other: str) -> bool:
    return stem.startswith(other) and _GOES_ON.match(stem, len(other)) is not None


def may_be_a_record(name: str) -> bool:
    """Whether somebody may have meant a file of this name to be read."""
    return name.lower().endswith((".yml", ".yaml"))


def litter(path: str) -> Problem:
    """The note about a file that is passed over."""
    message = "A system or an editor left this here. It is passed over."
    return Problem("litter", path, None, None, message, "You don't need to do anything; you can delete it.")


def empty_folder(path: str) -> Problem:
    """The note about a folder with nothing in it."""
    return Problem("litter", path, None, None, "This folder is empty. It is passed over.", "You may delete it.")


def copy_of(path: str, original: str) -> Problem:
    """The warning about a copy of a record."""
    return Problem(
        "copy",
        path,
        None,
        None,
        f"This seems to be a copy of {printable(original)}. It is not read.",
        "Compare the two, move anything you need into the record itself, then delete the copy.",
    )


def stray(path: str) -> Problem:
    """The warning about a file that can't be a record."""
    message = "This is not a record, so nobody is shown it. It is not read."
    return Problem("stray", path, None, None, message, "Keep it in another place: records/ is for records only.")
