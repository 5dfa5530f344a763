"""Who can see a student, by duty and relation: computed from the policy alone, never from people, so that it tells
nothing of anyone's circumstances. The list by name comes from the scopes themselves, where a student's pages are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sendbook.access.origins import ROLE_WORDS
from sendbook.access.policy import ALL, Grant, Policy
from sendbook.campus.schemas import Kind
from sendbook.campus.words import sentence

RELATION_WORDS = {
    "teaches": "Teachers of the student",
    "tutor": "The student's tutor",
    "key_adult": "The student's key adult",
    "assists": "Support assistants who work with the student",
    "covers": "Cover staff who work with this student",
    "family": "Family of the student, once we've confirmed they are family",
    "self": "The student",
}

#: The same relations, to the student.
SELF_WORDS = {
    RELATION_WORDS["teaches"]: "My teachers",
    RELATION_WORDS["tutor"]: "My tutor",
    RELATION_WORDS["key_adult"]: "My key adult",
    RELATION_WORDS["assists"]: "Support assistants who work with me",
    RELATION_WORDS["covers"]: "Cover staff who work with me",
    RELATION_WORDS["family"]: "My family, once school has confirmed they are family",
    RELATION_WORDS["self"]: "Me",
}

PART_WORDS = {
    "account": "their sign-in address",
    "account_decision": "why the student has an account of their own",
    "attendance": "attendance",
    "authority": "home local authority",
    "background": "date of birth and background",
    "confidential_words": "what a student asks us to keep private",
    "costs": "costs",
    "cycles": "each cycle of assess, plan, do, review",
    "emergency": "what to do in an emergency, and who to call",
    "exams": "exam details",
    "family": "family, and what each member can see",
    "family_present": "which family members were at a meeting, and what they agreed to do at home",
    "family_voice": "the family's own words",
    "meetings": "dates of meetings and what was agreed",
    "meetings_apart": "meetings held separately with one household",
    "medical": "whether there is a healthcare plan",
    "minutes": "what was talked about at meetings",
    "name": "name",
    "needs": "needs and strengths",
    "others_present": "who from outside was at a meeting",
    "outcomes": "long-term outcomes",
    "placing": "year, tutor group and classes",
    "plan": "the plan's dates and summary",
    "profile": "the one-page profile",
    "provision": "provision",
    "register": "entry in the SEN register",
    "rights": "who decides, and consents",
    "senco_notes": "the SENDCo's notes",
    "status": "level of SEN support",
    "strategies": "strategies for the classroom",
    "student_voice": "what the student said and is happy for the family to read",
    "targets": "targets and progress",
    "team": "adults around the student",
}

#: Parts that two kinds of record have, each as it is called in one of them.
KIND_WORDS = {
    ("meeting", "confidential_words"): "what a student asks us to keep private at meetings",
    ("meeting", "family_voice"): "what the family said at meetings",
    ("meeting", "senco_notes"): "the SENDCo's notes on meetings",
    ("meeting", "student_voice"): "what the student said at meetings and is happy for the family to read",
    ("plan", "confidential_words"): "what a student asks us to keep private in the plan",
    ("plan", "costs"): "what the help costs",
    ("plan", "family_voice"): "what the family says in the plan",
    ("plan", "senco_notes"): "the SENDCo's notes on the plan",
    ("plan", "student_voice"): "what the student says in the plan and is happy for the family to read",
    ("student", "costs"): "funding for this student",
}
#: Parts of a plan that are nearly always seen together, and what they are together.
_WHOLE_PLAN = frozenset({"cycles", "needs", "outcomes", "plan", "provision", "strategies", "targets"})
_THE_PLAN = "the plan and its progress"

EVERYTHING = "everything"
SHARED_KINDS = frozenset(
    {"access", "access_tests", "accessibility_plan", "campus", "intervention", "person", "withdrawn"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """A duty or relation in words, and what it sees of a student in words.

    ``because`` is the reason that says most, that of the plan where there is one; ``each`` says for each part, or for
    the parts that have one reason in common, what it is and why it is seen.
    """

    who: str
    sees: tuple[str, ...]
    because: str
    each: tuple[str, ...]


def who_by_role(policy: Policy, kinds: Mapping[str, Kind] | None = None) -> tuple[RoleEntry, ...]:
    """Which duties and relations see what of any student, in words, in the policy's order.

    ``kinds`` tells which kinds belong to students, where a campus has kinds of its own.
    """
    by_who: dict[str, list[Grant]] = {}
    for grant in policy.grants:
        if grant.action == "read" and _of_student(grant.kind, kinds) and _who_words(grant.who):
            by_who.setdefault(grant.who, []).append(grant)
    return tuple(
        RoleEntry(
            who=_who_words(who),
            sees=tuple(dict.fromkeys(_parts_in_words(grants))),
            because=next(
                (grant for grant in grants if grant.kind == "plan" and "plan" in grant.parts), grants[0]
            ).reason,
            each=tuple(dict.fromkeys(map(_said_of, grants))),
        )
        for who, grants in by_who.items()
    )


def _said_of(grant: Grant) -> str:
    return f"{sentence(', '.join(dict.fromkeys(_parts_in_words((grant,)))))}: {grant.reason}"


def part_words(part: str, kind: str = "") -> str:
    """A part as a family would call it; with the kind of record, so that no two parts are called the same."""
    return KIND_WORDS.get((kind, part)) or PART_WORDS.get(part, part.replace("_", " "))


def words_of(parts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Parts by kind in words, each once: the name first, and the parts of a whole plan as one."""
    found = set(parts)
    whole = {("plan", part) for part in _WHOLE_PLAN}
    said = {(_THE_PLAN, "plan", "")} if whole <= found else set()
    said |= {(part_words(part, kind), kind, part) for kind, part in found - (whole if said else set())}
    return tuple(dict.fromkeys(words for words, _, _ in sorted(said, key=_in_order)))


def _in_order(said: tuple[str, str, str]) -> tuple[bool, int, str, str]:
    words, kind, part = said
    place = _KIND_ORDER.index(kind) if kind in _KIND_ORDER else len(_KIND_ORDER)
    return (kind, part) != ("student", "name"), place, part, words


_KIND_ORDER = ("profile", "plan", "meeting", "student")


def _parts_in_words(grants: Iterable[Grant]) -> Iterator[str]:
    if any(ALL in grant.parts for grant in grants):
        yield EVERYTHING
        return
    for grant in grants:
        yield from words_of((grant.kind, part) for part in grant.parts)


def _who_words(who: str) -> str:
    sort, _, name = who.partition(":")
    if sort == "relation":
        return RELATION_WORDS.get(name, name)
    if sort == "role":
        words = ROLE_WORDS.get(name, name)
        return words[:1].upper() + words[1:]
    return "All staff" if who == "everyone:staff" else ""


def _of_student(kind: str, kinds: Mapping[str, Kind] | None) -> bool:
    if kind == ALL:
        return True
    if kinds is None:
        return kind not in SHARED_KINDS
    return kind in kinds and kinds[kind].of_student
