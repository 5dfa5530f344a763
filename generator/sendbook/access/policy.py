"""The policy as data: ``records/access.yml`` read into grants, covers, shares and revocations.

Nothing is decided here. A grant says who (a duty, a relation, or everyone of a sort) may do what with
which parts of which kind; what no grant names is nobody's, and the SENDCo's grant names ``all``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.access.parts import ALL, Parts
from sendbook.access.spans import Span, forbidden_span_of, span_of
from sendbook.campus.schemas import Kind

RECORD_ID = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One line of sense: who, what, why.

    ``states`` are those in which records are meant, or None where the state doesn't matter. One that is ``settled`` is
    for records in those states that their kind calls settled.
    """

    id: str
    who: str
    parts: Parts
    action: str
    reason: str
    of: str = ""
    states: frozenset[str] | None = None
    settled: bool = False

    @property
    def covers_everything(self) -> bool:
        """Whether it names every part of some kind."""
        return any(part == ALL for _, part in self.parts)

    def parts_of(self, kind: Kind) -> frozenset[str]:
        """The parts of a kind that it names, with ``ALL`` where it names the kind whole."""
        named = {part for of, part in self.parts if of in (ALL, kind.name)}
        return kind.parts | {ALL} if ALL in named else kind.parts & named

    def covers_state(self, kind: Kind, state: str | None) -> bool:
        """Whether a record of a kind is meant in this state; ``None`` is a kind that has no states."""
        if state is None:
            return True
        if self.settled:
            return state in kind.traits.settled
        return self.states is None or state in self.states


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    id: str
    student: str
    person: str
    role: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    id: str
    student: str
    person: str
    parts: Parts
    span: Span
    basis: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    id: str
    person: str
    student: str | None
    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What access.yml says. An empty policy gives nobody anything."""

    grants: tuple[Grant, ...] = ()
    covers: tuple[Cover, ...] = ()
    shares: tuple[Share, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    by_who: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)

    @classmethod
    def from_record(cls, data: Mapping[str, Any]) -> Policy:
        grants = tuple(_grant(item) for item in data.get("grants", ()))
        by_who: dict[str, list[Grant]] = {}
        for grant in grants:
            by_who.setdefault(grant.who, []).append(grant)
        return cls(
            grants=grants,
            covers=tuple(_cover(item) for item in data.get("covers", ())),
            shares=tuple(_share(item) for item in data.get("shares", ())),
            revocations=tuple(_revocation(item) for item in data.get("revocations", ())),
            by_who={who: tuple(found) for who, found in by_who.items()},
        )

    def grants_to(self, who: str) -> tuple[Grant, ...]:
        """The grants of a duty (``role:senco``), relation (``relation:teaches``) or ``everyone:staff``."""
        return self.by_who.get(who, ())


def _grant(item: Mapping[str, Any]) -> Grant:
    return Grant(
        id=item["id"],
        who=_who(item),
        parts=_parts(item),
        action=item["action"],
        reason=item["reason"],
        of=item.get("of", ""),
        states=frozenset(item["states"]) if "states" in item else None,
    )


def _parts(item: Mapping[str, Any]) -> Parts:
    """What an entry opens, from either of the two ways to write it; one that is written both ways opens nothing."""
    if "records" not in item:
        return frozenset((item["kind"], part) for part in item["parts"])
    records = item["records"] if "kind" not in item else {}
    return frozenset((kind, part) for kind, parts in records.items() for part in parts)


def _who(item: Mapping[str, Any]) -> str:
    """Exactly one of the three must be named; a grant that names none or two grants nobody anything."""
    named = [f"{sort}:{item[sort]}" for sort in ("role", "relation", "everyone") if sort in item]
    return named[0] if len(named) == 1 else ""


def _cover(item: Mapping[str, Any]) -> Cover:
    return Cover(
        id=item["id"],
        student=item["student"],
        person=item["person"],
        role=item["role"],
        span=span_of(item),
        reason=item["reason"],
    )


def _share(item: Mapping[str, Any]) -> Share:
    return Share(
        id=item["id"],
        student=item["student"],
        person=item["person"],
        parts=_parts(item),
        span=span_of(item),
        basis=item["basis"],
        reason=item["reason"],
    )


def _revocation(item: Mapping[str, Any]) -> Revocation:
    return Revocation(
        id=item["id"],
        person=item["person"],
        student=item.get("student"),
        span=Span(since=forbidden_span_of(item).since),
        reason=item["reason"],
    )
