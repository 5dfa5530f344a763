"""Checks the records of a whole campus folder, a few students at a time.

What is known from the last time is not reviewed: no file is read and no rule is run whose basis is the same.
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
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.letters import Letters
from sendbook.campus.links import Links
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding, Severity, from_problem, has_errors, in_order
from sendbook.checks.finding_cache import CachedFindings, CachedShapes, FindingCache, finding_from
from sendbook.checks.for_families import for_families
from sendbook.checks.names import Names
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.runner import Checker, FoundRight, reads_well, source_in, where_in
from sendbook.checks.sign_ins import check_one_address_each
from sendbook.checks.sound_shared import SoundShared, sound_among
from sendbook.checks.texts.ages import Ages
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
    finding_cache: FindingCache
    names: Names
    sound: SoundShared


def inspect_records(
    folder: CampusFolder,
    on: date,
    cache: ParseCache | None = None,
    read_of: ReadOf = nothing_read,
    past: Past = _NOTHING_TOLD,
    *,
    rules: RuleBook,
) -> Inspected:
    """Loads and checks every record of a folder. ``read_of`` gives the texts of a student that are published, ``past``
    what is told of earlier versions, ``rules`` are all that are asked.
    """
    scan = folder.scan()
    shared = folder.load(scan.unit(SHARED), cache)
    finding_cache = FindingCache(cache, shared, scan, on, Letters(folder.root).stamp)
    found = [from_problem(problem) for problem in scan.problems]
    found += shared_findings(folder, shared, scan, on, cache, finding_cache, rules)
    sound = sound_among(
        shared.campus,
        scan,
        found,
        lambda some, left_out: checker_of(folder, some, scan, on, rules, left_out).of_shared(),
    )
    names = Names.of(folder, sound.campus, scan, cache)
    if sound.whole:
        found += for_families(sound.campus, names, on, finding_cache, where_in(folder), Ages(folder.root, on), rules)
    students = _Students(
        folder=folder,
        shared=shared,
        scan=scan,
        on=on,
        cache=cache,
        finding_cache=finding_cache,
        sound=sound,
        names=names,
        read_of=read_of,
        past=past,
        rules=rules,
    )
    found += students.findings()
    finding_cache.remember()
    return Inspected(
        shared=shared.campus, findings=in_order(found), finding_cache=finding_cache, names=names, sound=sound
    )


def shared_findings(
    folder: CampusFolder,
    shared: Loaded,
    scan: Scan,
    on: date,
    cache: ParseCache | None,
    finding_cache: FindingCache,
    rules: RuleBook,
    right: FoundRight | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the records that belong to no student, those that could not be read included.

    ``right`` are those in whose texts and dates nothing was found before (see `Checker`).
    """
    before = finding_cache.of(SHARED, shared.sources)
    if before is not None:
        return before.findings
    shapes = CachedShapes(cache, shared) if cache else None
    checker = _checker(folder, shared, scan, on, rules, shapes)
    checker = replace(checker, right=right) if right is not None else checker
    found = (*(from_problem(problem) for problem in shared.problems), *checker.of_shared())
    if shapes is not None:
        shapes.remember()
    finding_cache.add(SHARED, shared.sources, found)
    return found


