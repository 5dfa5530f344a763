"""Remembers the words of each student's texts, and what each is called, so that a name can be looked for in all.

The words are what a text has to hold in which somebody could be found (`checks/texts/everybody.py`): without any of
them the text need not be read.
"""

from __future__ import annotations

from collections.abc import Iterable

from sendbook.campus.digests import digest_of
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.mentioned import Mentioned, mentioned_in
from sendbook.checks.texts.sightings import StudentTexts

#: Under this name the bundle remembers of a student what they are called and found by, as a digest.
CALLED = "called"
#: Under this name it remembers the words and numbers of a student's texts.
WORDS = "words"


def all_mentioned(texts: StudentTexts, told: Iterable[str]) -> Mentioned:
    """Returns what a student's records mention, and sentences about earlier versions of them."""
    sentences = tuple(told)
    return texts.mentioned.with_more(mentioned_in(sentences)) if sentences else texts.mentioned


def packed_words(mentioned: Mentioned) -> bytes:
    """Returns the words that are mentioned, with a space on either side, and after a line's end the numbers."""
    return f" {' '.join(sorted(mentioned.words))} \n{' '.join(sorted(set(mentioned.numbers)))}".encode()


def called_in(own: Campus, student: str) -> bytes:
    """Returns a digest of all by which a student could be found in texts; nothing where their record can't be read."""
    header = own.get(f"students/{student}/{STUDENT}")
    return name_digest(header).encode() if header is not None else b""


def may_hold(kept: bytes | None, sought: Everybody) -> bool:
    """Whether packed words hold one by which somebody could be found; yes, where nothing was kept.

    Of a name one word is enough, for which others stand in a row is not kept; of an address all its words are there.
    """
    if kept is None:
        return True
    words, _, numbers = kept.partition(b"\n")
    if any(f" {word} ".encode() in words for word in sought.by_name):
        return True
    placed = any(f" {word} ".encode() in words for word in sought.by_place)
    if not placed and not any(digits.encode() in numbers for digits in sought.by_number):
        return False
    held = Mentioned(
        words=frozenset(words.decode().split()), lines=(), cased=(), numbers=tuple(numbers.decode().split())
    )
    return next(sought.reached(held), None) is not None


def name_digest(header: Record) -> str:
    """Returns a digest of all by which a student could be found in texts, from their own record."""
    one = Someone.of_student(header.data)
    return digest_of([one.full, one.known_as, one.emails])
