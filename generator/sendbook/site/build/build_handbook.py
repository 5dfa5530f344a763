"""The handbook's part of a build: what is wrong with it, what is published of it, and what all pages have in common.

Its editions are made only if a page, a name in it, our theme or the day changed, or if something stands in for a page.
What is published is what was checked, also where a page is saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity, has_errors, is_leak
from sendbook.checks.finding_cache import FindingCache
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.checks.names import Names
from sendbook.checks.texts.ages import Ages
from sendbook.checks.waivers import waived_in
from sendbook.errors import EngineError
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.family_pages import of_family_pages
from sendbook.handbook.folder import Handbook, front_matter_schema
from sendbook.handbook.folder import read as read_handbook
from sendbook.handbook.sound_handbook import (
    LastPages,
    SoundHandbook,
    in_folder,
    sound_handbook,
)
from sendbook.kinds.accessibility_plan import PLAN_RECORD
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH, plan_is_wrong
from sendbook.site.build.handbook_site import HandbookSite, handbook_digest_of, said_in
from sendbook.site.build.inspection import document_findings, handbook_findings, in_family, in_public
from sendbook.site.build.last_good import LastShared, last_good_of
from sendbook.site.build.public_guard import Strangers, look_at
from sendbook.site.build.public_preview import previewed
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import SharedCampus

_WORLD = "~world"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltHandbook:
    """What came of it.

    ``site`` is to be published, and None where what is published is still right. ``findings`` are all there are if
    ``asked``, else those of the rules about documents alone. ``held`` are the paths of what is held back. ``strangers``
    are looked for in what the public could be sent.
    """

    in_use: RecordsInUse
    common: SharedCampus
    site: HandbookSite | None
    pages: tuple[SourcePage, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    held: frozenset[str]
    said: str
    last: LastPages
    strangers: Strangers = field(repr=False)
    asked: bool = True
    leaking: frozenset[str] = frozenset()
    twice: frozenset[str] = frozenset()
    sound: SoundHandbook | None = None

    def remember(self, change: Publication) -> None:
        """Keep for the next build what the macros said, what was published, and what stands in for what."""
        change.remember(_WORLD, "said", self.said.encode())
        if self.sound is not None and self.site is not None:
            self.last.remember(change, self.sound)


def built_handbook(
    folder: CampusFolder,
    in_use: RecordsInUse,
    on: date,
    cache: Path,
    bundle: Bundle,
    parsed: ParseCache,
    finding_cache: FindingCache,
    scan: Scan,
    *,
    leaking: frozenset[str] = frozenset(),
    twice: frozenset[str] = frozenset(),
) -> BuiltHandbook:
    """The handbook as far as it can come out.

    ``leaking`` are files in which the guard found what is not for the public, ``twice`` those in whose last version it
    did as well.
    """
    common = SharedCampus(in_use.campus(folder.registry), on, folder.root)
    read = read_handbook(folder.root, front_matter_schema(schemas()))
    asking = _Asking(
        folder=folder, on=on, parsed=parsed, finding_cache=finding_cache, scan=scan,
        names=Names.of(folder, common.shared, scan, parsed), also=_names_kept(folder, bundle, scan, parsed),
    )  # fmt: skip
    held_before = bundle.remembered(HANDBOOK, "held") not in (None, b"[]")
    plain = handbook_digest_of(folder.root, common, said_in(common))
    if not held_before and not leaking and bundle.remembered(HANDBOOK, "digest") == plain.encode():
        found = asking.of_documents(common, read)
        if not has_errors(found):
            return BuiltHandbook(
                in_use=in_use, common=common, site=None, pages=read.pages, findings=found, held=frozenset(),
                said=said_in(common), last=LastPages(bundle), asked=False, strangers=asking.strangers(common),
            )  # fmt: skip
    strangers = replace(asking.strangers(common), also=())
    found = asking.of_all(common, read, strangers)
    if plan_is_wrong(found):
        in_use = _with_last_plan(in_use, LastShared(bundle), leaks=any(map(is_leak, found)))
        common = SharedCampus(in_use.campus(folder.registry), on, folder.root)
    strangers = strangers if asking.also == () and common.shared is strangers.shared else asking.strangers(common)
    return _as_sound(
        BuiltHandbook(
            in_use=in_use, common=common, site=None, pages=read.pages, findings=found, held=frozenset(),
            said=said_in(common), last=LastPages(bundle), strangers=strangers, leaking=leaking, twice=twice,
        ),
        read, asking, cache, bundle,
    )  # fmt: skip


def _as_sound(book: BuiltHandbook, read: Handbook, asking: _Asking, cache: Path, bundle: Bundle) -> BuiltHandbook:
    """The handbook with what stands in for each page, and for the plan, that has an error."""
    found, held = book.findings, set[str]()
    ask = partial(asking.of_version, book.common, book.strangers)
    wrong: Iterable[Finding] = found
    if plan_is_wrong(found):
        wrong = (*found, *ask(read))
        held.add(PLAN_PATH)
    left_out = named_in_their_address(read, book.strangers.identifiers) if book.leaking else frozenset[str]()
    sound = sound_handbook(
        read, wrong, book.last, ask, leaking=in_folder(book.leaking), twice=in_folder(book.twice), left_out=left_out
    )
    held |= {f"handbook/{path}" for path in sound.held}
    digest = handbook_digest_of(asking.folder.root, book.common, book.said, sound if held else None)
    site = None
    if bundle.remembered(HANDBOOK, "digest") != digest.encode():
        site, broken = _made(HandbookSite(book.common, cache, digest, held=sorted(held)), sound, bundle)
        found = (*found, *broken)
        held |= {one.path for one in broken}
    return replace(book, site=site, pages=sound.handbook.pages, findings=found, held=frozenset(held), sound=sound)


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """Asks what is wrong with the handbook; ``also`` are names that are in no sound record any more."""

    folder: CampusFolder
    on: date
    parsed: ParseCache
    finding_cache: FindingCache
    scan: Scan
    names: Names
    also: tuple[Record, ...]

    @cached_property
    def ages(self) -> Ages:
        """Says whether a passage is older than a name in it."""
        return Ages(self.folder.root, self.on)

    def strangers(self, common: SharedCampus) -> Strangers:
        """Those who may not be named in public."""
        return Strangers(folder=self.folder, shared=common.shared, scan=self.scan, cache=self.parsed, also=self.also)

    def of_documents(self, common: SharedCampus, read: Handbook) -> tuple[Finding, ...]:
        """What time alone can make wrong with pages that are as they were: documents, and what families are told."""
        shared = common.shared
        found = document_findings(
            self.folder, shared, self.on, self.parsed, self.finding_cache, self.scan, also=self.also
        )
        return waived_in(shared, (*found, *self._to_families(shared, read)), self.on)

    def of_all(self, common: SharedCampus, read: Handbook, strangers: Strangers) -> tuple[Finding, ...]:
        """Everything about the pages as they are, and about all that the public could be sent."""
        shared = common.shared
        of_pages = handbook_findings(
            self.folder,
            shared,
            self.on,
            self.parsed,
            sound=True,
            finding_cache=self.finding_cache,
            found=read,
            also=self.also,
        )
        found = waived_in(shared, (*of_pages, *self._to_families(shared, read)), self.on)
        public = in_public(self.folder, shared, self.on, self.parsed, self.finding_cache, read, strangers)
        return (*found, *not_told_yet(public, found))

    def of_version(self, common: SharedCampus, strangers: Strangers, book: Handbook) -> Iterator[Finding]:
        """The same about pages of which some are their last version; nothing of it is remembered."""
        of_pages = handbook_findings(self.folder, common.shared, self.on, sound=True, found=book, also=self.also)
        to_families = of_family_pages(book, common.shared, self.on, self.names.everybody, self.ages)
        yield from waived_in(common.shared, (*of_pages, *to_families), self.on)
        yield from look_at(previewed(self.folder, common.shared, book, self.on), strangers, None).findings

    def _to_families(self, shared: Campus, read: Handbook) -> tuple[Finding, ...]:
        return in_family(shared, self.names, self.on, self.finding_cache, read, self.ages)


def named_in_their_address(read: Handbook, identifiers: Identifiers) -> frozenset[str]:
    """Public pages whose own address, which is their file's name, names somebody: it is in every page's menu."""
    from sendbook.checks.leaks.scan import Scanner

    scanner = Scanner(identifiers)
    public = [page for page in (*read.pages, *read.unsound) if "public" in page.editions]
    return frozenset(
        page.path for page in public if any(hit.severity is Severity.ERROR for hit in scanner.hits_once(page.url))
    )


def _made(site: HandbookSite, sound: SoundHandbook, bundle: Bundle) -> tuple[HandbookSite | None, tuple[Finding, ...]]:
    """The editions, or why the engine could not make them: then those published last stay, if there are any."""
    try:
        site.build(sound.handbook)
    except EngineError as error:
        if bundle.remembered(HANDBOOK, "digest") is None:
            raise
        return None, (_engine_failed(error),)
    return site, ()


def _engine_failed(error: EngineError) -> Finding:
    return Finding(
        code="handbook-engine",
        severity=Severity.ERROR,
        path="handbook",
        message="The handbook could not be made into pages.",
        found=str(error),
        remedy="The last published handbook stays up; look at what has changed in it since then.",
    )


def _with_last_plan(in_use: RecordsInUse, last: LastShared, *, leaks: bool) -> RecordsInUse:
    """Returns the records with the plan published last, or without one where that may name somebody too."""
    found = last.get(PLAN_RECORD)
    others = tuple(one for one in in_use.records if one.id != PLAN_RECORD)
    if found is None or leaks:
        return replace(in_use, records=others, left_out=in_use.left_out | {PLAN_PATH})
    return replace(in_use, records=(*others, found[0]), standing_in=in_use.standing_in | {PLAN_RECORD})


def _names_kept(folder: CampusFolder, bundle: Bundle, scan: Scan, parsed: ParseCache) -> tuple[Record, ...]:
    """The last sound record of each student whose own record is not sound now: no page may name them by it either."""
    entries = [one for one in scan.entries if one.kind == STUDENT]
    stamped = parsed.recall(entries)
    sound = parsed.valid_among(stamped.values(), folder.registry.digest)
    unknown = [one for one in entries if stamped.get(one.path) not in sound]
    readable = folder.load(unknown, parsed).campus
    found: list[Record] = []
    for entry in unknown:
        record = readable.get(entry.record_id)
        last = last_good_of(bundle, entry.student or "") if record is None or not readable.fits(record) else None
        found += [one for one in last.records if one.id == entry.record_id] if last is not None else []
    return tuple(found)
