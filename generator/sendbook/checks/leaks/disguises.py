"""A text as a person reads it, where it was written so that a program reads something else.

A name can be typed in letters of another alphabet that look the same, in letters turned round by an invisible mark,
with a space or a dot after each letter, or with digits for letters. What is where in a reading is there in the
text it was made of, so a place in one is the place in the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from sendbook.checks.leaks.folding import REMEMBERED

#: Is where something was taken out: letters around it may be one word, or two.
OUT = "\0"

# By code point, because they can't be told apart by eye. Each line: what is read, then what may be written for it.
_LOOKS_LIKE = {
    "a": "0430 0251 03b1 0391 0410 1d00 13aa ab7a 237a",
    "b": "0431 0184 042c 044c 0412 0432 0392 13cf 0299 15af 13f4 03b2 1473",
    "c": "0441 0421 03f2 03f9 1d04 0186 0254 2ca5 2ca4 13df ab4d",
    "d": "0501 0500 13e7 146f 1d05 13a0 0257 0256",
    "e": "0435 0415 0395 03b5 0454 0404 1d07 212e 04bd 04bc 13ac 01dd 018e",
    "f": "a730 0192 03dc 03dd 0584 1e9d a799",
    "g": "0261 0581 050d 050c 13c0 13f3 0262 018d",
    "h": "04bb 04ba 041d 043d 0397 0570 029c 13bb 13c2 157c 10be",
    "i": "0456 0406 0399 03b9 0269 026a 04cf 0131 13a5 1d09",
    "j": "0458 0408 03f3 037f 1d0a 13ab 148d 025f",
    "k": "043a 041a 03ba 039a 1d0b 13e6 049b 049a 04c4 0198 0199",
    "l": "04c0 01c0 029f 13de 14aa 2113 05d5 2223 23fd ff5c",
    "m": "043c 041c 039c 1d0d 13b7 15f0 03fa 217f",
    "n": "0578 057c 043f 039d 03b7 0274 0418 0438 014b 1d0e",
    "o": "043e 041e 03bf 039f 1d0f 0585 0555 03c3 0275 04e9 2c9f 2c9e 0c82 0d20 3007 05e1 06d5",
    "p": "0440 0420 03c1 03a1 1d18 13e2 146d 2ca3 2ca2 01bf 03f1",
    "q": "051b 051a 0566 0563 02a0",
    "r": "0433 0280 13a1 13d2 1587 1d26 ab47 ab48 0403 0453",
    "s": "0455 0405 a731 01bd 13d5 13da 054f ab6e",
    "t": "0442 0422 03c4 03a4 1d1b 13a2 27d9",
    "u": "057d 03c5 1d1c 028b 054d 1200 222a 03bc 00b5 144c",
    "v": "03bd 0475 0474 1d20 13d9 142f 2228 2164",
    "w": "051d 051c 0461 0460 1d21 13b3 13d4 0561 03c9 026f 0448 0428",
    "x": "0445 0425 03c7 03a7 166d 2a2f 157d 2cad 2cac 00d7",
    "y": "0443 0423 03a5 03b3 028f 04af 04ae 13a9 13bd 0263 1d8c 2ca9 2ca8",
    "z": "0396 03b6 1d22 13c3 0240 0225",
}
_LETTERS = {int(code, 16): letter for letter, codes in _LOOKS_LIKE.items() for code in codes.split()}
# Letters in black circles and squares, those that flags are made of, and those that nobody sees at all.
_LETTERS |= {first + n: chr(97 + n) for first in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}
_LETTERS |= {0xE0000 + code: chr(code) for code in range(0x20, 0x7F)}
_LETTERS |= {ord("€"): "e", ord("¥"): "y", ord("¢"): "c", ord("¡"): "i", ord("§"): "s"}
_FOR_LETTERS = dict(zip("0134567890$@!|", "oleasbtbgosail", strict=True))

_NOT_PLAIN = re.compile(r"[^\x00-\x7f]")
# What turns the letters after it round, up to its end or the line's: overrides to the left and to the right.
_TURNED = re.compile("[\u202d\u202e]([^\u202c\u202d\u202e\u2069\n]*)")
# Single letters in a row with marks between them: "F r e y a", "F.r.e.y.a", "F - r - e - y - a".
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[\W_]{1,9}[^\W_](?![^\W_])){2,}")
_ONE_LETTER = re.compile(r"([^\W_])[\W_]([\W_]{0,8})(?=[^\W_])")
_DIGIT_OR_SIGN = re.compile(r"[0-9$@!|]")
_WITH_DIGIT = re.compile(r"(?<![^\W_])[^\W\d_]*[0-9$@!|](?:[^\W_]|[$@!|])*")
# A capital I within a word is a small l, and a small l that begins a name a capital I.
_TALL = re.compile(r"(?<=[a-z])I(?=[a-z]|\b)|\bl(?=[a-z]+[ -][A-Z])")
_BY_WORD = re.compile(r"\s*[\[({<]\s*(?:at|dot)\s*[\])}>]\s*|\s+(?:at|dot)\s+(?=\S+(?:\s+dot\s+|\.)\S)", re.IGNORECASE)
# What is looked at around a place that reads otherwise: enough for the rest of a name.
_AROUND = 60
_LONGEST_NAME = 30

_Span = tuple[int, int]


def readings(text: str) -> Iterator[str]:
    """The text, and every other way in which a person would read it; of those only what stands around a disguise."""
    yield text
    plain, spans = _plain(text)
    if spans:
        yield _near(plain, spans)
    for made, others in _rewritings(plain):
        if others:
            yield _near(made, others)


@lru_cache(maxsize=REMEMBERED)
def every_reading(text: str) -> tuple[str, ...]:
    """The same at once, remembered."""
    return tuple(readings(text))


def _rewritings(plain: str) -> Iterator[tuple[str, list[_Span]]]:
    joined, spaced = _joined(plain)
    yield joined, spaced
    lettered, words = _of_digits(plain, "l")
    yield lettered, words
    # Most texts hold neither, and are not asked again.
    if spaced:
        yield from (_joined_of_digits(plain, one) for one in "li")
    if words and ("1" in plain or "|" in plain):
        yield _of_digits(plain, "i")
    yield _other_tall(plain)
    yield _addressed(plain)


def in_plain_letters(text: str) -> str:
    """The text in letters of ours, as long as it was."""
    return _plain(text)[0]


def alike(word: str) -> str:
    """The word in the letters that its own look like."""
    return "".join(map(_alike, word))


def _near(text: str, spans: Iterable[_Span]) -> str:
    """The text around these places, with spaces for all else; no word is cut."""
    kept: list[str] = []
    done = 0
    for start, end in spans:
        begin = max(done, text.rfind(" ", 0, max(0, start - _AROUND)) + 1)
        until = text.find(" ", end + _AROUND)
        until = len(text) if until < 0 else until
        if until > done:
            kept += [" " * (begin - done), text[begin:until]]
            done = until
    return "".join(kept)


def _plain(text: str) -> tuple[str, list[_Span]]:
    """Letters that look like others are those others, digits of any script are ours, and nothing is turned round."""
    if text.isascii():
        return text, []
    turned, spans = _rewritten(text, _TURNED, lambda found: OUT + found.group(1)[::-1])
    plain, others = _rewritten(turned, _NOT_PLAIN, lambda found: _alike(found.group()))
    return plain, sorted([*spans, *others])


def _rewritten(text: str, pattern: re.Pattern[str], rewrite: Callable[[re.Match[str]], str]) -> tuple[str, list[_Span]]:
    """The text with each match rewritten, and the places of those that are no longer the same."""
    spans: list[_Span] = []

    def noted(found: re.Match[str]) -> str:
        made = rewrite(found)
        if made != found.group():
            spans.append(found.span())
        return made

    return pattern.sub(noted, text), spans


def _alike(char: str) -> str:
    """One letter or digit for one, without regard to its accents where it is of another alphabet."""
    letter = _LETTERS.get(ord(char)) or _LETTERS.get(ord(unicodedata.normalize("NFD", char)[0]))
    if letter is not None:
        return letter.upper() if char.isupper() else letter
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _joined(text: str) -> tuple[str, list[_Span]]:
    """Spaced letters put together, so that each may go on the word before it or begin one."""
    return _rewritten(text, _SPACED, lambda found: _ONE_LETTER.sub(_hyphened, found.group()))


def _joined_of_digits(text: str, one: str) -> tuple[str, list[_Span]]:
    """The same, with letters for the digits among them."""

    def joined(found: re.Match[str]) -> str:
        made = _ONE_LETTER.sub(_hyphened, found.group())
        return "".join(_for_letter(char, one) for char in made) if any(map(str.isdigit, made)) else found.group()

    return _rewritten(text, _SPACED, joined)


def _hyphened(found: re.Match[str]) -> str:
    return f"{found.group(1)}-{OUT * len(found.group(2))}"


def _of_digits(text: str, one: str) -> tuple[str, list[_Span]]:
    """Words with the letters that digits and signs among their own stand for; a one is an l, or an i."""
    if _DIGIT_OR_SIGN.search(text) is None:  # known much sooner than where such a word begins
        return text, []
    return _rewritten(text, _WITH_DIGIT, lambda found: _in_letters(found.group(), one))


def _in_letters(word: str, one: str) -> str:
    letters = sum(map(str.isalpha, word))
    if letters < 2 or letters * 2 < len(word) or len(word) > _LONGEST_NAME:
        return word
    return "".join(_for_letter(char, one) for char in word)


def _for_letter(char: str, one: str) -> str:
    return one if char in "1|" else _FOR_LETTERS.get(char, char)


def _other_tall(text: str) -> tuple[str, list[_Span]]:
    """Words with an l where a capital I was written for it, and the other way round."""
    return _rewritten(text, _TALL, lambda found: "l" if found.group() == "I" else "I")


def _addressed(text: str) -> tuple[str, list[_Span]]:
    """“name at school dot example” as the address it is."""
    small = text.lower()
    if "at" not in small and "dot" not in small:
        return text, []
    return _rewritten(text, _BY_WORD, lambda found: "@".ljust(len(found.group()), OUT))
