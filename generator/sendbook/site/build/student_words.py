"""Remembers the words of each student's texts, and what each is called, so that a name can be looked for in all.

The words are what a text has to hold in which somebody could be found (`checks/texts/everybody.py`): without any of
them the text need not be read. Nor need it without their letters in a row (`checks/texts/lettered.py`), which are asked
where the words are there: a first name that two students share is in many texts.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from itertools import chain

from sendbook.campus.digests import digest_of
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.lettered import Lettered
from sendbook.checks.texts.mentioned import Mentioned, mentioned_in
from sendbook.checks.texts.sightings import StudentTexts

#: Under this name the bundle remembers of a student what they are called, and who may know them, as a digest.
CALLED = "called"
#: Under this name it remembers the words and numbers of a student's texts.
WORDS = "words"
#: Under this name it remembers the letters and digits of them, as they stand in a row.
LETTERS = "letters"
# How much zlib tries: letters are packed at each save, and read at few.
_QUICK = 1


def all_mentioned(texts: StudentTexts, told: Iterable[str]) -> Mentioned:
    """Returns what a student's records mention, and sentences about earlier versions of them."""
    sentences = tuple(told)
    return texts.mentioned.with_more(mentioned_in(sentences)) if sentences else texts.mentioned


def packed_words(mentioned: Mentioned) -> bytes:
    """Returns the words that are mentioned, with a space on either side, and after a line's end the numbers."""
    return f" {' '.join(sorted(mentioned.words))} \n{' '.join(sorted(set(mentioned.numbers)))}".encode()


def packed_letters(texts: StudentTexts, told: Iterable[str]) -> bytes:
    """Returns the letters of all texts at home and of sentences about earlier versions, as the bundle keeps them."""
    read = Lettered.together(chain(texts.every(addresses=True), told))
    return zlib.compress(json.dumps([read.rows, read.digits], ensure_ascii=False).encode(), _QUICK)


def unpacked_letters(kept: bytes) -> Lettered:
    """Returns what was packed."""
    rows, digits = json.loads(zlib.decompress(kept))
    return Lettered(rows=tuple(rows), digits=tuple(digits))


def called_in(own: Campus, student: str) -> bytes:
    """Returns the digest of a student's own record; nothing where it can't be read."""
    header = own.get(f"students/{student}/{STUDENT}")
    return header_digest(header).encode() if header is not None else b""


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


def header_digest(header: Record) -> str:
    """Returns a digest of all by which a student could be found in texts, and of all that says who may know them: their
    own record. A parent who is family to two children, and then to one, may read the other's name no more.
    """
    return digest_of(header.data)
