"""What texts mention that a name, a number or a birthday could stand in; enough to say that somebody new is not there.

Most changes to a record bring no word that is in any document. From what the documents mention that can be said without
reading them again, and without the names of everybody else: what is found of one person never rests on another's name,
unless the two are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.checks.leaks.days import days_in
from sendbook.checks.leaks.digits import rows_of_digits
from sendbook.checks.leaks.disguises import every_reading, in_plain_letters
from sendbook.checks.leaks.folding import folded
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.checks.leaks.spelling import as_contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """``words`` are the letters of each text with the places where a word may begin, ``numbers`` rows of digits, and
    ``days`` ISO dates.
    """

    words: tuple[tuple[str, frozenset[int]], ...] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)
    days: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Mentions:
        """What these texts mention."""
        distinct = set(texts)
        contacts = {as_contact(in_plain_letters(text)) for text in distinct}
        every = sorted({reading for text in distinct for reading in every_reading(text)} | contacts)
        return cls(
            words=tuple((one.letters, frozenset(one.starts)) for one in map(folded, every)),
            numbers=frozenset(digits for text in every for _, _, digits in rows_of_digits(text)),
            days=frozenset(day for text in every for _, _, days in days_in(text) for day in days),
        )

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Mentions:
        """The same from plain data."""
        words = tuple((letters, frozenset(starts)) for letters, starts in plain["words"])
        return cls(words=words, numbers=frozenset(plain["numbers"]), days=frozenset(plain["days"]))

    def plain(self) -> dict[str, Any]:
        """As plain data, to be kept."""
        words = [(letters, sorted(starts)) for letters, starts in self.words]
        return {"words": words, "numbers": sorted(self.numbers), "days": sorted(self.days)}

    def may_hold(self, identifiers: Identifiers) -> bool:
        """Whether any of this could be found in the texts, however it has to be written to count."""
        return (
            not self.days.isdisjoint(identifiers.births)
            or any(number in digits for number in identifiers.numbers for digits in self.numbers)
            or any(self._begins(letters) for letters in {identifier.letters for identifier in identifiers.words})
        )

    def _begins(self, sought: str) -> bool:
        for letters, starts in self.words:
            at = letters.find(sought)
            while at >= 0:
                if at in starts:
                    return True
                at = letters.find(sought, at + 1)
        return False
