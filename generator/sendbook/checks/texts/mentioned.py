"""Gathers the words of a student's records, to say in a moment who is certainly not named in them.

Nearly every text names nobody it shouldn't. The words of all of a student's records are taken at once, for every reader
together; only where they fit somebody is it worked out what is read by whom. A check asks this of every student of a
campus, so the work is left to the string methods that are fast, and a text is only read in other ways if something in
it is odd.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from sendbook.checks.leaks.digits import rows_in
from sendbook.checks.leaks.disguises import alike, every_reading
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.leaks.spelling import LETTERS_FOR, in_words
from sendbook.checks.texts.forms import Someone, Words

_PARTED = str.maketrans(dict.fromkeys(string.punctuation + string.whitespace + "\0", " "))
_WITHIN = "'-_.\0"
_APOSTROPHES = frozenset("\u02bc\u2018\u2019\u00b4\u02bb\u02b9`\uff07")
_TURNS_ROUND = frozenset("\u202d\u202e")
# What stands in fields of their own is no text: ids and dates.
_NO_TEXT = re.compile(r"p-[0-9a-z]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPACED = re.compile(r"(?<!\S)[^\W\d] {1,9}[^\W\d] {1,9}[^\W\d](?!\S)")
#: A number without its dialling code has so many.
_FEWEST_DIGITS = 6
_HALF_OF_POSTCODE = re.compile(r"([a-z]{1,2})([0-9])([0-9a-z]?)|([0-9])([a-z]{2})")
# Single letters and digits in a row, enough for a postcode.
_SINGLES = re.compile(r" [^\W_](?: [^\W_]){4,} ")
# “Freya's” says Freya, and “St John's Road” does not say John.
_OWNER = re.compile(r"[^\W_]+'[sS]\b")
# “O'Neill-Carter” is two words and neither three nor one, and a hyphen at the end of a line parts none.
_LINE_ENDS = re.compile(r"(?<=[a-z])-\s+(?=[a-z])")
_HALVES = re.compile(r"'\w+-\w|-(?:\w+'\w|(?<=[a-z]-)\s+[a-z])")
_DIGIT_WITHIN = re.compile(r"[a-z][0-9]+[a-z]")
_SIGN_WITHIN = re.compile(r"[A-Za-z](?:[$!|]|@(?!\w[\w-]*\.))\w")
_TALL = re.compile(r"[a-z]I[a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """What some texts mention: their ``words`` in small letters, and the same in their order with one space between,
    once parted at every mark, once with what stands within words taken out, and where it matters once parted at hyphens
    but not at apostrophes (``lines``). ``cased`` is as it was written.
    """

    words: frozenset[str] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    cased: tuple[str, ...] = field(repr=False)
    numbers: tuple[str, ...] = field(repr=False)

    def with_more(self, other: Mentioned) -> Mentioned:
        """What these texts mention, and those of ``other``."""
        return Mentioned(
            words=self.words | other.words,
            lines=self.lines + other.lines,
            cased=self.cased + other.cased,
            numbers=self.numbers + other.numbers,
        )

    def may_hold(self, someone: Someone, *, near: bool) -> bool:
        """Tells whether this person could be mentioned here; if in doubt, yes."""
        return self.may_name(someone) or self.may_reach(someone, near=near)

    def may_name(self, someone: Someone) -> bool:
        """Tells whether the name could be here, in full or in part."""
        return any(map(self.holds, someone.names_in_full)) or any(map(self._names, someone.lone_names))

    def may_reach(self, someone: Someone, *, near: bool) -> bool:
        """Tells whether this person's contact details could be here."""
        numbers = (*someone.numbers, *someone.local_numbers) if near else someone.numbers
        return any(number in digits for number in numbers for digits in self.numbers) or self.may_place(
            someone, near=near
        )

    def may_place(self, someone: Someone, *, near: bool) -> bool:
        """Tells whether an e-mail address or a home of this person could be here; their numbers are left aside."""
        return any(map(self._has_all, someone.ways_to_reach(near=near)))

    def holds(self, words: Words) -> bool:
        """Tells whether these words are here in a row, or written as one word."""
        if len(words) == 1:
            return words[0] in self.words
        if "".join(words) in self.words:
            return True
        # A row is looked for only where each of its words is: nearly always the first is missing already.
        row = f" {' '.join(words)} "
        return all(word in self.words for word in words) and any(row in line for line in self.lines)

    def _has_all(self, words: Words) -> bool:
        """Tells whether these words are here, in any order and with anything between them."""
        return all(word in self.words or self._has_otherwise(word) for word in words) or "".join(words) in self.words

    def _has_otherwise(self, word: str) -> bool:
        return any(self.words.issuperset(other) for other in otherwise(word))

    def _names(self, words: Words) -> bool:
        """Tells whether they are here with a capital letter."""
        return self.holds(words) and any(
            f" {words[0].capitalize()}" in line or f" {words[0].upper()}" in line for line in self.cased
        )


