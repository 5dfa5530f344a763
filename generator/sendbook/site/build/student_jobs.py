"""Does the job of one student: load, check, make pages, and check what they say of earlier versions.

`workers` spreads the jobs of many students over processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sendbook.access.remembered import no_wider
from sendbook.access.sight import Standing
from sendbook.access.views import Cap
from sendbook.bundle import Compressor, Content, Prepared, prepare
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, FileStamp, Loaded
from sendbook.campus.letters import Letters
from sendbook.campus.links import Links
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, from_problem, has_errors, is_leak
from sendbook.checks.finding_cache import CachedShapes
from sendbook.checks.names import Names
from sendbook.checks.runner import Checker, reads_well, where_in
from sendbook.checks.spots import Where
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.sightings import text_digest
from sendbook.checks.waivers import RECORD_ID as WAIVERS
from sendbook.checks.waivers import WAIVED_ERRORS, waived
from sendbook.history.versions import History
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build.asked_before import unpacked_asked
from sendbook.site.build.kept_pasts import KeptPasts
from sendbook.site.build.last_good import LastGood, unpack
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import StudentBuild, build_student
from sendbook.site.build.student_words import all_mentioned, called_in, packed_letters, packed_words


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentJob:
    """Names one student to be done: their files, and the projections that are in the bundle already.

    ``read`` are the texts, by digest, that the family and the student have read in it. ``before`` is what the last
    good pages were made of, where readers are held to what they had, ``asked`` what the pages that are there ask.
    """

    student: str
    entries: tuple[FileStamp, ...]
    there: frozenset[str] = frozenset()
    read: frozenset[str] = field(default=frozenset(), repr=False)
    before: bytes = field(default=b"", repr=False)
    asked: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Holds one student built, with the digest of each of their files by path.

    ``pages`` are the build's, made ready for the bundle here, where the work is spread over processes.
    """

    built: StudentBuild
    pages: Mapping[str, Mapping[str, Prepared]] = field(repr=False)
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobUnderWay:
    """Holds what is known of one student between two steps of their job.

    ``waivable`` are the texts, by digest, in which there would be an error without a waiver.
    """

    job: StudentJob
    loaded: Loaded = field(repr=False)
    shapes: CachedShapes = field(repr=False)
    checker: Checker = field(repr=False)
    built: StudentBuild
    findings: tuple[Finding, ...] = ()
    waivable: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def own(self) -> Campus:
        """Returns the student's own records, as far as they can be read."""
        return self.loaded.campus


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerInputs:
    """Holds what a worker needs to make the shared campus for itself.

    ``history`` is the folder of the index of versions, if any, and ``headers`` are the files that say what students
    are called.
    """

    root: Path
    schema_folders: tuple[Path, ...]
    shared: tuple[FileStamp, ...]
    students: frozenset[str]
    cache: Path
    on: date
    wanted: frozenset[str] | None = None
    history: Path | None = None
    headers: tuple[FileStamp, ...] = field(default=(), repr=False)
    in_use: RecordsInUse | None = None

    @property
    def left_out(self) -> frozenset[str]:
        """Returns the paths of the shared records that are out of use."""
        return self.in_use.left_out if self.in_use is not None else frozenset()


