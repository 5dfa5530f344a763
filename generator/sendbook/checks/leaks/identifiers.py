"""What would tell who somebody is: names in every form they are written in, ids, addresses, numbers, birthdays.

Taken from the records of every person and student but those whom the campus publishes as its contacts; of a contact who
is a parent too, how to reach them at home. How much of this counts where it is alone is the rule that keeps a check
like this bearable:

- first name and surname together, in either order, or initials and surname, or title and surname: always, but for a
  letter that stands apart from the name of a contact who has the same surname, and for the letter of a tag;
- a surname alone: unless it is a word, a place, very common, or part of a contact's or the campus's own name;
- a student's first name alone: asks for a look, under the same exceptions;
- where every word of a name is an everyday word ("Will May"): only if it is written as a name, with capitals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sendbook.access.projection import A_MAPPING
from sendbook.campus.called import called, numbers_in, text_of
from sendbook.campus.foundation import CAMPUS, PERSON, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Severity
from sendbook.checks.leaks.addresses import houses_in, postcodes_in, turned_round
from sendbook.checks.leaks.disguises import alike
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.leaks.ordinary import EVERYDAY, ORDINARY

#: Letters of a name that are enough to find it even where nothing parts its words.
LONG = 10


class Written(StrEnum):
    """How an identifier must be written to count."""

    ANYHOW = "anyhow"
    AS_NAME = "as a name"
    NO_ARTICLE = "with an initial that is no article"
    AS_CODE = "as a code"
    AS_HOUSE = "as a house behind its street"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """Words in a row that tell who somebody is. ``what`` says it in words, without the value."""

    words: tuple[str, ...]
    what: str
    code: str
    severity: Severity = Severity.ERROR
    written: Written = Written.ANYHOW
    exact: str = ""
    joined: bool = False
    certain: bool = False

    @property
    def letters(self) -> str:
        """The words without what parts them."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """Everything to look for: words, long numbers by their digits, days of birth (as ISO dates).

    ``contacts`` are the names, without initials, of those who may be named: a single letter that stands apart from
    one of them, in the next line or sentence, isn't somebody else's initial.
    """

    words: tuple[Identifier, ...] = field(repr=False)
    numbers: Mapping[str, str] = field(repr=False)
    births: frozenset[str] = field(repr=False)
    contacts: tuple[Identifier, ...] = field(default=(), repr=False)


_TITLES = frozenset(
    words_of("mr mrs ms miss mx dr prof professor rev sir dame lord lady madame mme monsieur m senor senora pan pani")
)
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)", re.IGNORECASE)
# What campus.yml says of the campus and of those outside whom families are pointed to; and words it declares.
_PUBLISHED = ("name", "office", "setting", "local_offer", "advice_service", "complaints", "public_words")
_NUMBERED = ("upn", "uln", "unique_identifier", "unique_learner_number", "unique_pupil_number")
_WITH_DIGITS = frozenset({"phone", *_NUMBERED})
_FEWEST_DIGITS = 9
_NOBODY: tuple[Mapping[str, Any], ...] = ()
_NUMBER_OF_STUDENT = "a student's number"

#: The texts of a record, each with the name of its field.
Leaves = Collection[tuple[str, str]]


def identifiers_of(campus: Campus, contacts: Collection[str]) -> Identifiers:
    """What to look for in what is to be public; ``contacts`` are the ids of those who may be named."""
    people = [record for record in campus.of_kind(PERSON) if _id(record) not in contacts]
    named = [record for record in campus.of_kind(PERSON) if _id(record) in contacts]
    students = list(campus.of_kind(STUDENT))
    place = campus.get(CAMPUS)
    own = place.data if place else {}
    # A contact is published as a member of staff. One who is family too has a home like anybody's.
    at_work = [replace(one, data={k: v for k, v in one.data.items() if k != "family"}) for one in named]
    at_home = [one.data["family"] for one in named if "family" in one.data]
    open_forms = [one for record in at_work for one in _of_record(record, _leaves(record.data), frozenset())]
    allowed = {one.words for one in open_forms}
    public = _words_in(own, _PUBLISHED) | {w for one in named for w in _name_words(one)}
    sought = [(record, _leaves(record.data)) for record in (*people, *students)]
    found = [one for record, leaves in sought for one in _of_record(record, leaves, public | ORDINARY)]
    found += [one for home in at_home for one in _ways_to_reach(_leaves(home), "a contact's private")]
    found += _in_other_letters(found)
    found.sort(key=lambda one: one.severity is Severity.ERROR)  # of two with the same words the graver stays
    at_work_too = [own, *(record.data.get("staff", {}) for record in named)]
    open_numbers = {number for data in at_work_too for number in _numbers(_leaves(data))}
    numbers = {number: _number_of(record) for record, leaves in sought for number in _numbers(leaves)}
    numbers |= {n: "a contact's private telephone number" for home in at_home for n in _numbers(_leaves(home))}
    addresses = list(_lines_of(own.get("office", {})))
    return Identifiers(
        words=tuple({one.words: one for one in found if not _is_open(one, allowed, addresses)}.values()),
        numbers={number: what for number, what in numbers.items() if number not in open_numbers},
        births=frozenset(born for record in students if (born := text_of(record.data.get("born")))),
        contacts=tuple(one for one in open_forms if one.code == "leak-name" and _is_in_full(one.words)),
    )


def _is_in_full(words: tuple[str, ...]) -> bool:
    """Whether a name is more than a surname and initials."""
    return len(words) > 1 and all(len(word) > 1 for word in words)


def every_form_of(students: Iterable[Mapping[str, Any]], people: Iterable[Mapping[str, Any]] = _NOBODY) -> Identifiers:
    """Whatever could tell who these students and people are (their own records' data), without regard to who or what
    else is called the same: `identifiers_of` holds nothing of them besides.
    """
    found: list[Identifier] = []
    numbers: set[str] = set()
    births: set[str] = set()
    for data in students:
        leaves = _leaves(data)
        found += _of_person(data, leaves, frozenset(), "a student's", student=True)
        numbers.update(_numbers(leaves))
        births.update(filter(None, [text_of(data.get("born"))]))
    for data in people:
        leaves = _leaves(data)
        found += _of_person(data, leaves, frozenset(), "somebody's", student=False)
        numbers.update(_numbers(leaves))
    found += _in_other_letters(found)
    return Identifiers(words=tuple(found), numbers=dict.fromkeys(numbers, _NUMBER_OF_STUDENT), births=frozenset(births))


def _in_other_letters(identifiers: Iterable[Identifier]) -> list[Identifier]:
    """The identifiers in letters other than ours as they read where letters were taken for those they look like."""
    others = (
        (identifier, tuple(map(alike, identifier.words)))
        for identifier in identifiers
        if not identifier.letters.isascii()
    )
    return [replace(identifier, words=words) for identifier, words in others if words != identifier.words]


def _of_record(record: Record, leaves: Leaves, alone: frozenset[str]) -> Iterator[Identifier]:
    """Every form of one person's name, and what else is in the record; ``alone`` are words that tell nothing."""
    student = record.kind == STUDENT
    whose = "a student's" if student else "a member of staff's" if "staff" in record.data else "a family member's"
    return _of_person(record.data, leaves, alone, whose, student=student)


def _of_person(
    data: Mapping[str, Any], leaves: Leaves, alone: frozenset[str], whose: str, *, student: bool
) -> Iterator[Identifier]:
    yield from _ids(text_of(data.get("id")), whose, student=student)
    name = called(data)
    for full in _alternatives(name.full):
        yield from _names(full, name.known_as, whose, alone, student=student)
    yield from _ways_to_reach(leaves, whose)


def _ids(identity: str, whose: str, *, student: bool) -> Iterator[Identifier]:
    what = f"{whose} id"
    clear = (
        any(c.isalpha() for c in identity) and any(c.isdigit() for c in identity) and not _ORDINAL.fullmatch(identity)
    )
    if clear:
        words = ("".join(words_of(identity)),)
        yield Identifier(
            words=words,
            what=what,
            code="leak-id",
            written=Written.AS_CODE,
            exact=identity.casefold(),
            certain=not student,
        )
    elif identity:
        yield Identifier(words=("students", identity.casefold()), what=what, code="leak-id")


def _names(full: str, known_as: str, whose: str, alone: frozenset[str], *, student: bool) -> Iterator[Identifier]:
    tokens = [words_of(token) for token in full.split() if words_of(token)]
    if not tokens:
        return
    titled, known = _known(known_as)
    surname = _surname(tokens, known) if titled else tokens[-1]
    given = [token for token in tokens if token != surname] or tokens[:1]
    firsts = {given[0], *([known] if known and not titled else [])}
    single = surname == given[0]  # a person with one name

    def name(words: tuple[str, ...], what: str, **more: Any) -> Identifier:
        plain = all(word in EVERYDAY or len(word) == 1 for word in words)
        written = Written.AS_NAME if plain else however_written(words)
        return Identifier(words=words, what=f"{whose} {what}", code="leak-name", **{"written": written, **more})

    if not single:
        yield name(tuple(word for token in tokens for word in token), "full name", joined=True)
        for first in firsts:
            yield name((*first, *surname), "name", joined=True)
            yield name((*surname, *first), "name", joined=True)
            yield name((first[0][0], *surname), "initial and surname")
            yield name((*surname, first[0][0]), "initial and surname")
        initials = tuple(token[0][0] for token in given)
        if len(initials) > 1:
            yield name((*initials, *surname), "initials and surname")
            yield name(("".join(initials), *surname), "initials and surname")
    if titled:
        yield name((titled, *surname), "title and surname", written=Written.ANYHOW)
    if _tells_alone(surname, alone):
        yield name(surname, "surname" if not single else "name", joined=True)
    if student:
        for first in firsts:
            if _tells_alone(first, alone, fewest=3):
                yield name(first, "first name", severity=Severity.WARNING, written=Written.AS_NAME)


def however_written(words: tuple[str, ...]) -> Written:
    """A name counts in small letters too; but in “Mr Khatri a week before” the small “a” is a word and no initial.

    Next to another initial it is one: “a j khatri”.
    """
    ends = (words[:2], words[:-3:-1]) if len(words) > 1 else ()
    may_be_article = any(end == "a" and len(inner) > 1 for end, inner in ends)
    return Written.NO_ARTICLE if may_be_article else Written.ANYHOW


def _tells_alone(words: tuple[str, ...], alone: frozenset[str], *, fewest: int = 4) -> bool:
    """Whether these words by themselves point at somebody: two words do, or one that is nothing else."""
    letters = "".join(words)
    if not letters.isascii():
        return len(letters) > 1
    return len(letters) >= fewest and not (set(words) <= alone or letters in alone)


def _known(known_as: str) -> tuple[str, tuple[str, ...]]:
    """The title somebody is known by, if any, and the rest of it."""
    words = [words_of(token) for token in known_as.split()]
    flat = [word for token in words for word in token]
    if len(flat) > 1 and flat[0] in _TITLES:
        return flat[0], tuple(flat[1:])
    return "", tuple(flat)


def _surname(tokens: list[tuple[str, ...]], known: tuple[str, ...]) -> tuple[str, ...]:
    """The token of the full name that a title is followed by; the last one if none fits."""
    return next((token for token in tokens if token == known), tokens[-1])


def _alternatives(full: str) -> Iterator[str]:
    """A name, and the same in another script where it is in brackets."""
    yield re.sub(r"\([^)]*\)", " ", full)
    yield from re.findall(r"\(([^)]*)\)", full)


def _ways_to_reach(leaves: Leaves, whose: str) -> Iterator[Identifier]:
    for email in {text for key, text in leaves if key == "email"}:
        yield Identifier(
            words=words_of(email.replace("@", " ")), what=f"{whose} e-mail address", code="leak-contact", certain=True
        )
    for address in {text for key, text in leaves if key == "address"}:
        yield from _address(address, whose)


def _address(address: str, whose: str) -> Iterator[Identifier]:
    """The house and street, and the postcode; the town is everybody's."""
    what = f"{whose} home address"
    for words in postcodes_in(address):
        yield Identifier(words=words, what=what, code="leak-contact", joined=True)
    for words in houses_in(address):
        yield Identifier(words=words, what=what, code="leak-contact")
        if turned := turned_round(words):
            yield Identifier(words=turned, what=what, code="leak-contact", written=Written.AS_HOUSE)


def _is_open(
    identifier: Identifier, allowed: Collection[tuple[str, ...]], addresses: Iterable[tuple[str, ...]]
) -> bool:
    """Whether a contact is called the same, or it is part of the campus's own address."""
    if identifier.words in allowed:
        return True
    size = len(identifier.words)
    return identifier.code == "leak-contact" and any(
        line[at : at + size] == identifier.words for line in addresses for at in range(len(line) - size + 1)
    )


def _lines_of(office: object) -> Iterator[tuple[str, ...]]:
    """How the campus's own address is written, in every form in which a home's would be found."""
    for text in _texts(office):
        yield words_of(text)
        for words in houses_in(text):
            yield from filter(None, (words, turned_round(words)))


def _numbers(leaves: Leaves) -> Iterator[str]:
    """The digits of telephone and pupil numbers, without the nought or the country they begin with."""
    for key, text in leaves:
        if key not in _WITH_DIGITS:
            continue
        digits = re.sub(r"\D", "", text)
        if key == "phone":
            digits = re.sub(r"^(?:0044|44)?0?", "", digits)
        if len(digits) >= _FEWEST_DIGITS:
            yield digits


def _number_of(record: Record) -> str:
    return _NUMBER_OF_STUDENT if record.kind == STUDENT else "a person's telephone number"


def _leaves(data: object) -> list[tuple[str, str]]:
    """Every text in a value with the name of its field, in no order. There are many: no generator, no second look."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, object]] = [("", data)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            found.append((key, value))
        elif isinstance(value, (list, tuple)):
            waiting.extend([(key, one) for one in value])
        elif isinstance(value, A_MAPPING):
            waiting.extend(value.items())
        elif key in _WITH_DIGITS:
            found.extend((key, digits) for digits in numbers_in(value))
    return found


def _texts(data: object) -> list[str]:
    return [text for _, text in _leaves(data)]


def _words_in(data: Mapping[str, Any], keys: Iterable[str]) -> frozenset[str]:
    return frozenset(word for key in keys for text in _texts(data.get(key)) for word in words_of(text))


def _name_words(record: Record) -> Iterator[str]:
    for text in _texts(record.data.get("name", {})):
        words = words_of(text)
        yield from words
        yield "".join(words)


def _id(record: Record) -> str:
    return text_of(record.data.get("id"))
