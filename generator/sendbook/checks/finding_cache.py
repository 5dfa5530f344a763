"""Remembers in the parse cache what was found before: whose shape is good, and the findings of each unit.

A record's shape rests on its bytes and the schemas alone, so it is looked at once for each version of a file. What is
found in a unit (the shared records, or one student's) rests on its files, the shared records, who there is to point
to, the schemas, our code and the day: while all of that stays, so do the findings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sendbook.access.how_reached import deciding, opens_campus_records
from sendbook.access.policy import RECORD_ID as ACCESS
from sendbook.campus.cache import ParseCache
from sendbook.campus.code import code_digest
from sendbook.campus.contacts import contacts_of
from sendbook.campus.digests import digest_of
from sendbook.campus.folder import RECORDS, SHARED, Loaded, Scan
from sendbook.campus.records import Record
from sendbook.checks.finding import Finding, Severity

#: The unit of what is found in the handbook's documents, which look into students' names.
DOCUMENTS = "documents"
#: The unit of the handbook's pages as HTML, kept while nothing is wrong in any.
PAGES = "pages"
#: The unit of what is found in all that the public could be sent.
PUBLIC = "public"
#: The unit of what is found in the campus's own records that all families read, and of what is in the handbook's pages.
FOR_FAMILIES, FAMILY_PAGES = "for families", "family pages"
#: The unit of what is remembered of all students' names.
NAMES = "names"
#: The unit of what is wrong with the campus's own templates.
TEMPLATES = "templates"


class CachedShapes:
    """What the cache knows of the records just loaded, and of those found good besides."""

    def __init__(self, cache: ParseCache, loaded: Loaded) -> None:
        self._cache = cache
        self._schemas = loaded.campus.registry.digest
        self._known = cache.valid_among(loaded.sources.values(), self._schemas)
        self._new: list[str] = []

    def is_good(self, record: Record) -> bool:
        """Whether the shape was found good before."""
        return record.digest in self._known

    def add(self, record: Record) -> None:
        """This record's shape is good."""
        if record.digest not in self._known:
            self._new.append(record.digest)

    def remember(self) -> None:
        """Tells the cache what is new."""
        if self._new:
            self._cache.mark_valid(self._new, self._schemas)


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedFindings:
    """The findings of a unit, and the address its student signs in with, which nobody else may have.

    ``beside`` is what the check that found them remembers with them, as plain data.
    """

    findings: tuple[Finding, ...]
    address: str = ""
    beside: Any = None


class FindingCache:
    """What was found in each unit, while its basis stays the same."""

    def __init__(self, cache: ParseCache | None, shared: Loaded, scan: Scan, on: date, fonts: str) -> None:
        self._cache = cache
        basis = [
            code_digest(),
            shared.campus.registry.digest,
            on.isoformat(),
            [(problem.path, problem.code) for problem in (*scan.problems, *shared.problems)],
            scan.students,
            fonts,
        ]
        self._basis = digest_of([*basis, sorted(shared.sources.items())])
        # In documents, whoever is no named contact is only looked for: what knows for whom stays known when a number
        # changes that the documents could not hold.
        named = {f"people/{person}" for person in contacts_of(shared.campus)}
        open_to_all = sorted((one, shared.campus.records[one].digest) for one in named & shared.campus.records.keys())
        # Nor do documents say anything of what a grant opens of students' records.
        records = dict(deciding(shared.campus, grants_that=opens_campus_records(shared.campus)))
        self._basis_of_documents = digest_of([*basis, list(records.items()), open_to_all])
        # What all families read of the campus rests on whole records, how homes are reached included. Of the access
        # rules it rests on what they open of it; their own words are left to `for_families`, which reads them.
        others = sorted(one for one in shared.sources.items() if one[0] != f"{RECORDS}/{ACCESS}.yml")
        self._basis_for_families = digest_of([*basis, others, records.get(ACCESS)])
        self._units = {SHARED, DOCUMENTS, PAGES, PUBLIC, NAMES, FOR_FAMILIES, FAMILY_PAGES, TEMPLATES, *scan.students}
        self._before = cache.found_in_all() if cache else {}
        self._new: dict[str, tuple[str, str]] = {}

    def of(self, unit: str, sources: Mapping[str, str]) -> CachedFindings | None:
        """What is known of a unit with these files, by path and digest; None if nothing is."""
        basis, text = self._before.get(unit, ("", ""))
        if basis != self._basis_of(unit, sources):
            return None
        said = json.loads(text)
        return CachedFindings(
            findings=tuple(map(_finding, said["findings"])), address=said["address"], beside=said["beside"]
        )

    def add(
        self,
        unit: str,
        sources: Mapping[str, str],
        findings: Iterable[Finding],
        address: str = "",
        beside: object = None,
    ) -> None:
        """These are all the findings in the unit, and the address its student signs in with, if any."""
        said = {"findings": [asdict(finding) for finding in findings], "address": address, "beside": beside}
        self._new[unit] = (self._basis_of(unit, sources), json.dumps(said, ensure_ascii=False))

    def remember(self) -> None:
        """Tells the cache what is new, and has it forget the units that are no more."""
        if self._cache is None:
            return
        if self._new:
            self._cache.put_found(self._new)
            self._new = {}
        if gone := self._before.keys() - self._units:
            self._cache.forget_found(gone)

    def _basis_of(self, unit: str, sources: Mapping[str, str]) -> str:
        own = {
            DOCUMENTS: self._basis_of_documents,
            FOR_FAMILIES: self._basis_for_families,
            FAMILY_PAGES: self._basis_for_families,
        }
        return digest_of([own.get(unit, self._basis), sorted(sources.items())])


def finding_from(said: Mapping[str, Any]) -> Finding:
    """A finding from its plain data (``asdict``)."""
    return _finding(dict(said))


def _finding(said: dict[str, Any]) -> Finding:
    said["severity"] = Severity(said["severity"])
    said["parts"] = tuple((kind, part) for kind, part in said["parts"])
    return Finding(**said)
