"""The build: from a campus folder to a published bundle, in one transaction or not at all.

The steps, in order: read and check the shared records; find the students whose files, or whose world, changed; take
their turns; if nothing is wrong, publish their pages and scopes, the pages of the readers concerned, and the handbook.
What has not changed is neither loaded nor rendered nor written again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from sendbook.bundle.change import Change
from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.code import code_digest
from sendbook.campus.folder import SHARED, CampusFolder, Scan
from sendbook.campus.letters import Letters
from sendbook.campus.records import Campus
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, from_problem, has_errors, in_order
from sendbook.checks.known import KnownFindings
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.checks.runner import where_in
from sendbook.checks.sign_ins import check_one_address_each
from sendbook.checks.waivers import waived_in
from sendbook.checks.whole import shared_findings
from sendbook.errors import SpentBundle
from sendbook.history.versions import History
from sendbook.site.campus_history import campus_history
from sendbook.site.collecting import collecting_seldom
from sendbook.site.compliance_desk import REMEMBERED, compliance_of
from sendbook.site.handbook import front_matter_schema
from sendbook.site.handbook import read as read_handbook
from sendbook.site.handbook_site import HandbookSite, handbook_site, said_in
from sendbook.site.inspection import document_findings, handbook_findings, in_public
from sendbook.site.kept import facts_key
from sendbook.site.public_guard import REMEMBERED as LOOKED_THROUGH
from sendbook.site.public_guard import Looked, Strangers, found_before, look_at, objects_in
from sendbook.site.read_texts import TEXTS, packed_texts, unpacked_texts
from sendbook.site.reader_site import ReaderSites
from sendbook.site.turns import Done, Setting, Turn, Turns, take_all
from sendbook.site.unit import Unit
from sendbook.site.world import World, digest_of

WORLD = "~world"
# Under this name the bundle remembers which files a student's pages were made of.
_FILES = "files"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did. Nothing was ``published`` if there was an error among the findings.

    ``log_emptied`` is False if pages that were replaced still stand in the database's log.
    """

    findings: tuple[Finding, ...]
    published: bool
    students: int = 0
    rendered: int = 0
    readers: int = 0
    log_emptied: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build.

    ``wanted`` limits the site to some readers, ``workers`` the processes; ``progress`` is told how many students are
    done, and of how many.
    """

    wanted: frozenset[str] | None = None
    workers: int | None = None
    progress: Progress = field(default=lambda _done, _all: None)


class _Refused(Exception):  # noqa: N818 - not an error: it unwinds the transaction when a finding forbids publishing
    pass


def build(folder: CampusFolder, on: date, state: Path, options: Options = Options()) -> Report:
    """Builds and publishes the site into ``state / "bundle.db"``."""
    with collecting_seldom(), _one_at_a_time(state), ParseCache(state / "cache.db") as cache:
        # Another build was perhaps waited for, and a schema of the campus's own changed meanwhile.
        folder = CampusFolder(folder.root, folder.registry.renewed())
        scan = folder.scan()
        loaded = folder.load(scan.unit(SHARED), cache)
        known = KnownFindings(cache, loaded, scan, on, Letters(folder.root).stamp)
        findings = [from_problem(problem) for problem in scan.problems]
        findings += waived_in(loaded.campus, shared_findings(folder, loaded, scan, on, cache, known), on)
        known.remember()
        if has_errors(findings):
            return Report(findings=in_order(findings), published=False)
        with _open(state / "bundle.db") as bundle, campus_history(folder, state, findings, on) as history:
            begun = _Build(folder, scan, loaded.campus, on, state, cache, known, bundle, history, options)
            try:
                return begun.run(list(findings))
            except SpentBundle:  # something in it was changed by another hand: nothing in it is believed
                bundle.doubted = True
                return begun.run(findings)


def forget_what_was_built(bundle: Bundle) -> None:
    """Has the next build take every turn again: what a withdrawal took out is in nobody's files."""
    with bundle.publish() as change:
        for student in bundle.remembered_of_all(_FILES):
            change.remember(student, _FILES, b"")
        change.remember(WORLD, "digest", None)


