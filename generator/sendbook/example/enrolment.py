"""Who joins: year group, status, need, story, name, family and place of each student, in the order of enrolment.

Shares follow what is usual in the field: K and E by phase, types of need and sex within K and E, and how often there
is a second type of need.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import cast

from sendbook.errors import SendbookError
from sendbook.example.chance import Deck, Rotation, chance, weighted
from sendbook.example.families import Families, Family
from sendbook.example.names import OPEN_NAMES
from sendbook.example.people import Naming
from sendbook.example.places import Place, Places
from sendbook.example.story import Story, stories
from sendbook.example.year import starting_year

# Students with SEN support and with an EHC plan among a hundred on roll, by year group.
RATES = {
    year: (20, 4) if year < 7 else (20, 5) if year < 10 else (18, 6) if year < 12 else (12, 5) for year in range(3, 14)
}

_NEEDS = {
    "K": (
        ("SLCN", 24), ("SEMH", 21), ("SPLD", 22), ("MLD", 12), ("ASD", 9),
        ("OTH", 4), ("HI", 2), ("VI", 1), ("PD", 2), ("NSA", 3),
    ),
    "E": (
        ("ASD", 34), ("SEMH", 21), ("SLCN", 20), ("SPLD", 6), ("MLD", 7),
        ("SLD", 2), ("PD", 3), ("HI", 2), ("VI", 1), ("DS", 1), ("OTH", 3),
    ),
}  # fmt: skip
_BOYS = {"K": (("M", 61), ("F", 39)), "E": (("M", 71), ("F", 29))}
_SECOND = {"K": 0.3, "E": 0.6}
_THEY = 0.015
# A story is not told again within this many students, unless nothing else suits the year group.
_UNLIKE = 32
_TRIES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A student before anything has been written about them."""

    index: int
    id: str
    year: int
    code: str
    sex: str
    pronoun: str
    first: str
    full: str
    born: date
    story: Story
    second: Story | None
    family: Family
    place: Place
    mailbox: str


class Enrolment:
    """Enrols students one after the other; a student enrolled before is not changed by the next."""

    def __init__(self, seed: int, naming: Naming, places: Places, on: date) -> None:
        self._seed, self._naming, self._places, self._on = seed, naming, places, on
        self._recent: list[str] = []
        self.families = Families(naming, on.isoformat())
        cells = [
            ((year, code), share) for year, shares in RATES.items() for code, share in zip("KE", shares, strict=True)
        ]
        self._cells = Deck(chance(seed, "cells"), cells)
        self._needs = {code: Deck(chance(seed, "needs", code), shares) for code, shares in _NEEDS.items()}
        self._sexes = {code: Deck(chance(seed, "sexes", code), shares) for code, shares in _BOYS.items()}
        kinds = sorted({story.need for story in stories()})
        self._stories = {
            kind: Rotation(chance(seed, "stories", kind), [s for s in stories() if s.need == kind]) for kind in kinds
        }

    def enrol(self, index: int) -> Enrolled:
        """The next student."""
        rng = chance(self._seed, "enrolment", index)
        year, code = cast("tuple[int, str]", self._cells.draw())
        story = self._story(code, year)
        sex = str(self._sexes[code].draw())
        family = self.families.of(rng, year)
        pronoun = "they" if rng.random() < _THEY else "she" if sex == "F" else "he"
        given = OPEN_NAMES if pronoun == "they" else family.heritage.girls if sex == "F" else family.heritage.boys
        full = self._naming.full(rng, given, family.surname)
        return Enrolled(
            index=index,
            id=self._naming.ids.student(rng),
            year=year,
            code=code,
            sex=sex,
            pronoun=pronoun,
            first=full.split()[0],
            full=full,
            born=self._born(rng, year),
            story=story,
            second=self._second(rng, story, code, year),
            family=family,
            place=self._places.take(rng, year, code),
            mailbox=self._naming.ids.mailbox(rng),
        )

    def _story(self, code: str, year: int) -> Story:
        """A story of the type of need drawn, and not one told of a recent student if there is another way.

        Cards that would repeat a story are put back, so shares hold over time and small campuses hold no two alike.
        """
        deck = self._needs[code]
        for fits in (self._fresh(year), _fits(year)):
            put_back: list[str] = []
            for _ in range(_TRIES):
                kind = str(deck.draw())
                found = self._next(kind, fits)
                if found is not None:
                    deck.put_back(put_back)
                    self._recent = [*self._recent, found.id][-_UNLIKE:]
                    return found
                put_back.append(kind)
            deck.put_back(put_back)
        raise SendbookError(f"No story of the synthetic campus suits Year {year}.")

    def _fresh(self, year: int) -> Callable[[object], bool]:
        return lambda option: _fits(year)(option) and cast(Story, option).id not in self._recent

    def _second(self, rng: Random, story: Story, code: str, year: int) -> Story | None:
        if story.need == "NSA" or not story.also or rng.random() >= _SECOND[code]:
            return None
        kind = weighted(rng, [(kind, 1.0) for kind in story.also if kind != story.need])
        return self._next(
            kind, lambda option: _fits(year)(option) and cast(Story, option).id not in story.texts.get("not_with", ())
        )

    def _next(self, kind: str, fits: Callable[[object], bool]) -> Story | None:
        return cast("Story | None", self._stories[kind].next(fits)) if kind in self._stories else None

    def _born(self, rng: Random, year: int) -> date:
        first = date(starting_year(self._on) - year - 5, 9, 1)
        return first + timedelta(days=rng.randrange(365))


def _fits(year: int) -> Callable[[object], bool]:
    return lambda option: cast(Story, option).fits(year)
