"""Who can see a student, by duty and relation: computed from the policy alone, never from people, so that it tells
nothing of anyone's circumstances. The list by name comes from the scopes themselves, where a student's pages are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sendbook.access.basis import reaches_students
from sendbook.access.origins import ROLE_WORDS
from sendbook.access.parts import ALL, Parts
from sendbook.access.policy import Grant, Policy
from sendbook.campus.schemas import Kind
from sendbook.campus.traits import LAST

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

EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What one reason opens of a student's records, in words: a part, or the parts with that reason in common."""

    what: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """A duty or relation, as grants call it (``id``) and in words, and all that it opens of any student."""

    id: str
    who: str
    opens: tuple[Opened, ...]


def who_by_role(policy: Policy, kinds: Mapping[str, Kind]) -> tuple[RoleEntry, ...]:
    """Which duties and relations see what of any student, in words, in the policy's order."""
    by_who: dict[str, list[Grant]] = {}
    for grant in policy.grants:
        if grant.action == "read" and reaches_students(grant, kinds) and _who_words(grant.who):
            by_who.setdefault(grant.who, []).append(grant)
    return tuple(
        RoleEntry(
            id=who,
            who=_who_words(who),
            opens=tuple(dict.fromkeys(_opened_by(grant, kinds) for grant in grants)),
        )
        for who, grants in by_who.items()
    )


def _opened_by(grant: Grant, kinds: Mapping[str, Kind]) -> Opened:
    what = (EVERYTHING,) if grant.covers_everything else words_of(_of_students(grant, kinds), kinds)
    return Opened(what=what, why=grant.reason)


def words_of(parts: Iterable[tuple[str, str]], kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Parts by kind in the words of their schemas, each once: the name first, and what is one thing together as one."""
    found = set(parts)
    said = []
    for name, kind in kinds.items():
        for words, several in kind.traits.together.items():
            whole = {(name, part) for part in several}
            if whole <= found:
                said.append((_place(kinds, name, ""), words))
                found -= whole
    said += [
        (_place(kinds, kind, part), kinds[kind].part_in_words(part) if kind in kinds else part.replace("_", " "))
        for kind, part in found
    ]
    return tuple(dict.fromkeys(words for _, words in sorted(said)))


def _place(kinds: Mapping[str, Kind], kind: str, part: str) -> tuple[bool, float, str]:
    order = kinds[kind].traits.order if kind in kinds else LAST
    return (kind, part) != ("student", "name"), order, part


def _of_students(grant: Grant, kinds: Mapping[str, Kind]) -> Parts:
    """What a grant names of students' records: it may name parts of the campus's own besides."""
    return frozenset((name, part) for name, part in grant.parts if name == ALL or _is_of_students(name, kinds))


def _is_of_students(name: str, kinds: Mapping[str, Kind]) -> bool:
    return name in kinds and kinds[name].of_student


def _who_words(who: str) -> str:
    sort, _, name = who.partition(":")
    if sort == "relation":
        return RELATION_WORDS.get(name, name)
    if sort == "role":
        words = ROLE_WORDS.get(name, name)
        return words[:1].upper() + words[1:]
    return "All staff" if who == "everyone:staff" else ""
