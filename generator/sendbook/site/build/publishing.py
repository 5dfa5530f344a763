"""One publication: pages and scopes of the students concerned, readers' own pages and the handbook, in one go.

An error never stops it. A student with one is held (`held`), a page of the handbook with one has something else
standing in for it (`sound_handbook`), and everything else comes out. `prepared` finds all that can be found before
anything is written; `STEPS` are what is written, in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sendbook.bundle.publication import Publication
from sendbook.campus.links import Links
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding, Findings, Severity, from_problem, has_errors
from sendbook.pages.template_faults import Fault
from sendbook.site.build.build_handbook import BuiltHandbook, built_handbook
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.changed_students import PageBasis, changed_students, page_basis
from sendbook.site.build.faults_kept import FaultsKept
from sendbook.site.build.held_list import HeldThing, errors_by_student
from sendbook.site.build.last_good import LastShared
from sendbook.site.build.newly_known import remember_contacts
from sendbook.site.build.put_for_readers import ReaderPages
from sendbook.site.build.put_students import StudentPages
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.remembered import SHARED_CAMPUS, drop_former_names
from sendbook.site.build.same_addresses import clashes
from sendbook.site.build.student_jobs import StudentJob, StudentJobs, WorkerInputs
from sendbook.site.build.workers import do_all
from sendbook.site.readers.reader_site import ReaderSites
from sendbook.site.readers.telling_held import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Says what came out, and the names of what was held back."""

    findings: tuple[Finding, ...]
    held: tuple[HeldThing, ...]
    rendered: int
    readers: int
    log_emptied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Holds all that is known before anything is written.

    ``jobs`` are the students to be done, ``known_errors`` the errors by student that no job of theirs can find.
    """

    given: BuildInputs
    findings: Findings
    book: BuiltHandbook
    basis: PageBasis
    jobs: Sequence[StudentJob]
    known_errors: Sequence[Mapping[str, list[Finding]]]
    worker_inputs: WorkerInputs
    here: StudentJobs
    last: LastShared

    @property
    def in_use(self) -> RecordsInUse:
        """Returns the shared records to build from, with the accessibility plan as it comes out."""
        return self.book.in_use

    @property
    def common_changed(self) -> bool:
        """Whether what all pages rest on is not what it was in the last build."""
        return self.given.bundle.remembered(SHARED_CAMPUS, "digest") != self.basis.common.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """Holds a publication between two of its steps.

    ``rendered`` counts the pages that are new, ``readers`` those who have own pages; ``held`` are the errors of each
    student who is held back, ``gone`` says that a student has left the folder. ``failing`` are the campus's own
    templates that fail, ``things`` all that is held back.
    """

    prepared: Prepared
    change: Publication
    students: StudentPages
    for_readers: ReaderPages
    book: BuiltHandbook
    rendered: int = 0
    held: Mapping[str, list[Finding]] = field(default_factory=dict)
    gone: bool = False
    readers: int = 0
    failing: Sequence[tuple[str, Fault]] = ()
    things: tuple[HeldThing, ...] = ()


Step = Callable[[UnderWay], UnderWay]


def publish(given: BuildInputs, in_use: RecordsInUse, findings: Findings) -> Published:
    """Publishes the site; what is found on the way is added to the findings."""
    ready = prepared(given, in_use, findings)
    with given.bundle.publish() as change:
        now = begun(ready, change)
        for step in STEPS:
            now = step(now)
    prune_cache(given, ready.basis, thoroughly=now.gone)
    findings.add(from_problem(fault.problem()) for _, fault in now.failing)
    return Published(
        findings=tuple(findings),
        held=now.things,
        rendered=now.rendered,
        readers=now.readers,
        log_emptied=change.log_emptied,
    )


def prepared(given: BuildInputs, in_use: RecordsInUse, findings: Findings) -> Prepared:
    """Makes the handbook, and finds out which students are to be done."""
    # The handbook is first: an error in the accessibility plan changes the shared records that all else rests on.
    book = built_handbook(given, in_use)
    findings.add(book.findings)
    basis = page_basis(given, book.in_use, book.common)
    out_of_place = errors_by_student(findings)
    jobs = changed_students(given, book.in_use, book.common, basis, out_of_place)
    # What was found in their files before may quote what is in them no more.
    given.cache.forget_found(job.student for job in jobs)
    # Two students' own jobs can't know that both would sign in with one address.
    clashing, said = clashes(given.folder, given.scan, book.common.shared, given.bundle, given.cache, jobs)
    findings.add(said)
    given.kept.pasts.keep_only(book.common.basis, frozenset(given.scan.students))
    worker_inputs = given.for_workers(book.in_use)
    return Prepared(
        given=given,
        findings=findings,
        book=book,
        basis=basis,
        jobs=jobs,
        known_errors=(clashing, out_of_place),
        worker_inputs=worker_inputs,
        here=StudentJobs(
            worker_inputs,
            given.folder,
            book.common,
            given.cache,
            given.history,
            given.names(book.common.shared),
            given.kept.pasts,
            _links_kept(given, book.common.shared, worker_inputs),
        ),
        last=LastShared(given.bundle),
    )


def _links_kept(given: BuildInputs, shared: Campus, inputs: WorkerInputs) -> Links:
    """Returns the links among the shared records; what was looked up in them stays while these are the same."""

    def made() -> Links:
        return Links.of(shared, students=inputs.students, unread=inputs.left_out)

    rests_on = (shared, shared.registry.digest, inputs.students, inputs.left_out)
    return given.kept.value("links", rests_on, made)


def begun(ready: Prepared, change: Publication) -> UnderWay:
    """Opens what the steps write with, on a bundle that holds nothing any more if nothing in it is believed."""
    given, common = ready.given, ready.book.common
    if given.bundle.doubted:
        change.start_afresh()
        given.bundle.doubted = False
    said_now = given.kept.value("how own pages say people are reached", ready.basis.reached, set[bytes])
    sites = ReaderSites(common, given.bundle, change, given.wanted, ready.basis, said_now)
    return UnderWay(
        prepared=ready,
        change=change,
        book=ready.book,
        students=StudentPages(
            given=given,
            in_use=ready.in_use,
            common=common,
            basis=ready.basis,
            here=ready.here,
            change=change,
            sites=sites,
            faults=FaultsKept(given.bundle, change),
        ),
        for_readers=ReaderPages(
            given=given,
            in_use=ready.in_use,
            common=common,
            strangers=ready.book.strangers,
            findings=ready.findings,
            change=change,
            sites=sites,
            telling=Telling(
                root=given.folder.root,
                common=common,
                in_use=ready.in_use,
                bundle=given.bundle,
                change=change,
                findings=ready.findings,
            ),
        ),
    )


def put_or_hold_students(now: UnderWay) -> UnderWay:
    """Puts each student whose job found no error, and holds the others back."""
    ready, rendered, held = now.prepared, 0, dict[str, list[Finding]]()
    given = ready.given
    jobs = do_all(ready.jobs, ready.here, ready.worker_inputs, given.workers)
    for number, done in enumerate(jobs, 1):
        student = done.built.student
        ready.findings.add(done.built.findings)
        given.progress(number, len(ready.jobs))
        wrong = [*done.built.findings, *(one for known in ready.known_errors for one in known.get(student, ()))]
        if has_errors(wrong):
            held[student] = [one for one in wrong if one.severity is Severity.ERROR]
            now.students.hold(student, held[student])
        else:
            rendered += now.students.put(done)
    return replace(now, rendered=rendered, held=held)


def forget_students_who_are_gone(now: UnderWay) -> UnderWay:
    """Takes out all of students whose folder is no longer there."""
    return replace(now, gone=now.students.forget_gone())


def put_handbook_and_own_pages(now: UnderWay) -> UnderWay:
    """Puts what readers' own pages say of all students put or held before, and the handbook."""
    book, readers = now.for_readers.put(now.book, now.held, everyone=now.prepared.common_changed)
    return replace(now, book=book, readers=readers)


