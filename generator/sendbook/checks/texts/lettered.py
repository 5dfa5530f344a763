"""Says in a moment whose name or contact details are certainly not in one text: their letters aren't there in a row.

What is found in a text has all its letters in one of the text's readings, in their order and with no other letter
between them. So nothing is passed over that a `Scanner` finds, however it is written.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from sendbook.checks.leaks.digits import in_digits
from sendbook.checks.leaks.disguises import every_reading, in_plain_letters
from sendbook.checks.leaks.folding import folded
from sendbook.checks.leaks.spelling import as_contact
from sendbook.checks.texts.forms import Someone, Words

_NO_DIGITS = dict.fromkeys(map(ord, {*map(chr, range(128))} - {*string.digits}))
_NO_LETTERS = dict.fromkeys(map(ord, {*map(chr, range(128))} - {*string.ascii_letters, *string.digits}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettered:
    """One text, or several: the letters and digits of each reading in a row, and its digits alone."""

    rows: tuple[str, ...] = field(repr=False)
    digits: tuple[str, ...] = field(repr=False)

    @classmethod
    def together(cls, texts: Iterable[str]) -> Lettered:
        """Returns the rows of several texts, each row once, in an order that rests on nothing else."""
        read = [lettered(text) for text in dict.fromkeys(texts)]
        rows = {row for one in read for row in one.rows}
        return cls(rows=tuple(sorted(rows)), digits=tuple(sorted({row for one in read for row in one.digits})))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a text may hold of somebody: forms of their ``names``, and whether it may hold ``contact`` details."""

    someone: Someone
    names: frozenset[Words] = field(repr=False)
    contact: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """A few people by what a `Scanner` would look for.

    ``forms`` are all letters of a name or a contact detail, whose they are and, of a name, its words; ``numbers`` are
    with whose they are too.
    """

    people: tuple[Someone, ...]
    forms: tuple[tuple[str, str, Words], ...] = field(repr=False)
    numbers: tuple[tuple[str, str], ...] = field(repr=False)

    @classmethod
    def of(cls, people: Iterable[Someone], *, near: bool) -> Sought:
        """Collects people for `in_text`; ``near`` is as for `Someone.identifiers`, and counts local numbers too."""
        listed = tuple(people)
        names = (("".join(words), one.id, words) for one in listed for words in one.names())
        ways = (("".join(words), one.id, ()) for one in listed for words in one.ways_to_reach(near=near))
        numbers = ((number, one.id) for one in listed for number in (one.local_numbers if near else one.numbers))
        return cls(listed, tuple(form for form in (*names, *ways) if form[0]), tuple(numbers))

    def in_texts(self, texts: Iterable[str]) -> list[list[Held]]:
        """Returns for each text what it may hold of these people, in their order; if in doubt, more than it does."""
        return self._in_all(tuple(map(lettered, texts)))

    def in_letters(self, read: Lettered) -> list[Held]:
        """Returns the same of texts whose letters are known, taken together."""
        return self._in_all((read,))[0]

    def _in_all(self, read: Sequence[Lettered]) -> list[list[Held]]:
        found: list[dict[str, set[Words]]] = [{} for _ in read]
        rows, digits = _Rows([one.rows for one in read]), _Rows([one.digits for one in read])
        for letters, identity, name in self.forms:
            for number in rows.with_all(letters):
                found[number].setdefault(identity, set()).add(name)
        for sought, identity in self.numbers:
            for number in digits.with_all(sought):
                found[number].setdefault(identity, set()).add(())
        return [[_held(one, held[one.id]) for one in self.people if one.id in held] if held else [] for held in found]

    def in_text(self, text: str) -> list[Held]:
        """Returns the same for one text."""
        return self.in_texts([text])[0]


class _Rows:
    """The rows of several texts one after another, so that letters that are in none of them are looked for once."""

    def __init__(self, of_texts: Iterable[Iterable[str]]) -> None:
        placed = [(number, row) for number, rows in enumerate(of_texts) for row in rows]
        # The end of a line is no letter, so nothing is found that is partly in one row and partly in the next.
        self._all = "\n".join(row for _, row in placed)
        self._texts = [number for number, _ in placed]
        self._starts = list(accumulate((len(row) + 1 for _, row in placed), initial=0))

    def with_all(self, letters: str) -> Iterator[int]:
        """Yields the numbers of the texts in which these letters are in a row, some of them more than once."""
        at = self._all.find(letters)
        while at >= 0:
            row = bisect_right(self._starts, at) - 1
            yield self._texts[row]
            at = self._all.find(letters, self._starts[row + 1])


def _held(someone: Someone, forms: set[Words]) -> Held:
    return Held(someone=someone, names=frozenset(forms - {()}), contact=() in forms)


@lru_cache(maxsize=1 << 10)
def lettered(text: str) -> Lettered:
    """The letters of one of a student's texts; remembered, for it is asked about the family and about all others."""
    readings = every_reading(text)
    as_read = {*readings, as_contact(in_plain_letters(text))}
    numbered = {*readings, *map(in_digits, readings)}
    rows, digits = map(_letters_in, as_read), map(_digits_in, numbered)
    return Lettered(rows=tuple(frozenset(filter(None, rows))), digits=tuple(frozenset(filter(None, digits))))


def _digits_in(text: str) -> str:
    return text.translate(_NO_DIGITS) if text.isascii() else re.sub(r"\D", "", text)


def _letters_in(text: str) -> str:
    """The letters as `folded` has them."""
    return text.translate(_NO_LETTERS).lower() if text.isascii() else folded(text).letters
