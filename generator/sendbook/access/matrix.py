"""Each sort of reader by each part of a student's records: yes or no, and why, as a page that can be signed.

Made from the policy alone. Why somebody sees a part is the reason of the grant; why nobody else does is said here for
each part, and a part added to the schemas needs its reason here.
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

#: Why a part is nobody else's. A kind's own word comes first, where one part is in two kinds.
WITHHELD: Mapping[str, str] = {
    "account": "Nobody but its owner needs a sign-in address.",
    "account_decision": "It shows what each household thinks; the student and family were asked in person.",
    "attendance": "Nobody needs it to plan a lesson, and the exams officer and the careers lead work without it.",
    "authority": "On a child's own pages it would show one household where the other lives.",
    "background": "Date of birth, ethnicity and the previous school change nothing in a lesson.",
    "confidential_words": (
        "The student asked us not to share them at home. Each extra reader is one more who might, and somebody at home "
        "could read them on the student's own pages."
    ),
    "costs": "People who give or get help shouldn't judge it by its cost.",
    "cycles": "Reviews are for people responsible for progress; for the next lesson, targets and provision are enough.",
    "emergency": "The exams officer, the careers lead and the network don't work with the student day to day.",
    "exams": "Only the exams office, the student and their family need a candidate number.",
    "family": "Only people who act on it need to know who lives where and what a court has ordered.",
    "family_present": "It would tell one household who came from the other, and what happens there.",
    "family_voice": "Families speak more freely when they know who will read it; the plan says what to change.",
    "medical": "Only people who work with the student need to know whether there is a healthcare plan.",
    "meetings": "A teacher passes on to an assistant what was agreed; the others aren't involved.",
    "meetings_apart": "It is private that parents are met separately. The other household and the child must not know.",
    "minutes": "What was agreed is enough to act on; what was said stays with the people in the room.",
    "name": "Somebody who doesn't work with a student doesn't need their name.",
    "needs": "The profile is enough for exam arrangements and careers advice.",
    "others_present": "Only people who work with an agency need to know that it is involved with a child.",
    "outcomes": "The safeguarding lead and the exams officer don't plan towards them.",
    "placing": "Somebody who doesn't work with a student doesn't need their class.",
    "plan": "The profile and the exam details are enough for the exams officer.",
    "profile": "Somebody who doesn't meet the student has no use for it.",
    "provision": "Only people who timetable or give help need to know who gets what, when and from whom.",
    "register": "An assistant needs to know what to do, not the type of need on the register.",
    "rights": "Only people who ask for consent need to know who decides.",
    "senco_notes": "Working notes aren't checked with anybody, so nobody else should rely on them.",
    "status": "Somebody who doesn't work with a student doesn't need their level of support.",
    "strategies": "They are for people who teach, help or live with the student.",
    "student_voice": "What a student says about lessons or a meeting is for the people who can act on it.",
    "targets": "The safeguarding lead, the exams officer and the careers lead don't work on them.",
    "team": "The exams officer and the careers lead don't need to arrange anything with them.",
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
        Row(kind=kind.name, part=part, reasons=dict(_reasons(policy, kind, part)), withheld=WITHHELD.get(part, ""))
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
        yield f"| {kind.part_in_words(row.part)} | {row.withheld or NOTHING_GRANTS} |"


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
