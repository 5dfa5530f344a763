"""Reads a text for ways to reach somebody, as a person reads them who wants to ring, write or call at the house.

“name at post dot example” is an address, “Acacia Avenue, number 12” a house, “zz 9 ITD” a postcode. What is where
in the reading is there in the text. It is for contact details alone: “Freya at Lindqvist's” names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sendbook.checks.leaks.addresses import KINDS
from sendbook.checks.leaks.folding import REMEMBERED, words_of

# Every run has an end: text without one, a ruled line or a page of spaces, would be read again from each of its signs.
_WORD = r"[^\W_]{1,63}(?:[-'][^\W_]{1,63}){0,6}"
_GAP, _GAPS = r"\s{0,12}", r"\s{1,12}"
_LEFT, _RIGHT = r"[\s_\-\[({<*]{1,12}", r"[\s_\-\])}>*]{1,12}"
# Between the name and the host: the sign, or the word with something around it; a lone “a” only in brackets.
_AT = re.compile(
    rf"{_GAP}@{_GAP}|{_LEFT}(?:at|ät){_RIGHT}|{_GAP}[\[({{<]{_GAP}(?:at|a|@|ät){_GAP}[\])}}>]{_GAP}",
    re.IGNORECASE,
)
_BY_WORD = rf"{_LEFT}(?:dot|point|punkt|period){_RIGHT}|{_GAP}[\[({{<]{_GAP}(?:dot|\.){_GAP}[\])}}>]{_GAP}"
# A full stop with a space behind it goes on only where no sentence begins.
_DOT = rf"(?:\.|{_GAP}\.{_GAPS}(?-i:(?=[a-z0-9]))|{_GAPS}\.{_GAP}|{_BY_WORD})"
_HOST = re.compile(rf"{_WORD}(?:{_DOT}{_WORD}){{1,5}}", re.IGNORECASE)
_A_DOT = re.compile(_DOT, re.IGNORECASE)
_A_DOT_BY_WORD = re.compile(_BY_WORD, re.IGNORECASE)
_BEFORE = 60

_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_TO_STREET = rf"(?:[\w']{{1,40}}+[^\w']{{1,12}}+){{1,3}}(?:{_KIND})\b"
# All of these are asked of texts in small letters, which is many times faster than without regard to case.
_MAY_BE_ADDRESS = re.compile(
    rf"[\s_(\[{{<*-](?:at|ät|a)[\s_)\]}}>*-]{{1,12}}+[^\W_]{{1,63}}+(?:[-'][^\W_]{{1,63}}+){{0,6}}?"
    rf"(?:{_GAP}\.{_GAP}\w|{_LEFT}(?:dot|point|punkt|period)[\W_]|{_GAP}[\[({{<]{_GAP}\.)|@"
)
_BEHIND_STREET = re.compile(rf"(?:{_KIND})\b\.?([\W_]+(?:at[\W_]+)?(?:no|nr|num|number|house)\b[\W_]*)\d")
_COUNTS_BEHIND = re.compile(r"\b(?:n(?:o|r|um|umber)|house)\b[\W_]*\d")
_BEFORE_STREET = re.compile(rf"\d[a-z]?([\W_]+(?:in|on|at|of|from)[\W_]+){_TO_STREET}")
_UNITS = words_of("one two three four five six seven eight nine")
_TEENS = words_of("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
_NUMBERS = {word: number for number, word in enumerate([*_UNITS, *_TEENS], 1)}
_NUMBERS |= {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
_TEN_AND_UNIT = rf"({'|'.join(_TENS)})[\s-]({'|'.join(_UNITS)})"
_NUMBERED = re.compile(rf"\b(?:{_TEN_AND_UNIT}|({'|'.join(_NUMBERS)}))(?=[\W_]+{_TO_STREET})")

_DIGIT = "[0-9oilszb]"
_POSTCODE = re.compile(
    rf"\b[a-z][\W_]{{0,2}}(?:[a-z][\W_]{{0,2}})?{_DIGIT}(?:[\W_]{{0,2}}[0-9a-z])?[\W_]{{0,3}}"
    rf"{_DIGIT}[\W_]{{0,2}}[a-z][\W_]{{0,2}}[a-z]\b"
)
_USUAL = re.compile(r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s*[0-9][A-Za-z]{2}")
#: What each digit may be written as, and the digit for each of these letters.
LETTERS_FOR = {"0": "o", "1": "il", "5": "s", "2": "z", "8": "b"}
_AS_DIGIT = str.maketrans(
    {letter: digit for digit, letters in LETTERS_FOR.items() for letter in letters + letters.upper()}
)


def in_words(number: int) -> tuple[str, ...]:
    """A number below a hundred in words; nothing for others."""
    found = [word for word, one in _NUMBERS.items() if one == number]
    tens = [word for word, one in _NUMBERS.items() if 20 < number < 100 and one == number // 10 * 10]
    return tuple(found or [*tens, *(in_words(number % 10) if tens else ())])


@lru_cache(maxsize=REMEMBERED)
def as_contact(text: str) -> str:
    """The text with ways to reach somebody as they are usually written; the same text where there are none."""
    small = _small(text)
    if _MAY_BE_ADDRESS.search(small):
        text = _addressed(text)
        small = _small(text)
    counts_behind = _COUNTS_BEHIND.search(small)
    text, small = _edited(text, small, _NUMBERED, _numbered)
    if counts_behind:
        text, small = _edited(text, small, _BEHIND_STREET, _without_first_group)
    text, small = _edited(text, small, _BEFORE_STREET, _without_first_group)
    return _edited(text, small, _POSTCODE, _postcode)[0]


def _small(text: str) -> str:
    """In small letters, as long as it was."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(one.lower()[:1] for one in text)


