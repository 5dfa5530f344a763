"""Text made comparable: letters and digits without case and accents, and what is between them.

A name may stand on a page in capitals, without its accents, with soft hyphens, cut by tags or across lines. So a text
is read as runs of letters and digits in a row, and the gap before each run is remembered: names are then looked for
letter by letter, and each gap says whether a word may go on, or end, there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate

#: Check and build look through the same texts again and again, in each edition and for each member of a family. Making
#: them comparable is nearly all the work and rests on the text alone, so this many of them are remembered.
REMEMBERED = 1 << 14
#: Is where a tag stood: letters around it may be one word, or two.
TAG = "\0"


class Gap(IntEnum):
    """What is between two runs."""

    SOFT = 1  # nothing but a tag, one mark without a space, or a change of case or to digits: one word, or two
    APOSTROPHE = 2  # inside a word or at its end, never before a word that begins
    HARD = 3  # spaces, commas, dots without a space: two words
    STOP = 4  # a dot or colon, perhaps the end of a sentence: nothing goes on here but an initial or a title
    END = 5  # another mark that ends a sentence or a part of it: nothing goes on here


# Written as numbers, for they can't be told apart by eye: apostrophes, then hyphens and dashes.
_APOSTROPHES = "\u02bc\u2019\u2018\u00b4\uff07\u02bb\u02b9"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_DOTLESS_I = "\u0131"
_ARABIC_LENGTHENER = "\u0640"
_SPECIAL = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", _DOTLESS_I: "i", "İ": "I", "ß": "ss", "ẞ": "SS", "ə": "e", "ħ": "h"}
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | {_ARABIC_LENGTHENER: ""}
)
_NO_SPACES = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUN = re.compile(rf"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[{_NO_SPACES}]|(?:(?![A-Za-z0-9{_NO_SPACES}])[^\W_])+")
_OTHER = re.compile(r"[^\x00-\x7f]+")
# One mark between two letters, with no space: it may part two words, or stand within one ("F.r.e.y.a", "Fre_ya").
_WITHIN = frozenset(["", TAG, *"-_.*|/~+=:,;^\u00b7\u2022\u2027\u2219\u22c5\u30fb"])
_SOFT = re.compile(rf"[{TAG}]*|[{TAG}]*-[{TAG}]*(?:\r?\n[ \t]*)?")
_STOP = re.compile(r"[.:][\"')\]\0]*\s")
_END = re.compile(r"[!?;][\"')\]\0]*\s")


class Folded:
    """A text's runs joined to one string, in small letters; ``starts`` are the places in it at which a run begins.

    Most texts hold nobody, so where a run stands in the text as it was, and what is before it, is found out when it is
    asked for.
    """

    __slots__ = ("_offsets", "_origin", "letters", "starts", "written")

    def __init__(self, written: str, origin: _Origin | None) -> None:
        runs = _RUN.findall(written)
        self.letters = _small("".join(runs))
        self.starts = list(accumulate(map(len, runs[:-1]), initial=0)) if runs else []
        self.written = written
        self._origin = origin
        self._offsets: list[int] | None = None

    def gap(self, letter: int) -> Gap | None:
        """What is before the run that begins at a place in the letters; None where none does."""
        run = self._run(letter)
        if run < 0 or self.starts[run] != letter or letter >= len(self.letters):
            return None
        if run == 0:
            return Gap.HARD
        end = self._written_at(run - 1) + letter - self.starts[run - 1]
        return _gap(self.written, end, self._written_at(run))

    def place(self, letter: int) -> int:
        """Where in the text a letter stands, or rather the run it is in."""
        start = self._written_at(self._run(letter))
        return start if self._origin is None else self._origin(start)

    def as_written(self, start: int, end: int) -> str:
        """The letters with all that is between them, case and all."""
        return self.written[self._written_at(self._run(start)) : self._behind(end)]

    def behind(self, end: int, size: int = 24) -> str:
        """What is written behind these letters, up to so many characters."""
        behind = self._behind(end)
        return self.written[behind : behind + size]

    def parted_by(self, letter: int) -> str:
        """What is written between the run that begins at a place in the letters and the one before it."""
        run = self._run(letter)
        return self.written[self._written_at(run - 1) + letter - self.starts[run - 1] : self._written_at(run)]

    def around(self, start: int, end: int, *, before: int, behind: int) -> str:
        """The letters as they are written, with so many characters before and behind them."""
        first = self._written_at(self._run(start))
        return self.written[max(0, first - before) : self._behind(end) + behind]

    def touches(self, start: int, end: int) -> bool:
        """Whether a letter or digit is right before or behind, with nothing between, in the text as written."""
        first, behind = self._written_at(self._run(start)), self._behind(end)
        return self.written[first - 1 : first].isalnum() or self.written[behind : behind + 1].isalnum()

    def _run(self, letter: int) -> int:
        return bisect_right(self.starts, letter) - 1

    def _behind(self, end: int) -> int:
        last = self._run(end - 1)
        return self._written_at(last) + end - self.starts[last]

    def _written_at(self, run: int) -> int:
        if self._offsets is None:
            self._offsets = [found.start() for found in _RUN.finditer(self.written)]
        return self._offsets[run]


def fold(text: str) -> Folded:
    """The text made comparable."""
    return Folded(*_plain(text))


@lru_cache(maxsize=REMEMBERED)
def folded(text: str) -> Folded:
    """The same, remembered: to be read and not changed."""
    return fold(text)


def words_of(name: str) -> tuple[str, ...]:
    """A name's words, folded as a text is; hyphens part words, apostrophes do not."""
    plain, _ = _plain(name)
    words = re.split(r"[^\w']+|_", plain.replace("'", ""))
    return tuple(word.casefold() for word in words if word)


