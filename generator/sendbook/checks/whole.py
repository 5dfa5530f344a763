"""Checks the records of a whole campus folder, a few students at a time.

What is known from the last time is not looked at again: no file is read and no rule is run whose basis is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any, Protocol

from sendbook.access.basis import Basis
from sendbook.access.people import address_of
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder, Loaded, Scan
from sendbook.campus.letters import Letters
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding, Severity, from_problem, has_errors, in_order
from sendbook.checks.known import FOR_FAMILIES, Known, KnownFindings, KnownShapes, finding_from
from sendbook.checks.links import Targets
from sendbook.checks.names import Names
from sendbook.checks.runner import Checker, reads_well, text_findings, where_in
from sendbook.checks.sign_ins import check_one_address_each
from sendbook.checks.spots import Where
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.at_large import sightings_for_all, texts_for_all
from sendbook.checks.texts.reaching import Reached
from sendbook.checks.waivers import WAIVED_ERRORS

# So many students are loaded at once: enough to ask the cache seldom, few enough to hold in memory.
_AT_ONCE = 50
#: Gives the texts of a student, by digest, that were published before.
ReadOf = Callable[[str], frozenset[str]]


class Past(Protocol):
    """What families and students read of earlier versions: made where pages are, and handed in."""

    def stamp(self, student: str) -> str:
        """Changes whenever what is told of a student's earlier versions may, the records of today aside."""
        ...

    def told(self, shared: Campus, own: Campus, student: str) -> Sequence[Reached]:
        """Every sentence about an earlier version that somebody at home reads."""
        ...


class _NothingTold:
    """Where there is no history."""

    def stamp(self, _student: str) -> str:
        return ""

    def told(self, _shared: Campus, _own: Campus, _student: str) -> Sequence[Reached]:
        return ()


def nothing_read(_student: str) -> frozenset[str]:
    """Where nothing was published."""
    return frozenset()


_NOTHING_TOLD = _NothingTold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """The shared records of a campus, all findings in it, and what was known of them before."""

    shared: Campus
    findings: tuple[Finding, ...]
    known: KnownFindings
    names: Names


def inspect_records(
    folder: CampusFolder,
    on: date,
    cache: ParseCache | None = None,
    read_of: ReadOf = nothing_read,
    past: Past = _NOTHING_TOLD,
) -> Inspected:
    """Loads and checks every record of a folder. ``read_of`` gives the texts of a student that are published, ``past``
    what is told of earlier versions.
    """
    scan = folder.scan()
    shared = folder.load(scan.unit(SHARED), cache)
    known = KnownFindings(cache, shared, scan, on, Letters(folder.root).stamp)
    found = [from_problem(problem) for problem in scan.problems]
    found += shared_findings(folder, shared, scan, on, cache, known)
    sound = _is_sound(scan, found)
    names = Names.of(folder, shared.campus, scan, cache)
    if sound:
        found += for_families(shared.campus, names, on, known, where_in(folder), Ages(folder.root, on))
    students = _Students(
        folder=folder,
        shared=shared,
        scan=scan,
        on=on,
        cache=cache,
        known=known,
        sound=sound,
        names=names,
        read_of=read_of,
        past=past,
    )
    found += students.findings()
    known.remember()
    return Inspected(shared=shared.campus, findings=in_order(found), known=known, names=names)


def shared_findings(
    folder: CampusFolder, shared: Loaded, scan: Scan, on: date, cache: ParseCache | None, known: KnownFindings
) -> tuple[Finding, ...]:
    """What is wrong with the records that belong to no student, those that could not be read included."""
    before = known.of(SHARED, shared.sources)
    if before is not None:
        return before.findings
    shapes = KnownShapes(cache, shared) if cache else None
    checker = _checker(folder, shared, scan, on, shapes)
    found = (*(from_problem(problem) for problem in shared.problems), *checker.of_shared())
    if shapes is not None:
        shapes.remember()
    known.add(SHARED, shared.sources, found)
    return found


def for_families(
    shared: Campus, names: Names, on: date, known: KnownFindings, where: Where, ages: Ages
) -> tuple[Finding, ...]:
    """What the campus's own records, such as the library, tell all families of anybody's home or by name."""
    rests_on = {"names": names.digest(known)}
    before = known.of(FOR_FAMILIES, rests_on)
    if before is not None and (not before.findings or before.beside == ages.stamp):
        return before.findings
    basis = Basis.of(shared)
    seen = sightings_for_all(texts_for_all(shared, basis), shared, on, basis, names.everybody)
    found = tuple(text_findings(seen, where, ages=ages))
    known.add(FOR_FAMILIES, rests_on, found, beside=ages.stamp)
    return found


