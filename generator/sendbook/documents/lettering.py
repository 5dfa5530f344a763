"""Makes any text printable, so that no name and no word can stop a document.

PDF/UA refuses a character that no font has: it is replaced by something a reader sees (the checks tell of it long
before, see `campus/letters.py`). A word too long for its column gets places where it may break.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote

from sendbook.campus.letters import Letters, clusters

#: Stands for a letter that no font has.
BOX = "\N{WHITE SQUARE}"
# Longer than a column of a table can hold. Shorter words are never broken: hyphens are hard on readers with dyslexia.
_LONG = re.compile(r"[^\s\u00a0\u00ad\u200b-]{18,}")
_EVERY = 8
_SOFT_HYPHEN, _NO_HYPHEN = "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}"
_ADDRESS = re.compile(r"[@/\\.:_=]|\d")
_AFTER_SIGNS = re.compile(r"(?<=[@/\\.:_=?&])(?=.)")


def printable(value: Any, letters: Letters, *, plain: bool = False) -> Any:
    """The same data with every text made printable; ``plain`` leaves only what the shipped Latin font surely has.

    Where a link leads (``url``) is no text: a place to break a word at would lead elsewhere.
    """
    if isinstance(value, str):
        return _text(value, letters, plain=plain)
    if isinstance(value, dict):
        return {
            key: _address(inner) if key == "url" else printable(inner, letters, plain=plain)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [printable(inner, letters, plain=plain) for inner in value]
    return value


def _address(url: str) -> str:
    """An address in the letters that a PDF allows in one."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def _text(text: str, letters: Letters, *, plain: bool) -> str:
    if plain:
        text = "".join(one if " " <= one <= "~" else BOX for one in text)
    elif letters.missing(text):
        text = "".join(one if letters.has(one) else _instead(one) for one in clusters(text))
    return _LONG.sub(_breakable, text)


def _instead(cluster: str) -> str:
    """A box for a letter; a picture is said in words."""
    if unicodedata.category(cluster[0]) == "So":
        return f"[{unicodedata.name(cluster[0], 'picture').lower()}]"
    return BOX


def _breakable(found: re.Match[str]) -> str:
    """Places to break a long word at; an address breaks after its signs, without a hyphen, which would change it."""
    word = found[0]
    if not _ADDRESS.search(word):
        return _chopped(word, _SOFT_HYPHEN)
    return _NO_HYPHEN.join(
        _LONG.sub(lambda part: _chopped(part[0], _NO_HYPHEN), one) for one in _AFTER_SIGNS.split(word)
    )


def _chopped(word: str, mark: str) -> str:
    letters = list(clusters(word))
    return mark.join("".join(letters[start : start + _EVERY]) for start in range(0, len(letters), _EVERY))
