"""Pictures, drawings and papers of the handbook, rewritten before anybody gets them.

A file holds more than it shows: who made it and where, what was deleted from it, what is behind its end. What is
rewritten holds what it shows and nothing else. What can't be read whole is refused, with what to do.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from sendbook.campus.stand_ins import NOT_THE_FILE, breaks_off, stand_in
from sendbook.handbook.anew.refusal import NotMadeError

_WHAT = {".pdf": "PDF", ".svg": "drawing"}


def made_anew(path: str, content: bytes) -> bytes:
    """The file with nothing in it but what it shows; raises `NotMadeError`."""
    return _made(PurePosixPath(path).suffix.lower(), content)


@lru_cache(maxsize=64)
def _made(suffix: str, content: bytes) -> bytes:
    found = stand_in(content, _WHAT.get(suffix, "picture"))
    if found is not None:
        raise NotMadeError(found.message, found.remedy, found.code)
    if suffix == ".pdf" and breaks_off(suffix, content):
        raise _broken_off()  # the library would mend it, without the pages that are missing
    try:
        return _written(suffix, content)
    except NotMadeError as error:
        if error.is_damage and breaks_off(suffix, content):
            raise _broken_off() from error
        raise


def _broken_off() -> NotMadeError:
    message = "This file is damaged: it breaks off before its end."
    return NotMadeError(message, "Copy it here again from where it came from.", NOT_THE_FILE)


def _written(suffix: str, content: bytes) -> bytes:
    # Imported here, because most handbooks have no file of one kind or another.
    if suffix == ".pdf":
        from sendbook.handbook.anew.papers import paper_anew

        return paper_anew(content)
    if suffix == ".svg":
        from sendbook.handbook.anew.drawings import drawing_anew

        return drawing_anew(content)
    from sendbook.handbook.anew.pictures import picture_anew

    return picture_anew(suffix, content)


__all__ = ["NotMadeError", "made_anew"]
