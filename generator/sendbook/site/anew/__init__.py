"""Pictures, drawings and papers of the handbook, written anew before anybody gets them.

A file holds more than it shows: who made it and where, what was deleted from it, what is behind its end. What is
written anew holds what it shows and nothing else. What can't be read whole is refused, with what to do.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from sendbook.site.anew.refusal import NotMadeError


def made_anew(path: str, content: bytes) -> bytes:
    """The file with nothing in it but what it shows; raises `NotMadeError`."""
    return _made(PurePosixPath(path).suffix.lower(), content)


@lru_cache(maxsize=64)
def _made(suffix: str, content: bytes) -> bytes:
    # Imported here, because most handbooks have no file of one kind or another.
    if suffix == ".pdf":
        from sendbook.site.anew.papers import paper_anew

        return paper_anew(content)
    if suffix == ".svg":
        from sendbook.site.anew.drawings import drawing_anew

        return drawing_anew(content)
    from sendbook.site.anew.pictures import picture_anew

    return picture_anew(suffix, content)


__all__ = ["NotMadeError", "made_anew"]
