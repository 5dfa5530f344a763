"""Each sort of reader by each part of a student's records: yes or no, and why, as a page that can be signed.

Made from the policy alone. Why somebody sees a part is the reason of the grant; why nobody else does is said here for
each part, and a part added to the schemas needs its reason here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sendbook.access.policy import ALL, Grant, Policy
from sendbook.access.who import part_words
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
    "relation:covers": "Stands in",
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
    "account": "An address to sign in with helps nobody but its owner.",
    "account_decision": "It tells what each household thinks of it; student and family were asked in person.",
    "attendance": "A lesson is planned without it, and the exams officer and the careers lead work without it.",
    "authority": "On a child's own pages it would tell one household where the other lives.",
    "background": "Date of birth, ethnicity and the school before change nothing in a lesson.",
    "confidential_words": (
        "The student asked that they are not told at home. Each further reader is one more who might tell, and on the "
        "student's own pages somebody at home could read them."
    ),
    "costs": "Those who give or get help must not weigh it by its price.",
    "cycles": "Reviews are for those who answer for progress; to help tomorrow, targets and provision are enough.",
    "emergency": "The exams officer, the careers lead and the network are not with the student.",
    "exams": "A candidate number is of use in the exam office, to the student and at home.",
    "family": "Who lives where, and what a court has ordered, is told to those who act on it.",
    "family_present": "Who came, and what is done at home, would pass from one household to another.",
    "family_voice": "A family speaks more freely where it knows who reads it; the plan says what to change.",
    "medical": "Whether there is a healthcare plan is for those who are with the student or answer for it.",
    "meetings": "A teacher tells an assistant what was agreed; the others have no part in it.",
    "meetings_apart": "That parents are met apart is private: the other household and the child are not to learn it.",
    "minutes": "What was agreed is enough to act on; what was said was said to those in the room.",
    "name": "Who has nothing to do with a student needs no name.",
    "needs": "Exam arrangements and careers advice go by the profile.",
    "others_present": "That an agency is involved with a child is told to those who work with that agency.",
    "outcomes": "The safeguarding lead and the exams officer do not plan towards them.",
    "placing": "Who has nothing to do with a student needs no class.",
    "plan": "The exams officer works by the profile and the exam details.",
    "profile": "Who does not meet the student has no use for it.",
    "provision": "What a student gets, when and from whom matters to those who timetable or give it.",
    "register": "An assistant needs to know what to do, not the type of need on the register.",
    "rights": "Who decides matters to those who ask for consent.",
    "senco_notes": "Working notes are not checked with anybody, so nobody else relies on them.",
    "status": "Who has nothing to do with a student needs no level of support.",
    "strategies": "They are for those who teach, help or live with the student.",
    "student_voice": "What a student says about lessons or a meeting is for those who answer it.",
    "targets": "The safeguarding lead, the exams officer and the careers lead do not work on them.",
    "team": "The exams officer and the careers lead arrange nothing with them.",
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
    no_part = [f"- No part of any student's records: {', '.join(nothing)}."] if nothing else []
    return "\n".join([_HEAD, *no_part, *tables, *_SIGNATURES, ""])


def _reasons(policy: Policy, kind: Kind, part: str) -> Iterator[tuple[str, str]]:
    for who in READERS:
        grant = next((grant for grant in policy.grants_to(who) if _gives(grant, kind, part)), None)
        if grant is not None:
            yield who, grant.reason


def _gives(grant: Grant, kind: Kind, part: str) -> bool:
    return grant.action == "read" and grant.covers_kind(kind.name) and bool({part, ALL} & grant.parts)


def _of_kind(kind: Kind, rows: tuple[Row, ...], seeing: list[str]) -> Iterator[str]:
    mine = [row for row in rows if row.kind == kind.name]
    yield from ("", f"## {kind.title}", "")
    yield f"| part | {' | '.join(READERS[who] for who in seeing)} |"
    yield f"| --- |{' --- |' * len(seeing)}"
    for row in mine:
        cells = ("yes" if who in row.reasons else "no" for who in seeing)
        yield f"| {part_words(row.part)} | {' | '.join(cells)} |"
    for row in mine:
        yield from ("", f"### {kind.title}: {part_words(row.part)}", "")
        yield from (f"- **{READERS[who]}: yes.** {reason}" for who, reason in row.reasons.items())
        others = [READERS[who] for who in seeing if who not in row.reasons]
        if others:
            yield f"- **{', '.join(others)}: no.** {row.withheld or 'Nothing grants it.'}"


_HEAD = """# Who sees which part of a student's records

For the data protection officer to read and to sign. `sendbook matrix` prints it from `records/access.yml` alone.

- A part that a reader has is shown for the students the reader is tied to: those they teach, support, tutor or are
  family to. The SENDCo, the Regional SENDCo, the Campus Principal and the designated safeguarding lead (DSL) have every
  student, the exams officer and the careers lead those of the year groups in `campus.yml`.
- Plans, profiles and meetings are shown once they are agreed; a draft is the SENDCo's alone.
- The rules that beat every grant hold besides: a court order, one's own child, another household, a last working day
  and the others listed in [how access is decided](access.md). A family reads the words and meetings of its own
  household only.
- A student has an account of their own only once that was decided for them, and not below the age in `campus.yml`.
- “Stands in” is anybody named under `covers`, besides what the duty they cover gives them. People with whom something
  is shared by name are under `shares`, each with its parts, its basis and its last day."""

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