def leave_no_trace_of_what_was_withdrawn(now: UnderWay) -> UnderWay:
    """Has the bundle rewritten if something was withdrawn: past versions must not be left in its bytes either."""
    ready = now.prepared
    record = ready.book.common.shared.get("withdrawn")
    digest = record.digest.encode() if record else b""
    if (ready.given.bundle.remembered(SHARED_CAMPUS, "withdrawn") or b"") != digest:
        now.change.leave_no_trace()
        now.change.remember(SHARED_CAMPUS, "withdrawn", digest)
    return now


def remember_shared_records(now: UnderWay) -> UnderWay:
    """Has the bundle remember the shared records, to stand in on the day one of them has an error."""
    ready = now.prepared
    # While nobody gains anything, what counts is what counted before: the versions that are there stay.
    stay = frozenset(ready.last.ids) if ready.in_use.nobody_gains else ready.in_use.standing_in
    campus = ready.in_use.campus(ready.given.folder.registry)
    ready.last.remember(now.change, campus, stay, ready.given.on.isoformat())
    drop_former_names(ready.given.bundle, now.change)
    remember_contacts(now.change, ready.basis.reached)
    now.change.remember(SHARED_CAMPUS, "digest", ready.basis.common.encode())
    return now


def list_what_is_held(now: UnderWay) -> UnderWay:
    """Lists templates that fail and all that is held back, for the person who builds."""
    telling = now.for_readers.telling
    return replace(now, failing=telling.failing(), things=telling.things(now.held, now.book.held))


#: What is written in the one transaction, in this order. Each step is handed what the one before it left.
STEPS: tuple[Step, ...] = (
    put_or_hold_students,
    forget_students_who_are_gone,
    put_handbook_and_own_pages,
    leave_no_trace_of_what_was_withdrawn,
    remember_shared_records,
    list_what_is_held,
)


def prune_cache(given: BuildInputs, basis: PageBasis, *, thoroughly: bool) -> None:
    """Drops what the cache holds of files that are no more: it may be of somebody who is gone.

    Files written in the last seconds are not yet trusted by their stamp, so they are kept by reading them.
    """
    cache = given.cache
    lately = [entry for entry in given.scan.entries if entry.path not in basis.stamped]
    known = {**basis.stamped, **cache.recall(lately)}
    if not cache.holds_more_than(known.values()):
        return
    fresh = [entry for entry in given.scan.entries if entry.path not in known]
    digests = set(known.values()) | set(given.folder.load(fresh, cache).sources.values())
    cache.prune(digests, thoroughly=thoroughly)
