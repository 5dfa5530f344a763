"""How one reader stands to one student on a day: what may be seen, as what, and until when.

A standing is small and comparable, so that the readers who stand alike share all further work. ``until`` is
found by asking again on every later day that could take something away; nothing is
worked out rule by rule, so a new rule can't be forgotten here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sendbook.access.basis import Basis
from sendbook.access.gates import Sight, owners_met
from sendbook.access.origins import Relation
from sendbook.access.permits import Claim, Permits, permits_of
from sendbook.access.relations import Ties
from sendbook.access.spans import ONE_DAY

Manner = Literal["staff", "family", "student"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a reader may see of a student, apart from the records themselves.

    ``opened`` are the authors whose own words the reader may read, ``owners`` the owner rules (each as its
    list of names) that the reader's work, or being the student, satisfies. ``apart`` are those authors who live in
    another household than a reader who is, was or may be family.
    """

    manner: Manner
    permits: Permits
    owners: frozenset[tuple[str, ...]]
    opened: frozenset[str]
    apart: frozenset[str]
    own: bool
    family: bool

    def is_no_narrower_than(self, other: Standing) -> bool:
        """Whether all that ``other`` shows is shown here too, in the same manner."""
        return (
            self.manner == other.manner
            and self.owners >= other.owners
            and self.opened >= other.opened
            and self.apart <= other.apart
            and self.own >= other.own
            and self.family >= other.family
            and self.permits.include(other.permits)
        )


def sight_of(stands: Standing, student: str) -> Sight:
    """What the gates of this student's own records ask. Items about anyone else stay hidden there."""
    return Sight(
        about={student: stands.permits.pairs()},
        owners=stands.owners,
        opened=stands.opened,
        apart=stands.apart,
        own=stands.own,
        family=stands.family,
    )


def standing(ties: Ties, reader: str, authors: frozenset[str], on: date, basis: Basis) -> Standing | None:
    """How a reader stands to the student on a day; None if they may see nothing.

    ``authors`` are the people whose own words occur in the student's records.
    """
    held = ties.held(reader, on)
    if not held:
        return None
    permits = permits_of(frozenset(map(claim_of, held)), "read", basis)
    if not permits.table:
        return None
    family = any(relation.sort == "family" for relation in held)
    opened = _opened(held, ties, reader, authors) if authors else authors
    return Standing(
        manner=manner_of(held, ties, reader),
        permits=permits,
        owners=owners_met(frozenset(map(_as, held)), basis),
        opened=opened,
        apart=frozenset(authors & ties.households.keys()) - opened if reader in ties.households else frozenset(),
        own=any(relation.sort == "self" for relation in held),
        family=family,
    )


def until(now: Standing, ties: Ties, reader: str, authors: frozenset[str], on: date, basis: Basis) -> date | None:
    """The last day on which the reader still sees all they see now; None if no end is in sight."""
    named = housemates(ties, reader, on, basis)
    for day in ties.days_of_loss(reader, on):
        then = standing(ties, reader, authors, day, basis)
        if then is None or not then.is_no_narrower_than(now) or not housemates(ties, reader, day, basis) >= named:
            return day - ONE_DAY
    return None


def housemates(ties: Ties, reader: str, on: date, basis: Basis) -> frozenset[str]:
    """The members of the family whom a reader may know by name because they live with them.

    The reader has to hold a relation that shows them something; the other person's relation has to be confirmed and to
    have begun. Somebody on record in two households belongs to neither alone, and is named to neither. Whether the
    other person may see the record plays no part: a name missing because of a restriction would tell of it.
    """
    held = ties.held(reader, on)
    homes = {relation.household for relation in held if relation.sort == "family" and relation.household}
    if not homes or not permits_of(frozenset(map(claim_of, held)), "read", basis).table:
        return frozenset()
    return frozenset(
        person
        for person, home in ties.households.items()
        if person != reader and home <= homes and ties.known_since[person] <= on
    )


def manner_of(held: Iterable[Relation], ties: Ties, reader: str) -> Manner:
    """As whom a reader is addressed: work and cover as staff, a member of the family as family."""
    sorts = {relation.sort for relation in held}
    if "self" in sorts:
        return "student"
    if sorts & {"work", "cover"}:
        return "staff"
    return "family" if reader in ties.households else "staff"


def claim_of(relation: Relation) -> Claim:
    """What a relation comes down to for the policy."""
    return Claim(relation.who, relation.parts)


def _as(relation: Relation) -> str:
    """What an owner rule calls the relation: ``teaches``, ``senco`` (also for one who covers), ``self``."""
    return relation.who.partition(":")[2]


def _opened(held: Iterable[Relation], ties: Ties, reader: str, authors: frozenset[str]) -> frozenset[str]:
    """Whose words a reader may read as family: their own, and those of authors of their household alone."""
    homes = {relation.household for relation in held if relation.sort == "family" and relation.household}
    return frozenset(
        author
        for author in authors
        if author == reader or (homes and ties.households.get(author, frozenset({""})) <= homes)
    )
