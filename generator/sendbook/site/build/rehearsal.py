"""Tries a campus's own templates on its own records, for `sendbook check`: what a build would tell of them.

Only a campus that has templates of its own waits for this, and only when something they are tried on is another. The
pages are made and thrown away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sendbook.access.shared import whos_of
from sendbook.bundle.fragment import PrintData
from sendbook.campus.cache import ParseCache
from sendbook.campus.digests import digest_of
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.problems import Problem
from sendbook.campus.records import Campus
from sendbook.campus.shipped import site_templates
from sendbook.checks.finding import Finding, from_problem
from sendbook.checks.finding_cache import TEMPLATES, FindingCache
from sendbook.documents.press import Press
from sendbook.handbook.folder import Handbook
from sendbook.handbook.public_home import PublicPage, public_home
from sendbook.history.versions import History
from sendbook.pages.campus_page import CampusPage, Making
from sendbook.pages.once import Once
from sendbook.pages.template_faults import Fault, Noting
from sendbook.pages.templates import Templates
from sendbook.site.build.correction import the_page
from sendbook.site.build.print_trial import faults_in_print
from sendbook.site.build.remembered import unpacked
from sendbook.site.build.shared_campus import SharedCampus, own_templates
from sendbook.site.build.student_build import StudentBuild, build_student
from sendbook.site.campus.compliance_sources import compliance_of
from sendbook.site.macro_values import macro_values
from sendbook.site.readers.campus_pages import campus_pages
from sendbook.site.readers.campus_readings import CampusReadings, named_student
from sendbook.site.readers.directory import directory, listed
from sendbook.site.readers.own_pages import OwnReader, own_site_of

# Of so many students the lists are tried: what more of them do to a list shows in fewer.
_IN_LISTS = 100


def template_problems(templates: Templates) -> Iterator[Problem]:
    """Templates of a campus's own that can't be read, and those that fail without anybody's values."""
    noting = Noting(templates)
    the_page(noting)
    yield from (fault.problem() for fault in sorted({*templates.faults, *noting.faults}))


@dataclass(kw_only=True)
class Rehearsal:
    """Tries the templates of a campus once; ``wrong`` are the students whose pages would be held anyway.

    ``told`` are the findings that the compliance page may list.
    """

    folder: CampusFolder
    shared: Campus
    scan: Scan
    on: date
    cache: ParseCache | None
    finding_cache: FindingCache
    history: History | None
    handbook: Handbook
    told: tuple[Finding, ...]
    wrong: Collection[str] = ()
    _documents: list[bytes] = field(default_factory=list)
    _facts: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)

    def findings(self) -> tuple[Finding, ...]:
        """Finds what is wrong with the campus's own templates, as far as its records show it."""
        root = self.folder.root
        own, press = own_templates(root), Press(root)
        if own is None:
            return ()
        templates = Templates(site_templates(), own)
        found = tuple(map(from_problem, template_problems(templates)))
        if not templates.own and not press.own_digest:
            return found
        units = {student: self.folder.load(self.scan.unit(student), self.cache) for student in self._students()}
        sources = {path: digest for loaded in units.values() for path, digest in loaded.sources.items()}
        marks = sorted(self.history.marks().items()) if self.history is not None else []
        common = SharedCampus(self.shared, self.on, root)
        compliance = compliance_of(self.folder, self.handbook.pages, common, self.told, told=True)
        rests_on = {
            **sources,
            "": f"{templates.digest} {press.own_digest} {marks}",
            "compliance": digest_of(compliance.packed().decode()),
        }
        before = self.finding_cache.of(TEMPLATES, rests_on)
        if before is None:
            pages = campus_pages(common, lambda: compliance)
            tried = self._tried(common, pages, templates, press, {one: unit.campus for one, unit in units.items()})
            more = tuple(from_problem(fault.problem()) for fault in sorted(tried))
            self.finding_cache.add(TEMPLATES, rests_on, more)
            self.finding_cache.remember()
        else:
            more = before.findings
        return tuple(dict.fromkeys((*found, *more)))

    def _students(self) -> Iterator[str]:
        return (student for student in self.scan.students if student not in self.wrong)

    def _tried(
        self,
        common: SharedCampus,
        pages: Sequence[CampusPage[Any]],
        templates: Templates,
        press: Press,
        students: Mapping[str, Campus],
    ) -> set[Fault]:
        found: set[Fault] = set()
        for number, (student, own) in enumerate(students.items()):
            built = build_student(common, own, student, history=self.history)
            found.update(*built.faults.values())
            if number < _IN_LISTS:
                self._note(built)
        noting = Noting(Once(templates))
        readings = CampusReadings(common)
        for reader in common.basis.people:
            if whos_of(reader, self.on, common.basis):
                self._try_own_pages(common, pages, readings, reader.id, noting)
        listed = [PublicPage(title="", url="", summary="")]
        public_home(macro_values(self.shared, self.on, "public", basis=common.basis), listed, noting)
        return found | noting.faults | faults_in_print(press, self._documents)

    def _note(self, built: StudentBuild) -> None:
        """What this student's projections leave for lists, and to print."""
        for reader, projection, *_ in built.scopes:
            kept = unpacked(built.facts[projection])
            self._facts.setdefault(reader, []).append({**kept.facts, "digest": kept.digest, "shown": kept.parts})
        contents = (content for pages in built.pages.values() for content in pages.values())
        self._documents += [content.content for content in contents if isinstance(content, PrintData)]

    def _try_own_pages(
        self,
        common: SharedCampus,
        pages: Sequence[CampusPage[Any]],
        readings: CampusReadings,
        identity: str,
        noting: Noting,
    ) -> None:
        reader, facts = common.reader(identity), self._facts.get(identity, [])
        there = {one["id"]: one for one in facts if one["id"] in common.named}
        named = {student: named_student(one, self.on) for student, one in there.items()}
        campus = readings.of(reader, named, {student: one["shown"] for student, one in there.items()}, facts)
        own_site_of(
            OwnReader(
                id=reader.id,
                name=reader.name,
                roles=tuple(sorted(reader.roles_on(self.on))),
                is_staff=reader.works_on(self.on),
            ),
            facts,
            campus,
            noting,
            terms=common.terms,
            pages=pages,
        )
        directory(listed(campus.around, self.on, ""), noting)
        # Shared pages are none of one reader's own: they are made once for all who see the same.
        for page in pages:
            if page.shared and (shown := page.shown_to(campus)) is not None:
                shown.pages(Making(templates=noting))