def _small(text: str) -> str:
    """In small letters, as many as there were."""
    small = text.casefold()
    return small if len(small) == len(text) else "".join(one.casefold()[:1] for one in text)


def _gap(text: str, end: int, start: int) -> Gap:
    if start - end <= 1:
        between = text[end:start]
        if between in _WITHIN:
            return Gap.SOFT
        if between == "'":
            return Gap.APOSTROPHE
        return Gap.HARD
    between = text[end:start]
    # With a tag next to it an apostrophe may as well be a quotation mark.
    if _SOFT.fullmatch(between) or between.strip(TAG) == "'":
        return Gap.SOFT
    if _END.search(between):
        return Gap.END
    return Gap.STOP if _STOP.search(between) else Gap.HARD


def _plain(text: str) -> tuple[str, _Origin | None]:
    """The text with accents, soft hyphens and the like taken off, and where each of its characters came from."""
    if text.isascii():
        return text, None
    pieces: list[str] = []
    froms: list[int] = []
    befores: list[int] = []
    done = length = 0
    for other in _OTHER.finditer(text):
        before = text[done : other.start()]
        pieces.append(before)
        length += len(before)
        for offset, char in enumerate(other.group(), other.start()):
            made = _bare(char)
            froms.append(offset)
            befores.append(length)
            pieces.append(made)
            length += len(made)
        done = other.end()
        froms.append(done)
        befores.append(length)
    pieces.append(text[done:])
    return "".join(pieces), _Origin(befores, froms)


def _bare(char: str) -> str:
    """One character without accent; nothing for marks, soft hyphens and characters of no width."""
    special = char.translate(_SPECIAL)
    if special != char:
        return special
    made = "".join(
        one for one in unicodedata.normalize("NFKD", char) if unicodedata.category(one) not in ("Mn", "Me", "Cf")
    )
    return made.translate(_SPECIAL)


@dataclass(frozen=True, slots=True)
class _Origin:
    """From places in the plain text to places in the text as it was."""

    befores: list[int]
    froms: list[int]

    def __call__(self, place: int) -> int:
        index = bisect_right(self.befores, place) - 1
        return place if index < 0 else self.froms[index] + place - self.befores[index]