def _edited(
    text: str, small: str, pattern: re.Pattern[str], edit: Callable[[re.Match[str], str], str]
) -> tuple[str, str]:
    """The text with each place that the pattern finds in its small letters rewritten, as long as it was; and what is
    made in small letters.
    """
    pieces, done = [], 0
    for found in pattern.finditer(small):
        pieces += [text[done : found.start()], edit(found, text[found.start() : found.end()])]
        done = found.end()
    if not pieces:
        return text, small
    made = "".join([*pieces, text[done:]])
    return made, _small(made)


def _addressed(text: str) -> str:
    """With spaces for all that joins the parts of an e-mail address which is written unusually."""
    kept = text
    for at in _AT.finditer(text):
        host = _HOST.match(text, at.end())
        if host is None or (at.group() == "@" and not re.search(r"[^\w.'-]|_", host.group())):
            continue
        before = max(0, at.start() - _BEFORE)
        name = _A_DOT_BY_WORD.sub(_blank, kept[before : at.start()])
        rest = _A_DOT.sub(_blank, kept[at.end() : host.end()])
        kept = "".join([kept[:before], name, _blank(at), rest, kept[host.end() :]])
    return kept


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _numbered(found: re.Match[str], written: str) -> str:
    """A digit or two for a house's number in words."""
    return str(sum(_NUMBERS[word] for word in found.groups() if word)).ljust(len(written), "\0")


def _without_first_group(found: re.Match[str], written: str) -> str:
    start, end = (place - found.start() for place in found.span(1))
    return f"{written[:start]}{' ' * (end - start)}{written[end:]}"


def _postcode(_found: re.Match[str], written: str) -> str:
    """A postcode in one word, with digits where it has digits."""
    letters = re.sub(r"[\W_]", "", written)
    if _USUAL.fullmatch(written) or not any(map(str.isdigit, letters)):
        return written
    outward, inward = letters[:-3], letters[-3:]
    if not any(map(str.isdigit, outward)):
        outward = outward[:-1] + outward[-1:].translate(_AS_DIGIT)
    return f"{outward}{inward[0].translate(_AS_DIGIT)}{inward[1:]}".ljust(len(written), "\0")
