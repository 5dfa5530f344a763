"""Says in a moment whose name or contact details are certainly not in one text: their letters aren't there in a row.

What is found in a text has all its letters in one of the text's readings, in their order and with no other letter
between them. So nothing is passed over that a `Scanner` finds, however it is written.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sendbook.checks.leaks.digits import in_digits
from sendbook.checks.leaks.disguises import every_reading, in_plain_letters
from sendbook.checks.leaks.folding import folded
from sendbook.checks.leaks.spelling import as_contact
from sendbook.checks.texts.forms import Someone, Words

_NO_LETTERS = dict.fromkeys(map(ord, {*map(chr, range(128))} - {*string.ascii_letters, *string.digits}))
#: So many letters say for nearly every name that it isn't there; what is shorter is looked for as it is.
_FIRST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettered:
    """One text: the letters and digits of each of its readings in a row with all that a name may begin with, and its
    digits alone.
    """

    rows: tuple[tuple[str, frozenset[str]], ...] = field(repr=False)
    digits: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a text may hold of somebody: forms of their ``names``, and whether it may hold ``contact`` details."""

    someone: Someone
    names: frozenset[Words] = field(repr=False)
    contact: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """A few people by the first letters of what a `Scanner` would look for.

    By those letters are all letters, whose they are and, of a name, its words; ``numbers`` are with whose they are too.
    """

    people: tuple[Someone, ...]
    by_first: Mapping[str, list[tuple[str, str, Words]]] = field(repr=False)
    numbers: frozenset[tuple[str, str]] = field(repr=False)

    @classmethod
    def of(cls, people: Iterable[Someone], *, near: bool) -> Sought:
        """Indexes people for `in_text`; ``near`` is as for `Someone.identifiers`, and counts local numbers too."""
        listed = tuple(people)
        by_first: defaultdict[str, list[tuple[str, str, Words]]] = defaultdict(list)
        for one in listed:
            forms = [(words, words) for words in one.names()]
            forms += [(words, ()) for words in one.ways_to_reach(near=near)]
            for words, name in forms:
                letters = "".join(words)
                by_first[letters[:_FIRST]].append((letters, one.id, name))
        numbers = ((number, one.id) for one in listed for number in (one.local_numbers if near else one.numbers))
        return cls(listed, by_first, frozenset(numbers))

    def in_text(self, text: str) -> list[Held]:
        """Returns what a text may hold of these people, in their order; if in doubt, more than it does."""
        read = lettered(text)
        found: defaultdict[str, set[Words]] = defaultdict(set)
        for row, starts in read.rows:
            for first in starts & self.by_first.keys():
                for letters, identity, name in self.by_first[first]:
                    if letters in row:
                        found[identity].add(name)
        for row in read.digits:
            for number, identity in self.numbers:
                if number in row:
                    found[identity].add(())
        return [_held(one, found[one.id]) for one in self.people if one.id in found]


def _held(someone: Someone, forms: set[Words]) -> Held:
    return Held(someone=someone, names=frozenset(forms - {()}), contact=() in forms)


@lru_cache(maxsize=1 << 10)
def lettered(text: str) -> Lettered:
    """The letters of one of a student's texts; remembered, for it is asked about the family and about all others."""
    readings = every_reading(text)
    as_read = {*readings, as_contact(in_plain_letters(text))}
    numbered = {*readings, *map(in_digits, readings)}
    rows = frozenset(map(_letters_in, as_read))
    return Lettered(
        rows=tuple((row, _starts(row)) for row in rows if row),
        digits=frozenset(filter(None, (re.sub(r"\D", "", one) for one in numbered))),
    )


def _starts(row: str) -> frozenset[str]:
    return frozenset(row[at : at + size] for size in range(1, _FIRST + 1) for at in range(len(row)))


def _letters_in(text: str) -> str:
    """The letters as `folded` has them."""
    return text.translate(_NO_LETTERS).lower() if text.isascii() else folded(text).letters
