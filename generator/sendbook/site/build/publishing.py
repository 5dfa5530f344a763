"""One publication: pages and scopes of the students concerned, readers' own pages and the handbook, in one go.

An error never stops it. A student with one is held (`held`), a page of the handbook with one has something else
standing in for it (`sound_handbook`), and everything else comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from sendbook.bundle.publication import Publication, ScopeRow
from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.campus.folder import SHARED, CampusFolder, Scan
from sendbook.campus.foundation import STUDENT
from sendbook.checks.finding import Finding, Findings, Severity, from_problem, has_errors
from sendbook.checks.finding_cache import FindingCache
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.history.versions import History
from sendbook.site.build.build_handbook import BuiltHandbook, built_handbook
from sendbook.site.build.correction import correction_pages, is_correction
from sendbook.site.build.faults_kept import FaultsKept
from sendbook.site.build.held import Hold, account_while_held, rows_while_held
from sendbook.site.build.held_list import HeldThing, errors_by_student
from sendbook.site.build.last_good import LAST_GOOD, LastShared, last_good_of
from sendbook.site.build.public_guard import REMEMBERED as LOOKED_THROUGH
from sendbook.site.build.public_guard import Looked, found_before, look_at, objects_in
from sendbook.site.build.read_texts import TEXTS, packed_texts, unpacked_texts
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.remembered import facts_key
from sendbook.site.build.same_addresses import clashes
from sendbook.site.build.student_build import StudentBuild
from sendbook.site.build.student_jobs import Done, StudentJob, StudentJobs, WorkerInputs
from sendbook.site.build.workers import do_all
from sendbook.site.campus.compliance_sources import REMEMBERED, compliance_of
from sendbook.site.readers.reader_site import ReaderSites
from sendbook.site.readers.telling_held import Telling
from sendbook.site.readers.waiting import WAITING

WORLD = "~world"
#: Under this name the bundle remembers which files a student's pages were made of.
FILES = "files"
# How often the handbook is tried: as it is, with what was published last, without what leaks, and once to be sure.
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came out, and the names of what was held back."""

    findings: tuple[Finding, ...]
    held: tuple[HeldThing, ...]
    rendered: int
    readers: int
    log_emptied: bool


