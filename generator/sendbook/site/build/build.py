"""The build: from a campus folder to a published bundle, in one transaction.

The steps, in order: read the shared records and check them (`CHECKS`); find those a site can rest on where some have an
error (`records_in_use`); then prepare and publish (`publishing.STEPS`). An error holds back what rests on it and
nothing else: `docs/architecture.md` says how. What has not changed is neither loaded nor rendered nor written again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from sendbook.access.basis import Basis
from sendbook.bundle.store import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder, Loaded, Scan
from sendbook.campus.foundation import PERSON
from sendbook.campus.letters import Letters
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding, Findings, from_problem, has_errors, in_order
from sendbook.checks.finding_cache import FindingCache
from sendbook.checks.for_families import for_families
from sendbook.checks.names import Names
from sendbook.checks.runner import FoundRight, text_findings, where_in
from sendbook.checks.sign_ins import check_one_address_each
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.at_large import sightings_for_all, texts_for_all
from sendbook.checks.waivers import waived_in
from sendbook.checks.whole import checker_of, shared_findings
from sendbook.errors import SpentBundle
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.places import Places
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.campus_history import campus_history
from sendbook.site.build.changed_students import FILES
from sendbook.site.build.collecting import collecting_seldom
from sendbook.site.build.kept import Kept
from sendbook.site.build.kept_basis import kept_basis
from sendbook.site.build.kept_names import kept_names
from sendbook.site.build.last_good import LastShared
from sendbook.site.build.publishing import Published, publish
from sendbook.site.build.records_in_use import RecordsInUse, records_in_use
from sendbook.site.build.remembered import SHARED_CAMPUS
from sendbook.site.build.removals import take_away

Progress = Callable[[int, int], None]
_EVERYTHING = ("the whole site",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """Says what a build did.

    Each error among the ``findings`` holds back what rests on it; ``held`` names what that is, and ``held_in_log`` says
    it without a path that may be somebody's name. ``published`` is False where nothing could be published at all.
    ``log_emptied`` is False if pages that were replaced still stand in the database's log.
    """

    findings: tuple[Finding, ...]
    published: bool
    held: tuple[str, ...] = ()
    held_in_log: tuple[str, ...] = ()
    students: int = 0
    rendered: int = 0
    readers: int = 0
    log_emptied: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether everything was published, as it is in the campus folder."""
        return self.published and not self.held and not has_errors(self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Says how to build.

    ``wanted`` limits the site to some readers, ``workers`` the processes; ``progress`` is told how many students are
    done, and of how many.
    """

    wanted: frozenset[str] | None = None
    workers: int | None = None
    progress: Progress = field(default=lambda _done, _all: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Holds the campus as it was scanned, its shared records, and what was found in them so far."""

    folder: CampusFolder
    scan: Scan
    loaded: Loaded
    on: date
    cache: ParseCache
    finding_cache: FindingCache
    findings: Findings
    kept: Kept

    def names_of(self, shared: Campus) -> Names:
        """Returns everybody's names, as these shared records and all students' own give them."""
        return kept_names(self.kept, self.folder, shared, self.scan, self.cache)

    def basis_of(self, shared: Campus) -> Basis:
        """Returns what access rests on, as these shared records say it."""
        return kept_basis(self.kept, shared, self.on)

    def waived(self, shared: Campus, found: Iterable[Finding]) -> tuple[Finding, ...]:
        """Returns the findings without those that these shared records say are meant to be so."""
        return waived_in(shared, found, self.on)


class Publisher:
    """Publishes the site of a campus again and again, into the bundle of one state folder.

    What it worked out for one publication it keeps for the next, while all that rests on is the same. Each publication
    reads the folder anew, waits for a build in another process, and is what a build that knows nothing would make.
    """

    def __init__(self, folder: CampusFolder, state: Path) -> None:
        self._folder = folder
        self._places = Places(state)
        self._kept = Kept()
        self._cache: ParseCache | None = None
        self._bundle: Bundle | None = None

    def __enter__(self) -> Publisher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes what is held open, and keeps nothing."""
        self._kept.forget()
        for held in (self._cache, self._bundle):
            if held is not None:
                held.close()
        self._cache = self._bundle = None

    def publish(self, on: date, options: Options = Options()) -> BuildResult:
        """Publishes what the folder holds now, as it is on a day."""
        try:
            return self._publish(on, options)
        except BaseException:
            self.close()
            raise

    def _publish(self, on: date, options: Options) -> BuildResult:
        places, kept = self._places, self._kept
        with collecting_seldom(), _one_at_a_time(places):
            cache = self._open_cache()
            # Another build was perhaps waited for, and a schema of the campus's own changed meanwhile.
            self._folder = CampusFolder(self._folder.root, self._folder.registry.renewed())
            checked = read_shared(self._folder, on, cache, kept)
            for check in CHECKS:
                check(checked)
            checked.finding_cache.remember()
            past = campus_history(checked.folder, places.build, checked.findings, on)
            with past as history:
                bundle = self._open_bundle()
                given = BuildInputs(
                    folder=checked.folder,
                    scan=checked.scan,
                    on=on,
                    places=places,
                    cache=cache,
                    finding_cache=checked.finding_cache,
                    bundle=bundle,
                    history=history,
                    kept=kept,
                    wanted=options.wanted,
                    workers=options.workers,
                    progress=options.progress,
                )
                try:
                    return _published(checked, given)
                except SpentBundle:  # something in it was changed by another hand: nothing in it is believed
                    bundle.doubt()
                    return _published(checked, given)

    def _open_cache(self) -> ParseCache:
        """The cache that is open, unless its file is not the one that is there now: then nothing is kept."""
        if self._cache is not None and not self._cache.is_there:
            self.close()
        if self._cache is None:
            self._cache = ParseCache(self._places.cache, self._kept.stamps)
        return self._cache

    def _open_bundle(self) -> Bundle:
        """The bundle that is open, unless its file is another one or was written to past us; all in it is proved."""
        if self._bundle is not None and (self._bundle.was_written_past or not self._bundle.is_there):
            self._bundle.close()
            self._bundle = None
        if self._bundle is None:
            self._bundle = _open(self._places.bundle)
        else:
            self._bundle.empty_log()
        self._bundle.prove()
        return self._bundle


def build(folder: CampusFolder, on: date, state: Path, options: Options = Options()) -> BuildResult:
    """Builds and publishes the site into the bundle of a state folder, once."""
    with Publisher(folder, state) as publisher:
        return publisher.publish(on, options)


def read_shared(folder: CampusFolder, on: date, cache: ParseCache, kept: Kept) -> Checked:
    """Scans the folder and loads the records that belong to no student."""
    scan = kept.scanned(folder)
    entries = scan.unit(SHARED)
    # A file that was saved a moment ago is read again, whatever its stamp says.
    known = len(cache.recall(entries)) == len(entries)
    rests_on = (folder.registry.digest, entries) if known else None
    loaded = kept.value("shared records", rests_on, lambda: folder.load(entries, cache))
    finding_cache = FindingCache(cache, loaded, scan, on, Letters(folder.root).stamp)
    findings = Findings(map(from_problem, scan.problems))
    return Checked(
        folder=folder,
        scan=scan,
        loaded=loaded,
        on=on,
        cache=cache,
        finding_cache=finding_cache,
        findings=findings,
        kept=kept,
    )


def check_shared_records(now: Checked) -> None:
    """Finds what is wrong with the shared records by themselves."""
    nothing: FoundRight = set()
    rests_on = (now.folder.registry.digest, now.on, Letters(now.folder.root).stamp)
    right = now.kept.value("shared records found right", rests_on, lambda: nothing)
    # Brought up to date in place, as `shared_findings` adds to it: it is kept for the next publication.
    right &= {(one.id, one.digest) for one in now.loaded.campus.records.values()}
    found = shared_findings(now.folder, now.loaded, now.scan, now.on, now.cache, now.finding_cache, RULE_BOOK, right)
    now.findings.add(now.waived(now.loaded.campus, found))


def check_what_families_read(now: Checked) -> None:
    """Finds whom the library and the campus's own records name to families; asked of records without an error."""
    if has_errors(now.findings):
        return  # other versions may stand in for those with an error: `_records_in_use` looks through what is read then
    shared = now.loaded.campus
    ages, where = Ages(now.folder.root, now.on), where_in(now.folder)
    found = for_families(
        shared,
        now.names_of(shared),
        now.on,
        now.finding_cache,
        where,
        ages,
        RULE_BOOK,
        now.basis_of,
        partial(now.kept.unsaid_in, "records"),
    )
    now.findings.add(now.waived(shared, found))


def check_addresses(now: Checked) -> None:
    """Finds people who would sign in with one address."""
    now.findings.add(check_one_address_each(now.loaded.campus.of_kind(PERSON), where_in(now.folder)))


#: What is asked of the records that belong to no student, in this order.
CHECKS: tuple[Callable[[Checked], None], ...] = (
    check_shared_records,
    check_what_families_read,
    check_addresses,
)


def _published(checked: Checked, given: BuildInputs) -> BuildResult:
    """Publishes from the shared records that can be used, or takes away what can be where there are none."""
    in_use = _records_in_use(checked, LastShared(given.bundle))
    if not in_use.whole:
        return _nothing(given.bundle, checked.folder.root, checked.findings, checked.on)
    # A copy: should the bundle turn out to be spoilt, all is published once more from what was found before.
    return _result(publish(given, in_use, Findings(checked.findings)), len(checked.scan.students))


def forget_what_was_built(bundle: Bundle) -> None:
    """Has the next build do every student again: what a withdrawal took out is in nobody's files."""
    with bundle.publish() as change:
        for student in bundle.remembered_of_all(FILES):
            change.remember(student, FILES, b"")
        change.remember(SHARED_CAMPUS, "digest", None)


def _records_in_use(checked: Checked, last: LastShared) -> RecordsInUse:
    def check(shared: Campus, left_out: frozenset[str]) -> Iterable[Finding]:
        yield from checker_of(checked.folder, shared, checked.scan, checked.on, RULE_BOOK, left_out).of_shared()
        everybody, basis = checked.names_of(shared).everybody, Basis.of(shared)
        seen = sightings_for_all(
            texts_for_all(shared, basis, RULE_BOOK.published), shared, checked.on, basis, everybody
        )
        texts = text_findings(seen, where_in(checked.folder), ages=Ages(checked.folder.root, checked.on))
        found = checked.waived(shared, texts)
        checked.findings.add(found)
        yield from found

    return records_in_use(checked.folder.root, checked.scan, checked.loaded, checked.findings, last, check)


def _nothing(bundle: Bundle, root: Path, findings: Iterable[Finding], on: date) -> BuildResult:
    """Nothing can be published, but what can be read of removals bites all the same."""
    take_away(bundle, root, on)
    told = in_order(findings)
    return BuildResult(findings=told, published=False, held=_EVERYTHING, held_in_log=_EVERYTHING)


def _result(made: Published, students: int) -> BuildResult:
    return BuildResult(
        findings=in_order(made.findings),
        published=True,
        held=tuple(dict.fromkeys(one.name for one in made.held)),
        held_in_log=tuple(dict.fromkeys(one.name_in_log for one in made.held)),
        students=students,
        rendered=made.rendered,
        readers=made.readers,
        log_emptied=made.log_emptied,
    )


@contextmanager
def _one_at_a_time(places: Places) -> Iterator[None]:
    """Waits for another build of this campus: what it read before a change must not be published after the change."""
    places.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    places.build.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(places.lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open(path: Path) -> Bundle:
    """The bundle; one that can't be gone on with holds nothing that can't be made again, and is made again.

    Of one that is not as the last build left it nothing is believed: all of it is made anew, in the one publication.
    """
    try:
        bundle = Bundle.open_or_create(path)
    except SpentBundle:
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        return Bundle.create(path)
    return bundle
