"""Finds long numbers in running text, however they are grouped, spelt out or disguised.

A telephone number may stand in a text with spaces, dots or brackets, over a line's end, with words between its groups,
with letters for noughts and ones ("O7700 9OO l23"), or in words ("double oh nine"). Only rows that hold a known number
count, so it does no harm to read a row in what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sendbook.checks.leaks.folding import REMEMBERED, words_of

#: A shorter row is no telephone or pupil number.
_FEWEST = 9
# Words that say nothing else than that the number goes on.
_BETWEEN = "then and followed by next plus dash hyphen space dot stop point slash"
_MAY_STAND_BETWEEN = frozenset(words_of(_BETWEEN))
# Signs between digits, but none that counts something.
_SIGN = "[^a-zA-Z0-9£€%°]"
_ROW = re.compile(rf"\d(?:{_SIGN}*(?:(?:{_BETWEEN.replace(' ', '|')}){_SIGN}+){{0,3}}\d)+", re.IGNORECASE)
_LETTERS = "oqdlisbzg"
_AS_DIGITS = str.maketrans(_LETTERS, "000115829")
# A word of digits and of letters that look like some, in small letters.
_MIXED = re.compile(rf"(?<![^\W_])(?:[{_LETTERS}]+[0-9]|[0-9]+[{_LETTERS}])[0-9{_LETTERS}]*(?![^\W_])")
_MIXED_WORD = re.compile(rf"[0-9{_LETTERS}]+")
_SPOKEN = {word: str(digit) for digit, word in enumerate(words_of("zero one two three four five six seven eight nine"))}
_SPOKEN |= dict.fromkeys(("nought", "naught", "oh", "o"), "0")
_SPOKEN |= {"oo": "00", "ooo": "000", "l": "1", "i": "1", "hundred": "00"}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_A_NUMBER = "|".join([*_TIMES, *_SPOKEN])
# Words that say digits, before or behind at least one more of them.
_ROW_OF_WORDS = re.compile(rf"\b(?:{_A_NUMBER})\b(?:[\W_]+(?:{_A_NUMBER}|\d+)\b)+|\d[\W_]+(?:{_A_NUMBER})\b")
_IN_WORDS = re.compile(rf"\b(?:({'|'.join(_TIMES)})[\W_]{{1,3}})?({'|'.join(_SPOKEN)}|(?<=[e\W])\d)\b")


class Row(NamedTuple):
    """A row of digits, and where it is in the text."""

    start: int
    end: int
    digits: str


@lru_cache(maxsize=REMEMBERED)
def rows_of_digits(text: str) -> tuple[Row, ...]:
    """Every row long enough for a telephone number, of the text as it is and as it would be read out."""
    spoken = in_digits(text)
    return (*_rows(text), *(_rows(spoken) if spoken != text else ()))


def rows_in(words: Iterable[str], *, fewest: int) -> Iterator[str]:
    """The digits of every row that may stand in a text of these words (in small letters); errs towards more."""
    digits, times = "", 1
    values: dict[str, str | None] = {}
    for word in words:
        if word not in values:
            values[word] = _digits_of(word)
        value = values[word]
        if value is not None:
            digits, times = digits + value * times, 1
        elif word in _TIMES:
            times = _TIMES[word]
        elif digits and word not in _MAY_STAND_BETWEEN:
            if len(digits) >= fewest:
                yield digits
            digits, times = "", 1
    if len(digits) >= fewest:
        yield digits


@lru_cache(maxsize=REMEMBERED)
def in_digits(text: str) -> str:
    """The text with digits for the letters that look like them and the words that say them; each keeps its place."""
    small = text.lower()
    if len(small) != len(text):
        return text
    edits = [(found, found.group().translate(_AS_DIGITS)) for found in _MIXED.finditer(small)]
    for row in _ROW_OF_WORDS.finditer(small):
        edits += [(found, _said(found)) for found in _IN_WORDS.finditer(small, row.start(), row.end())]
    made = list(text) if edits else []
    for found, digits in edits:
        made[found.start() : found.end()] = digits
    return "".join(made) if edits else text


def _rows(text: str) -> Iterator[Row]:
    # Most texts have too few digits to be gone through.
    if text.isascii() and sum(map(text.count, "0123456789")) < _FEWEST:
        return
    for found in _ROW.finditer(text):
        if found.end() - found.start() < _FEWEST:
            continue
        digits = re.sub(r"\D", "", found.group())
        if len(digits) >= _FEWEST:
            yield Row(found.start(), found.end(), digits)


def _digits_of(word: str) -> str | None:
    """What a word adds to a row of digits; None for one that ends the row."""
    if word.isdigit() or word in _SPOKEN:
        return _SPOKEN.get(word, word)
    if not any(map(str.isdigit, word)):
        return None
    return word.translate(_AS_DIGITS) if _MIXED_WORD.fullmatch(word) else re.sub(r"\D", "", word)


def _said(found: re.Match[str]) -> str:
    times, word = found.groups()
    digits = _SPOKEN.get(word, word) * _TIMES.get(times or "", 1)
    return digits.ljust(len(found.group()), "\0")