class StudentJobs:
    """Does student jobs in this process.

    ``history`` is the campus's past, where there is one to tell of, ``names`` what everybody is called, where it is
    known already. ``pasts`` keep what students' pasts come to, for the next publication of this process; ``links`` are
    those among the shared records, where they are kept.
    """

    def __init__(
        self,
        inputs: WorkerInputs,
        folder: CampusFolder,
        common: SharedCampus,
        cache: ParseCache,
        history: History | None,
        names: Names | None = None,
        pasts: KeptPasts | None = None,
        links: Links | None = None,
    ) -> None:
        self.history = history
        self.pasts = pasts
        self.folder = folder
        self.common = common
        self.cache = cache
        self.wanted = inputs.wanted
        self.in_use = inputs.in_use
        self.links = links or Links.of(common.shared, students=inputs.students, unread=inputs.left_out)
        self.compressor = Compressor()
        self.letters = Letters(folder.root)
        self.ages = Ages(folder.root, common.on)
        self.ages_as_published = Ages(folder.root, common.on, as_published=True)
        self.names = names or Names(folder=folder, shared=common.shared, entries=inputs.headers, cache=cache)

    @classmethod
    def alone(cls, inputs: WorkerInputs) -> StudentJobs:
        """Makes everything from the inputs, in a worker process."""
        folder = CampusFolder(inputs.root, SchemaRegistry.load(*inputs.schema_folders))
        cache = ParseCache(inputs.cache)
        loaded = folder.load(inputs.shared, cache).campus
        shared = inputs.in_use.campus(folder.registry) if inputs.in_use is not None else loaded
        past = inputs.history
        history = History.open(folder.root, folder.registry, past, inputs.on) if past else None
        return cls(inputs, folder, SharedCampus(shared, inputs.on, inputs.root), cache, history)

    def do(self, job: StudentJob) -> Done:
        """Loads, checks, projects and renders one student, step by step."""
        done = self.begun(job)
        for step in STEPS:
            done = step(self, done)
        return Done(
            built=replace(done.built, findings=done.findings, pages={}),
            pages=self._prepared(done.built.pages),
            sources=done.loaded.sources,
        )

    def begun(self, job: StudentJob) -> JobUnderWay:
        """Loads the student's files, with a checker that knows which records were found in good shape before."""
        loaded = self.folder.load(job.entries, self.cache)
        shapes = CachedShapes(self.cache, loaded)
        checker = replace(
            self._checker(where_in(self.folder)),
            known_good=shapes.is_good,
            remember_good=shapes.add,
            letters=self.letters,
            ages=self.ages,
        )
        return JobUnderWay(
            job=job, loaded=loaded, shapes=shapes, checker=checker, built=StudentBuild(student=job.student)
        )

    def check_records(self, done: JobUnderWay) -> JobUnderWay:
        """Finds what is wrong with the records, and with what families and the student read in them."""
        own, student, checker = done.own, done.job.student, done.checker
        findings = list(checker.named(map(from_problem, done.loaded.problems), own, student))
        unread = _unread(done.loaded)
        findings += checker.of_student(own, student, unread=unread)
        # Who reads which text can't be said of records that can't be read, or have an error in their form.
        if reads_well(findings):
            findings += checker.named(checker.of_others(own, student, done.job.read), own, student)
        done.shapes.remember()
        return replace(done, findings=tuple(findings))

    def leave_out_what_is_waived(self, done: JobUnderWay) -> JobUnderWay:
        """Leaves out findings that are meant to be so, and notes the texts that are only published on a waiver."""
        # A text published on a waiver is none in which nobody was seen: without the waiver it is an error again.
        waivable = frozenset(finding.text for finding in done.findings if finding.code in WAIVED_ERRORS)
        return replace(done, findings=self._waived(done.findings, done.own), waivable=waivable)

    def make_pages(self, done: JobUnderWay) -> JobUnderWay:
        """Projects and renders the records; an error in them holds all of the student's pages back."""
        if has_errors(done.findings):
            return done
        built = build_student(
            self.common,
            done.own,
            done.job.student,
            there=done.job.there,
            asked=unpacked_asked(done.job.asked),
            wanted=self._is_wanted,
            history=self.history,
            pasts=self.pasts,
            cap=self._cap(done.job),
        )
        return replace(done, built=built)

    def check_what_changed(self, done: JobUnderWay) -> JobUnderWay:
        """Checks the sentences about earlier versions, known once pages are made; an error drops the pages."""
        of_past = done.checker.of_past(done.own, done.job.student, done.built.past, done.job.read)
        findings = (*done.findings, *of_past)
        built = StudentBuild(student=done.job.student) if has_errors(findings) else done.built
        return replace(done, findings=findings, built=built)

    def note_words(self, done: JobUnderWay) -> JobUnderWay:
        """Notes what the student's texts say, and the digest of their own record, for when somebody is newly known."""
        if has_errors(done.findings):
            return done
        own, student = done.own, done.job.student
        texts, told = done.checker.student_texts(own, student), [one.text for one in done.built.past]
        noted = replace(
            done.built,
            words=packed_words(all_mentioned(texts, told)),
            letters=packed_letters(texts, told),
            called=called_in(own, student),
        )
        return replace(done, built=noted)

    def forget_texts_on_a_waiver(self, done: JobUnderWay) -> JobUnderWay:
        """Leaves texts that are published on a waiver out of those in which the next build need not look again."""
        texts = frozenset(text for text in done.built.texts if text_digest(text) not in done.waivable)
        return replace(done, built=replace(done.built, texts=texts))

    def _waived(self, findings: Iterable[Finding], own: Campus) -> tuple[Finding, ...]:
        shared = self.common.shared
        return waived(
            findings,
            shared.get(WAIVERS),
            self.common.on,
            record_of=lambda record: own.get(record) or shared.get(record),
            kinds=shared.registry.kinds,
        )

    def _prepared(self, pages: Mapping[str, Mapping[str, Content]]) -> dict[str, dict[str, Prepared]]:
        """Pages ready to be kept; what several projections show alike is compressed, and sent from here, once."""
        made: dict[Content, Prepared] = {}

        def ready(fragment: Content) -> Prepared:
            found = made.get(fragment)
            if found is None:
                found = made[fragment] = prepare(fragment, self.compressor)
            return found

        return {name: {path: ready(fragment) for path, fragment in below.items()} for name, below in pages.items()}

    def leaks(self, student: str, last: LastGood, read: frozenset[str], errors: Iterable[Finding]) -> bool:
        """Whether the last good pages of a student tell somebody, by today's rules, what is not for them: in a text, or
        in a sentence about an earlier version.

        Records that don't fit the schemas and the other records of today can't be looked through, and count as such.
        Which of these texts are older than a name git says, as it does of the texts of today: a page must not show what
        one of today's ``errors`` says nobody may read. Only where git can't say, the bundle does.
        """
        if any(is_leak(one) and one.text in read for one in errors):
            return True
        own = Campus(last.records, self.folder.registry)
        checker = replace(self._checker(lambda _record: {}), ages=self.ages_as_published)
        found = checker.of_student(own, student)
        if not reads_well(found):
            return True
        found = (*self._waived([*found, *checker.of_others(own, student, read)], own),)
        return any(map(is_leak, (*found, *checker.of_past(own, student, last.told, read))))

    def _checker(self, where: Where) -> Checker:
        common = self.common
        return Checker(
            shared=common.shared,
            links=self.links,
            where=where,
            on=common.on,
            rules=RULE_BOOK,
            terms=common.terms,
            basis=common.basis,
            everybody=self.names.everybody,
            header_of=self.names.header_of,
        )

    def _cap(self, job: StudentJob) -> Cap | None:
        """Holds readers to what they had while what decides their access can't be read; None where all of it can."""
        in_use = self.in_use
        if in_use is None or in_use.capped == frozenset():
            return None
        before = unpack(job.before).readers if job.before else {}

        def cap(reader: str, stands: Standing) -> Standing | None:
            if in_use.capped is not None and reader not in in_use.capped:
                return stands
            return no_wider(stands, before[reader][0]) if reader in before else None

        return cap

    def _is_wanted(self, reader: str) -> bool:
        return self.wanted is None or reader in self.wanted


def _unread(loaded: Loaded) -> frozenset[str]:
    """The paths of files that hold no record that could be read."""
    read = {record.path for record in loaded.campus.records.values()}
    return frozenset(problem.path for problem in loaded.problems) - read


#: A student's job, in this order. Each step is handed what the one before it left.
STEPS: tuple[Callable[[StudentJobs, JobUnderWay], JobUnderWay], ...] = (
    StudentJobs.check_records,
    StudentJobs.leave_out_what_is_waived,
    StudentJobs.make_pages,
    StudentJobs.check_what_changed,
    StudentJobs.note_words,
    StudentJobs.forget_texts_on_a_waiver,
)
