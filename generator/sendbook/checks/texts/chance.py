"""Says where a word that is also a name is meant as the word: by what stands before it and behind it.

“Will you come?”, “in May”, “the Summer term”, “Art lesson”: nobody is named. A word within a sentence that has a
capital and none of these reasons for it may be a name, and so may one that owns or does something (“Grace sits”).
"""

from __future__ import annotations

import re

from sendbook.checks.finding import Severity
from sendbook.checks.leaks.ordinary import EVERYDAY
from sendbook.checks.leaks.scan import Hit


def _listed(words: str) -> str:
    return "|".join(words.split())


_OPENING = " \"'(\u201c\u2018"
_BEFORE_A_SENTENCE = ".!?:;\n-*\u2013\u2014\u2022"
_MONTHS = frozenset({"april", "may", "june", "august"})
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_SUBJECTS = frozenset({"art", "music", "drama", "english"})
_WORDS = EVERYDAY | _MONTHS | _SEASONS | _SUBJECTS
_TIMES = _listed(
    "in by since until till from to of for during every each early late mid last next this before after the"
)
_BEFORE_A_TIME = re.compile(rf"\b(?:{_TIMES}|\d\w*)[\s-]+$", re.I)
_ALL_MONTHS = _listed("january february march april may june july august september october november december")
_BESIDE_A_MONTH = re.compile(rf"(?:{_ALL_MONTHS})(?:,|,? and|,? or| to|[\u2013-])\s*$", re.I)
_ARTICLE = re.compile(rf"\b(?:{_listed('the a an this that his her their our your my some any no gcse')})[\s-]+$", re.I)
_TIME_BEHIND = re.compile(r"(?:half[- ])?(?:term|holidays?|break|fair|exams?|school|camp|\d)", re.I)
_OF_A_SUBJECT = _listed("lessons? room club class teacher work project homework exams?")
_SUBJECT_BEHIND = re.compile(rf"(?:{_OF_A_SUBJECT}|&|and (?:design|craft)|,|\W*$|is (?:on|at)\b)", re.I)
_SUBJECT_BEFORE = re.compile(
    rf"(?:\b(?:{_listed('in of like likes enjoy enjoys love loves study studies during gcse no')})|,)\s+$", re.I
)
_SUBJECT = re.compile(rf"\b(?:{_listed('science maths music drama history geography computing pe french')})\b", re.I)
_DOING = _listed("sits reads helps works asks asked said says has had was likes plays")
_DOES = re.compile(rf"['\u2019]s\b|\s(?:{_DOING}|is (?:his|her))\b", re.I)
# “Sit next to May”, “for May's birthday”: the word before would also do for a month.
_NAMING = re.compile(rf"\b(?:{_listed('with to beside ask asked asks help helped helps and for')})\s+$", re.I)
_PHRASES = frozenset(
    {"mark scheme", "mark of", "grace period", "say grace", "will and", "last will", "rose garden", "hope is"}
)


def is_chance(hit: Hit, text: str) -> bool:
    """Whether everyday words that are also a name have their capitals for another reason: a sentence begins, or it is
    a date.
    """
    if hit.severity is not Severity.ERROR:
        before, behind = text[: hit.offset], text[hit.offset + len(hit.written) :]
        return hit.code == "leak-name" and len(hit.key) == 1 and is_word(str(hit.key[0]), before, behind)
    if not all(str(word) in EVERYDAY for word in hit.key):
        return False
    return hit.code == "leak-name" and re.search(r"\w\w[?!.;:]\s", hit.written) is not None


def is_word(word: str, before: str, behind: str) -> bool:
    """Tells whether a word is meant as a word and not as a name, from the words around it."""
    if word not in _WORDS:
        return False
    if _by_kind(word, before, behind) or _in_phrase(word, before, behind):
        return True
    before, behind = before.rstrip(_OPENING), behind.lstrip(" ")
    begins = not before or before[-1] in _BEFORE_A_SENTENCE
    return begins and not _DOES.match(behind if behind[:1] in "'\u2019" else f" {behind}")


def _by_kind(word: str, before: str, behind: str) -> bool:
    behind = behind.lstrip(" -\u2013")
    timely = _BEFORE_A_TIME.search(before) and not _NAMING.search(before)
    if word in _MONTHS:
        return bool(timely or _BESIDE_A_MONTH.search(before) or _TIME_BEHIND.match(behind))
    if word in _SEASONS:
        return bool(timely or _ARTICLE.search(before) or _TIME_BEHIND.match(behind))
    if word in _SUBJECTS:
        if _SUBJECT.search(before[-20:]) or _SUBJECT.match(behind.lstrip(", ").removeprefix("and ")):
            return True
        behind_subject = _SUBJECT_BEHIND.match(behind) and not _NAMING.search(before)
        return bool(behind_subject or _SUBJECT_BEFORE.search(before))
    return _ARTICLE.search(before) is not None


def _in_phrase(word: str, before: str, behind: str) -> bool:
    last = re.search(r"(\w+)\W+$", before)
    following = re.match(r"\W+(\w+)", behind)
    pairs = {f"{last.group(1)} {word}".casefold()} if last else set()
    pairs |= {f"{word} {following.group(1)}".casefold()} if following else set()
    return not _PHRASES.isdisjoint(pairs)
