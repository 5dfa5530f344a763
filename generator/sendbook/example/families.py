"""Families: one or two parents, now and then two households, brothers and sisters, and here and there a restriction.

Relations are kept on the student's record; this module makes the people and remembers which family has room for
a brother or sister.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from sendbook.example.chance import weighted
from sendbook.example.names import Heritage
from sendbook.example.people import Naming, Person, heritage, relative
from sendbook.example.prose import Words

_STREETS = (
    "Mill Lane", "Station Road", "Church Walk", "Tannery Close", "Harbour Street", "Elm Grove", "Priory Road",
    "Sandpit Lane", "Viaduct Terrace", "Kiln Drive", "Castle Mount", "Brickfield Way", "The Crescent", "Ropewalk",
    "Quarry Bank", "Weir Street",
)  # fmt: skip
_TOWNS = ("Wexcombe", "Long Harbour", "Tarnside", "Marsh End", "Upper Fenn", "Holtby")
_HELPS = (
    "Prefers (one|a single) e-mail (at the end of the week|on a Friday) to many small ones.",
    "Likes to see papers (a few days|two days) before a meeting.",
    "Finds (long letters|pages of text) hard; a short call (first|beforehand) helps.",
    "Works (shifts|nights), so calls after (two|three) in the afternoon are best.",
    "Would like (notes|papers) in (large print|16-point print).",
    "Takes part best when there is time to think before (answering|each decision).",
)
_SIBLINGS = 0.14  # share of students who join a brother or sister on record

# Who brings a student up, with how often: sex, relation, household, and the student's word for them.
Shape = tuple[tuple[str, str, str, str], ...]
_MOTHER, _FATHER = ("F", "mother", "a", "my mum"), ("M", "father", "a", "my dad")
_SHAPES: tuple[tuple[Shape, float], ...] = (
    ((_MOTHER, _FATHER), 62),
    ((_MOTHER,), 20),
    ((_FATHER,), 5),
    ((_MOTHER, ("M", "father", "b", "my dad")), 8),
    ((("F", "guardian", "a", "my guardian"),), 2.5),
    ((("F", "grandparent", "a", "my nan"),), 2.5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a family and how they stand to the student."""

    person: Person
    relation: str
    household: str
    responsibility: bool = True
    access: str = "full"
    order: Mapping[str, Any] | None = None
    first: bool = False
    word: str = "my mum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family: its surname, its members, and the school years its children on record are in."""

    surname: str
    heritage: Heritage
    members: tuple[Member, ...]
    years: tuple[int, ...]
    language: str
    ethnicity: str


class Families:
    """Makes families and, now and then, hands out one that is on record already."""

    def __init__(self, naming: Naming, on: str) -> None:
        self._naming, self._on = naming, on
        self._recent: list[Family] = []
        self.people: list[Person] = []

    def of(self, rng: Random, year: int) -> Family:
        """The family of the next student; brothers and sisters are at least a year apart."""
        sibling = rng.random() < _SIBLINGS
        place = rng.randrange(40)
        fitting = [family for family in self._recent if year not in family.years and len(family.years) < 3]
        if sibling and fitting:
            family = fitting[place % len(fitting)]
            self._recent.remove(family)
            grown = Family(
                surname=family.surname, heritage=family.heritage, members=family.members, years=(*family.years, year),
                language=family.language, ethnicity=family.ethnicity,
            )  # fmt: skip
            self._recent.append(grown)
            return grown
        family = self._new(rng, year)
        self._recent = [*self._recent[-39:], family]
        return family

    def _new(self, rng: Random, year: int) -> Family:
        names = heritage(rng)
        surname = rng.choice(names.surnames)
        language = names.languages[0] if rng.random() < 0.45 else rng.choice(names.languages)
        shape = weighted(rng, _SHAPES)
        members = list(self._members(rng, names, surname, language, shape))
        if rng.random() < 0.02:
            members.append(self._restricted(rng, names, surname))
        return Family(
            surname=surname, heritage=names, members=tuple(members), years=(year,), language=language,
            ethnicity=rng.choice(names.ethnicities),
        )  # fmt: skip

    def _members(self, rng: Random, names: Heritage, surname: str, language: str, shape: Shape) -> Iterator[Member]:
        homes = {household: _address(rng) for _, _, household, _ in shape}
        for number, (sex, relation, household, word) in enumerate(shape):
            own = surname if rng.random() < 0.75 else rng.choice(names.surnames)
            person = self._person(rng, names, sex, own, homes[household], language)
            yield Member(person=person, relation=relation, household=household, first=number == 0, word=word)

    def _person(self, rng: Random, names: Heritage, sex: str, surname: str, address: str, language: str) -> Person:
        contact: dict[str, Any] = {"phone": f"07700 900{rng.randrange(1000):03d}", "address": address}
        contact["preferred_contact"] = weighted(
            rng, [("email", 6.0), ("phone", 3.0), ("letter", 0.5), ("in_person", 1.0)]
        )
        if language != "English":
            contact["language"] = language
            contact["interpreter"] = rng.random() < 0.2
        if rng.random() < 0.25:
            contact["communication"] = _plain(rng, rng.choice(_HELPS))
        person = relative(rng, self._naming, names, sex=sex, surname=surname, contact=contact)
        self.people.append(person)
        return person

    def _restricted(self, rng: Random, names: Heritage, surname: str) -> Member:
        person = self._person(rng, names, "M", surname, _address(rng), "English")
        since = f"{int(self._on[:4]) - 1}-0{rng.randrange(1, 10)}-{rng.randrange(10, 28)}"
        order = {
            "id": "order-1",
            "order": "Prohibited steps order, family court",
            "effect": rng.choice(["no_contact", "no_information"]),
            "from": since,
            "note": _plain(
                rng,
                "(Pass any call or letter|Hand any letter, call or message) to the (school office|Principal) and do "
                "not (confirm|say) whether the child is (on roll|a student here). (Collection|Going home) is with "
                "the first contact only.",
            ),
        }
        return Member(
            person=person, relation="other", household="c", responsibility=False, access="none", order=order, word=""
        )


def _address(rng: Random) -> str:
    code = f"ZZ{rng.randrange(1, 9)} {rng.randrange(1, 9)}{rng.choice('ABDEFGHJ')}{rng.choice('LNPQRS')}"
    return f"{rng.randrange(2, 140)} {rng.choice(_STREETS)}, {rng.choice(_TOWNS)} {code}"


def _plain(rng: Random, template: str) -> str:
    return Words(rng, {}).sentence(template)
