"""Finds invisible characters: those that change how words read, and those that stop a search finding a word.

They come with text copied from a web page, a chat or a PDF. What a script needs is left alone: joiners in emoji and in
Persian or Indian names, direction marks in a text with Hebrew or Arabic letters, the breaks between Thai words, flags
made of tags. So is the soft hyphen: it shows where a line ends, and search leaves it out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: The codes of what turns words round, and of what is only not seen.
HIDDEN, UNSEEN = "hidden-letter", "unseen-letter"
REMEDY = "Delete the word, with whatever is just before and after it, and type it again."
#: Nobody needs these: they write letters backwards.
OVERRIDES = frozenset("\u202d\u202e")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MARKS = frozenset("\u200e\u200f\u061c")
_JOINERS = frozenset("\u200c\u200d")
_MAY = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_FLAG = "\U0001f3f4"
# From here on letters are not those of English and its neighbours: Hebrew, Arabic, the scripts of India.
_OTHER_SCRIPTS = 0x0590
_NAMED_BY_NOBODY = {"\x85": "next line", "\x7f": "delete"}


@dataclass(frozen=True, slots=True)
class Unseen:
    """One such character: where in the text, and which. ``turns`` says that words may read otherwise by it."""

    offset: int
    char: str

    @property
    def turns(self) -> bool:
        """Whether it sets letters in another order, or apart from those around."""
        return self.char in _TURNING or unicodedata.category(self.char) in ("Cc", "Zl", "Zp")

    @property
    def code(self) -> str:
        """The code of a finding about it."""
        return HIDDEN if self.turns else UNSEEN

    @property
    def message(self) -> str:
        """What is wrong with it."""
        does = "can change how the words read" if self.turns else "stops a search from finding the word"
        return f"There is an invisible character here that {does} ({self.called})."

    @property
    def called(self) -> str:
        """Its code and name: ``U+202E, right-to-left override``."""
        return called(self.char)


def called(char: str) -> str:
    """The code of a character and its name in Unicode, where it has one."""
    name = _NAMED_BY_NOBODY.get(char) or unicodedata.name(char, "control character").lower()
    return f"U+{ord(char):04X}, {name}"


def unseen_in(text: str) -> Iterator[Unseen]:
    """Every character of a text that nobody sees and that its script does not need."""
    if text.isascii() and text.isprintable():
        return
    needed: dict[str, bool] = {}  # whether the text as a whole needs a character is asked of it once
    for found in _MAY.finditer(text):
        char, at = found.group(), found.start()
        if char in _JOINERS:
            wanted = _joins(text[max(at - 1, 0) : at]) or _joins(text[at + 1 : at + 2])
        else:
            if char not in needed:
                needed[char] = _is_needed(char, text)
            wanted = needed[char]
        if not wanted:
            yield Unseen(at, char)


def first_unseen(text: str) -> Unseen | None:
    """The first of them, one that turns words round before any other."""
    if text.isascii() and text.isprintable():  # nearly every text, and each of a campus's is asked about
        return None
    found = list(unseen_in(text))
    return next((one for one in found if one.turns), found[0] if found else None)


def _is_needed(char: str, text: str) -> bool:
    """Whether the script of a text needs a character, wherever in it that is."""
    if char in _MARKS:
        return any(one.isalpha() and unicodedata.bidirectional(one) in ("R", "AL") for one in text)
    if char == "\u200b":
        return _NO_SPACES.search(text) is not None
    return char >= "\U000e0000" and _FLAG in text


def _joins(neighbour: str) -> bool:
    """Whether a joiner next to this makes sense: it is part of an emoji, or a letter of another script."""
    return bool(neighbour) and (
        unicodedata.category(neighbour) in ("So", "Sk", "Mn", "Mc")
        or (ord(neighbour) >= _OTHER_SCRIPTS and neighbour.isalpha())
    )


def unseen_lines(text: str, first_line: int = 1) -> Iterator[tuple[int, int, Unseen]]:
    """Line, column and character of the first on each line of a text, one that turns words round before any other."""
    worst: dict[int, Unseen] = {}
    line, counted = first_line, 0
    for one in unseen_in(text):
        line += text.count("\n", counted, one.offset)
        counted = one.offset
        if line not in worst or (one.turns and not worst[line].turns):
            worst[line] = one
    for line, one in worst.items():
        yield line, one.offset - text.rfind("\n", 0, one.offset), one
