"""Finds, among all people and students of a campus, the few whose name or contact details a text may hold."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.campus.records import Record
from sendbook.checks.leaks.addresses import KINDS, is_postcode
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.texts.forms import Someone, Words
from sendbook.checks.texts.mentioned import Mentioned, otherwise

_WORD = re.compile(r"[^\W_]+")
_Index = Mapping[str, list[Someone]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody as a version of their own record says it: with all that was worked out of them."""

    digest: str
    someone: Someone


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody:
    """People and students by a word of what they could be found by. Made once for a check or a build."""

    people: tuple[Someone, ...] = field(repr=False)
    by_id: Mapping[str, Someone]
    by_name: _Index = field(repr=False)
    by_place: _Index = field(repr=False)
    by_number: _Index = field(repr=False)
    sizes: frozenset[int]

    @classmethod
    def of(cls, everyone: Iterable[Someone]) -> Everybody:
        """Indexed once, cheaply: most of them are never met in any text."""
        listed = tuple(everyone)
        name, place, number = (defaultdict[str, list[Someone]](list) for _ in range(3))
        lines = [one.contact_words(near=False) if one.addresses or one.emails else () for one in listed]
        shared_by = Counter(word for of_one in lines for words in of_one for word in words)
        for one, of_one in zip(listed, lines, strict=True):
            for word in _named_by(one):
                name[word].append(one)
            for word in {word for line in of_one for word in _placed_by(line, shared_by)}:
                place[word].append(one)
            for digits in one.numbers:
                number[digits].append(one)
        return cls(
            people=listed,
            by_id={one.id: one for one in listed},
            by_name=name,
            by_place=place,
            by_number=number,
            sizes=frozenset(map(len, number)),
        )

    @classmethod
    def among(
        cls, people: Iterable[Record], headers: Iterable[Record], known: MutableMapping[str, Known] | None = None
    ) -> Everybody:
        """Collects everybody in these records; a record that can't be read is reported elsewhere.

        ``known`` is who was in which version of each record before. It is brought up to date.
        """
        before = known if known is not None else {}
        now = {
            record.id: _known(record, read, before)
            for read, records in ((Someone.of_person, people), (Someone.of_student, headers))
            for record in records
        }
        before.clear()
        before.update(now)
        return cls.of(one.someone for one in now.values())

    def possible(self, mentioned: Mentioned) -> list[Someone]:
        """Returns the people a text may name or give contact details of, once each, in order of id."""
        named = {one.id: one for word in mentioned.words & self.by_name.keys() for one in self.by_name[word]}
        found = {one.id: one for one in self.reached(mentioned)}
        found |= {identity: one for identity, one in named.items() if mentioned.may_name(one)}
        return [found[identity] for identity in sorted(found)]

    def reached(self, mentioned: Mentioned) -> Iterator[Someone]:
        """Yields the people whose contact details a text may give, some more than once."""
        yield from self._numbered(mentioned)
        placed = {one.id: one for word in mentioned.words & self.by_place.keys() for one in self.by_place[word]}
        yield from (one for one in placed.values() if mentioned.may_place(one, near=False))

    def _numbered(self, mentioned: Mentioned) -> Iterator[Someone]:
        for digits in mentioned.numbers:
            for size in self.sizes:
                for at in range(len(digits) - size + 1):
                    yield from self.by_number.get(digits[at : at + size], ())


def _known(record: Record, read: Callable[[Mapping[str, Any]], Someone], before: Mapping[str, Known]) -> Known:
    known = before.get(record.id)
    if known is not None and record.digest and known.digest == record.digest:  # without one it is only part of a file
        return known
    sound = isinstance(record.data.get("id"), str)
    someone = read(record.data if sound else {**record.data, "id": _own_id(record)})
    return Known(digest=record.digest, someone=someone)


def _own_id(record: Record) -> str:
    """The id that a record's place gives it, where the one written in it can't be read."""
    return record.student or record.id.rpartition("/")[2]


def _named_by(one: Someone) -> set[str]:
    """The words of which one has to stand in a text that names this person.

    A parent's first name by itself tells nothing, so only what follows it counts; a colleague may be named.
    """
    if one.at_work:
        return set()
    words, known = _quick(one.full), _quick(one.known_as)
    ends = {*words[1:], *words[-1:], *known[1:]}
    if len(words) > 1:
        last = "".join(_quick(one.full.split()[-1])) or words[-1]
        ends |= {words[0] + last, last + words[0], words[0] + words[-1], words[-1] + words[0], "".join(words)}
    return {*ends, *words[:1], *known[:1]} if one.student else ends


def _placed_by(line: Words, shared_by: Mapping[str, int]) -> set[str]:
    """The words of which one has to stand in a text that gives this line of an address.

    All words of the line do, so it is asked by the one that the fewest lines have: half a town lives in High Street,
    and all e-mail addresses of a family end alike.
    """
    if is_postcode(line):
        return {line[1], "".join(line), *(other[0] for other in otherwise(line[1]))}
    telling = (word for word in line if word.isalpha() and word not in KINDS)
    return {min(telling, key=lambda word: (shared_by[word], -len(word)), default=line[0]), "".join(line)}


def _quick(name: str) -> Words:
    """Splits a name into words; fast for plain letters, as there are thousands of names."""
    if name.isascii():
        return tuple(_WORD.findall(name.replace("'", "").casefold()))
    return words_of(re.sub(r"[()]", " ", name))