@dataclass(frozen=True, kw_only=True)
class _Students:
    """The students of one inspection; ``sound`` is what is right of all that belongs to no student."""

    folder: CampusFolder
    shared: Loaded
    scan: Scan
    on: date
    cache: ParseCache | None
    finding_cache: FindingCache
    sound: SoundShared
    names: Names
    read_of: ReadOf
    past: Past
    rules: RuleBook
    addresses: dict[str, str] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def findings(self) -> Iterator[Finding]:
        """What is known, and what is found in those of whom nothing is."""
        stamped = self.cache.recall(self.scan.entries) if self.cache else {}
        unknown = []
        anew: dict[str, CachedFindings] = {}
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
        if self.sound.knows_people and self.scan.students and not self.unread:
            checker = _checker(self.folder, self.shared, self.scan, self.on, self.rules, None, self.sound)
            yield from checker.silent_sentences(self.spoken)

    def _heard(self, student: str, sentences: list[str] | None) -> None:
        """Which sentences about access speak of a student; None where that could not be asked."""
        if sentences is None:
            self.unread.add(student)
        else:
            self.spoken.update(sentences)

    def _known_of(self, student: str, stamped: Mapping[str, str]) -> CachedFindings | None:
        sources = {entry.path: stamped.get(entry.path, "") for entry in self.scan.unit(student)}
        return self.finding_cache.of(student, sources) if all(sources.values()) else None

    def _look_at(self, students: list[str]) -> Iterator[Finding]:
        entries = [entry for student in students for entry in self.scan.unit(student)]
        loaded = self.folder.load(entries, self.cache)
        shapes = CachedShapes(self.cache, loaded) if self.cache else None
        of_all, of_sound = self._checker_of_all(shapes), self._checker_of_sound(shapes)
        for student in students:
            problems = [problem for problem in loaded.problems if _of(student, problem.path)]
            own = Campus(loaded.campus.of_student(student), loaded.campus.registry)
            sure = self.sound.carries(own)
            checker = of_sound if sure else of_all
            header = own.get(f"students/{student}/student")
            self.addresses[student] = address_of(header.data) if header else ""
            found = list(checker.named(map(from_problem, problems), own, student))
            read = {record.path for record in own.records.values()}
            unread = frozenset(problem.path for problem in problems) - read
            found += checker.of_student(own, student, unread=unread, sure=sure)
            spoken = checker.spoken_of(own, student) if sure and not problems and not has_errors(found) else None
            self._heard(student, spoken)
            if self.sound.whole and not (sure or problems) and reads_well(found):
                found += of_sound.of_family(own, student)
            others = self._others(of_sound, own, student, found) if not problems else ()
            sources = {path: digest for path, digest in loaded.sources.items() if _of(student, path)}
            if len(sources) == len(self.scan.unit(student)):
                beside = self._beside(student, others, spoken)
                self.finding_cache.add(student, sources, found, self.addresses[student], beside=beside)
            yield from found
            yield from others
        if shapes is not None:
            shapes.remember()

    def _others(self, checker: Checker, own: Campus, student: str, found: Collection[Finding]) -> tuple[Finding, ...]:
        """Who else is in a student's texts, and in what is told of earlier versions.

        A build tells of these only where nothing keeps the pages back that nobody can waive.
        """
        if not (self.sound.whole and reads_well(found)):
            return ()
        read = self.read_of(student)
        others = checker.of_others(own, student, read)
        if any(one.severity is Severity.ERROR and one.code not in WAIVED_ERRORS for one in (*found, *others)):
            return others
        if "withdrawn" in self.sound.wrong:
            return others  # nobody can say which earlier versions are told of
        told = self.past.told(self.sound.campus, own, student)
        return (*others, *checker.of_past(own, student, told, read))

    def _known_of_others(self, student: str, known: CachedFindings) -> tuple[Finding, ...] | None:
        """Who else was found in a student's texts; None if names, or what was published or committed, are others
        since.
        """
        if not self.sound.whole:
            return ()
        before = known.beside
        if before["names"] != self.names_digest or before["past"] != self.past.stamp(student):
            return None
        if before["others"] and before["read"] != self._rests_on(student):
            return None
        return tuple(map(finding_from, before["others"]))

    def _look_for_others(self, anew: Mapping[str, CachedFindings]) -> Iterator[Finding]:
        """Looks again, for everybody, through texts in which all else is known."""
        students = list(anew)
        for start in range(0, len(students), _AT_ONCE):
            some = students[start : start + _AT_ONCE]
            loaded = self.folder.load([entry for student in some for entry in self.scan.unit(student)], self.cache)
            checker = self._checker_of_sound(None)
            for student in some:
                before, own = anew[student], Campus(loaded.campus.of_student(student), loaded.campus.registry)
                others = self._others(checker, own, student, before.findings)
                sources = {path: digest for path, digest in loaded.sources.items() if _of(student, path)}
                beside = self._beside(student, others, before.beside["spoken"])
                self.finding_cache.add(student, sources, before.findings, before.address, beside=beside)
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
        return self.names.digest(self.finding_cache) if self.sound.whole else ""

    def _checker_of_all(self, shapes: CachedShapes | None) -> Checker:
        """Asks of all shared records as they are, also of those with an error."""
        return _checker(self.folder, self.shared, self.scan, self.on, self.rules, shapes)

    def _checker_of_sound(self, shapes: CachedShapes | None) -> Checker:
        """Asks of the sound shared records alone, and knows everybody where anybody can be known."""
        checker = _checker(self.folder, self.shared, self.scan, self.on, self.rules, shapes, self.sound)
        if not self.sound.whole:
            return checker
        return replace(
            checker,
            everybody=self.names.everybody,
            header_of=self.names.header_of,
            basis=self.basis,
            ages=self.ages,
        )

    @cached_property
    def basis(self) -> Basis:
        """What access rests on; made once for all students."""
        return Basis.of(self.sound.campus)

    def _same_addresses(self) -> Iterator[Finding]:
        """Only the records of those are read again whose address is in another record too."""
        people = self.shared.campus.of_kind(PERSON)
        holders = Counter([*self.addresses.values(), *{address_of(record.data) for record in people}])
        sharing = [student for student, address in self.addresses.items() if address and holders[address] > 1]
        entries = [entry for student in sharing for entry in self.scan.unit(student) if entry.kind == STUDENT]
        headers = self.folder.load(entries, self.cache).campus.of_kind(STUDENT) if entries else ()
        return check_one_address_each([*people, *headers], where_in(self.folder))


def _digest(texts: frozenset[str]) -> str:
    return blake2b("".join(sorted(texts)).encode(), digest_size=16).hexdigest()


def _of(student: str, path: str) -> bool:
    return path.startswith(f"records/students/{student}/")


def checker_of(
    folder: CampusFolder, shared: Campus, scan: Scan, on: date, rules: RuleBook, left_out: frozenset[str] = frozenset()
) -> Checker:
    """A checker of shared records of which those at the paths ``left_out`` are out of use."""
    return Checker(
        shared=shared,
        links=Links.of(shared, students=frozenset(scan.students), unread=left_out),
        where=where_in(folder),
        on=on,
        rules=rules,
    )


def _checker(
    folder: CampusFolder,
    shared: Loaded,
    scan: Scan,
    on: date,
    rules: RuleBook,
    shapes: CachedShapes | None,
    sound: SoundShared | None = None,
) -> Checker:
    """A checker of all shared records, or of the sound ones alone."""
    unread = frozenset(problem.path for problem in (*scan.problems, *shared.problems))
    campus, left_out = (sound.campus, sound.left_out) if sound is not None else (shared.campus, frozenset())
    return Checker(
        shared=campus,
        links=Links.of(campus, students=frozenset(scan.students), unread=unread | left_out),
        where=where_in(folder),
        on=on,
        rules=rules,
        known_good=shapes.is_good if shapes else lambda _record: False,
        remember_good=shapes.add if shapes else lambda _record: None,
        letters=Letters(folder.root),
        source=source_in(folder),
    )
