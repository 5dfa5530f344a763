"""Words as `/search` compares them: without case, accents, punctuation or markup.

A word with an apostrophe or a hyphen in it is stored both ways, in its parts and as one, so that O'Brien, with either
apostrophe, and OBrien find one another, and so do Smith-Jones, Smith Jones and smithjones.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import filterfalse

_HIDDEN = re.compile(r"<(script|style|svg|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_HIDES = re.compile(r"<(?:script|style|svg|template)\b", re.IGNORECASE)
_SECTION = "<section"
_TAG = re.compile(r"<[^>]*>")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Letters that carry their mark inside and don't come apart under NFKD.
_WHOLE_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k",
})  # fmt: skip
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
# Apostrophes as people and programs write them, letters that look like one among them, and hyphens.
_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2018\u2019\u201b\u2032\uff07"
_HYPHENS = "\\-\u2010\u2011\u2012\u2212\ufe63\uff0d"
_JOINING = rf"[{_APOSTROPHES}{_HYPHENS}]"
# And the marks of scripts whose vowels are written above, below or around their letters.
_LETTER = (
    r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
    r"|[\u0900-\u0963\u0966-\u0e4e\u0e50-\u0eff\u1000-\u109f])"
)
_BEGINS, _ON = rf"(?<![^\W_]){_LETTER}++", rf"(?:{_JOINING}{_LETTER}++)"
#: A word as it is written, and several that an apostrophe or a hyphen makes one.
WORD, CHAINED = re.compile(f"{_BEGINS}{_ON}*+"), re.compile(f"{_BEGINS}{_ON}++")
# Marks around a word that neither chain words nor are part of one.
_AROUND_WORDS = '.,:;!?()"\u2026\u201c\u201d'
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: Is no word: separates runs of words that do not follow one another on the page.
BREAK = " |"

#: The words of a text, each with a space before it, and its chained words as one.
_Words = tuple[str, tuple[str, ...]]


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, drawings and scripts left out."""
    return _without_tags(without_hidden(markup))


def _without_tags(markup: str) -> str:
    text = _TAG.sub(" ", markup)
    return html.unescape(text) if "&" in text else text


def without_hidden(markup: str) -> str:
    """A piece of HTML without drawings and scripts."""
    return _HIDDEN.sub(" ", markup) if "<s" in markup or "<t" in markup else markup


def fold(text: str) -> str:
    """The text without case and accents, all but letters and digits a space: `Núñez-Łoś` becomes `nunez los`."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda found: _folded(found[0]), text)
    return text.translate(_ASCII)


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """One letter outside ASCII; most texts hold few of them, and the same ones.

    Marks that are vowels of their script stay, accents and signs that nobody sees go.
    """
    if letter in _APOSTROPHES:
        return " "
    apart = unicodedata.normalize("NFKD", letter.casefold())
    kept = "".join(c for c in apart if not unicodedata.combining(c)).translate(_WHOLE_LETTERS)
    return "".join(_kept(c) for c in _SELECTORS.sub("", kept))


def _kept(letter: str) -> str:
    if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc"):
        return letter
    return "" if unicodedata.category(letter) in ("Cf", "Me") else " "


def searchable(text: str) -> str:
    """Text in the form it is searched in: folded, each word with one space before it, so that ` re` finds
    what begins with `re` and nothing else. Words that are chained follow at the end, each as one.
    """
    return _joined([(_spaced(fold(text).split()), tuple(_chained_in(text)))])


def searchable_page(markup: str) -> str:
    """The text of a page in the form it is searched in, as `searchable` makes it of its `plain_text`.

    Most sections of a page are the same for several readers, so the words of each are remembered for a while.
    """
    first, *others = str(markup).split(_SECTION)  # pieces of it are plain text, whatever sort of text it is itself
    sections = [_words_of_section(one) for one in (first, *(_SECTION + other for other in others))]
    whole = [words for words in sections if words is not None]
    return _joined(whole) if len(whole) == len(sections) else searchable(plain_text(markup))


@lru_cache(maxsize=256)
def _words_of_section(markup: str) -> _Words | None:
    """The words of a section; None where a tag, or what is hidden, goes on beyond its end."""
    if _HIDES.search(markup):
        markup = without_hidden(markup)
        if _HIDES.search(markup):
            return None
    if markup.rfind("<") > markup.rfind(">"):
        return None
    text = _without_tags(markup)
    return _spaced(fold(text).split()), tuple(_chained_in(text))


def _joined(pieces: Iterable[_Words]) -> str:
    listed = tuple(pieces)
    words = "".join(words for words, _ in listed)
    chained = dict.fromkeys(one for _, found in listed for one in found)
    return f"{words}{BREAK}{_spaced(chained)}" if chained else words


def _spaced(words: Iterable[str]) -> str:
    return " ".join(["", *words])


def _chained_in(text: str) -> Iterator[str]:
    """Every chained word of a text as one, as often as there are different ways to write it."""
    # Nothing that chains words is a space, and few words hold a mark at all but one that ends a sentence.
    for written in filterfalse(str.isalnum, dict.fromkeys(text.split())):
        if not written.strip(_AROUND_WORDS).isalnum():
            yield from filter(None, (as_one(found[0]) for found in CHAINED.finditer(written)))


def as_one(chained: str) -> str:
    """A chained word in one piece: `O'Brien` becomes `obrien`."""
    return fold(chained).replace(" ", "")


def asked_for(text: str) -> tuple[tuple[str, ...], ...]:
    """What a question asks for: each word once, as the beginnings it is found by (a chained word by either form)."""
    terms: list[tuple[str, ...]] = []
    for found in CHAINED.finditer(text):
        parts = " ".join(fold(found[0]).split())
        if parts:  # accents and joiners without a letter are no word, and would begin every one
            terms.append((f" {as_one(found[0])}", f" {parts}"))
    terms += [(f" {word}",) for word in fold(CHAINED.sub(" ", text)).split()]
    return tuple(dict.fromkeys(terms))
