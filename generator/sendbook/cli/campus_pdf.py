"""The paper of a kind of the campus's own that is about no student, for ``sendbook pdf``."""

from __future__ import annotations

from datetime import date
from itertools import chain

from sendbook.access.conditions import students_named
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.letters import Letters
from sendbook.campus.records import Campus
from sendbook.campus.schemas import Kind
from sendbook.checks.finding import Finding, from_problem, has_errors
from sendbook.checks.finding_cache import FindingCache
from sendbook.checks.for_families import for_families
from sendbook.checks.names import Names
from sendbook.checks.runner import where_in
from sendbook.checks.texts.ages import Ages
from sendbook.checks.waivers import waived_in
from sendbook.checks.whole import shared_findings
from sendbook.cli.check import cache_of
from sendbook.cli.people import reader_called, senco_of
from sendbook.errors import DocumentError
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.own_papers import campus_document, campus_print_data
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.readers.campus_readings import reading_of_campus


class CampusPaper:
    """All records of a kind that are no student's, read for one reader, with what is wrong in them.

    An error in any record about no student stops it, as it stops the page; so does a file that can't be read of a
    student whom these records name.
    """

    def __init__(self, folder: CampusFolder, name: str, reader: str | None, on: date) -> None:
        self._kind = next(kind for kind in folder.registry.kinds.values() if _is_printed_as(kind, name))
        scan = folder.scan()
        with cache_of(folder.root) as cache:
            shared = folder.load(scan.unit(SHARED), cache)
            finding_cache = FindingCache(cache, shared, scan, on, Letters(folder.root).stamp)
            found = [*shared_findings(folder, shared, scan, on, cache, finding_cache, RULE_BOOK)]
            if not has_errors(found):
                names, ages = Names.of(folder, shared.campus, scan, cache), Ages(folder.root, on)
                found += for_families(shared.campus, names, on, finding_cache, where_in(folder), ages, RULE_BOOK)
        self._common = SharedCampus(shared.campus.well_formed(), on, folder.root)
        basis, asked_for = self._common.basis, self._common.shared.of_kind(self._kind.name)
        about = frozenset[str]().union(*(students_named(self._kind, one.data, basis) for one in asked_for))
        students = [one for one in scan.students if one in about or one == reader]
        named = folder.load([entry for student in students for entry in scan.unit(student)])
        found += map(from_problem, named.problems)
        self.findings: tuple[Finding, ...] = tuple(waived_in(shared.campus, found, on))
        self._named = {one: Campus(named.campus.of_student(one), folder.registry) for one in students}
        self._reader = reader

    def data(self) -> bytes:
        """The print data; refused where the reader sees nothing of any of these records."""
        own = chain.from_iterable(campus.records.values() for campus in self._named.values())
        reader = reader_called(self._common.shared.with_records(own), self._reader or senco_of(self._common.shared))
        reading = reading_of_campus(self._common, reader, self._named)
        data = campus_print_data(self._kind, reading) if reading is not None else None
        if data is None:
            title = campus_document(self._kind).title.lower()
            raise DocumentError(f"{reader.id} sees nothing of the {title}: there are none, or none that they may see.")
        return data


def _is_printed_as(kind: Kind, name: str) -> bool:
    return not kind.of_student and campus_document(kind).name == name
