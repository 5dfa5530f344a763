"""Puts the handbook and readers' own pages, but for what the public may not be sent.

What the public could be sent is looked through in the publication itself. A page in which somebody is named is taken
out, what is left is put and looked through again, and if nothing helps the public is sent nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import HANDBOOK
from sendbook.checks.finding import Finding, Findings, Severity
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.site.build.build_handbook import BuiltHandbook, built_handbook
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.public_guard import REMEMBERED as LOOKED_THROUGH
from sendbook.site.build.public_guard import Looked, Strangers, found_before, look_at, objects_in
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.campus.compliance_sources import REMEMBERED, compliance_of
from sendbook.site.readers.reader_site import ReaderSites
from sendbook.site.readers.telling_held import Telling

# How often the handbook is tried: as it is, with what was published last, without what leaks, and once to be sure.
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderPages:
    """Writes what belongs to no student: the handbook, and each reader's own pages.

    ``strangers`` are the people who may not be named in public.
    """

    given: BuildInputs
    in_use: RecordsInUse
    common: SharedCampus
    strangers: Strangers
    findings: Findings
    change: Publication
    sites: ReaderSites
    telling: Telling

    def put(
        self, book: BuiltHandbook, held: Mapping[str, list[Finding]], *, everyone: bool
    ) -> tuple[BuiltHandbook, int]:
        """Puts the handbook and own pages, and returns the handbook as it came out and how many readers have pages.

        ``held`` are the errors of each student who is held back; ``everyone`` has all readers' pages made again.
        """
        for attempt in range(_ATTEMPTS):
            if book.site is not None:
                book.site.put(self.change)
            book.remember(self.change)
            # A new handbook, or a shared campus that is another, can be seen by everybody.
            for_all = everyone or book.site is not None
            if for_all:
                self._remember_compliance(book)
            readers = self.telling.own_pages(self.sites, held, book.held, everyone=for_all)
            leaking = self._looked_through(tell=attempt == 0)
            if not leaking:
                return book, readers
            book = self._without(book, leaking)
        self.sites.take_down_public()
        # The next build makes the editions anew, looks again, and tells again what keeps them down.
        self.change.remember(HANDBOOK, "digest", b"")
        return book, readers

    def _without(self, book: BuiltHandbook, leaking: frozenset[str]) -> BuiltHandbook:
        """The handbook once more, without the pages in which the public would be told what is not for them."""
        twice = book.leaking & leaking  # the last version of these leaks as well
        return built_handbook(self.given, self.in_use, leaking=book.leaking | leaking, twice=book.twice | twice)

    def _looked_through(self, *, tell: bool) -> frozenset[str]:
        """The files behind what the public could be sent and must not be, were this publication to take effect now."""
        bundle = self.given.bundle
        objects = objects_in(bundle.connection, self.given.folder, self.common.on)
        before = bundle.remembered(HANDBOOK, LOOKED_THROUGH)
        found = found_before(before, objects, self.strangers) if before else None
        if found is None:
            looked = look_at(objects, self.strangers, Looked.unpacked(before) if before else None)
            self.change.remember(HANDBOOK, LOOKED_THROUGH, looked.packed())
            found = looked.findings
        if tell:
            self.findings.add(not_told_yet(found, self.findings))
        return frozenset(one.path for one in found if one.severity is Severity.ERROR)

    def _remember_compliance(self, book: BuiltHandbook) -> None:
        """What the compliance page rests on: it is read when the first reader's page asks for it."""
        known = compliance_of(self.given.folder, book.pages, self.common, self.findings, told=book.asked)
        self.change.remember(HANDBOOK, REMEMBERED, known.packed())
