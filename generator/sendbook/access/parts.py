"""Parts of records: what access is decided for. A part is always one of its kind, as (kind, part).

Two kinds may each have a part called ``provision``, and what opens one of them opens nothing of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sendbook.campus.schemas import ALL, Kind

# In a grant's kind or parts, ``ALL`` is every kind, every part, and what today's schema does not know.
__all__ = ["ALL", "Part", "Parts", "meanings", "named_parts", "of_kind", "with_emergency"]

Part = tuple[str, str]
Parts = frozenset[Part]

_MEDICAL, _EMERGENCY = ("student", "medical"), ("student", "emergency")


def of_kind(parts: Iterable[Part], kind: Kind) -> frozenset[str]:
    """Return the names of those parts that are of one kind, or of all kinds."""
    return kind.parts.intersection(part for named, part in parts if named in (kind.name, ALL))


def meanings(name: str, kinds: Mapping[str, Kind]) -> tuple[Part, ...]:
    """List the parts of students' records that a name in a student's record can mean.

    ``plan.costs`` is that part of the plan. A bare name means the part of whichever kind has one called so.
    """
    wanted, _, part = name.rpartition(".")
    return tuple(
        (kind.name, part)
        for kind in kinds.values()
        if kind.of_student and part in kind.parts and wanted in ("", kind.name)
    )


def named_parts(names: Iterable[str], kinds: Mapping[str, Kind]) -> Parts:
    """Return the parts that are named one by one; a name that several kinds have, or none, opens nothing."""
    found = (meanings(name, kinds) for name in names)
    return frozenset(meant[0] for meant in found if len(meant) == 1)


def with_emergency(named: Parts) -> Parts:
    """Add what to do in an emergency where parts are named one by one, and medical details of the student are."""
    return named | {_EMERGENCY} if named & {_MEDICAL, (ALL, _MEDICAL[1])} else named
