"""Puts one student's pages into a publication, or holds them back, or takes out a student who is gone.

Whichever it is, the readers whose own pages may say something else of the student now are touched.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sendbook.bundle.publication import Publication, ScopeRow
from sendbook.checks.finding import Finding
from sendbook.site.build.asked_before import ASKED
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.changed_students import FILES, REACHES, RELATED, PageBasis
from sendbook.site.build.correction import correction_pages, is_correction
from sendbook.site.build.faults_kept import FaultsKept
from sendbook.site.build.held import Hold, account_while_held, rows_while_held
from sendbook.site.build.last_good import LAST_GOOD, last_good_of
from sendbook.site.build.read_texts import TEXTS, packed_texts, unpacked_texts
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.remembered import facts_key
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import StudentBuild
from sendbook.site.build.student_jobs import Done, StudentJobs
from sendbook.site.build.student_words import CALLED, LETTERS, WORDS
from sendbook.site.readers.reader_site import ReaderSites
from sendbook.site.readers.waiting import WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentPages:
    """Writes students' pages, scopes and accounts; ``here`` is asked whether last good pages tell too much today."""

    given: BuildInputs
    in_use: RecordsInUse
    common: SharedCampus
    basis: PageBasis
    here: StudentJobs
    change: Publication
    sites: ReaderSites
    faults: FaultsKept

    def put(self, done: Done) -> int:
        """Puts a student without an error, and returns how many pages are new."""
        built, student = done.built, done.built.student
        bundle, change = self.given.bundle, self.change
        digest = self.basis.of(student, done.sources, built.reaches, built.related)
        if bundle.remembered(student, FILES) == digest and self.given.wanted is None:
            return 0  # rewritten, or checked out again, and the same as before
        # Before the scopes are set: it compares what readers were given with what they are given now.
        self.sites.touch(self._concerned(built))
        change.set_scopes(student, built.scopes)
        for projection, pages in done.pages.items():
            change.put_pages(student, projection, pages)
        self._drop_other_facts(student, built.scopes)
        for projection, facts in built.facts.items():
            change.remember(student, facts_key(projection), facts)
        change.remember(student, ASKED, built.asked)
        change.remember(student, REACHES, " ".join(sorted(built.reaches)).encode())
        change.remember(student, RELATED, json.dumps(sorted(built.related)).encode())
        change.remember(student, WORDS, built.words)
        change.remember(student, LETTERS, built.letters)
        change.remember(student, CALLED, built.called)
        change.remember(student, FILES, digest)
        self.faults.of_student(student, {row[1] for row in built.scopes}, done.pages, built.faults)
        change.remember(student, WAITING, None)
        if self.given.wanted is None:
            change.remember(student, TEXTS, packed_texts(built.texts))
        if self.in_use.capped is not None:  # who is held to what they had goes on being held to just that
            change.remember(student, LAST_GOOD, built.last_good)
        new = not self.in_use.nobody_gains
        self.sites.set_student(student, built.signs_in_as, built.address, built.account_until, new=new)
        return sum(map(len, done.pages.values()))

    def hold(self, student: str, errors: Collection[Finding]) -> None:
        """Holds a student with an error: who may see them is worked out anew, and nothing is rendered."""
        hold = self._to_hold(student, errors)
        held = rows_while_held(self.common, self.given.folder, hold, self.in_use.nobody_gains)
        wanted = self.given.wanted
        rows = tuple(row for row in held.scopes if wanted is None or row[0] in wanted)
        before = hold.published
        self.sites.touch(
            reader
            for reader in {*before, *(row[0] for row in rows)}
            if before.get(reader) != next(((kept, end) for one, kept, end, _ in rows if one == reader), None)
        )
        if self.given.bundle.remembered(student, WAITING) != held.waiting:
            self.sites.touch(row[0] for row in rows)
            self.change.remember(student, WAITING, held.waiting)
        self.change.set_scopes(student, rows)
        self.faults.of_student(student, {row[1] for row in rows}, (), {})
        for projection in {given for _, given, *_ in rows if is_correction(given)}:
            self.change.put_pages(student, projection, correction_pages(student, projection, self.common.templates))
        self._drop_other_facts(student, rows)
        # Every build looks at the student again; and one whose folder goes is known to have been here.
        self.change.remember(student, FILES, b"")
        self.sites.set_student(student, *account_while_held(self.common, self.given.folder, hold), new=False)

    def forget_gone(self) -> bool:
        """Forgets students whose folder is no longer there, without a trace; returns whether there are any."""
        gone = set(self.given.bundle.remembered_of_all(FILES)) - set(self.given.scan.students)
        for student in gone:
            self.sites.touch(self.given.bundle.readers_of(student))
            self.sites.set_student(student, None)
            self.change.forget(student)
        return bool(gone)

    def _to_hold(self, student: str, errors: Collection[Finding]) -> Hold:
        bundle, entries = self.given.bundle, self.given.scan.unit(student)
        last = last_good_of(bundle, student)
        read = unpacked_texts(bundle.remembered(student, TEXTS))
        return Hold(
            student=student,
            entries=entries,
            own=self.given.folder.load(entries, self.given.cache).campus,
            wrong=frozenset(one.path for one in errors),
            last=last,
            published=bundle.scopes_of(student),
            leaks=last is not None and self.here.leaks(student, last, read, errors),
        )

    def _drop_other_facts(self, student: str, rows: Iterable[ScopeRow]) -> None:
        """Has the bundle forget the facts of projections that nobody is given any more."""
        kept = {facts_key(projection) for _, projection, *_ in rows}
        for key in self.given.bundle.remembered_keys(student):
            if key.startswith(facts_key("")) and key not in kept:
                self.change.remember(student, key, None)

    def _concerned(self, built: StudentBuild) -> set[str]:
        """The readers whose own pages may change: what those say of the student, or how long they may say it, did."""
        bundle, student, facts = self.given.bundle, built.student, dict(built.facts)

        def known(projection: str) -> bytes | None:
            if projection not in facts:
                facts[projection] = bundle.remembered(student, facts_key(projection)) or b""
            return facts[projection]

        before = {reader: (known(kept), end) for reader, (kept, end) in bundle.scopes_of(student).items()}
        after = {reader: (known(kept), end) for reader, kept, end, _ in built.scopes}
        return {reader for reader in before.keys() | after.keys() if before.get(reader) != after.get(reader)}
