"""Runs every check in its order: shape, then links, then rules, and tells everything in one run.

Works a student at a time, so that the build can stream a campus of any size through it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, partial

from sendbook.access.basis import Basis
from sendbook.campus.folder import CampusFolder
from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.letters import Letters
from sendbook.campus.links import Links
from sendbook.campus.records import Campus, Record
from sendbook.campus.roll import on_roll
from sendbook.campus.schemas import Kind, Match
from sendbook.campus.strict_yaml import positions
from sendbook.campus.terms import Terms
from sendbook.checks.case import Case
from sendbook.checks.finding import Finding, Severity, has_errors, in_order
from sendbook.checks.lettering import check_letters
from sendbook.checks.links import check_links, check_links_into, check_one_id_each
from sendbook.checks.naming import named
from sendbook.checks.plausible import birth_of, check_plausible
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules import text_rules
from sendbook.checks.rules.rule import Rule
from sendbook.checks.rules.sentence_rules import sentences_say_something, speak_of_nobody, spoken_of
from sendbook.checks.rules.text_rules import TextCase
from sendbook.checks.shape import Positions, check_shape
from sendbook.checks.spots import Where, finding_of
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.reaching import Reached
from sendbook.checks.texts.sightings import HeaderOf, Looker, Sighting, StudentTexts
from sendbook.checks.typed_tables import check_tables
from sendbook.checks.unseen_letters import Source, check_unseen
from sendbook.checks.waivable import can_be_waived


def where_in(folder: CampusFolder) -> Where:
    """Finds places in the records of a folder; a file is parsed for positions only when something is wrong in it."""

    @cache
    def of_path(path: str) -> Positions:
        return positions((folder.root / path).read_bytes())

    return lambda record: of_path(record.path)


def source_in(folder: CampusFolder) -> Source:
    """Reads a record's file again, where the place of a single character is asked for."""
    return lambda record: (folder.root / record.path).read_bytes()


#: Shared records by id and digest.
FoundRight = set[tuple[str, str]]