@dataclass(kw_only=True)
class Publishing:
    """One publication under way; each method is a step."""

    folder: CampusFolder
    scan: Scan
    in_use: RecordsInUse
    on: date
    state: Path
    cache: ParseCache
    finding_cache: FindingCache
    bundle: Bundle
    history: History | None
    wanted: frozenset[str] | None = None
    workers: int | None = None
    progress: Callable[[int, int], None] = field(default=lambda _done, _all: None)

    def publish(self, findings: Findings) -> Published:
        """All steps, in order."""
        book = self._begin(findings)
        out_of_place = errors_by_student(findings)
        changed = self._changed(out_of_place)
        self.cache.forget_found(job.student for job in changed)
        clashing, said = clashes(self.folder, self.scan, self.common.shared, self.bundle, self.cache, changed)
        findings.add(said)
        here = StudentJobs(self.inputs, self.folder, self.common, self.cache, self.history)
        with self.bundle.publish() as change:
            if self.bundle.doubted:
                self._start_afresh(change)
            sites = ReaderSites(self.common, self.bundle, change, self.wanted, self.common_digest)
            self.faults = FaultsKept(self.bundle, change)
            self.telling = Telling(
                root=self.folder.root,
                common=self.common,
                in_use=self.in_use,
                bundle=self.bundle,
                change=change,
                findings=findings,
            )
            rendered, held = self._do_jobs(change, sites, here, changed, (clashing, out_of_place))
            gone = self._forget_gone(change, sites)
            book, readers = self._put_for_readers(change, sites, book, held)
            self._withdraw(change)
            self.last.remember(
                change, self.in_use.campus(self.folder.registry), self._not_to_keep(), self.on.isoformat()
            )
            change.remember(WORLD, "digest", self.common_digest.encode())
            failing, things = self.telling.failing(), self.telling.things(held, book.held)
        self._prune(thoroughly=gone)
        findings.add(from_problem(fault.problem()) for _, fault in failing)
        return Published(
            findings=tuple(findings),
            held=things,
            rendered=rendered,
            readers=readers,
            log_emptied=change.log_emptied,
        )

    def _begin(self, findings: Findings) -> BuiltHandbook:
        """Make the handbook, and what all students' pages have in common."""
        self.findings = findings
        self.last = LastShared(self.bundle)
        book = self._book()
        findings.add(book.findings)
        self.strangers = book.strangers
        self.in_use, self.common = book.in_use, book.common
        self.inputs = self._worker_inputs()
        #: The digest of each file that is as it was when it was last read, by path.
        self.stamped = self.cache.recall(self.scan.entries)
        #: What is new of whom in the history: asked once for all students.
        self.marks = self.history.marks() if self.history is not None else {}
        self.common_digest = self._common_digest()
        return book

    def _do_jobs(
        self,
        change: Publication,
        sites: ReaderSites,
        here: StudentJobs,
        changed: Sequence[StudentJob],
        known_errors: Sequence[Mapping[str, list[Finding]]],
    ) -> tuple[int, dict[str, list[Finding]]]:
        """Put each changed student, or hold one with an error; answer how many pages are new, and the errors.

        ``known_errors`` are those that no student job finds, by student.
        """
        rendered, held = 0, dict[str, list[Finding]]()
        for number, done in enumerate(do_all(changed, here, self.inputs, self.workers), 1):
            student = done.built.student
            self.findings.add(done.built.findings)
            self.progress(number, len(changed))
            wrong = [*done.built.findings, *(one for known in known_errors for one in known.get(student, ()))]
            if has_errors(wrong):
                held[student] = [one for one in wrong if one.severity is Severity.ERROR]
                self._hold(change, sites, here, student, held[student])
            else:
                rendered += self._put(change, sites, done)
        return rendered, held

    def _put_for_readers(
        self, change: Publication, sites: ReaderSites, book: BuiltHandbook, held: Mapping[str, list[Finding]]
    ) -> tuple[BuiltHandbook, int]:
        """Put the handbook and readers' own pages, but for what the public may not be sent; answer how many readers.

        Where even the last attempt leaves something to be found, the public is sent nothing at all.
        """
        for attempt in range(_ATTEMPTS):
            if book.site is not None:
                book.site.put(change)
            book.remember(change)
            everyone = book.site is not None or self._common_changed()
            if everyone:
                self._tell_compliance(change, book)
            readers = self.telling.own_pages(sites, held, book.held, everyone=everyone)
            leaking = self._looked_through(change, tell=attempt == 0)
            if not leaking:
                return book, readers
            book = self._without(book, leaking)
        sites.take_down_public()
        # The next build makes the editions anew, looks again, and tells again what keeps them down.
        change.remember(HANDBOOK, "digest", b"")
        return book, readers

    def _book(self, held: frozenset[str] = frozenset(), stubs: frozenset[str] = frozenset()) -> BuiltHandbook:
        return built_handbook(
            self.folder,
            self.in_use,
            self.on,
            self.state / "engine",
            self.bundle,
            self.cache,
            self.finding_cache,
            self.scan,
            leaking=held,
            twice=stubs,
        )

    def _without(self, book: BuiltHandbook, leaking: frozenset[str]) -> BuiltHandbook:
        """The handbook once more, without the pages in which the public would be told what is not for them."""
        twice = book.leaking & leaking
        return self._book(book.leaking | leaking, book.twice | twice)

    def _looked_through(self, change: Publication, *, tell: bool) -> frozenset[str]:
        """The files behind what the public could be sent and must not be, were this publication to take effect now."""
        objects = objects_in(self.bundle.connection, self.folder, self.common.on)
        before = self.bundle.remembered(HANDBOOK, LOOKED_THROUGH)
        found = found_before(before, objects, self.strangers) if before else None
        if found is None:
            looked = look_at(objects, self.strangers, Looked.unpacked(before) if before else None)
            change.remember(HANDBOOK, LOOKED_THROUGH, looked.packed())
            found = looked.findings
        if tell:
            self.findings.add(not_told_yet(found, self.findings))
        return frozenset(one.path for one in found if one.severity is Severity.ERROR)

    def _worker_inputs(self) -> WorkerInputs:
        return WorkerInputs(
            root=self.folder.root,
            schema_folders=self.folder.registry.folders,
            shared=self.scan.unit(SHARED),
            students=frozenset(self.scan.students),
            cache=self.cache.path,
            on=self.on,
            wanted=self.wanted,
            history=self.state if self.history is not None else None,
            headers=tuple(entry for entry in self.scan.entries if entry.kind == STUDENT),
            in_use=None if self.in_use.is_plain else self.in_use,
        )

    def _tell_compliance(self, change: Publication, book: BuiltHandbook) -> None:
        """What the compliance page rests on."""
        known = compliance_of(self.folder, book.pages, self.common, self.findings, told=book.asked)
        change.remember(HANDBOOK, REMEMBERED, known.packed())

    def _start_afresh(self, change: Publication) -> None:
        """From here on the bundle holds, and remembers, nothing but what this build puts there."""
        change.start_afresh()
        self.bundle.doubted = False

    def _withdraw(self, change: Publication) -> None:
        """What is newly withdrawn from past versions must not be left in the bytes of the bundle either."""
        record = self.common.shared.get("withdrawn")
        digest = record.digest.encode() if record else b""
        if (self.bundle.remembered(WORLD, "withdrawn") or b"") != digest:
            change.leave_no_trace()
            change.remember(WORLD, "withdrawn", digest)

    def _changed(self, out_of_place: Container[str]) -> list[StudentJob]:
        """The students whose files are not those of the last build, or all of them if the shared campus is another.

        A file out of place is none of a student's files, so their records may all be as they were: they are a job,
        and are held back, all the same.
        """
        before = self.bundle.remembered_of_all(FILES)
        jobs = []
        for student in self.scan.students:
            entries = self.scan.unit(student)
            sources = {one.path: self.stamped[one.path] for one in entries if one.path in self.stamped}
            same = len(sources) == len(entries) and before.get(student) == self._digest(student, sources)
            if not same or student in out_of_place or self.wanted is not None:
                there = frozenset(self.bundle.projections(student)) if student in before else frozenset()
                read = unpacked_texts(self.bundle.remembered(student, TEXTS))
                kept = None if self.in_use.capped == frozenset() else self.bundle.remembered(student, LAST_GOOD)
                jobs.append(StudentJob(student=student, entries=entries, there=there, before=kept or b"", read=read))
        return jobs

    def _put(self, change: Publication, sites: ReaderSites, done: Done) -> int:
        built = done.built
        student = built.student
        digest = self._digest(student, done.sources)
        if self.bundle.remembered(student, FILES) == digest and self.wanted is None:
            return 0  # rewritten, or checked out again, and the same as before
        sites.touch(self._concerned(built))
        change.set_scopes(student, built.scopes)
        for projection, pages in done.pages.items():
            change.put_pages(student, projection, pages)
        self._keep_facts(change, student, built.scopes)
        for projection, facts in built.facts.items():
            change.remember(student, facts_key(projection), facts)
        change.remember(student, FILES, digest)
        self.faults.of_student(student, {row[1] for row in built.scopes}, done.pages, built.faults)
        change.remember(student, WAITING, None)
        if self.wanted is None:
            change.remember(student, TEXTS, packed_texts(built.texts))
        if self.in_use.capped is not None:  # who is held to what they had goes on being held to just that
            change.remember(student, LAST_GOOD, built.last_good)
        new = not self.in_use.nobody_gains
        sites.set_student(student, built.signs_in_as, built.address, built.account_until, new=new)
        return sum(map(len, done.pages.values()))

    def _hold(
        self, change: Publication, sites: ReaderSites, here: StudentJobs, student: str, errors: Iterable[Finding]
    ) -> None:
        """A student with an error: who may see them is worked out anew, and nothing is rendered."""
        entries = self.scan.unit(student)
        last = last_good_of(self.bundle, student)
        own = self.folder.load(entries, self.cache).campus
        read = unpacked_texts(self.bundle.remembered(student, TEXTS))
        hold = Hold(
            student=student,
            entries=entries,
            own=own,
            wrong=frozenset(one.path for one in errors),
            last=last,
            published=self.bundle.scopes_of(student),
            leaks=last is not None and here.leaks(student, last, read),
        )
        held = rows_while_held(self.common, self.folder, hold, self.in_use.nobody_gains)
        rows = tuple(row for row in held.scopes if self.wanted is None or row[0] in self.wanted)
        before = hold.published
        sites.touch(
            reader
            for reader in {*before, *(row[0] for row in rows)}
            if before.get(reader) != next(((kept, end) for one, kept, end, _ in rows if one == reader), None)
        )
        if self.bundle.remembered(student, WAITING) != held.waiting:
            sites.touch(row[0] for row in rows)
            change.remember(student, WAITING, held.waiting)
        change.set_scopes(student, rows)
        self.faults.of_student(student, {row[1] for row in rows}, (), {})
        for projection in {given for _, given, *_ in rows if is_correction(given)}:
            change.put_pages(student, projection, correction_pages(student, projection, self.common.templates))
        self._keep_facts(change, student, rows)
        # Every build looks at the student again; and one whose folder goes is known to have been here.
        change.remember(student, FILES, b"")
        sites.set_student(student, *account_while_held(self.common, self.folder, hold), new=False)

    def _keep_facts(self, change: Publication, student: str, rows: Iterable[ScopeRow]) -> None:
        kept = {facts_key(projection) for _, projection, *_ in rows}
        for key in self.bundle.remembered_keys(student):
            if key.startswith(facts_key("")) and key not in kept:
                change.remember(student, key, None)

    def _concerned(self, built: StudentBuild) -> set[str]:
        """The readers whose own pages may change: what those say of the student, or how long they may say it, did."""
        student, facts = built.student, dict(built.facts)

        def known(projection: str) -> bytes | None:
            if projection not in facts:
                facts[projection] = self.bundle.remembered(student, facts_key(projection)) or b""
            return facts[projection]

        before = {reader: (known(kept), end) for reader, (kept, end) in self.bundle.scopes_of(student).items()}
        after = {reader: (known(kept), end) for reader, kept, end, _ in built.scopes}
        return {reader for reader in before.keys() | after.keys() if before.get(reader) != after.get(reader)}

    def _forget_gone(self, change: Publication, sites: ReaderSites) -> bool:
        """Students whose folder is no longer there leave without a trace; answers whether there are any."""
        gone = set(self.bundle.remembered_of_all(FILES)) - set(self.scan.students)
        for student in gone:
            sites.touch(self.bundle.readers_of(student))
            sites.set_student(student, None)
            change.forget(student)
        return bool(gone)

    def _digest(self, student: str, sources: Mapping[str, str]) -> bytes:
        """All that a student's pages are made of: the shared campus, their files, and what was committed of them."""
        parts = chain((self.common_digest, self.marks.get(student, "")), *sorted(sources.items()))
        return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest().encode()

    def _common_digest(self) -> str:
        """All that every student's job rests on besides the student's own files, the day included."""
        shared = sorted((record.id, record.digest) for record in self.common.shared.records.values())
        own = sorted(self.wanted) if self.wanted is not None else None
        parts = [code_digest(), self.folder.registry.digest, self.common.templates.digest, shared, own]
        capped = None if self.in_use.capped is None else sorted(self.in_use.capped)
        return digest_of([*parts, self.on.isoformat(), *([capped] if capped != [] else [])])

    def _common_changed(self) -> bool:
        return self.bundle.remembered(WORLD, "digest") != self.common_digest.encode()

    def _not_to_keep(self) -> frozenset[str]:
        """The shared records whose kept version stays: while nobody gains, what counts is what counted before."""
        if self.in_use.nobody_gains:
            return frozenset(self.last.ids)
        return self.in_use.standing_in

    def _prune(self, *, thoroughly: bool) -> None:
        """What the cache holds of files that are no more may be of somebody who is gone: it goes too.

        Files written in the last seconds are not yet trusted by their stamp, so they are kept by reading them.
        """
        lately = [entry for entry in self.scan.entries if entry.path not in self.stamped]
        known = {**self.stamped, **self.cache.recall(lately)}
        if not self.cache.holds_more_than(known.values()):
            return
        fresh = [entry for entry in self.scan.entries if entry.path not in known]
        digests = set(known.values()) | set(self.folder.load(fresh, self.cache).sources.values())
        self.cache.prune(digests, thoroughly=thoroughly)
