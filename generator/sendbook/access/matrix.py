"""Each sort of reader by each part of a student's records: yes or no, and why, as a page that can be signed.

Made from policy and schemas alone. Why somebody sees a part is the reason of the grant, and why nobody else does is
what the schema says of the part (``x-withheld``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sendbook.access.decide import NOTHING_GRANTS
from sendbook.access.policy import Grant, Policy
from sendbook.campus.schemas import Kind

#: The readers of a student's records, by what grants call them and by the heading of their column.
READERS: Mapping[str, str] = {
    "role:senco": "SENDCo",
    "role:regional_senco": "Regional SENDCo",
    "role:principal": "Campus Principal",
    "role:dsl": "DSL",
    "role:exams_officer": "Exams officer",
    "role:careers_lead": "Careers lead",
    "relation:teaches": "Teacher",
    "relation:tutor": "Tutor",
    "relation:key_adult": "Key adult",
    "relation:assists": "Assistant",
    "relation:covers": "Covering",
    "relation:family": "Family",
    "relation:self": "Student",
    "role:finance_officer": "Finance officer",
    "role:committee_member": "Committee",
    "role:dpo": "DPO",
    "role:inspector": "Inspector",
    "everyone:staff": "Other staff",
    "everyone:signed_in": "Anyone signed in",
    "everyone:public": "Public",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One part of a kind: the reason of each reader who sees it, and why nobody else does."""

    kind: str
    part: str
    reasons: Mapping[str, str]
    withheld: str


def rows_of(policy: Policy, kinds: Mapping[str, Kind]) -> tuple[Row, ...]:
    """Every part of every kind of a student's records, in the kinds' order."""
    return tuple(
        Row(
            kind=kind.name,
            part=part,
            reasons=dict(_reasons(policy, kind, part)),
            withheld=kind.traits.withheld.get(part, NOTHING_GRANTS),
        )
        for kind in kinds.values()
        if kind.of_student
        for part in sorted(kind.parts)
    )


def page_of(policy: Policy, kinds: Mapping[str, Kind]) -> str:
    """The page in Markdown."""
    rows = rows_of(policy, kinds)
    seeing = [who for who in READERS if any(who in row.reasons for row in rows)]
    nothing = [name for who, name in READERS.items() if who not in seeing]
    names = list(dict.fromkeys(row.kind for row in rows))
    tables = (line for name in names for line in _of_kind(kinds[name], rows, seeing))
    why = (line for who in seeing for line in _why(READERS[who], policy.grants_to(who), kinds))
    no_part = [f"- No part of any student's records: {', '.join(nothing)}."] if nothing else []
    return "\n".join([_HEAD, *no_part, *tables, *_WHY, *why, *_SIGNATURES, ""])


def _reasons(policy: Policy, kind: Kind, part: str) -> Iterator[tuple[str, str]]:
    for who in READERS:
        grant = next((grant for grant in policy.grants_to(who) if _gives(grant, kind, part)), None)
        if grant is not None:
            yield who, grant.reason


def _gives(grant: Grant, kind: Kind, part: str) -> bool:
    return grant.action == "read" and part in grant.parts_of(kind)


def _of_kind(kind: Kind, rows: tuple[Row, ...], seeing: list[str]) -> Iterator[str]:
    mine = [row for row in rows if row.kind == kind.name]
    yield from ("", f"## {kind.title}", "")
    yield f"| part | {' | '.join(READERS[who] for who in seeing)} |"
    yield f"| --- |{' --- |' * len(seeing)}"
    for row in mine:
        cells = ("yes" if who in row.reasons else "no" for who in seeing)
        yield f"| {kind.part_in_words(row.part)} | {' | '.join(cells)} |"
    held_back = [row for row in mine if any(who not in row.reasons for who in seeing)]
    if held_back:
        yield from (
            "",
            f"### {kind.title}: why not others",
            "",
            "| part | why it is not shown to the others |",
            "| --- | --- |",
        )
    for row in held_back:
        yield f"| {kind.part_in_words(row.part)} | {row.withheld} |"


def _why(reader: str, grants: Iterable[Grant], kinds: Mapping[str, Kind]) -> Iterator[str]:
    """Each grant of a reader: what of a student's records it opens, and its reason, which is said once."""
    yield from ("", f"### {reader}: what and why", "", "| sees | because |", "| --- | --- |")
    for grant in grants:
        opened = "<br>".join(_opened(grant, kinds)) if grant.action == "read" else ""
        if opened:
            yield f"| {opened} | {grant.reason} |"


def _opened(grant: Grant, kinds: Mapping[str, Kind]) -> Iterator[str]:
    of_students = {kind.name: kind for kind in kinds.values() if kind.of_student}
    if all(kind.parts <= grant.parts_of(kind) for kind in of_students.values()):
        yield "everything"
        return
    for kind in of_students.values():
        parts = sorted(kind.parts & grant.parts_of(kind))
        if parts:
            yield f"{kind.title}: {'; '.join(map(kind.part_in_words, parts))}"


_HEAD = """# Who sees which part of a student's records

For the data protection officer to read and sign. `sendbook matrix` prints it from `records/access.yml` alone.

- A “yes” is for the reader's own students only: those they teach, support or tutor, or are family of. For the SENDCo,
  the Regional SENDCo, the Campus Principal and the designated safeguarding lead (DSL) that is every student, for the
  exams officer and the careers lead the students in the year groups set in `campus.yml`.
- Plans, profiles and meetings are shown once they are agreed. Only the SENDCo sees drafts.
- Some rules come before every “yes”: a court order, a colleague's own child, another household, a last working day and
  the others in [how access is decided](access.md). A family only reads the words and meetings of its own household.
- A student has an account of their own only if somebody has decided that they should, and never below the age in
  `campus.yml`.
- “Covering” is anybody named under `covers`, on top of what the role they cover gives them. People with whom something
  is shared by name are under `shares`, each with its parts, its legal basis and its last day."""

_WHY = ("", "## Why each reader sees it")

_SIGNATURES = (
    "",
    "## Signed",
    "",
    "| name | as | on | signature |",
    "| --- | --- | --- | --- |",
    "| | Data protection officer | | |",
    "| | SENDCo | | |",
    "| | Campus Principal | | |",
)
