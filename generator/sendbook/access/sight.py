"""What a reader sees by on a day: how they stand to a student, and what that answers to conditions on single entries.

A standing is small and comparable, so that the readers who stand alike share all further work. ``until`` is
found by asking again on every later day that could take something away; nothing is
worked out rule by rule, so a new rule can't be forgotten here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.access.basis import Basis
from sendbook.access.conditions import Condition, owners_met
from sendbook.access.households import housemates
from sendbook.access.parts import Parts
from sendbook.access.permits import Permits, claim_of, permits_of
from sendbook.access.relations import Manner, Relation, StudentRelations, manner_of
from sendbook.access.spans import ONE_DAY
from sendbook.campus.nodes import THE_ENTRY, THE_STUDENT, About, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What conditions ask about a reader. ``about`` holds, by student, the parts the reader sees of them, ``apart`` the
    people who live apart from a reader who is family.
    """

    about: Mapping[str, Parts]
    owners: frozenset[tuple[str, ...]] = frozenset()
    opened: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    own: bool = False
    family: bool = False

    def blocked_by(self, condition: Condition, item: object) -> str:
        """The rule that hides this item, or "" if the reader may see it."""
        found = item if isinstance(item, Mapping) else {}
        if condition.about is not None and not self._passes_about(condition.about, found):
            return "about-another-student"
        if condition.owner is not None and condition.owner.by == THE_ENTRY:
            return "other-household" if item in self.apart else ""
        if condition.closed and condition.asks_part(found) is not None:
            return "owned"
        if condition.owner is not None and not self._passes_owner(condition.owner, found, on_root=condition.on_root):
            return "owned"
        return ""

    def _passes_about(self, about: About, item: Mapping[str, Any]) -> bool:
        return (about.kind, about.part) in self.about.get(str(item.get(about.student)), ())

    def _passes_owner(self, owner: Owner, item: Mapping[str, Any], *, on_root: bool) -> bool:
        if owner.also in self.owners:
            return True
        if owner.by == THE_STUDENT:
            agreed = owner.family_if is not None and item.get(owner.family_if) is True
            return self.own or (self.family and agreed)
        author = item.get(owner.by)
        if author is None:
            return on_root
        return author in self.opened


NO_SIGHT = Sight(about={})


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
    """What the conditions of this student's own records ask. Items about anyone else stay hidden there."""
    return Sight(
        about={student: stands.permits.pairs()},
        owners=stands.owners,
        opened=stands.opened,
        apart=stands.apart,
        own=stands.own,
        family=stands.family,
    )


def standing(
    relations: StudentRelations, reader: str, authors: frozenset[str], on: date, basis: Basis
) -> Standing | None:
    """How a reader stands to the student on a day; None if they may see nothing.

    ``authors`` are the people whose own words occur in the student's records.
    """
    held = relations.held(reader, on)
    if not held:
        return None
    permits = permits_of(frozenset(map(claim_of, held)), "read", basis)
    if not permits.table:
        return None
    family = any(relation.sort == "family" for relation in held)
    opened = _opened(held, relations, reader, authors) if authors else authors
    return Standing(
        manner=manner_of(held, relations, reader),
        permits=permits,
        owners=owners_met(frozenset(map(_as, held)), basis),
        opened=opened,
        apart=frozenset(authors & relations.households.keys()) - opened
        if reader in relations.households
        else frozenset(),
        own=any(relation.sort == "self" for relation in held),
        family=family,
    )


def until(
    now: Standing, relations: StudentRelations, reader: str, authors: frozenset[str], on: date, basis: Basis
) -> date | None:
    """The last day on which the reader still sees all they see now; None if no end is in sight."""
    named = housemates(relations, reader, on, basis)
    for day in relations.days_of_loss(reader, on):
        then = standing(relations, reader, authors, day, basis)
        if then is None or not then.is_no_narrower_than(now) or not housemates(relations, reader, day, basis) >= named:
            return day - ONE_DAY
    return None


def _as(relation: Relation) -> str:
    """What an owner rule calls the relation: ``teaches``, ``senco`` (also for one who covers), ``self``."""
    return relation.who.partition(":")[2]


def _opened(
    held: Iterable[Relation], relations: StudentRelations, reader: str, authors: frozenset[str]
) -> frozenset[str]:
    """Whose words a reader may read as family: their own, and those of authors of their household alone."""
    homes = {relation.household for relation in held if relation.sort == "family" and relation.household}
    return frozenset(
        author
        for author in authors
        if author == reader or (homes and relations.households.get(author, frozenset({""})) <= homes)
    )
