"""Readers' own pages within a publication, and what the SENDCo's home says is held back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sendbook.bundle.publication import Publication
from sendbook.bundle.store import Bundle
from sendbook.checks.finding import Finding, Findings
from sendbook.documents.press import Press
from sendbook.pages.template_faults import Fault, Noting
from sendbook.site.build.correction import is_correction, the_page
from sendbook.site.build.faults_kept import FaultsKept
from sendbook.site.build.held_list import HELD, HeldThing, of_student, since_when, things_held
from sendbook.site.build.last_good import last_good_of
from sendbook.site.build.print_trial import faults_in_documents
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.remembered import SHARED_CAMPUS
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.readers.reader_site import ReaderSites
from sendbook.site.readers.waiting import WAITING
from sendbook.site.readers.waiting import unpack as waiting_of

# How often the SENDCo's home is made again because a template failed in making it: what tells of it may fail as well.
_TIMES_TOLD = 2


@dataclass(slots=True, kw_only=True)
class Telling:
    """Says what one publication holds back; ``findings`` are all there are, also those that come later."""

    root: Path
    common: SharedCampus
    in_use: RecordsInUse
    bundle: Bundle
    change: Publication
    findings: Findings
    _found: tuple[object, list[tuple[str, Fault]]] | None = field(default=None, init=False, repr=False)

    def own_pages(
        self, sites: ReaderSites, held: Mapping[str, list[Finding]], pages: Iterable[str], *, everyone: bool
    ) -> int:
        """Puts readers' own pages; answers how many readers have theirs. ``pages`` of the handbook are held.

        That a template fails may show only in making them. The SENDCo's are then made once more, and say so too.
        """
        self._tell(sites, held, pages)
        readers = sites.put(everyone=everyone)
        for _ in range(_TIMES_TOLD):
            if not self._tell(sites, held, pages):
                break
            sites.put(everyone=False)
        return readers

    def things(self, held: Mapping[str, list[Finding]], pages: Iterable[str]) -> tuple[HeldThing, ...]:
        """Returns all that is held back: these students, these pages of the handbook, and what rests on others."""
        meanwhile = {student: self._read_of(student) for student in held}
        things = things_held(held, self.findings, self.in_use, pages, self.failing(), meanwhile)
        before = json.loads(self.bundle.remembered(SHARED_CAMPUS, HELD) or b"[]")
        return since_when(things, (HeldThing(**one) for one in before), self.common.on.isoformat())

    def _read_of(self, student: str) -> str:
        """Says what readers are given of a student who is held."""
        waiting = waiting_of(student, self.bundle.remembered(student, WAITING))
        given, last = self.bundle.scopes_of(student), last_good_of(self.bundle, student)
        before = last.readers if last is not None else {}
        keep = [reader for reader, (projection, _) in given.items() if not is_correction(projection)]
        manners = (before[reader][0].manner for reader in keep if reader in before)
        return of_student(manners, (one.manner for reader, one in waiting.items() if reader in given))

    def failing(self) -> list[tuple[str, Fault]]:
        """Finds what is wrong with the campus's own templates, with the student on whose pages it shows, or "".

        It is asked several times in a publication, and looked for again once something was written or a page made.
        """
        if self._found is None or self._found[0] != self._so_far():
            found = self._failing()
            self._found = self._so_far(), found
        return self._found[1]

    def _so_far(self) -> object:
        return self.bundle.connection.total_changes, frozenset(self.common.templates.faults)

    def _failing(self) -> list[tuple[str, Fault]]:
        noting = Noting(self.common.templates)
        the_page(noting)  # the same for everybody: it is tried before anybody needs it
        printed = faults_in_documents(Press(self.root), self.bundle, self.change)
        everywhere = sorted({*self.common.templates.faults, *noting.faults, *printed})
        return [("", one) for one in everywhere] + list(FaultsKept(self.bundle, self.change).all())

    def _tell(self, sites: ReaderSites, held: Mapping[str, list[Finding]], pages: Iterable[str]) -> bool:
        """Has the SENDCo's home say what is held back; answers whether that is news."""
        things = self.things(held, pages)
        news = sites.set_held(things)
        if news:
            said = json.dumps([one.plain() for one in things], ensure_ascii=False)
            self.change.remember(SHARED_CAMPUS, HELD, said.encode())
        return news
