"""Spells out how a person's name and contact details are written in running text.

Wider than what is looked for in public pages, because it is asked about a few people at a time: a house by its name, a
street by itself, a number without its dialling code, one half of a double surname. Names are kept apart by how much
they say: a name in full is an error in another family's text, a first name or a surname by itself only asks for a look.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sendbook.campus.called import called, group_of, numbers_in, text_of, texts_in
from sendbook.checks.finding import Severity
from sendbook.checks.leaks.addresses import KINDS, house_name_in, houses_in, postcodes_in, streets_in, turned_round
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.leaks.identifiers import Identifier, Identifiers, Written, however_written
from sendbook.checks.leaks.ordinary import EVERYDAY, ORDINARY

Words = tuple[str, ...]

TITLES = frozenset(words_of("mr mrs ms miss mx dr prof professor rev sir dame lord lady"))
_EASILY_MISTAKEN = frozenset(words_of("mrs ms miss mx"))
_FEWEST_DIGITS = 9
_WITHOUT_CODE = 6


@dataclass(frozen=True, kw_only=True)
class Someone:
    """One person or student, as far as texts could tell of them. ``at_work`` says that the staff directory names
    them.
    """

    id: str
    full: str
    known_as: str
    student: bool = False
    at_work: bool = False
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    addresses: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of_person(cls, data: Mapping[str, Any]) -> Someone:
        """Somebody from their own record. What the directory says of a colleague is nobody's secret."""
        family, sign_in, at_work = group_of(data, "family"), group_of(data, "sign_in"), "staff" in data
        own = () if at_work else texts_in(sign_in.get("email"))
        name = called(data)
        return cls(
            id=text_of(data.get("id")),
            full=name.full,
            known_as=name.known_as,
            at_work=at_work,
            emails=tuple(dict.fromkeys((*texts_in(family.get("email")), *own))),
            phones=numbers_in(family.get("phone")),
            addresses=texts_in(family.get("address")),
        )

    @classmethod
    def of_student(cls, data: Mapping[str, Any]) -> Someone:
        """A student from ``student.yml``."""
        name = called(data)
        return cls(
            id=text_of(data.get("id")),
            full=name.full,
            known_as=name.known_as,
            student=True,
            emails=texts_in(group_of(data, "sign_in").get("email")),
        )

    @cached_property
    def name(self) -> Name:
        """Splits the name into its parts."""
        return Name.of(self.full, self.known_as)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Telephone numbers by their digits, without the nought or the country they begin with."""
        digits = (re.sub(r"^(?:0044|44)?0?", "", re.sub(r"\D", "", phone)) for phone in self.phones)
        return tuple(number for number in digits if len(number) >= _FEWEST_DIGITS)

    @cached_property
    def names_in_full(self) -> tuple[Words, ...]:
        """The name in every form that says who it is. A parent known as Kofi Mensah is “Mr Mensah” in many a text, so
        any title is looked for, whichever the record has.
        """
        return tuple(self.name.in_full(() if self.student else TITLES))

    def names_as_known(self) -> Iterator[Words]:
        """The same with the titles this person goes by: what anybody may write who may know them."""
        return self.name.in_full(() if self.student else self.name.addressed)

    @cached_property
    def lone_names(self) -> tuple[Words, ...]:
        """What by itself may be somebody else's name too."""
        return tuple(self.name.alone(student=self.student))

    def contact_words(self, *, near: bool) -> tuple[Words, ...]:
        """E-mail addresses and homes in words; of someone ``near`` a house with a name too."""
        return self._contact_near if near else self._contact

    @cached_property
    def _contact(self) -> tuple[Words, ...]:
        homes = (words for address in self.addresses for words in _of_address(address))
        return (*(words_of(email.replace("@", " ")) for email in self.emails), *homes)

    @cached_property
    def _contact_near(self) -> tuple[Words, ...]:
        return (*self._contact, *filter(None, map(house_name_in, self.addresses)))

    @cached_property
    def streets(self) -> tuple[Words, ...]:
        """The street by itself, which may as well be that of a school or a shop."""
        return tuple(words for address in self.addresses for words in streets_in(address))

    def identifiers(self, *, near: bool) -> Identifiers:
        """Prepares all forms for the scanner; of two with the same words the more serious one is used."""
        found = {words: _identifier(words, Severity.WARNING, "leak-name") for words in self.lone_names}
        found |= {words: _identifier(words, Severity.WARNING, "leak-contact") for words in self.streets if near}
        found |= {words: _identifier(words, Severity.ERROR, "leak-name") for words in self.names_in_full}
        found |= {words: _identifier(words, Severity.ERROR, "leak-contact") for words in self.contact_words(near=near)}
        return Identifiers(
            words=tuple(found.values()), numbers=dict.fromkeys(self.numbers, "a number"), births=frozenset()
        )

    def names(self) -> tuple[Words, ...]:
        """The name in every form that `identifiers` looks for."""
        return (*self.names_in_full, *self.lone_names)

    def ways_to_reach(self, *, near: bool) -> tuple[Words, ...]:
        """The contact details in every form that `identifiers` looks for, but for numbers."""
        return (*self._contact_near, *self.streets) if near else self._contact

    @cached_property
    def local_numbers(self) -> frozenset[str]:
        """Returns telephone numbers without their dialling code, as neighbours write them."""
        return frozenset(number[-_WITHOUT_CODE:] for number in self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in words: ``firsts`` as it is called first, ``middles`` between, ``lasts`` the surname and its halves."""

    tokens: tuple[Words, ...]
    firsts: tuple[Words, ...]
    middles: tuple[Words, ...]
    lasts: tuple[Words, ...]
    title: str = ""
    others: tuple[Words, ...] = ()

    @classmethod
    def of(cls, full: str, known_as: str) -> Name:
        """The name in the record, and what it is called instead; brackets hold another way to write it."""
        plain = re.sub(r"\([^)]*\)", " ", full)
        others = tuple(filter(None, map(words_of, re.findall(r"\(([^)]*)\)", full))))
        tokens = tuple(filter(None, map(words_of, plain.split()))) or others[:1] or (("?",),)
        known = tuple(word for token in known_as.split() for word in words_of(token))
        title = known[0] if len(known) > 1 and known[0] in TITLES else ""
        last = next((token for token in tokens if title and token == known[1:]), tokens[-1])
        given = [token for token in tokens if token is not last] or [last]
        firsts = [given[0]]
        if known and not title and known not in (*tokens, tuple(word for token in tokens for word in token)):
            firsts.append(known)
        halves = [(half,) for half in last if len(last) > 1 and len(half) > 2]
        return cls(
            tokens=tokens,
            firsts=tuple(firsts),
            middles=tuple(given[1:]),
            lasts=(last, *halves),
            title=title,
            others=others,
        )

    @property
    def single(self) -> bool:
        """Tells whether there is only one name."""
        return len(self.tokens) == 1

    @property
    def addressed(self) -> Collection[str]:
        """The titles a person may be given: any where the record has none, and those that are easily taken for one
        another where it has one of them.
        """
        if not self.title:
            return TITLES
        return _EASILY_MISTAKEN if self.title in _EASILY_MISTAKEN else (self.title,)

    def in_full(self, titles: Collection[str]) -> Iterator[Words]:
        """First name (or initial) and surname in either order, with and without what lies between; and the surname
        with each of these titles.
        """
        if self.single:
            yield from self.others
            return
        yield tuple(word for token in self.tokens for word in token)
        yield from (words for words in self.others if len(words) > 1)
        initials = tuple(token[0][0] for token in (self.firsts[0], *self.middles))
        for last in self.lasts:
            for first in self.firsts:
                yield from self._in_order(first, last)
            if len(initials) > 1:
                yield from ((*initials, *last), ("".join(initials), *last), (*last, *initials))
                yield (*last, "".join(initials))
            if not _is_plain(last):
                yield from ((title, *last) for title in titles)

    def _in_order(self, first: Words, last: Words) -> Iterator[Words]:
        yield from ((*first, *last), (*last, *first), (first[0][0], *last), (*last, first[0][0]))
        if self.middles:
            middles = tuple(word for token in self.middles for word in token)
            initials = tuple(token[0][0] for token in self.middles)
            for between in (middles, initials, initials[:1], self.middles[0]):
                yield from ((*first, *between, *last), (*last, *first, *between))

    def alone(self, *, student: bool) -> Iterator[Words]:
        """A surname that points at few people; of a student, who is called so in class, the first name too."""
        if self.single or not _is_plain(self.lasts[0]):
            yield self.lasts[0]
        if self.title:
            yield (self.title, *self.lasts[0])
        if student:
            yield from (first for first in self.firsts if len("".join(first)) > 1)


def _is_plain(words: Words) -> bool:
    """Whether a name by itself points at nobody: a word, a place, or very common."""
    letters = "".join(words)
    return len(letters) < 4 or set(words) <= ORDINARY or letters in ORDINARY


def _identifier(words: Words, severity: Severity, code: str) -> Identifier:
    # A name of everyday words counts where it is written as a name: "Will May", never "will may".
    plain = all(word in EVERYDAY or len(word) == 1 for word in words)
    alone = severity is Severity.WARNING
    written = Written.ANYHOW
    if code == "leak-name":
        written = Written.AS_NAME if plain or alone else however_written(words)
    if code == "leak-contact" and words[0][0].isalpha() and words[-1][0].isdigit() and words[-2] in KINDS:
        written = Written.AS_HOUSE
    return Identifier(
        words=words, what="", code=code, severity=severity, written=written, joined=len("".join(words)) > 4
    )


def _of_address(address: str) -> Iterator[Words]:
    """Returns the postcode, and house with street; the town is no secret."""
    yield from postcodes_in(address)
    for house in houses_in(address):
        yield from filter(None, (house, turned_round(house)))


def contact_of(everyone: Iterable[Someone], *, near: bool) -> frozenset[Words]:
    """Contact details of several in words, their numbers as one word each."""
    found: set[Words] = set()
    for one in everyone:
        found.update(one.contact_words(near=near))
        found.update(one.streets)
        found.update((number,) for number in one.numbers)
    return frozenset(found)
