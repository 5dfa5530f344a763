"""The signs with which people begin an entry of a list: typed ones, and those that text from a word processor brings.

Records, their checks and the handbook's checks all ask here, so that what is a bullet to one is a bullet to all.
"""

from __future__ import annotations

import re

#: Characters of Symbol and Wingdings (U+F021 to U+F0FF), by which Word draws its bullets; its faces are no bullets.
SYMBOLS = "\uf021-\uf049\uf04d-\uf0ff"
#: Bullets that nobody types, and that need no space after them.
COPIED = f"•◦▪‣●○■□{SYMBOLS}"
#: What may also be a sign of its own, and is a bullet with a space after it. The dash is first, as sets need it.
SPACED = "-*+·\u2013\u2014\u2043\u2219▫◆◇❖➢➤►✓✔"
#: Letters that Word draws as bullets in other fonts, as they are pasted: before a tab or as many spaces.
LETTERED = "[o§Øüv](?=\t|[ \xa0]{2})"

#: What a line of text begins with that is meant as an entry of a list, a heading, a quotation or a row of a table.
LIST_MARK = rf"(?:(?:[{SPACED}{COPIED}>]|#{{1,6}}|\d{{1,2}}[.)]|[a-z]\)|{LETTERED})(?:\s|$)|[|•▪●{SYMBOLS}])"

#: A line that begins an entry: its sign is in one of the groups. A line that begins a numbered one: its number is.
BULLET = re.compile(rf"\s*(?:([{SPACED}])[ \t\xa0]+|({LETTERED})\s*|([{COPIED}])\s*)(?=\S)")
NUMBER = re.compile(r"\s*(\d{1,2})[.)][ \t\xa0]+(?=\S)")
#: A bullet at the beginning of a text, anywhere in it, and within a line.
OPENING = re.compile(rf"\s*[{COPIED}]\s*(?=\S)")
# Spaces are read from their first on, and not again from each of them.
RUN_ON = re.compile(rf"(?:^|(?<!\s)\s+)[{COPIED}]\s*(?=\S)")
WITHIN = re.compile(rf"(?<=\S)\s+([{COPIED}])\s*(?=\S)")
AFTER_COLON = re.compile(rf"(?<=:)\s+([{COPIED}])\s*(?=\S)")

_LEVELS = {sign: level for level, signs in enumerate(("•·●\uf0b7", "o◦○", "§▪■\uf0a7")) for sign in signs}


def begins_below(sign: str, first: str) -> bool:
    """Whether word processors give a sign to lists within a list that begins with another one."""
    return sign in _LEVELS and first in _LEVELS and _LEVELS[sign] > _LEVELS[first]
