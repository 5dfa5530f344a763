"""Does the jobs of many students: here while there are few, in worker processes where it pays.

Workers are started by a fork server, never by forking this process, which may hold threads. Each makes the common once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

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
from sendbook.site.build.collecting import collect_seldom
from sendbook.site.build.last_good import LastGood, unpack
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import StudentBuild, build_student

if TYPE_CHECKING:
    from concurrent.futures import Executor

#: Below this many students a pool costs more than it brings.
FEW = 150
_BATCH = 8
_AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentJob:
    """One student to be done: their files, the projections that are in the bundle already, and the texts (by digest)
    that the family and the student have read in it.

    ``before`` is what the last good pages were made of, where readers are held to what they had.
    """

    student: str
    entries: tuple[FileStamp, ...]
    there: frozenset[str] = frozenset()
    read: frozenset[str] = field(default=frozenset(), repr=False)
    before: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One student built, with the digest of each of their files by path.

    ``pages`` are the build's, made ready for the bundle here, where the work is spread over processes.
    """

    built: StudentBuild
    pages: Mapping[str, Mapping[str, Prepared]] = field(repr=False)
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a worker needs to make the shared campus for itself; ``history`` is the folder of the index of versions, if
    any, and ``headers`` are the files that say what students are called.
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


class StudentJobs:
    """Does student jobs in this process. ``history`` is the campus's past, where there is one to tell of."""

    def __init__(
        self, setting: Setting, folder: CampusFolder, common: SharedCampus, cache: ParseCache, history: History | None
    ) -> None:
        self.history = history
        self.folder = folder
        self.common = common
        self.cache = cache
        self.wanted = setting.wanted
        self.in_use = setting.in_use
        unread = setting.in_use.left_out if setting.in_use is not None else frozenset[str]()
        self.links = Links.of(common.shared, students=setting.students, unread=unread)
        self.compressor = Compressor()
        self.letters = Letters(folder.root)
        self.ages = Ages(folder.root, common.on)
        self.names = Names(folder=folder, shared=common.shared, entries=setting.headers, cache=cache)

    @classmethod
    def alone(cls, setting: Setting) -> StudentJobs:
        """In a worker: everything is made from the setting."""
        folder = CampusFolder(setting.root, SchemaRegistry.load(*setting.schema_folders))
        cache = ParseCache(setting.cache)
        loaded = folder.load(setting.shared, cache).campus
        shared = setting.in_use.campus(folder.registry) if setting.in_use is not None else loaded
        past = setting.history
        history = History.open(folder.root, folder.registry, past, setting.on) if past else None
        return cls(setting, folder, SharedCampus(shared, setting.on, setting.root), cache, history)

    def do(self, job: StudentJob) -> Done:
        """Loads, checks, projects and renders one student."""
        loaded = self.folder.load(job.entries, self.cache)
        own = loaded.campus
        shapes = CachedShapes(self.cache, loaded)
        checker = self._checker(where_in(self.folder))
        checker = replace(checker, known_good=shapes.is_good, remember_good=shapes.add, letters=self.letters)
        checker = replace(checker, ages=self.ages)
        findings = list(checker.named(map(from_problem, loaded.problems), own, job.student))
        unread = _unread(loaded)
        findings += checker.of_student(own, job.student, unread=unread)
        if not unread and reads_well(findings):
            findings += checker.named(checker.of_others(own, job.student, job.read), own, job.student)
        shapes.remember()
        # A text published on a waiver is none in which nobody was seen: without the waiver it is an error again.
        waivable = {finding.text for finding in findings if finding.code in WAIVED_ERRORS}
        findings = list(self._waived(findings, own))
        built = StudentBuild(student=job.student)
        if not has_errors(findings):
            built = build_student(
                self.common,
                own,
                job.student,
                there=job.there,
                wanted=self._is_wanted,
                history=self.history,
                cap=self._cap(job),
            )
            findings += checker.of_past(own, job.student, built.past, job.read)
            if has_errors(findings):
                built = StudentBuild(student=job.student)
            built = replace(built, texts=frozenset(text for text in built.texts if text_digest(text) not in waivable))
        return Done(
            built=replace(built, findings=tuple(findings), pages={}),
            pages=self._prepared(built.pages),
            sources=loaded.sources,
        )

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

    def leaks(self, student: str, last: LastGood, read: frozenset[str]) -> bool:
        """Whether the last good pages of a student tell somebody, by today's rules, what is not for them: in a text, or
        in a sentence about an earlier version.

        Records that don't fit the schemas and the other records of today can't be looked through, and count as such.
        Which of these texts are older than a name the bundle says, not git: it has published them here.
        """
        own = Campus(last.records, self.folder.registry)
        checker = self._checker(lambda _record: {})
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


def do_all(
    jobs: Sequence[StudentJob], here: StudentJobs, setting: Setting, workers: int | None = None
) -> Iterator[Done]:
    """Does all jobs, in their order; spread over processes where there are many."""
    workers = workers if workers is not None else (os.cpu_count() or 1)
    if len(jobs) < FEW or workers < 2:
        yield from map(here.do, jobs)
        return
    # Most builds have a job or two, and get by without.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _out_of_reach_of_the_keyboard()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), initializer=_begin, initargs=(setting,))
    with pool:
        try:
            yield from _spread(pool, jobs)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # who stops us by hand doesn't wait for what is queued
            raise


def _out_of_reach_of_the_keyboard() -> None:
    """Starts the process that worker processes come from so that Ctrl-C reaches this process alone.

    A terminal sends it to all of them, and each worker would say where it was. What is blocked while it starts stays
    blocked in it; the tracker, which would lift that, is started before.
    """
    import signal
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _spread(pool: Executor, jobs: Sequence[StudentJob]) -> Iterator[Done]:
    """Keeps only a few batches under way, so that rendered pages don't pile up while the bundle is being written."""
    waiting = iter([jobs[start : start + _BATCH] for start in range(0, len(jobs), _BATCH)])
    under_way = deque(pool.submit(_do_batch, batch) for batch in islice(waiting, _AHEAD))
    while under_way:
        done = under_way.popleft().result()
        for batch in islice(waiting, 1):
            under_way.append(pool.submit(_do_batch, batch))
        yield from done


_worker: list[StudentJobs] = []


def _begin(setting: Setting) -> None:
    collect_seldom()
    _worker[:] = [StudentJobs.alone(setting)]


def _do_batch(jobs: Iterable[StudentJob]) -> list[Done]:
    do: Callable[[StudentJob], Done] = _worker[0].do
    return [do(job) for job in jobs]
