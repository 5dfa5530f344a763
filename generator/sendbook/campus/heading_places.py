"""Names the place of a heading after its words, whatever they are written in.

The engine's own way keeps ASCII alone, so headings in Arabic or Chinese were left with nothing but a number: adding one
above moved the links to all below. Here letters of every script stay, and a heading made of signs is named by its
digest. English places are what they were.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

# Latin letters that carry their mark inside; all others lose it by decomposition.
_WHOLE_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "\u0131": "i", "ħ": "h",
    "ŧ": "t",
}  # fmt: skip
_NOT_IN_A_PLACE = re.compile(r"[^\w\s-]")
_LETTERS_OF_A_DIGEST = 8


def place_of(heading: str, separator: str = "-") -> str:
    """The place of a heading with these words; two with the same words still have to be made distinct."""
    apart = unicodedata.normalize("NFKD", heading)
    if all(letter.isascii() for letter in apart if letter.isalnum()):
        found = _joined(_NOT_IN_A_PLACE.sub("", apart.encode("ascii", "ignore").decode()), separator)
    else:
        found = _joined(_in_its_script(heading), separator)
    if not any(letter.isalnum() for letter in found):
        digest = blake2b(" ".join(heading.split()).encode(), digest_size=_LETTERS_OF_A_DIGEST // 2)
        return f"section{separator}{digest.hexdigest()}"
    return found


def is_place(written: str) -> bool:
    """Whether a place is made of nothing but letters of any script, digits and the signs that join them."""
    return bool(written) and all(one in "_.:-" or one.isalnum() or _is_mark(one) for one in written)


def _joined(words: str, separator: str) -> str:
    return re.sub(rf"[{re.escape(separator)}\s]+", separator, words.strip().lower())


def _in_its_script(heading: str) -> str:
    """Letters and their marks as they are written, Latin ones without marks."""
    kept: list[str] = []
    for letter in unicodedata.normalize("NFKC", heading.lower()):
        base = unicodedata.normalize("NFKD", letter)[0]
        if base.isascii() or letter in _WHOLE_LETTERS:
            kept += _WHOLE_LETTERS.get(letter, _NOT_IN_A_PLACE.sub("", base))
        elif letter.isalnum() or (_is_mark(letter) and kept and not kept[-1].isascii()):
            kept.append(letter)
    return "".join(kept)


def _is_mark(letter: str) -> bool:
    """A vowel sign or an accent that belongs to the letter before it."""
    return unicodedata.category(letter) in ("Mn", "Mc")
