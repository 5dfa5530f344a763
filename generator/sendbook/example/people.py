"""Invented people and their records: members of staff with a duty on campus, and members of families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sendbook.example.chance import Ids, weighted
from sendbook.example.names import HERITAGES, Heritage

_TITLES = {"F": (("Ms", 5), ("Mrs", 4), ("Miss", 2), ("Dr", 0.3)), "M": (("Mr", 11), ("Dr", 0.3))}
_PLAIN = str.maketrans(
    "áéíóúàèâêîôûäöüñçãõăąęćśźżńøåıİşğłÁÉÍÓÚÖÜŁŚŻÇŞÁ", "aeiouaeaeiouaouncaoaaecszznoaiisglAEIOUOULSZCSA"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a record in ``people/``; ``shown`` is how school speaks of them."""

    id: str
    shown: str
    data: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Naming:
    """Gives out ids, names and addresses so that none is given twice."""

    ids: Ids
    campus: str
    names: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)

    def full(self, rng: Random, given: tuple[str, ...], surname: str) -> str:
        """A name nobody has yet; a middle name is added when given names run out."""
        name = f"{rng.choice(given)} {surname}"
        while name in self.names:
            name = (
                f"{rng.choice(given)} {rng.choice(given)} {surname}"
                if rng.random() < 0.3
                else f"{rng.choice(given)} {surname}"
            )
        self.names[name] = None
        return name

    def work_address(self, full: str) -> str:
        """``first.last@campus.example``, with a number if two people share a name."""
        plain = "".join(c for c in full.translate(_PLAIN).lower() if c.isascii() and (c.isalpha() or c in " -"))
        first, *_, last = plain.split()
        local, number = f"{first}.{last}", 1
        while local in self.addresses:
            number += 1
            local = f"{first}.{last}{number}"
        self.addresses[local] = None
        return f"{local}@{self.campus}.example"


def heritage(rng: Random) -> Heritage:
    """Where a family's names come from."""
    return weighted(rng, [(one, float(one.weight)) for one in HERITAGES])


def staff_member(
    rng: Random,
    naming: Naming,
    *,
    job_title: str,
    role: str,
    since: str,
    works: str,
    qualified: Mapping[str, Any] | None = None,
) -> Person:
    """A colleague with one duty."""
    names = heritage(rng)
    sex = "M" if rng.random() < 0.34 else "F"
    surname = rng.choice(names.surnames)
    full = naming.full(rng, names.women if sex == "F" else names.men, surname)
    shown = f"{weighted(rng, _TITLES[sex])} {surname}"
    address = naming.work_address(full)
    staff: dict[str, Any] = {
        "job_title": job_title,
        "email": address,
        "phone": f"01632 960{rng.randrange(1000):03d}",
        "works": works,
        "duties": [{"id": role.replace("_", "-"), "role": role, "from": since}],
    }
    if qualified:
        staff["qualified_as"] = f"a teacher with the {qualified['name']}"
        staff["qualifications"] = [dict(qualified)]
    number = naming.ids.person(rng)
    data = {"id": number, "name": {"full": full, "known_as": shown}, "sign_in": {"email": address}, "staff": staff}
    return Person(id=number, shown=shown, data=data)


def relative(
    rng: Random, naming: Naming, names: Heritage, *, sex: str, surname: str, contact: Mapping[str, Any]
) -> Person:
    """A member of a family, with an address for letters that says nothing about them."""
    given = names.women if sex == "F" else names.men
    full = naming.full(rng, given, surname)
    known_as = f"{'Ms' if sex == 'F' else 'Mr'} {surname}"
    address = f"{naming.ids.mailbox(rng)}@families.example"
    number = naming.ids.person(rng)
    data = {
        "id": number,
        "name": {"full": full, "known_as": known_as},
        "sign_in": {"email": address},
        "family": {"email": address, **contact},
    }
    return Person(id=number, shown=known_as, data=data)