def mentioned_in(texts: Iterable[str]) -> Mentioned:
    """What some texts mention, each by itself read in every way in which a person would read it."""
    listed = [text for text in dict.fromkeys(texts) if not _NO_TEXT.fullmatch(text)]
    return _in_all("\n".join(listed), listed)


def mentioned(text: str) -> Mentioned:
    """What one text mentions, read in every way in which a person would read it."""
    return _in_all(text, [text])


def _in_all(text: str, pieces: Iterable[str]) -> Mentioned:
    plain = _plain(text)
    found = _mentioned(plain)
    if not (_is_odd(found, plain) or (not text.isascii() and not _TURNS_ROUND.isdisjoint(text))):
        return found
    others = [reading for piece in pieces for reading in every_reading(piece) if reading != piece]
    return found.with_more(_mentioned(_plain("\n".join(others)))) if others else found


@lru_cache(maxsize=20_000)
def otherwise(word: str) -> tuple[Words, ...]:
    """Other words for a part of an address: a house's number in words, a half of a postcode in pieces or with letters
    for its digits.
    """
    if word.isdigit():
        said = in_words(int(word))
        return (said,) if said else ()
    found = _HALF_OF_POSTCODE.fullmatch(word)
    if found is None:
        return ()
    before, digit, after = found.groups()[:3] if found.group(1) else ("", *found.groups()[3:])
    return ((before or after,), *((f"{before}{letter}{after}",) for letter in LETTERS_FOR.get(digit, "")))


def _mentioned(plain: str) -> Mentioned:
    owners = {word.replace("'", "").casefold() for word in _OWNER.findall(plain)}
    bare = plain.replace("'s", " ").replace("'S", " ")
    cased = bare.translate(_PARTED).split()
    parted = " ".join(cased).casefold()
    lines = [parted]
    if _HALVES.search(bare):
        lines.append(_small_words(_LINE_ENDS.sub("", bare).replace("'", "")))
    for mark in _WITHIN:
        bare = bare.replace(mark, "")
    lines.append(_small_words(bare))
    return Mentioned(
        words=frozenset(owners).union(*(line.split(" ") for line in lines)),
        lines=tuple(f" {line} " for line in lines),
        cased=(f" {' '.join(cased)} ",),
        numbers=tuple(rows_in(parted.split(" "), fewest=_FEWEST_DIGITS)),
    )


def _small_words(text: str) -> str:
    return " ".join(text.translate(_PARTED).casefold().split())


def _is_odd(found: Mentioned, plain: str) -> bool:
    """Whether something here may be read otherwise than it is written. Asked the quick way, because nearly never."""
    singles = any(len(word) == 1 and word.isalpha() for word in found.words)
    return (
        _DIGIT_WITHIN.search(plain) is not None
        or (singles and _SPACED.search(found.lines[0]) is not None)
        or (singles and _SINGLES.search(found.lines[0]) is not None)
        or (any(sign in plain for sign in "$!|@") and _SIGN_WITHIN.search(plain) is not None)
        or _TALL.search(plain) is not None
    )


def _plain(text: str) -> str:
    """A text in plain letters: each of another sort is the one it is read as, and what can't be seen is gone."""
    if text.isascii():
        return text
    for char in set(text):
        if not char.isascii():
            text = text.replace(char, _as_plain(char))
    return text


@lru_cache(maxsize=5_000)
def _as_plain(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d":
        return "-"
    made = "".join(words_of(alike(char)))
    if made:
        return made.upper() if char.isupper() else made
    # A mark on a letter, or one of no width, stands within a word; everything else parts two.
    return "" if unicodedata.category(char) in ("Mn", "Me", "Cf") else " "
