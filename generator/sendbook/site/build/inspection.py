"""Everything that can be wrong with a campus folder: what can't be read, the records, the handbook.

The checks know records; the handbook's own faults are known here, where its editions are made. Both end in the
same findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sendbook.access.basis import Basis
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder, FileStamp, Scan
from sendbook.campus.foundation import STUDENT
from sendbook.campus.problems import Problem
from sendbook.campus.records import Campus, Record
from sendbook.campus.shipped import schemas, site_templates
from sendbook.checks.document_checks import check_documents
from sendbook.checks.documents import DocumentCase
from sendbook.checks.facts import changed_after, facts_of
from sendbook.checks.finding import Finding, Findings, Severity, from_problem, has_errors, in_order
from sendbook.checks.finding_cache import DOCUMENTS, FAMILY_PAGES, PAGES, PUBLIC, CachedFindings, FindingCache
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.checks.names import Names
from sendbook.checks.runner import where_in
from sendbook.checks.texts.ages import Ages
from sendbook.checks.waivers import RECORD_ID as WAIVERS
from sendbook.checks.waivers import WAIVED_ERRORS, waived, waivers_in
from sendbook.checks.whole import Inspected, inspect_records, nothing_read
from sendbook.handbook.documents import document_case
from sendbook.handbook.edition import EDITIONS
from sendbook.handbook.family_pages import of_family_pages
from sendbook.handbook.folder import Handbook, front_matter_schema, handbook_digest, read
from sendbook.handbook.handbook_problems import WARNINGS, handbook_problems
from sendbook.history.repository import stamp_of
from sendbook.history.versions import History
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.templates import Templates
from sendbook.site.build.campus_history import campus_history
from sendbook.site.build.past_told import PastTold
from sendbook.site.build.public_guard import Looked, Strangers, found_before, look_at
from sendbook.site.build.public_preview import previewed
from sendbook.site.build.read_texts import read_in
from sendbook.site.build.rehearsal import Rehearsal, template_problems
from sendbook.site.build.shared_campus import own_templates
from sendbook.site.build.unseen_files import unseen_in_files
from sendbook.site.macro_values import macro_values

_STUDENTS = "records/students/"
_RESTS_ON_RECORDS = frozenset({"macro-unknown", "owner-unknown"})


def inspect(folder: CampusFolder, on: date, cache: ParseCache | None = None) -> tuple[Finding, ...]:
    """All findings of a campus on a day. A ``cache`` spares looking at what has not changed since the last time."""
    read_of = read_in(cache.path.with_name("bundle.db")) if cache is not None else nothing_read
    out_of_reach = Findings()
    with _history(folder, cache, out_of_reach, on) as history:
        records = inspect_records(folder, on, cache, read_of, PastTold(folder.root, on, history), rules=RULE_BOOK)
        of_records = _waived(folder, records.shared, records.findings, on, cache)
        templates = _of_templates(folder, records, of_records, on, cache, history)
    # A page asks nothing of students' own records, so an error in one of them hides nothing of the handbook's.
    sound = not has_errors(one for one in of_records if not _under_no_page(one, records))
    shared = records.sound.campus if sound else records.shared
    found = read(folder.root, front_matter_schema(schemas()))
    told = Findings((*of_records, *out_of_reach))
    told.add(
        handbook_findings(folder, shared, on, cache, sound=sound, finding_cache=records.finding_cache, found=found)
    )
    told.add((*templates, *unseen_in_files(folder.root)))
    if sound:
        told.add(not_told_yet(in_public(folder, shared, on, cache, records.finding_cache, found), told))
        told.add(in_family(shared, records.names, on, records.finding_cache, found, Ages(folder.root, on)))
    return in_order(_waived(folder, records.shared, told, on, cache))


def _under_no_page(finding: Finding, records: Inspected) -> bool:
    """Whether no page of the handbook rests on what a finding is about: a student's record, a file out of place, or the
    words of a record that is in shape.
    """
    return (
        finding.path.startswith(_STUDENTS)
        or finding.code in WAIVED_ERRORS
        or finding.path in records.sound.under_no_page
    )


def _of_templates(
    folder: CampusFolder,
    records: Inspected,
    findings: Sequence[Finding],
    on: date,
    cache: ParseCache | None,
    history: History | None,
) -> tuple[Finding, ...]:
    """What is wrong with the campus's own templates; they are tried on records without an error."""
    own = own_templates(folder.root)
    if own is None:
        return ()
    errors = [one for one in findings if one.severity is Severity.ERROR]
    if records.sound.wrong or not all(_under_no_page(one, records) for one in errors):
        return tuple(map(from_problem, template_problems(Templates(site_templates(), own))))
    wrong = {one.path for one in errors}
    return Rehearsal(
        folder=folder,
        shared=records.shared,
        scan=folder.scan(),
        on=on,
        cache=cache,
        finding_cache=records.finding_cache,
        history=history,
        wrong={path.removeprefix(_STUDENTS).partition("/")[0] for path in wrong if path.startswith(_STUDENTS)},
    ).findings()


