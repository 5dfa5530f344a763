"""Tells what grants open to each duty and relation, so that a new grant concerns the students it opens something of.

A student's pages rest on what is opened to those who stand to the student in some way, and on nothing else that grants
say. What they open of the campus's own records, and which duties reach every student, concerns all pages alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sendbook.access.basis import Basis
from sendbook.access.parts import ALL
from sendbook.access.permits import Claim, permits_of
from sendbook.access.policy import Grant
from sendbook.access.relations import StudentRelations
from sendbook.campus.digests import digest_of

_NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """Holds what the grants of a campus open.

    ``grants`` is a digest of all of them, their reasons aside, ``everywhere`` one of what in them may concern any
    student, and ``by_who`` has one of what each duty or relation may read of students' records.
    """

    grants: str
    everywhere: str
    by_who: Mapping[str, str]

    def to(self, whos: Iterable[str]) -> str:
        """Returns a digest of what these duties and relations may read of a student."""
        return digest_of([[who, self.by_who.get(who, _NOTHING)] for who in sorted(whos)])


def openings(basis: Basis) -> Openings:
    """Returns what the grants open to each duty and relation."""
    tables = {who: permits_of(frozenset({Claim(who, None)}), "read", basis).table for who in basis.policy.by_who if who}
    reading = {who: table for who, table in tables.items() if table}
    everywhere = [
        [plain for grant in basis.policy.grants if (plain := _of_campus(grant, basis))],
        sorted(basis.student_roles),
        basis.staff_see_students,
        sorted(reading),  # whether somebody sees anything of another student is asked where that one is named in a text
    ]
    by_who = {who: digest_of(_plain(table)) for who, table in reading.items()}
    grants = digest_of([_said(grant, sorted(map(list, grant.parts))) for grant in basis.policy.grants])
    return Openings(grants=grants, everywhere=digest_of(everywhere), by_who=by_who)


def related_as(relations: StudentRelations) -> frozenset[str]:
    """Returns the duties and relations by which anybody stands to a student, at any time, as grants call them.

    A duty that does not reach the student's year group is none; a share opens what it names, whatever grants say. A
    member of the family counts even where nothing is granted: somebody may share something with them, and what they
    see of another student decides who may be named in it.
    """
    ties = (tie for held in relations.by_reader.values() for tie in held)
    return frozenset(tie.who for tie in ties if tie.who and not (tie.blocked and tie.sort == "work"))


def _plain(table: Mapping[tuple[str, str | None], frozenset[str]]) -> list[list[object]]:
    return [[kind, state, sorted(parts)] for (kind, state), parts in sorted(table.items(), key=repr)]


def _of_campus(grant: Grant, basis: Basis) -> list[object]:
    """What a grant says of the campus's own records, without its reason; nothing if it names students' alone."""
    parts = sorted([kind, part] for kind, part in grant.parts if kind == ALL or not _is_of_student(kind, basis))
    return _said(grant, parts) if parts else []


def _said(grant: Grant, parts: list[list[str]]) -> list[object]:
    states = None if grant.states is None else sorted(grant.states)
    return [grant.who, grant.action, grant.of, states, grant.settled, parts]


def _is_of_student(kind: str, basis: Basis) -> bool:
    return kind in basis.kinds and basis.kinds[kind].of_student
