"""What a set of claims may do with a student's records: kind and state to parts.

A claim is what a relation comes down to for the policy. Few distinct sets of claims exist on a campus, so
the answer is remembered by the set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sendbook.access.basis import Basis, has_states
from sendbook.access.parts import ALL, Parts, of_kind
from sendbook.access.policy import Grant
from sendbook.access.relations import Relation
from sendbook.campus.schemas import Kind

NO_STATE = ""  # a record that should say draft or agreed, and doesn't: only unlimited grants reach it


class Claim(NamedTuple):
    """``who`` as grants name it; for a share it is empty, and ``parts`` say what is shared."""

    who: str
    parts: Parts | None


def claim_of(relation: Relation) -> Claim:
    """What a relation comes down to for the policy."""
    return Claim(relation.who, relation.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Permits:
    """Parts by kind and state; the state is None where a kind has none.

    Equal permits are one object (``permits_of`` sees to it), so that comparing them costs nothing.
    """

    table: Mapping[tuple[str, str | None], frozenset[str]]

    def parts(self, kind: str, state: str | None) -> frozenset[str]:
        return self.table.get((kind, state), frozenset())

    def include(self, other: Permits) -> bool:
        """Whether everything the other permits is permitted here."""
        return self is other or all(self.parts(*key) >= parts for key, parts in other.table.items())

    def pairs(self) -> Parts:
        """Every (kind, part) permitted in at least one state; what no schema knows is not among them."""
        return frozenset((kind, part) for (kind, _), parts in self.table.items() for part in parts if part != ALL)


def permits_of(claims: frozenset[Claim], action: str, basis: Basis) -> Permits:
    """What these claims permit on a student's records."""
    key = ("permits", action, claims)
    found = basis.memo.get(key)
    if not isinstance(found, Permits):
        table = dict(_table(claims, action, basis))
        same = ("permits table", frozenset(table.items()))
        found = basis.memo[key] = basis.memo.setdefault(same, Permits(table))
    return found


def allowing(claim: Claim, action: str, basis: Basis) -> tuple[Grant, ...]:
    """The grants a claim can rest on."""
    if claim.who:
        return tuple(grant for grant in basis.policy.grants_to(claim.who) if grant.action == action)
    if action != "read":
        return ()
    return (_shared(claim),)


def states_of(kind: Kind) -> tuple[str | None, ...]:
    return (*kind.states, NO_STATE) if has_states(kind) else (None,)


def state_of(kind: Kind, data: Mapping[str, Any]) -> str | None:
    """The state of a record, as permits and grants ask for it."""
    if not has_states(kind):
        return None
    state = data.get("state")
    return state if state in kind.states else NO_STATE


def granted(grant: Grant, claim: Claim, kind: Kind) -> frozenset[str]:
    """The parts of a kind that a grant gives this claim: whole, or within the claim's own limit."""
    if grant.of:
        return frozenset()
    parts = grant.parts_of(kind)
    return parts if claim.parts is None else parts & of_kind(claim.parts, kind)


def _table(
    claims: frozenset[Claim], action: str, basis: Basis
) -> Iterator[tuple[tuple[str, str | None], frozenset[str]]]:
    for kind in basis.kinds.values():
        if not kind.of_student:
            continue
        for state in states_of(kind):
            parts: frozenset[str] = frozenset()
            for claim in claims:
                for grant in allowing(claim, action, basis):
                    if grant.covers_state(kind, state):
                        parts |= granted(grant, claim, kind)
            if parts:
                yield (kind.name, state), parts


def _shared(claim: Claim) -> Grant:
    """A share as a grant: records that are settled, and never more than the parts it names."""
    return Grant(
        id="share",
        who="",
        parts=claim.parts or frozenset(),
        action="read",
        reason="shared by name",
        settled=True,
    )