@contextmanager
def _one_at_a_time(state: Path) -> Iterator[None]:
    """Waits for another build of this campus: what it read before a change must not be published after the change."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(state / "build.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
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
    bundle.prove()
    return bundle


class _Build:
    """One build under way; each method is a step."""

    def __init__(
        self,
        folder: CampusFolder,
        scan: Scan,
        shared: Campus,
        on: date,
        state: Path,
        cache: ParseCache,
        known: KnownFindings,
        bundle: Bundle,
        history: History | None,
        options: Options,
    ) -> None:
        self.folder = folder
        self.scan = scan
        self.bundle = bundle
        self.cache = cache
        self.known = known
        self.state = state
        self.options = options
        self.somebody_left = False
        self.world = World(shared, on, folder.root)
        self.setting = Setting(
            root=folder.root,
            schema_folders=folder.registry.folders,
            shared=scan.unit(SHARED),
            students=frozenset(scan.students),
            cache=cache.path,
            on=on,
            wanted=options.wanted,
            history=state if history is not None else None,
            headers=tuple(entry for entry in scan.entries if entry.kind == "student"),
        )
        self.history = history
        #: The digest of each file that is as it was when it was last read, by path.
        self.stamped = cache.recall(scan.entries)
        #: What is new of whom in the history: asked once for all students.
        self.marks = history.marks() if history is not None else {}

    def run(self, findings: list[Finding]) -> Report:
        """All steps; a finding of severity error anywhere, and the old site stays."""
        world_digest = self._world_digest()
        said = self._said(world_digest)
        handbook = self._handbook(findings, said)
        if handbook is None and has_errors(findings):
            return Report(findings=in_order(findings), published=False)
        changed = self._changed(world_digest)
        self.cache.forget_found(turn.student for turn in changed)
        here = Turns(self.setting, self.folder, self.world, self.cache, self.history)
        rendered = 0
        try:
            with self.bundle.publish() as change:
                if self.bundle.doubted:
                    self._start_afresh(change)
                sites = ReaderSites(self.world, self.bundle, change, self.options.wanted, world_digest)
                for number, done in enumerate(take_all(changed, here, self.setting, self.options.workers), 1):
                    findings.extend(done.unit.findings)
                    self.options.progress(number, len(changed))
                    if not has_errors(findings):
                        rendered += self._put(change, sites, done, world_digest)
                if has_errors(findings):
                    raise _Refused
                self._forget_gone(change, sites)
                findings.extend(self._same_addresses(sites))
                if has_errors(findings):
                    raise _Refused
                if handbook is not None:
                    handbook.put(change)
                everyone = handbook is not None or self._world_changed(world_digest)
                if everyone:
                    known = compliance_of(self.folder, self.world, findings, told=handbook is not None)
                    change.remember(HANDBOOK, REMEMBERED, known.packed())
                readers = sites.put(everyone=everyone)
                findings.extend(self._looked_through(change, findings))
                if has_errors(findings):
                    raise _Refused
                self._withdraw(change)
                change.remember(WORLD, "digest", world_digest.encode())
                change.remember(WORLD, "said", said.encode())
        except _Refused:
            return Report(findings=in_order(findings), published=False)
        self._prune()
        return Report(
            findings=in_order(findings),
            published=True,
            students=len(self.scan.students),
            rendered=rendered,
            readers=readers,
            log_emptied=change.log_emptied,
        )

    def _start_afresh(self, change: Change) -> None:
        """From here on the bundle holds, and remembers, nothing but what this build puts there."""
        change.start_afresh()
        self.bundle.doubted = False

    def _looked_through(self, change: Change, told: list[Finding]) -> tuple[Finding, ...]:
        """What the public could be sent and must not be, were this publication to take effect now."""
        strangers = Strangers(folder=self.folder, shared=self.world.shared, scan=self.scan, cache=self.cache)
        objects = objects_in(self.bundle.connection, self.folder, self.world.on)
        before = self.bundle.remembered(HANDBOOK, LOOKED_THROUGH)
        found = found_before(before, objects, strangers) if before else None
        if found is None:
            looked = look_at(objects, strangers, Looked.unpacked(before) if before else None)
            change.remember(HANDBOOK, LOOKED_THROUGH, looked.packed())
            found = looked.findings
        return not_told_yet(found, told)

    def _withdraw(self, change: Change) -> None:
        """What is newly withdrawn from past versions must not be left in the bytes of the bundle either."""
        record = self.world.shared.get("withdrawn")
        digest = record.digest.encode() if record else b""
        if (self.bundle.remembered(WORLD, "withdrawn") or b"") != digest:
            change.leave_no_trace()
            change.remember(WORLD, "withdrawn", digest)

    def _said(self, world_digest: str) -> str:
        """What the handbook's macros say, by name; in the same world they say the same."""
        before = None if self._world_changed(world_digest) else self.bundle.remembered(WORLD, "said")
        return before.decode() if before else said_in(self.world)

    def _handbook(self, findings: list[Finding], said: str) -> HandbookSite | None:
        """The handbook's editions, or None if what is published is still right; its findings are added.

        A page that is as it was may name somebody who is new to the records: the documents' rules are always asked.
        What is published is what was checked, also where a page is saved meanwhile.
        """
        folder, shared, on = self.folder, self.world.shared, self.world.on
        site = handbook_site(folder, self.world, self.state / "engine", self.bundle, said)
        if site is None:
            told = document_findings(folder, shared, on, self.cache, self.known, self.scan)
            findings += waived_in(shared, told, on)
            return None
        read = read_handbook(folder.root, front_matter_schema(schemas()))
        told = handbook_findings(folder, shared, on, self.cache, sound=True, known=self.known, found=read)
        findings += waived_in(shared, told, on)
        if has_errors(findings):
            # No edition is made, and what would be found in one is told all the same, in this run.
            findings += not_told_yet(in_public(folder, shared, on, self.cache, self.known, read), findings)
            return None
        site.build(read)
        return site

    def _changed(self, world_digest: str) -> list[Turn]:
        """The students whose files are not those of the last build, or all of them if the world is another."""
        before = self.bundle.remembered_of_all(_FILES)
        turns = []
        for student in self.scan.students:
            entries = self.scan.unit(student)
            sources = {one.path: self.stamped[one.path] for one in entries if one.path in self.stamped}
            same = len(sources) == len(entries) and before.get(student) == self._digest(student, world_digest, sources)
            if not same or self.options.wanted is not None:
                there = frozenset(self.bundle.projections(student)) if student in before else frozenset()
                read = unpacked_texts(self.bundle.remembered(student, TEXTS))
                turns.append(Turn(student=student, entries=entries, there=there, read=read))
        return turns

    def _put(self, change: Change, sites: ReaderSites, done: Done, world_digest: str) -> int:
        unit = done.unit
        student = unit.student
        digest = self._digest(student, world_digest, done.sources)
        if self.bundle.remembered(student, _FILES) == digest and self.options.wanted is None:
            return 0  # written anew, or checked out again, and the same as before
        sites.touch(self._concerned(unit))
        change.set_scopes(student, unit.scopes)
        for projection, pages in done.pages.items():
            change.put_pages(student, projection, pages)
        kept = {facts_key(projection) for _, projection, *_ in unit.scopes}
        for key in self.bundle.remembered_keys(student):
            if key.startswith(facts_key("")) and key not in kept:
                change.remember(student, key, None)
        for projection, facts in unit.facts.items():
            change.remember(student, facts_key(projection), facts)
        change.remember(student, _FILES, digest)
        if self.options.wanted is None:
            change.remember(student, TEXTS, packed_texts(unit.texts))
        sites.set_student(student, unit.signs_in_as, unit.address, unit.account_until)
        return sum(map(len, done.pages.values()))

    def _concerned(self, unit: Unit) -> set[str]:
        """The readers whose own pages may change: what those say of the student, or how long they may say it, did."""
        student, facts = unit.student, dict(unit.facts)

        def known(projection: str) -> bytes | None:
            if projection not in facts:
                facts[projection] = self.bundle.remembered(student, facts_key(projection)) or b""
            return facts[projection]

        before = {reader: (known(kept), end) for reader, (kept, end) in self.bundle.scopes_of(student).items()}
        after = {reader: (known(kept), end) for reader, kept, end, _ in unit.scopes}
        return {reader for reader in before.keys() | after.keys() if before.get(reader) != after.get(reader)}

    def _forget_gone(self, change: Change, sites: ReaderSites) -> None:
        """Students whose folder is no longer there leave without a trace."""
        gone = set(self.bundle.remembered_of_all(_FILES)) - set(self.scan.students)
        self.somebody_left = bool(gone)
        for student in gone:
            sites.touch(self.bundle.readers_of(student))
            sites.set_student(student, None)
            change.forget(student)

    def _same_addresses(self, sites: ReaderSites) -> Iterator[Finding]:
        """Two who would sign in with one address, though only one of their records may have been read in this build."""
        students = [entry for student in sites.sharing_an_address() for entry in self.scan.unit(student)]
        headers = self.folder.load(students, self.cache).campus.of_kind("student") if students else ()
        people = self.world.shared.of_kind("person")
        return check_one_address_each([*people, *headers], where_in(self.folder))

    def _digest(self, student: str, world_digest: str, sources: Mapping[str, str]) -> bytes:
        """All that a student's pages are made of: their world, their files, and what was committed of them."""
        parts = chain((world_digest, self.marks.get(student, "")), *sorted(sources.items()))
        return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest().encode()

    def _world_digest(self) -> str:
        """All that every student's turn rests on besides the student's own files, the day included."""
        shared = sorted((record.id, record.digest) for record in self.world.shared.records.values())
        own = sorted(self.options.wanted) if self.options.wanted is not None else None
        parts = [code_digest(), self.folder.registry.digest, self.world.templates.digest, shared, own]
        return digest_of([*parts, self.world.on.isoformat()])

    def _world_changed(self, world_digest: str) -> bool:
        return self.bundle.remembered(WORLD, "digest") != world_digest.encode()

    def _prune(self) -> None:
        """What the cache holds of files that are no more may be of somebody who is gone: it goes too.

        Files written in the last seconds are not yet trusted by their stamp, so they are kept by reading them.
        """
        lately = [entry for entry in self.scan.entries if entry.path not in self.stamped]
        known = {**self.stamped, **self.cache.recall(lately)}
        if not self.cache.holds_more_than(known.values()):
            return
        fresh = [entry for entry in self.scan.entries if entry.path not in known]
        digests = set(known.values()) | set(self.folder.load(fresh, self.cache).sources.values())
        self.cache.prune(digests, thoroughly=self.somebody_left)
