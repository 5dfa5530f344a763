"""Words and marks that stand where something is still to be written; each rule adds what is usual in its own text."""

from __future__ import annotations

import re

#: What writers of text files leave for themselves.
NOTES_TO_SELF = ("TODO", "FIXME", "X{2,}")
_STAND_INS = ("TBC", "TBA", "TBD", "lorem ipsum")


def unwritten(*words: str, marks: str) -> re.Pattern[str]:
    """What finds a stand-in: the common ones and these ``words`` (as whole words), or one of the ``marks``.

    Both are regular expressions, and capitals make no difference.
    """
    return re.compile(rf"\b(?:{'|'.join((*_STAND_INS, *words))})\b|{marks}", re.IGNORECASE)
