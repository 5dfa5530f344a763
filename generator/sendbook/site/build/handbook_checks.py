"""Asks what is wrong with the handbook in a build: with its pages as they are, or with what stands in for some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.finding_cache import FindingCache
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.checks.names import Names
from sendbook.checks.texts.ages import Ages
from sendbook.checks.waivers import waived_in
from sendbook.handbook.family_pages import of_family_pages
from sendbook.handbook.folder import Handbook
from sendbook.history.versions import History
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.document_findings import document_findings
from sendbook.site.build.handbook_findings import handbook_findings, in_family, in_public
from sendbook.site.build.kept import Kept
from sendbook.site.build.last_good import last_good_of
from sendbook.site.build.public_guard import Strangers, look_at
from sendbook.site.build.public_preview import previewed
from sendbook.site.build.shared_campus import SharedCampus


@dataclass(frozen=True, kw_only=True)
class HandbookChecks:
    """Asks what is wrong with the handbook; ``also`` are names that are in no sound record any more."""

    folder: CampusFolder
    on: date
    parsed: ParseCache
    finding_cache: FindingCache
    scan: Scan
    names: Names
    also: tuple[Record, ...]
    kept: Kept
    history: History | None = None

    @classmethod
    def of(cls, given: BuildInputs, shared: Campus) -> HandbookChecks:
        """Returns the checks of a build, with everybody's names as these shared records give them."""
        return cls(
            folder=given.folder,
            on=given.on,
            parsed=given.cache,
            finding_cache=given.finding_cache,
            scan=given.scan,
            names=given.names(shared),
            also=_names_kept(given),
            kept=given.kept,
            history=given.history,
        )

    @cached_property
    def ages(self) -> Ages:
        """Says whether a passage is older than a name in it."""
        return Ages(self.folder.root, self.on)

    def strangers(self, common: SharedCampus) -> Strangers:
        """Returns those who may not be named in public."""
        return Strangers(
            folder=self.folder,
            shared=common.shared,
            scan=self.scan,
            cache=self.parsed,
            also=self.also,
            names=self.names,
        )

    def of_documents(self, common: SharedCampus, read: Handbook) -> tuple[Finding, ...]:
        """Finds what time alone can make wrong with pages that are as they were: documents, and what families read."""
        shared = common.shared
        found = document_findings(
            self.folder,
            shared,
            self.on,
            self.parsed,
            self.finding_cache,
            self.scan,
            also=self.also,
            history=self.history,
        )
        return waived_in(shared, (*found, *self._to_families(shared, read)), self.on)

    def of_all(self, common: SharedCampus, read: Handbook, strangers: Strangers) -> tuple[Finding, ...]:
        """Finds all that is wrong with the pages as they are, and with all that the public could be sent."""
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
            history=self.history,
        )
        found = waived_in(shared, (*of_pages, *self._to_families(shared, read)), self.on)
        public = in_public(self.folder, shared, self.on, self.parsed, self.finding_cache, read, strangers)
        return (*found, *not_told_yet(public, found))

    def of_version(self, common: SharedCampus, strangers: Strangers, book: Handbook) -> Iterator[Finding]:
        """Finds the same in pages of which some are their last version; nothing of it is remembered."""
        of_pages = handbook_findings(self.folder, common.shared, self.on, sound=True, found=book, also=self.also)
        to_families = of_family_pages(book, common.shared, self.on, self.names.everybody, self.ages)
        yield from waived_in(common.shared, (*of_pages, *to_families), self.on)
        yield from look_at(previewed(self.folder, common.shared, book, self.on), strangers, None).findings

    def _to_families(self, shared: Campus, read: Handbook) -> tuple[Finding, ...]:
        unsaid_in = partial(self.kept.unsaid_in, "handbook")
        return in_family(shared, self.names, self.on, self.finding_cache, read, self.ages, unsaid_in)


def named_in_their_address(read: Handbook, identifiers: Identifiers) -> frozenset[str]:
    """Returns public pages whose address, which is their file's name, names somebody: it is in every page's menu."""
    from sendbook.checks.leaks.scan import Scanner

    scanner = Scanner(identifiers)
    public = [page for page in (*read.pages, *read.unsound) if "public" in page.editions]
    return frozenset(
        page.path for page in public if any(hit.severity is Severity.ERROR for hit in scanner.hits_once(page.url))
    )


def _names_kept(given: BuildInputs) -> tuple[Record, ...]:
    """The last sound record of each student whose own record is not sound now: no page may name them by it either."""
    folder, parsed = given.folder, given.cache
    entries = [one for one in given.scan.entries if one.kind == STUDENT]
    stamped = parsed.recall(entries)
    under = folder.registry.digest
    sound: set[str] = given.kept.value("digests of students' sound records", under, set)
    sound &= set(stamped.values())  # in place: they are kept for the next publication
    sound |= parsed.valid_among(set(stamped.values()) - sound, under)
    unknown = [one for one in entries if stamped.get(one.path) not in sound]
    readable = folder.load(unknown, parsed).campus
    found: list[Record] = []
    for entry in unknown:
        record = readable.get(entry.record_id)
        last = last_good_of(given.bundle, entry.student or "") if record is None or not readable.fits(record) else None
        found += [one for one in last.records if one.id == entry.record_id] if last is not None else []
    return tuple(found)
