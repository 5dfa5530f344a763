"""Why can, or can't, someone see this? Answers with the rule for every part, and everything visible with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.decide import Decision, Judge
from sendbook.access.people import Reader
from sendbook.access.policy import RECORD_ID
from sendbook.access.schema_changes import SchemaChange, named_in, own_changes
from sendbook.access.views import view
from sendbook.campus.records import Campus


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One part of one record that a reader sees, and why."""

    record: str
    part: str
    rule: str
    because: str


def why(
    campus: Campus,
    reader: Reader,
    record_id: str,
    on: date,
    *,
    sees_family: bool = False,
    basis: Basis | None = None,
) -> dict[str, Decision]:
    """The decision on each part of a record, by part.

    Rules that would tell of a restriction are told apart only to one who may see the part ``family``
    of the student (``sees_family``); anyone else is told that nothing grants it. An absent record has no answers.
    """
    record = campus.get(record_id)
    judge = Judge(campus, basis)
    kind = judge.basis.kinds.get(record.kind) if record else None
    if record is None or kind is None:
        return {}
    return {
        part: judge.decide(reader, "read", part, record, on).told(sees_family=sees_family)
        for part in sorted(kind.parts)
    }


def changed_by_schema(campus: Campus, record_id: str) -> tuple[tuple[SchemaChange, str], ...]:
    """What the campus's own schema changes of who sees such a record, each with the reason that access.yml gives.

    The reason is "" where none is given. A kind that the campus has added changes nothing: nobody asks for a reason.
    """
    record = campus.get(record_id)
    if record is None or record.kind not in campus.registry.shipped.kinds:
        return ()
    reasons = named_in(campus.get(RECORD_ID))
    return tuple((one, reasons.get(one.named, "")) for one in own_changes(campus.registry) if one.kind == record.kind)


def visible(campus: Campus, reader: Reader, on: date, *, basis: Basis | None = None) -> tuple[Seen, ...]:
    """Everything a reader sees, part by part, each with the rule that lets them."""
    judge = Judge(campus, basis)
    seen = []
    for shown in view(campus, reader, on, basis=judge.basis).campus.records.values():
        record = campus.records[shown.id]
        leaves = judge.basis.kinds[shown.kind].leaves(shown.data)
        for part in sorted({leaf.part for leaf in leaves if leaf.part is not None}):
            decision = judge.decide(reader, "read", part, record, on)
            seen.append(Seen(record=shown.id, part=part, rule=decision.rule, because=decision.because))
    return tuple(seen)