def _is_sound(scan: Scan, shared: list[Finding]) -> bool:
    """Whether all that belongs to no student was read and is right: else no rule is run on a student."""
    found = [*map(from_problem, scan.problems), *shared]
    return not has_errors(finding for finding in found if _is_shared(finding))


def _is_shared(finding: Finding) -> bool:
    return not finding.path.startswith("records/students/")


@dataclass(frozen=True, kw_only=True)
class _Students:
    """The students of one inspection; ``sound`` says that all that belongs to no student was read and is right."""

    folder: CampusFolder
    shared: Loaded
    scan: Scan
    on: date
    cache: ParseCache | None
    known: KnownFindings
    sound: bool
    names: Names
    read_of: ReadOf
    past: Past
    addresses: dict[str, str] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def findings(self) -> Iterator[Finding]:
        """What is known, and what is found in those of whom nothing is."""
        stamped = self.cache.recall(self.scan.entries) if self.cache else {}
        unknown = []
        anew: dict[str, Known] = {}
        for student in self.scan.students:
            known = self._known_of(student, stamped)
            if known is None:
                unknown.append(student)
            else:
                self.addresses[student] = known.address
                self._heard(student, known.beside["spoken"])
                yield from known.findings
                others = self._known_of_others(student, known)
                if others is None:
                    anew[student] = known
                else:
                    yield from others
        for start in range(0, len(unknown), _AT_ONCE):
            yield from self._look_at(unknown[start : start + _AT_ONCE])
        yield from self._look_for_others(anew)
        yield from self._same_addresses()
        if self.sound and self.scan.students and not self.unread:
            yield from _checker(self.folder, self.shared, self.scan, self.on, None).silent_sentences(self.spoken)

    def _heard(self, student: str, sentences: list[str] | None) -> None:
        """Which sentences about access speak of a student; None where that could not be asked."""
        if sentences is None:
            self.unread.add(student)
        else:
            self.spoken.update(sentences)

    def _known_of(self, student: str, stamped: Mapping[str, str]) -> Known | None:
        sources = {entry.path: stamped.get(entry.path, "") for entry in self.scan.unit(student)}
        return self.known.of(student, sources) if all(sources.values()) else None

    def _look_at(self, students: list[str]) -> Iterator[Finding]:
        entries = [entry for student in students for entry in self.scan.unit(student)]
        loaded = self.folder.load(entries, self.cache)
        shapes = KnownShapes(self.cache, loaded) if self.cache else None
        checker = self._checker(shapes)
        for student in students:
            problems = [problem for problem in loaded.problems if _of(student, problem.path)]
            own = Campus(loaded.campus.of_student(student), loaded.campus.registry)
            header = own.get(f"students/{student}/student")
            self.addresses[student] = address_of(header.data) if header else ""
            found = list(checker.named(map(from_problem, problems), own, student))
            read = {record.path for record in own.records.values()}
            unread = frozenset(problem.path for problem in problems) - read
            found += checker.of_student(own, student, unread=unread, sure=self.sound)
            spoken = checker.spoken_of(own, student) if self.sound and not problems and not has_errors(found) else None
            self._heard(student, spoken)
            others = self._others(checker, own, student, found) if not problems else ()
            sources = {path: digest for path, digest in loaded.sources.items() if _of(student, path)}
            if len(sources) == len(self.scan.unit(student)):
                beside = self._beside(student, others, spoken)
                self.known.add(student, sources, found, self.addresses[student], beside=beside)
            yield from found
            yield from others
        if shapes is not None:
            shapes.remember()

    def _others(self, checker: Checker, own: Campus, student: str, found: Collection[Finding]) -> tuple[Finding, ...]:
        """Who else is in a student's texts, and in what is told of earlier versions.

        A build tells of these only where nothing keeps the pages back that nobody can waive.
        """
        if not (self.sound and reads_well(found)):
            return ()
        read = self.read_of(student)
        others = checker.of_others(own, student, read)
        if any(one.severity is Severity.ERROR and one.code not in WAIVED_ERRORS for one in (*found, *others)):
            return others
        told = self.past.told(self.shared.campus, own, student)
        return (*others, *checker.of_past(own, student, told, read))

    def _known_of_others(self, student: str, known: Known) -> tuple[Finding, ...] | None:
        """Who else was found in a student's texts; None if names, or what was published or committed, are others
        since.
        """
        if not self.sound:
            return ()
        before = known.beside
        if before["names"] != self.names_digest or before["past"] != self.past.stamp(student):
            return None
        if before["others"] and before["read"] != self._rests_on(student):
            return None
        return tuple(map(finding_from, before["others"]))

    def _look_for_others(self, anew: Mapping[str, Known]) -> Iterator[Finding]:
        """Looks again, for everybody, through texts in which all else is known."""
        students = list(anew)
        for start in range(0, len(students), _AT_ONCE):
            some = students[start : start + _AT_ONCE]
            loaded = self.folder.load([entry for student in some for entry in self.scan.unit(student)], self.cache)
            checker = self._checker(None)
            for student in some:
                before, own = anew[student], Campus(loaded.campus.of_student(student), loaded.campus.registry)
                others = self._others(checker, own, student, before.findings)
                sources = {path: digest for path, digest in loaded.sources.items() if _of(student, path)}
                beside = self._beside(student, others, before.beside["spoken"])
                self.known.add(student, sources, before.findings, before.address, beside=beside)
                yield from others

    def _beside(self, student: str, others: tuple[Finding, ...], spoken: list[str] | None) -> dict[str, Any]:
        """What is kept next to a student's findings: who else is in the texts, what that rests on, and what speaks of
        them.
        """
        read = self._rests_on(student) if others else ""
        return {
            "names": self.names_digest,
            "read": read,
            "past": self.past.stamp(student),
            "others": [asdict(finding) for finding in others],
            "spoken": spoken,
        }

    def _rests_on(self, student: str) -> str:
        """Stands for what says whether a text is older than a name: the history, and what was published."""
        return f"{_digest(self.read_of(student))} {self.ages.stamp}"

    @cached_property
    def ages(self) -> Ages:
        """Asked for all students, and only where somebody is found in a text."""
        return Ages(self.folder.root, self.on)

    @cached_property
    def names_digest(self) -> str:
        """Stands for all names; none while the shared records are not sound, for then nobody is looked for."""
        return self.names.digest(self.known) if self.sound else ""

    def _checker(self, shapes: KnownShapes | None) -> Checker:
        checker = _checker(self.folder, self.shared, self.scan, self.on, shapes)
        if not self.sound:
            return checker
        everybody, header_of = self.names.everybody, self.names.header_of
        return replace(checker, everybody=everybody, header_of=header_of, basis=self.basis, ages=self.ages)

    @cached_property
    def basis(self) -> Basis:
        """What access rests on; made once for all students."""
        return Basis.of(self.shared.campus)

    def _same_addresses(self) -> Iterator[Finding]:
        """Only the records of those are read again whose address is in another record too."""
        people = self.shared.campus.of_kind("person")
        holders = Counter([*self.addresses.values(), *{address_of(record.data) for record in people}])
        sharing = [student for student, address in self.addresses.items() if address and holders[address] > 1]
        entries = [entry for student in sharing for entry in self.scan.unit(student) if entry.kind == "student"]
        headers = self.folder.load(entries, self.cache).campus.of_kind("student") if entries else ()
        return check_one_address_each([*people, *headers], where_in(self.folder))


def _digest(texts: frozenset[str]) -> str:
    return blake2b("".join(sorted(texts)).encode(), digest_size=16).hexdigest()


def _of(student: str, path: str) -> bool:
    return path.startswith(f"records/students/{student}/")


def checker_of(
    folder: CampusFolder, shared: Campus, scan: Scan, on: date, left_out: frozenset[str] = frozenset()
) -> Checker:
    """A checker of shared records of which those at the paths ``left_out`` are out of use."""
    return Checker(
        shared=shared,
        targets=Targets(shared, students=frozenset(scan.students), unread=left_out),
        where=where_in(folder),
        on=on,
    )


def _checker(folder: CampusFolder, shared: Loaded, scan: Scan, on: date, shapes: KnownShapes | None) -> Checker:
    unread = frozenset(problem.path for problem in (*scan.problems, *shared.problems))
    return Checker(
        shared=shared.campus,
        targets=Targets(shared.campus, students=frozenset(scan.students), unread=unread),
        where=where_in(folder),
        on=on,
        known_good=shapes.is_good if shapes else lambda _record: False,
        remember_good=shapes.add if shapes else lambda _record: None,
        letters=Letters(folder.root),
    )
