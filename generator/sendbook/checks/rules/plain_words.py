"""Words to avoid in a public page, and how hard a text is to read.

The reading score is Björnsson's LIX: mean words a sentence, plus the share of words longer than six letters in per
cent. It needs no dictionary and no counting of syllables. Under 30 is a children's book, 40 a newspaper, 50 an official
letter; a list item counts as a sentence. Texts under 40 words have no score: one long name would decide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sendbook.campus.passages import sentences_of, words_of

#: Used without an explanation, these are known to those who work with them and to few others.
JARGON: tuple[str, ...] = (
    "APDR",
    "ASD",
    "CAMHS",
    "EBSA",
    "EHCNA",
    "ELSA",
    "IEP",
    "ILP",
    "LSA",
    "MLD",
    "PEEP",
    "PfA",
    "QFT",
    "SALT",
    "SEMH",
    "SLCN",
    "SLT",
    "SMART targets",
    "SpLD",
    "best endeavours",
    "co-production",
    "differentiated",
    "differentiation",
    "graduated approach",
    "graduated response",
    "holistic",
    "multi-agency",
    "multi-disciplinary",
    "precision teaching",
    "pupil premium",
    "quality first teaching",
    "scaffolding",
    "stakeholders",
    "universal provision",
    "wave 1",
    "wave 2",
    "wave 3",
)
_LONG_WORD = 7
_FEWEST_WORDS = 40


def words_to_avoid(house_rules: Mapping[str, Any]) -> tuple[str, ...]:
    """The campus's own list, or ours."""
    chosen = house_rules.get("jargon")
    return tuple(map(str, chosen)) if isinstance(chosen, list) else JARGON


def jargon_in(text: str, avoided: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Column and word of each word to avoid; one with a capital counts only as it is written."""
    for word in avoided:
        case = 0 if word != word.lower() else re.IGNORECASE
        for found in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, case):
            yield found.start() + 1, found.group()


def reading_score(blocks: Iterable[str]) -> float | None:
    """The reading score of a text given as its blocks, or None if it is too short to have one."""
    sentences = [words for block in blocks for sentence in sentences_of(block) if (words := words_of(sentence))]
    count = sum(map(len, sentences))
    if count < _FEWEST_WORDS:
        return None
    long = sum(len(word) >= _LONG_WORD for words in sentences for word in words)
    return count / len(sentences) + 100 * long / count
