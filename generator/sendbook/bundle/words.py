"""Words as `/search` compares them: without case, accents, punctuation or markup."""

import html
import re
import unicodedata
from functools import lru_cache

_HIDDEN = re.compile(r"<(script|style|svg|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Letters that carry their mark inside and don't come apart under NFKD.
_WHOLE_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, drawings and scripts left out."""
    if "<s" in markup or "<t" in markup:
        markup = _HIDDEN.sub(" ", markup)
    text = _TAG.sub(" ", markup)
    return html.unescape(text) if "&" in text else text


def fold(text: str) -> str:
    """The text without case and accents, all but letters and digits a space: `Núñez-Łoś` becomes `nunez los`."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda found: _folded(found[0]), text)
    return text.translate(_ASCII)


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """One letter outside ASCII; most texts hold few of them, and the same ones."""
    apart = unicodedata.normalize("NFKD", letter.casefold())
    kept = "".join(c for c in apart if not unicodedata.combining(c)).translate(_WHOLE_LETTERS)
    return "".join(c if c.isalnum() else " " for c in kept)


def words_of(text: str) -> tuple[str, ...]:
    """The distinct words of a text, folded and sorted."""
    return tuple(sorted(set(fold(text).split())))


def searchable(text: str) -> str:
    """Text in the form it is kept in for searching: folded, each word with one space before it, so that ` re` finds
    what begins with `re` and nothing else.
    """
    return " ".join(["", *fold(text).split()])