@contextmanager
def _history(folder: CampusFolder, cache: ParseCache | None, findings: Findings, on: date) -> Iterator[History | None]:
    """The campus's history, indexed where the last build left off; else in a folder that is gone afterwards."""
    place = TemporaryDirectory(prefix="sendbook-") if cache is None else nullcontext(str(cache.path.parent))
    with place as state, campus_history(folder, Path(state), findings, on) as history:
        yield history


def inspect_changes(folder: CampusFolder, since: str, on: date, cache: ParseCache | None = None) -> tuple[Finding, ...]:
    """What is wrong with what changed since a revision, without what the SENDCo has waived."""
    from sendbook.checks.changes import check_changes  # git is needed for nothing else here

    shared = folder.load(folder.scan().unit(SHARED), cache).campus
    return _waived(folder, shared, check_changes(folder, since, on, RULE_BOOK), on, cache)


def in_public(
    folder: CampusFolder,
    shared: Campus,
    on: date,
    cache: ParseCache | None,
    finding_cache: FindingCache,
    found: Handbook,
    strangers: Strangers | None = None,
) -> tuple[Finding, ...]:
    """What a build would find in the public's objects, and refuse, told before the engine has made them."""
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
    shared: Campus, names: Names, on: date, finding_cache: FindingCache, found: Handbook, ages: Ages
) -> tuple[Finding, ...]:
    """What the handbook tells families, and not the public, of anybody's home, or by name."""
    rests_on = {"handbook": found.digest, "names": names.digest(finding_cache)}
    before = finding_cache.of(FAMILY_PAGES, rests_on)
    if before is not None and (not before.findings or before.beside == ages.stamp):
        return before.findings
    told = of_family_pages(found, shared, on, names.everybody, ages)
    finding_cache.add(FAMILY_PAGES, rests_on, told, beside=ages.stamp)
    finding_cache.remember()
    return told


