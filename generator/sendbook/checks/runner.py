"""Runs every check in its order: shape, then links, then rules; each only on what the one before found sound.

Works a student at a time, so that the build can stream a campus of any size through it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial

from sendbook.access.basis import Basis
from sendbook.campus.folder import CampusFolder
from sendbook.campus.letters import Letters
from sendbook.campus.records import Campus, Record
from sendbook.campus.strict_yaml import positions
from sendbook.campus.terms import Terms
from sendbook.checks.case import Case
from sendbook.checks.finding import Finding, Severity, has_errors, in_order
from sendbook.checks.lettering import check_letters
from sendbook.checks.links import Targets, check_links, check_one_id_each
from sendbook.checks.rules import SHARED_RULES, STUDENT_RULES, Rule
from sendbook.checks.rules.sentence_rules import sentences_say_something, speak_of_nobody, spoken_of
from sendbook.checks.shape import Positions, check_shape
from sendbook.checks.sign_ins import check_one_address_each
from sendbook.checks.spots import Where, finding_of


def where_in(folder: CampusFolder) -> Where:
    """Finds places in the records of a folder; a file is parsed for positions only when something is wrong in it."""

    @cache
    def of_path(path: str) -> Positions:
        return positions((folder.root / path).read_bytes())

    return lambda record: of_path(record.path)


@dataclass(frozen=True)
class Checker:
    """The checks of one campus on one day.

    ``shared`` are the records that belong to no student, ``terms`` their calendar and ``basis`` what access is decided
    by, where the caller has them ready.
    ``known_good`` says of a record whether its shape was found good before (see the parse cache); ``remember_good`` is
    told of each that is. ``letters`` are the fonts of the campus; without them nothing is said of characters.
    """

    shared: Campus
    targets: Targets
    where: Where
    on: date
    terms: Terms | None = None
    basis: Basis | None = None
    known_good: Callable[[Record], bool] = lambda _record: False
    remember_good: Callable[[Record], None] = lambda _record: None
    letters: Letters | None = None

    def of_shared(self) -> tuple[Finding, ...]:
        """Findings in the records that belong to no student."""
        twice = tuple(check_one_id_each(self.shared, self.where))
        told = {finding.path for finding in twice}
        rest = self._records(self.shared.records.values())
        findings = [*twice, *(f for f in rest if f.code != "id-not-path" or f.path not in told)]
        if not has_errors(findings):
            findings.extend(self._rules(self._case(Campus((), self.shared.registry), ""), SHARED_RULES))
        return in_order(findings)

    def of_student(self, own: Campus, student: str) -> tuple[Finding, ...]:
        """Findings in one student's records; rules run only if all of them read well."""
        case = self._case(own, student)
        findings = list(self._records(case.records))
        if not has_errors(findings):
            findings.extend(self._rules(case, STUDENT_RULES))
        return in_order(findings)

    def spoken_of(self, own: Campus, student: str) -> list[str]:
        """The sentences about access that speak of this student."""
        return spoken_of(self._case(own, student))

    def silent_sentences(self, spoken: Collection[str]) -> tuple[Finding, ...]:
        """What is to be said of the sentences about access that speak of no student."""
        spots = speak_of_nobody(self._case(Campus((), self.shared.registry), ""), spoken)
        return tuple(finding_of(sentences_say_something, spot, self.where) for spot in spots)

    def of_records(self, own: Campus) -> tuple[Finding, ...]:
        """Shape and links alone: what can be said while the shared records are not sound."""
        return in_order(self._records(own.records.values()))

    def _records(self, records: Iterable[Record]) -> Iterator[Finding]:
        for record in records:
            kind = self.shared.registry.kinds[record.kind]
            where = partial(self.where, record)
            good = self.known_good(record) or kind.is_valid(record.data)
            found = () if good else tuple(check_shape(record, kind, where))
            if found:
                yield from found
                continue
            self.remember_good(record)
            yield from check_links(record, kind, self.targets, where)
            if self.letters is not None:
                yield from check_letters(record, kind, self.letters, where)

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
            ground=lambda: self._basis,
        )
        return made

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

    def _rules(self, case: Case, rules: Iterable[Rule[Case]]) -> Iterator[Finding]:
        """Contradictions first; what only asks for attention is told once there are none."""
        for severity in (Severity.ERROR, Severity.WARNING):
            found = [
                finding_of(rule, spot, self.where)
                for rule in rules
                if rule.severity is severity and rule.in_force_on(self.on) and (rule.of_leavers or not case.has_left)
                for spot in rule.test(case)
            ]
            yield from found
            if found and severity is Severity.ERROR:
                return


def calendar(campus: Campus) -> Terms:
    """The calendar of a campus; made once for all checks, because its school days take counting."""
    record = campus.get("campus")
    return Terms.from_campus(record.data if record else {})


def check_campus(campus: Campus, where: Where, on: date) -> tuple[Finding, ...]:
    """All findings in the records of a campus that is held in memory, and could all be read."""
    terms = calendar(campus)
    checker = Checker(shared=campus.shared, targets=Targets(campus), where=where, on=on, terms=terms)
    findings = list(checker.of_shared())
    sound = not has_errors(findings)
    findings.extend(check_one_address_each([*campus.of_kind("person"), *campus.of_kind("student")], where))
    for student in campus.students:
        own = Campus(campus.of_student(student), campus.registry)
        findings.extend(checker.of_student(own, student) if sound else checker.of_records(own))
    if sound and campus.students:
        owns = ((Campus(campus.of_student(student), campus.registry), student) for student in campus.students)
        findings.extend(checker.silent_sentences({name for own in owns for name in checker.spoken_of(*own)}))
    return in_order(findings)
