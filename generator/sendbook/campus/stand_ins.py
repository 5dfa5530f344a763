"""Tells what is in a file's place when the file itself isn't there: a note by Git LFS, a web page, nothing.

Such files have the right name and the wrong content, and come with copies of a folder made without the program that
keeps the large files, or with downloads that failed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

#: The file is kept elsewhere by Git LFS or git-annex.
ELSEWHERE = "stored-elsewhere"
#: The file is empty, or is something else than its name says.
NOT_THE_FILE = "not-the-file"

_LFS = re.compile(rb"\s*version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/")
_ANNEX = re.compile(rb"\s*(?:[./]*\.git)?/annex/objects/")
# A comment ends at its first arrow: read on to a later one, many in a row could be divided in ways without number.
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_PATH = re.compile(rb"[\w./ -]{1,300}\.(?:png|jpe?g|gif|webp|svg|pdf)\s*", re.IGNORECASE)
_LONGEST_POINTER = 1 << 15
# What saving as text, or git's change of line ends, makes of the beginning of a PNG.
_PNG_AS_TEXT = (b"\x89PNG\n\x1a\n", b"\x89PNG\r\r\n", b"\xef\xbf\xbdPNG", b"\xc2\x89PNG")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """What is in a file's place, and what to do about it."""

    code: str
    message: str
    remedy: str


def kept_elsewhere(content: bytes) -> StandIn | None:
    """What Git LFS or git-annex leaves where the file itself was not fetched."""
    bare = content.removeprefix(codecs.BOM_UTF8)
    if _LFS.match(bare):
        return StandIn(
            code=ELSEWHERE,
            message="This is a note by Git LFS on where the file is kept, and not the file.",
            remedy="Install Git LFS and run “git lfs pull” in this folder, or put the file itself here.",
        )
    if len(content) <= _LONGEST_POINTER and _ANNEX.match(bare):
        return StandIn(
            code=ELSEWHERE,
            message="This is a note by git-annex on where the file is kept, and not the file.",
            remedy="Run “git annex get” on it in this folder, or put the file itself here.",
        )
    return None


def stand_in(content: bytes, what: str) -> StandIn | None:
    """What is in the place of a picture or paper (``what`` it is called); None if nothing tells that it isn't one."""
    elsewhere = kept_elsewhere(content)
    if elsewhere is not None:
        return elsewhere
    message = _other_than(content.removeprefix(codecs.BOM_UTF8))
    if not message:
        return None
    return StandIn(
        code=NOT_THE_FILE,
        message=message,
        remedy=f"Put the {what} itself here: open it where it came from, and save it under this name again.",
    )


def _other_than(content: bytes) -> str:
    if not content.strip(b"\x00\t\n\r "):
        return "There is nothing in this file." if content else "This file is empty."
    if _WEB_PAGE.match(content):
        return "This is a web page, perhaps one that says an address can't be found, saved under this name."
    if _PATH.fullmatch(content):
        return "This is the name of another file, and not the file."
    if content.startswith(_PNG_AS_TEXT):
        return "This picture was saved as if it were text, and can't be shown any more."
    return ""


def breaks_off(suffix: str, content: bytes) -> bool:
    """Whether a file begins as one of its kind and its end is missing, as after a download that was cut short."""
    match suffix:
        case ".png":
            return content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" not in content[-32:]
        case ".jpg" | ".jpeg":
            return content.startswith(b"\xff\xd8") and b"\xff\xd9" not in content[-64:]
        case ".gif":
            return content.startswith(b"GIF8") and not content.endswith(b";")
        case ".webp":
            return content.startswith(b"RIFF") and len(content) < 8 + int.from_bytes(content[4:8], "little")
        case ".svg":
            return b"<svg" in content[:4096] and not content.rstrip().endswith(b">")
        case ".pdf":
            return content.startswith(b"%PDF-") and b"%%EOF" not in content.rstrip(b"\x00\r\n ")[-4096:]
    return False
