"""Finds what is wrong with the handbook: its pages and settings, its documents, and what it says to whom.

What can't be looked up while records have an error is not reported as missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sendbook.access.basis import Basis
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.problems import Problem
from sendbook.campus.records import Campus, Record
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity, from_problem, in_order
from sendbook.checks.finding_cache import FAMILY_PAGES, PAGES, PUBLIC, FindingCache
from sendbook.checks.names import Names
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.at_large import UnsaidIn
from sendbook.checks.texts.unsaid import Unsaid
from sendbook.handbook.edition import EDITIONS
from sendbook.handbook.family_pages import of_family_pages
from sendbook.handbook.folder import Handbook, front_matter_schema, read
from sendbook.handbook.handbook_problems import WARNINGS, handbook_problems
from sendbook.history.versions import History
from sendbook.site.build.document_findings import of_documents
from sendbook.site.build.public_guard import Looked, Strangers, found_before, look_at
from sendbook.site.build.public_preview import previewed
from sendbook.site.macro_values import macro_values

_RESTS_ON_RECORDS = frozenset({"macro-unknown", "owner-unknown"})


def handbook_findings(
    folder: CampusFolder,
    campus: Campus,
    on: date,
    cache: ParseCache | None = None,
    *,
    sound: bool,
    finding_cache: FindingCache | None = None,
    found: Handbook | None = None,
    also: Sequence[Record] = (),
    history: History | None = None,
) -> tuple[Finding, ...]:
    """Finds what is wrong with the handbook (``found``, if it was read already), its settings, and its documents.

    While the records are not ``sound`` the names and dates a page asks for can't be looked up; it is then not told
    that they are missing, and the rules about documents are asked of the records that are. ``also`` are earlier
    versions of records that can't be read now: nobody may be named by an earlier name either. ``history`` is what
    `of_documents` makes of it.
    """
    schema = front_matter_schema(schemas())
    found = found or read(folder.root, schema)
    campus = campus if sound else campus.well_formed()
    basis = Basis.of(campus)
    values = {edition: macro_values(campus, on, edition, basis=basis) for edition in EDITIONS}
    rests_on = {"handbook": found.digest, "sound": str(sound)}
    was_right = finding_cache is not None and finding_cache.of(PAGES, rests_on) is not None
    problems = handbook_problems(folder.root, schema=schema, values=values, on=on, found=found, known_as_html=was_right)
    if finding_cache and all(problem.code in WARNINGS for problem in problems):
        finding_cache.add(PAGES, rests_on, ())
    kept = [problem for problem in problems if sound or problem.code not in _RESTS_ON_RECORDS]
    findings = [_finding(problem) for problem in kept]
    if sound or _knows_contacts(campus):
        findings += of_documents(
            folder,
            campus,
            on,
            cache,
            finding_cache if sound else None,
            found=found,
            also=also,
            sure=sound,
            history=history,
        )
    return in_order(findings)


def in_public(
    folder: CampusFolder,
    shared: Campus,
    on: date,
    cache: ParseCache | None,
    finding_cache: FindingCache,
    found: Handbook,
    strangers: Strangers | None = None,
) -> tuple[Finding, ...]:
    """Finds what a build would find in the public's objects, and refuse, told before the engine has made them."""
    strangers = strangers or Strangers(folder=folder, shared=shared, scan=folder.scan(), cache=cache)
    objects = previewed(folder, shared, found, on)
    kept = finding_cache.of(PUBLIC, {"objects": objects.digest})
    before = str(kept.beside).encode() if kept else b""
    found_then = found_before(before, objects, strangers) if before else None
    if found_then is not None:
        return found_then
    looked = look_at(objects, strangers, Looked.unpacked(before) if before else None)
    finding_cache.add(PUBLIC, {"objects": objects.digest}, (), beside=looked.packed().decode())
    finding_cache.remember()
    return looked.findings


def in_family(
    shared: Campus,
    names: Names,
    on: date,
    finding_cache: FindingCache,
    found: Handbook,
    ages: Ages,
    unsaid_in: UnsaidIn = Unsaid,
) -> tuple[Finding, ...]:
    """Finds what the handbook tells families, and not the public, of anybody's home, or by name."""
    rests_on = {"handbook": found.digest, "names": names.digest(finding_cache)}
    before = finding_cache.of(FAMILY_PAGES, rests_on)
    if before is not None and (not before.findings or before.beside == ages.stamp):
        return before.findings
    told = of_family_pages(found, shared, on, names.everybody, ages, unsaid_in)
    finding_cache.add(FAMILY_PAGES, rests_on, told, beside=ages.stamp)
    finding_cache.remember()
    return told


def _knows_contacts(campus: Campus) -> bool:
    """Whether it can be said who may be named in public: without, every contact would be taken for a stranger."""
    place = campus.get("campus")
    contacts = place.data.get("contacts", {}).values() if place is not None else ()
    return place is not None and all(campus.get(f"people/{one}") is not None for one in contacts)


def _finding(problem: Problem) -> Finding:
    finding = from_problem(problem)
    return replace(finding, severity=Severity.WARNING) if problem.code in WARNINGS else finding