def _waived(
    folder: CampusFolder, shared: Campus, findings: Iterable[Finding], on: date, cache: ParseCache | None
) -> tuple[Finding, ...]:
    """The findings without those that are meant to be so; only records that a waiver names are read."""
    record = shared.get(WAIVERS)
    paths = {waiver.path for waiver in waivers_in(record)}
    entries = [entry for entry in folder.scan().entries if entry.path in paths] if paths else []
    named = folder.load(entries, cache).campus if entries else shared
    return waived(
        findings,
        record,
        on,
        record_of=lambda identity: named.get(identity) or shared.get(identity),
        kinds=folder.registry.kinds,
    )


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
) -> tuple[Finding, ...]:
    """What is wrong with the handbook (``found``, if it was read already), its settings, and its documents.

    While the records are not ``sound`` the names and dates a page asks for can't be looked up; it is then not told
    that they are missing, and the rules about documents are asked of the records that are. ``also`` are earlier
    versions of records that can't be read now: nobody may be named by an earlier name either.
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
        findings += _of_documents(
            folder, campus, on, cache, finding_cache if sound else None, found=found, also=also, sure=sound
        )
    return in_order(findings)


def document_findings(
    folder: CampusFolder,
    campus: Campus,
    on: date,
    cache: ParseCache,
    finding_cache: FindingCache,
    scan: Scan,
    *,
    also: Sequence[Record] = (),
) -> tuple[Finding, ...]:
    """What the rules about documents find in a handbook that is otherwise known to be right."""
    return in_order(_of_documents(folder, campus, on, cache, finding_cache, scan=scan, also=also))


def _of_documents(
    folder: CampusFolder,
    campus: Campus,
    on: date,
    cache: ParseCache | None,
    finding_cache: FindingCache | None,
    *,
    found: Handbook | None = None,
    scan: Scan | None = None,
    also: Sequence[Record] = (),
    sure: bool = True,
) -> tuple[Finding, ...]:
    """Reading the handbook and gathering everybody's names takes a while: what is known is not looked for again.

    A page that could not be read may be the very document: it is then not told to be missing. What was found is known
    of the pages as they were read: somebody may be saving one at this moment.
    """
    students = [entry for entry in (scan or folder.scan()).entries if entry.kind == STUDENT]
    records = _digests(folder, students, cache) if cache and finding_cache else {}
    basis = _basis(folder, found.digest if found else handbook_digest(folder.root))
    basis |= {one.path: one.digest for one in also}
    before = finding_cache.of(DOCUMENTS, basis) if finding_cache and records else None
    if before and cache and finding_cache and _still_holds(before, records, cache):
        if before.beside["students"] != records:
            finding_cache.add(DOCUMENTS, basis, before.findings, beside={**before.beside, "students": records})
            finding_cache.remember()
        return before.findings
    found = found or read(folder.root, front_matter_schema(schemas()))
    pages = (*found.pages, *found.unsound)
    made = document_case(folder, campus, pages, students, on, cache, also, RULE_BOOK.published)
    case = _with_days(folder, made)
    broken = any(from_problem(one).severity is Severity.ERROR for one in found.problems)
    asked = check_documents(case, where_in(folder), RULE_BOOK.documents, sure=sure and not broken)
    told = tuple(one for one in asked if (one.line is not None or not broken) and not _follows(one, found))
    if finding_cache and records:
        beside = {"students": records, "mentions": _mentions_of(case)}
        finding_cache.add(DOCUMENTS, {**basis, "handbook": found.digest}, told, beside=beside)
        finding_cache.remember()
    return told


def _knows_contacts(campus: Campus) -> bool:
    """Whether it can be said who may be named in public: without, every contact would be taken for a stranger."""
    place = campus.get("campus")
    contacts = place.data.get("contacts", {}).values() if place is not None else ()
    return place is not None and all(campus.get(f"people/{one}") is not None for one in contacts)


def _follows(finding: Finding, found: Handbook) -> bool:
    """Whether a rule asks for a fact of a page that was told to have a mistake."""
    page = finding.path.removeprefix("handbook/")
    return page in {one.path for one in found.unsound} and finding.line is not None and finding.pointer.count("/") == 1


def _mentions_of(case: DocumentCase) -> dict[str, Any]:
    from sendbook.checks.leaks.mentions import Mentions

    return Mentions.of(case.strangers.asked).plain()


def _still_holds(before: CachedFindings, records: Mapping[str, str], cache: ParseCache) -> bool:
    """Whether what was found would be found again: of the students whose record is another since, neither the old one
    nor the new one says anything that the documents could hold.
    """
    then = before.beside["students"]
    differing = [path for path in then.keys() | records.keys() if then.get(path) != records.get(path)]
    if not differing:
        return True
    from sendbook.checks.leaks.identifiers import every_form_of
    from sendbook.checks.leaks.mentions import Mentions  # most builds look for nobody

    digests = {digest for path in differing for digest in (then.get(path), records.get(path)) if digest}
    held = cache.get_many(digests)
    mentions = Mentions.read(before.beside["mentions"])
    return len(held) == len(digests) and not mentions.may_hold(every_form_of(held.values()))


def _with_days(folder: CampusFolder, case: DocumentCase) -> DocumentCase:
    """With the days on which the facts of the report changed since its words were dated."""
    if case.report is None:
        return case
    if not case.report.words_of:
        return case  # nobody has approved it yet: there is no day to compare with
    facts = facts_of(case.report, case.place)
    return replace(case, facts_changed=changed_after(folder.root, facts, case.report.words_of, case.on))


def _basis(folder: CampusFolder, handbook: str) -> dict[str, str]:
    """What the rules about documents rest on besides the records."""
    return {"handbook": handbook, "history": stamp_of(folder.root)}


def _digests(folder: CampusFolder, students: list[FileStamp], cache: ParseCache) -> dict[str, str]:
    """The digest of each student's own record, by path; nothing if one is unknown."""
    records = cache.recall(students)
    lately = [entry for entry in students if entry.path not in records]
    if lately:
        records |= folder.load(lately, cache).sources
    return records if len(records) == len(students) else {}


def _finding(problem: Problem) -> Finding:
    finding = from_problem(problem)
    return replace(finding, severity=Severity.WARNING) if problem.code in WARNINGS else finding
