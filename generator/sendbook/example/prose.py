"""From a text with choices and gaps to sentences about one student.

``(a|b|c)`` is one of the three, and may hold further choices; ``<name>`` is a gap filled from the student's words,
``<They> read<s>`` becomes “She reads” or “They read”. What is left to do afterwards is typography:
a or an, capitals after full stops, single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from random import Random

from sendbook.errors import SendbookError

_TOKEN = re.compile(r"[()|]|<[^<>]*>|[^()|<>]+")
_ARTICLE = re.compile(r"\b([Aa])n? (?=“?(\w[\w-]*))")
_SENTENCE = re.compile(r"(?:^|(?<=[.!?] ))(“?)([a-zà-ÿ])")
_SPACES = re.compile(r" +([,.;:!?])| {2,}")

# Spelt with a vowel but spoken with a consonant, and the other way round.
_SPOKEN_CONSONANT = re.compile(r"(?:uni(?!n|m)|us[ei]|usu|eu|one\b|once|ukulele)", re.IGNORECASE)
_SPOKEN_VOWEL = re.compile(r"(?:hour|honest|heir|8|11\b|18\b|[AEFHILMNORSX](?:[A-Z]|\b))")

_SHE = {
    "they": "she", "them": "her", "their": "her", "themself": "herself", "theyre": "she's",
    "s": "s", "es": "es", "ies": "ies", "is": "is", "has": "has", "was": "was", "does": "does",
    "isnt": "isn't", "doesnt": "doesn't",
}  # fmt: skip
_HE = _SHE | {"they": "he", "them": "him", "their": "his", "themself": "himself", "theyre": "he's"}
_THEY = {
    "they": "they", "them": "them", "their": "their", "themself": "themself", "theyre": "they're",
    "s": "", "es": "", "ies": "y", "is": "are", "has": "have", "was": "were", "does": "do",
    "isnt": "aren't", "doesnt": "don't",
}  # fmt: skip
PRONOUNS: Mapping[str, Mapping[str, str]] = {"she": _SHE, "he": _HE, "they": _THEY}

Sequence = tuple["str | Gap | Choice", ...]


class Gap(str):
    """A name to be looked up among the student's words."""

    __slots__ = ()


class Choice(tuple[Sequence, ...]):
    """Alternatives, of which one is taken."""

    __slots__ = ()


class Words:
    """The words of one student and the generator that chooses among wordings."""

    def __init__(self, rng: Random, words: Mapping[str, str]) -> None:
        self._rng = rng
        self._words = dict(words)

    def with_words(self, more: Mapping[str, str]) -> Words:
        """The same voice with further gaps filled; later words win."""
        return Words(self._rng, self._words | dict(more))

    def sentence(self, template: str) -> str:
        """Text that begins with a capital letter."""
        return _SENTENCE.sub(lambda match: match[1] + match[2].upper(), self.phrase(template))

    def phrase(self, template: str) -> str:
        """Text as it stands, for use inside a sentence; capitals only where the template has them."""
        parts: list[str] = []
        self._fill(_parsed(template), parts)
        text = _SPACES.sub(lambda match: match[1] or " ", "".join(parts).strip())
        return _ARTICLE.sub(_article, text)

    def _fill(self, sequence: Sequence, parts: list[str]) -> None:
        for piece in sequence:
            if isinstance(piece, Gap):
                parts.append(self._word(piece))
            elif isinstance(piece, Choice):
                self._fill(piece[int(self._rng.random() * len(piece))], parts)
            else:
                parts.append(piece)

    def _word(self, gap: Gap) -> str:
        found = self._words.get(gap)
        if found is not None:
            return found
        lowered = gap[0].lower() + gap[1:]
        if lowered not in self._words:
            raise SendbookError(f"A text of the synthetic campus has a gap nobody fills: <{gap}>.")
        found = self._words[lowered]
        return found[0].upper() + found[1:]


def _article(match: re.Match[str]) -> str:
    return match[1] + ("n " if begins_with_vowel_sound(match[2]) else " ")


def begins_with_vowel_sound(word: str) -> bool:
    """Whether “an” belongs before the word: an hour, a unit, an 8, an X-ray."""
    if _SPOKEN_VOWEL.match(word):
        return True
    return word[0].lower() in "aeioué" and not _SPOKEN_CONSONANT.match(word)


@cache
def _parsed(template: str) -> Sequence:
    tokens = _TOKEN.findall(template)
    sequence, end = _sequence(tokens, 0)
    if end != len(tokens) or "".join(tokens) != template:
        raise SendbookError(f"A text of the synthetic campus has brackets that do not pair: {template[:60]!r}.")
    return sequence


def _sequence(tokens: list[str], position: int) -> tuple[Sequence, int]:
    found: list[str | Gap | Choice] = []
    while position < len(tokens) and tokens[position] not in "|)":
        piece = tokens[position]
        if piece == "(":
            choice, position = _choice(tokens, position + 1)
            found.append(choice)
            continue
        found.append(Gap(piece[1:-1]) if piece[0] == "<" else piece)
        position += 1
    return tuple(found), position


def _choice(tokens: list[str], position: int) -> tuple[Choice, int]:
    options: list[Sequence] = []
    while True:
        option, position = _sequence(tokens, position)
        options.append(option)
        if position >= len(tokens):
            raise SendbookError("A text of the synthetic campus opens a bracket and does not close it.")
        position += 1
        if tokens[position - 1] == ")":
            return Choice(options), position
