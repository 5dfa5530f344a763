"""What families and students must not read of others between the lines: contact details and names in running text.

Fields are cut away by who may see them; a sentence is shown whole. So every text that somebody at home reads is looked
through (``checks/texts``), and these rules say what it means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendbook.campus.foundation import STUDENT
from sendbook.checks.finding import Severity
from sendbook.checks.rules.rule import HOUSE_RULE, Parts, Rule, Spot, rule
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.sightings import CONTACT, LONE, NAME, OLDER, Sighting

_PARTS: Parts = ((STUDENT, "family"),)
_WAIVE = "If it is meant to be there, say so in records/waivers.yml."
_PAST = (
    "Name the record and the place in records/withdrawn.yml, and no earlier version of it is shown any more. The texts "
    "of today may be right already."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCase:
    """What was seen in the texts of one student.

    ``read`` are the texts, by digest, that families or the student have on the published site already, and in which
    nobody was seen then: who is seen there now is newer than the text. That counts only where ``ages`` can't say which
    of them git has had for longer.
    """

    sightings: Sequence[Sighting]
    read: frozenset[str] = frozenset()
    ages: Ages | None = None

    def of(self, code: str) -> Iterator[Sighting]:
        """What was seen of one code, but for what only a newer name makes so."""
        return (seen for seen in self.sightings if seen.code == code and not self._is_newer(seen))

    def newer(self) -> Iterator[Sighting]:
        """What was no sighting when the text was published."""
        return filter(self._is_newer, self.sightings)

    def _is_newer(self, seen: Sighting) -> bool:
        if not _may_be_newer(seen):
            return False
        older = self.ages.is_older(seen) if self.ages is not None else None
        return seen.text in self.read if older is None else older

    def doubt(self, seen: Sighting) -> str:
        """Says it where an age could matter and can't be known here."""
        said = self.ages.doubt if self.ages is not None and _may_be_newer(seen) else ""
        return f" {said}" if said else ""


@rule(CONTACT, "Nobody's contact details reach another home", source=HOUSE_RULE, severity=Severity.ERROR, parts=_PARTS)
def no_contact_details(case: TextCase) -> Iterator[Spot]:
    """A telephone number, an address or an e-mail address in a text is read by everybody who reads the text: what
    belongs to one household would reach the other.
    """
    for seen in case.of(CONTACT):
        message = f"A contact detail of {seen.whose} {_where(seen)}."
        remedy = _PAST if seen.past else f"Take it out: contact details belong in the person's own record. {_WAIVE}"
        yield _spot(seen, message, remedy + case.doubt(seen))


@rule(NAME, "Nobody else is named in full", source=HOUSE_RULE, severity=Severity.ERROR, parts=_PARTS)
def no_full_names(case: TextCase) -> Iterator[Spot]:
    """Another student, or somebody of another home, is nobody this family reads about by name. Colleagues are in the
    staff directory; a household knows its own.
    """
    for seen in case.of(NAME):
        remedy = _PAST if seen.past else f"Say who it is without the name: “a friend”, “Dad”. {_WAIVE}"
        yield _spot(seen, f"The name of {seen.whose} {_where(seen)}.", remedy + case.doubt(seen))


@rule(LONE, "A name or street in a text is meant to be there", source=HOUSE_RULE, parts=_PARTS)
def lone_names(case: TextCase) -> Iterator[Spot]:
    """By itself a first name or surname may be a word, or somebody outside the school, and a street may be where a shop
    is. It may also be another student, or where the other household lives.
    """
    for seen in case.of(LONE):
        message = f"A word that is also the first name, surname or street of {seen.whose} {_where(seen)}."
        remedy = _PAST if seen.past else f"If it means them, say it without the name. {_WAIVE}"
        yield _spot(seen, message, remedy)


@rule(OLDER, "A name that is new to the records is in an older text", source=HOUSE_RULE, parts=_PARTS)
def newer_names(case: TextCase) -> Iterator[Spot]:
    """The text was there before the name came into the records: git says so. Where it can't, that families have read
    the text before on the published site. It may be somebody else's name, so nothing is
    held back.
    """
    for seen in case.newer():
        message = f"A name or contact detail of {seen.whose} that is newer than the text {_where(seen)}."
        remedy = _PAST if seen.past else f"If it is that person, say who it is without the name. {_WAIVE}"
        yield _spot(seen, message, remedy)


def _may_be_newer(seen: Sighting) -> bool:
    """Whether it matters that somebody came after the text.

    Of the student's own family everything counts at any time, and so does a home that all families would read of: no
    number or address fits by chance. A word by itself is only asked about anyway.
    """
    return not seen.near and (seen.code == NAME or (seen.code == CONTACT and seen.record.student is not None))


def _where(seen: Sighting) -> str:
    if seen.past:
        return "is in an earlier version, which “What changed” shows to the family or the student"
    if seen.record.student is None:
        return "is in a text that every family can read"
    return "is in a text that the family or the student can read"


def _spot(seen: Sighting, message: str, remedy: str) -> Spot:
    who = f"Read by {', '.join(seen.readers)}."
    waiver = "" if seen.past else f" For a waiver: record: {seen.record.id}, pointer: {seen.place}, seen: {seen.seen}."
    return Spot(
        seen.record,
        seen.pointer,
        message,
        remedy,
        found=seen.written,
        hint=f"{who}{waiver}",
        seen=seen.seen,
        text=seen.text,
    )


RULES: tuple[Rule[TextCase], ...] = (no_contact_details, no_full_names, lone_names, newer_names)