@dataclass(frozen=True)
class Checker:
    """The checks of one campus on one day.

    ``rules`` is every rule; ``shared`` are the records that belong to no student, ``terms`` their calendar and
    ``basis`` what access is decided by, where the caller has them ready. ``known_good`` says of a record whether its
    shape was found good before (see the parse cache); ``remember_good`` is told of each that is. ``letters`` are the
    fonts of the campus; without them nothing is said of what can't be printed. ``source`` reads a record's file again.
    ``right`` are the shared records, by id and digest, in whose texts and dates nothing was found under the same
    schemas, with the same fonts and on the same day; those that are found so come to it.
    ``everybody``, ``header_of`` and ``ages`` are for `of_others`.
    """

    shared: Campus
    links: Links
    where: Where
    on: date
    rules: RuleBook
    terms: Terms | None = None
    basis: Basis | None = None
    known_good: Callable[[Record], bool] = lambda _record: False
    remember_good: Callable[[Record], None] = lambda _record: None
    letters: Letters | None = None
    source: Source | None = None
    right: FoundRight = field(default_factory=set, repr=False)
    everybody: Everybody | None = None
    header_of: HeaderOf = lambda _student: None
    ages: Ages | None = None

    def of_shared(self) -> tuple[Finding, ...]:
        """Findings in the records that belong to no student."""
        twice = tuple(check_one_id_each(self.shared, self.where))
        told = {finding.path for finding in twice}
        rest = self._records(tuple(self.shared.records.values()), self.links)
        findings = [*twice, *(f for f in rest if f.code != "id-not-path" or f.path not in told)]
        own, terms = Campus((), self.shared.registry), self._calendar if self._has_calendar() else Terms.from_campus({})
        case = Case(
            campus=self.shared,
            own=own,
            student="",
            on=self.on,
            terms=terms,
            waivable=partial(can_be_waived, rules=self.rules),
        )
        return self._with_rules(findings, case, self._asked_here.shared, frozenset())

    def of_student(
        self, own: Campus, student: str, *, unread: frozenset[str] = frozenset(), sure: bool = True
    ) -> tuple[Finding, ...]:
        """All findings in one student's records.

        ``unread`` are paths of the student's files that could not be read. Where the shared records are not ``sure`` to
        be right, a rule that can't be asked of them says nothing.
        """
        links = self.links.with_own(own.of_student(student), unread)
        findings = [*self._records(own.of_student(student), links), *check_links_into(student, links, self._positions)]
        if not sure and not self._has_calendar():
            return in_order(self.named(findings, own, student))
        case = self._case(own, student)
        told = self._with_rules(findings, case, self._asked_here.student, unread, sure=sure)
        texts = self._texts(own, student, None) if reads_well(findings) and not unread and sure else ()
        return in_order(self.named([*told, *texts], own, student))

    def named(self, findings: Iterable[Finding], own: Campus, student: str) -> Iterator[Finding]:
        """The findings with the student's name."""
        return named(findings, own, self.links, student)

    def _has_calendar(self) -> bool:
        """Whether the campus's dates can be read: no rule can be asked without."""
        try:
            return self.shared.get(CAMPUS) is not None and self._calendar is not None
        except NOT_TO_BE_ASKED:
            return False

    def spoken_of(self, own: Campus, student: str) -> list[str]:
        """The sentences about access that speak of this student."""
        return spoken_of(self._case(own, student))

    def silent_sentences(self, spoken: Collection[str]) -> tuple[Finding, ...]:
        """What is to be said of the sentences about access that speak of no student."""
        spots = speak_of_nobody(self._case(Campus((), self.shared.registry), ""), spoken)
        return tuple(finding_of(sentences_say_something, spot, self.where) for spot in spots)

    def of_family(self, own: Campus, student: str) -> tuple[Finding, ...]:
        """What texts that one household reads say of the other; part of `of_student`."""
        return in_order(self._texts(own, student, None))

    def of_others(self, own: Campus, student: str, read: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
        """Who else is named, or can be reached, in what the family and the student read: people of other families, and
        other students. Asked of records that `of_student` found in shape; apart from it, because it rests on the
        names of everybody. ``read`` are texts that were published before (see `TextCase`).
        """
        return in_order(self._texts(own, student, self.everybody, read)) if self.everybody is not None else ()

    def of_records(self, own: Campus) -> tuple[Finding, ...]:
        """Shape and links alone."""
        links = self.links if own is self.shared else self.links.with_own(own.records.values())
        return in_order(self._records(tuple(own.records.values()), links))

    def _with_rules(
        self,
        findings: list[Finding],
        case: Case,
        rules: Iterable[Rule[Case]],
        unread: frozenset[str],
        *,
        sure: bool = True,
    ) -> tuple[Finding, ...]:
        """The findings and what the rules find besides.

        Where a record has an error already the rules are asked all the same, so that one run tells everything. What
        they find in the very place of an error only follows from it.
        """
        sound = sure and not unread and not has_errors(findings)
        kinds = {match.kind.name for path in unread if (match := self._match(path)) is not None}
        asked = [one for one in rules if kinds.isdisjoint(kind for kind, _ in one.parts)]
        found = self._rules(case, asked, sound=sound)
        told = [one for one in found if sound or not (one.code in _PROVED or _follows(one, findings))]
        return in_order([*findings, *told])

    def _match(self, path: str) -> Match | None:
        return self.shared.registry.match(path.removeprefix("records/"))

    def _positions(self, record: Record) -> Positions:
        return self.where(record)

    def _records(self, records: Sequence[Record], links: Links) -> Iterator[Finding]:
        header = next((record.data for record in records if record.kind == STUDENT), {})
        born, has_left = birth_of(header, self.on), on_roll(header).has_left(self.on)
        for record in records:
            kind = self.shared.registry.kinds[record.kind]
            where = partial(self.where, record)
            good = self.known_good(record) or kind.is_valid(record.data)
            found = [] if good else list(check_shape(record, kind, self.shared.registry.kinds, where))
            if not found:
                self.remember_good(record)
            wrong = list(check_links(record, kind, links, where))
            yield from _with_entries(found, wrong)
            yield from (one for one in wrong if not _follows(one, found))
            if (record.id, record.digest) in self.right:
                continue
            alone = list(self._by_itself(record, kind, born, has_left=has_left))
            if not alone and record.student is None:
                self.right.add((record.id, record.digest))
            yield from alone

    def _by_itself(self, record: Record, kind: Kind, born: date | None, *, has_left: bool) -> Iterator[Finding]:
        """What is found in its texts and dates, which rests on nothing but the day and when a student was born."""
        where = partial(self.where, record)
        if self.letters is not None:
            yield from check_letters(record, kind, self.letters, where)
        yield from check_tables(record, kind, where)
        yield from check_unseen(record, kind, where, self.source)
        if not has_left:  # what is over is left alone
            yield from check_plausible(record, kind, where, on=self.on, born=born)

    def of_past(
        self, own: Campus, student: str, told: Sequence[Reached], read: frozenset[str] = frozenset()
    ) -> tuple[Finding, ...]:
        """The same of sentences that tell the family or the student of earlier versions (``told``).

        What is in a text of today as well was found there, or is meant to be there.
        """
        found: list[Finding] = []
        for others in (None, self.everybody) if told else ():
            looker = self._looker(own, student, others)
            seen_before = looker.in_past(told)
            if not seen_before:
                continue
            today = {(seen.code, seen.record.id, key) for seen in self._sightings(looker) for key in seen.keys}
            # Words come and go in two sentences; one finding for each of them is enough.
            past = {
                (seen.code, seen.record.id, seen.keys): seen
                for seen in seen_before
                if not all((seen.code, seen.record.id, key) in today for key in seen.keys)
            }
            found += text_findings(tuple(past.values()), self.where, read, self.ages)
        return in_order(found)

    def _sightings(self, looker: Looker) -> list[Sighting]:
        return looker.sightings(self.student_texts(looker.own, looker.student))

    def _looker(self, own: Campus, student: str, others: Everybody | None) -> Looker:
        return Looker(
            shared=self.shared,
            own=own,
            student=student,
            on=self.on,
            basis=self._basis,
            others=others,
            header_of=self.header_of,
        )

    def _texts(
        self, own: Campus, student: str, others: Everybody | None, read: frozenset[str] = frozenset()
    ) -> Iterator[Finding]:
        yield from text_findings(self._sightings(self._looker(own, student, others)), self.where, read, self.ages)

    def student_texts(self, own: Campus, student: str) -> StudentTexts:
        """A student's texts; the last ones are kept, because they are asked for twice."""
        lately = self._last.get(student)
        if lately is not None and lately.own is own:
            return lately
        self._last.clear()
        made = self._last[student] = StudentTexts(own, student, self.on, self._basis)
        return made

    @cached_property
    def _last(self) -> dict[str, StudentTexts]:
        return {}

    def _case(self, own: Campus, student: str) -> Case:
        """A student's case; asked for twice running, it is the same one, with all that was found out about it."""
        lately = self._lately.get(student)
        if lately is not None and lately.own is own:
            return lately
        self._lately.clear()
        made = self._lately[student] = Case(
            campus=self.shared,
            own=own,
            student=student,
            on=self.on,
            terms=self._calendar,
            basis_of=lambda: self._basis,
        )
        return made

    @cached_property
    def _asked_here(self) -> RuleBook:
        """Every rule, with those that the campus's schemas make."""
        return self.rules.with_schemas(self.shared.registry)

    @cached_property
    def _lately(self) -> dict[str, Case]:
        return {}

    @cached_property
    def _basis(self) -> Basis:
        """Made for all students once, and only where a rule asks who sees what."""
        return self.basis or Basis.of(self.shared)

    @cached_property
    def _calendar(self) -> Terms:
        """Asked for by rules alone, which run once the campus's own dates have been found good."""
        return self.terms or calendar(self.shared)

    def _rules(self, case: Case, rules: Iterable[Rule[Case]], *, sound: bool) -> list[Finding]:
        """What the rules find. A warning in the place of an error follows from it, and is left out."""
        found: list[Finding] = []
        left, over = self._is_over(case, sound=sound)
        for rule in rules:
            is_over = (left and not rule.of_leavers) or (over and not self.rules.goes_on_after_support(rule))
            if rule.in_force_on(self.on) and not is_over:
                found += self._asked(rule, case, sound=sound)
        errors = [one for one in found if one.severity is Severity.ERROR]
        return [one for one in found if one.severity is Severity.ERROR or not _follows(one, errors)]

    def _is_over(self, case: Case, *, sound: bool) -> tuple[bool, bool]:
        """Whether the student has left, and whether their support has ended: not, where the record can't say."""
        try:
            return case.has_left, case.support_ended is not None
        except NOT_TO_BE_ASKED:
            if sound:
                raise
            return False, False

    def _asked(self, rule: Rule[Case], case: Case, *, sound: bool) -> list[Finding]:
        found: list[Finding] = []
        try:
            found.extend(finding_of(rule, spot, self.where) for spot in rule.test(case))
        except NOT_TO_BE_ASKED:
            if sound:
                raise  # rules may trust sound records: this is a fault of ours
        return found


def _with_entries(found: Iterable[Finding], links: Iterable[Finding]) -> Iterator[Finding]:
    """Mistakes of form; where a link is written as no id can be, with the entry that is meant or those there are."""
    hints = {link.pointer: link.hint for link in links if link.code == "link-to-nothing"}
    for one in found:
        links_to = one.code in ("wrong-format", "wrong-type") and hints.get(one.pointer)
        yield replace(one, hint=links_to) if links_to else one


# Who sees what of a record can't be proved while the record has an error: its pages are held back in any case.
_PROVED = frozenset({"ACC-05"})
#: What a rule runs into where a record lacks a field, or has a word in the place of a day or a list.
NOT_TO_BE_ASKED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
# Told where the field would stand, or in what holds it: nothing follows for the other fields there.
_OF_A_FIELD = frozenset({"unknown-field", "missing-field"})


def _follows(finding: Finding, errors: Iterable[Finding]) -> bool:
    """Whether a finding is about the very place of one of these errors, what lies in it or what holds it."""
    return any(
        one.path == finding.path
        and (
            finding.pointer == one.pointer
            or (bool(finding.pointer) and one.pointer.startswith(f"{finding.pointer}/"))
            or (one.code not in _OF_A_FIELD and bool(one.pointer) and finding.pointer.startswith(f"{one.pointer}/"))
        )
        for one in errors
    )


def reads_well(findings: Iterable[Finding]) -> bool:
    """Whether records have their shape and point to what exists; what rules find, which cite a source, is another
    matter.
    """
    return not any(finding.severity is Severity.ERROR and not finding.source for finding in findings)


def text_findings(
    sightings: Sequence[Sighting], where: Where, read: frozenset[str] = frozenset(), ages: Ages | None = None
) -> Iterator[Finding]:
    """What was seen in texts as findings."""
    case = TextCase(sightings=sightings, read=read, ages=ages)
    return (finding_of(rule, spot, where) for rule in text_rules.RULES for spot in rule.test(case))


def calendar(campus: Campus) -> Terms:
    """The calendar of a campus; made once for all checks, because its school days take counting."""
    record = campus.get(CAMPUS)
    return Terms.from_campus(record.data if record else {})
