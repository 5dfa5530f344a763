"""Finds what the rules about documents ask for: in the handbook's pages, with everybody's names at hand.

Reading the handbook and gathering names takes a while, so what was found is remembered with what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sendbook.campus.cache import ParseCache
from sendbook.campus.contacts import contacts_of
from sendbook.campus.folder import CampusFolder, FileStamp, Scan
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.shipped import schemas
from sendbook.checks.document_checks import check_documents
from sendbook.checks.documents import DocumentCase
from sendbook.checks.facts import changed_after, facts_of
from sendbook.checks.finding import Finding, Severity, from_problem, in_order
from sendbook.checks.finding_cache import DOCUMENTS, CachedFindings, FindingCache
from sendbook.checks.runner import where_in
from sendbook.handbook.documents import document_case
from sendbook.handbook.folder import Handbook, front_matter_schema, handbook_digest, read
from sendbook.history.repository import stamp_of
from sendbook.history.versions import History
from sendbook.kinds.rule_book import RULE_BOOK


def document_findings(
    folder: CampusFolder,
    campus: Campus,
    on: date,
    cache: ParseCache,
    finding_cache: FindingCache,
    scan: Scan,
    *,
    also: Sequence[Record] = (),
    history: History | None = None,
) -> tuple[Finding, ...]:
    """Finds what the rules about documents ask for in a handbook that is otherwise known to be right."""
    return in_order(of_documents(folder, campus, on, cache, finding_cache, scan=scan, also=also, history=history))


def of_documents(
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
    history: History | None = None,
) -> tuple[Finding, ...]:
    """Finds what is wrong with documents, unless it is known: reading, and gathering everybody's names, takes a while.

    A page that could not be read may be the very document: it is then not told to be missing. What was found is known
    of the pages as they were read: somebody may be saving one at this moment. A build hands in the ``history`` that
    it has open: it says whether what was committed since concerns a document.
    """
    entries = (scan or folder.scan()).entries
    students = [entry for entry in entries if entry.kind == STUDENT]
    named = contacts_of(campus)
    people = [one for one in entries if one.kind == PERSON and one.record_id.rpartition("/")[2] not in named]
    records = _digests(folder, [*students, *people], cache) if cache and finding_cache else {}
    basis = {"handbook": found.digest if found else handbook_digest(folder.root)}
    basis |= {one.path: one.digest for one in also}
    past = _Past(stamp=stamp_of(folder.root), history=history)
    # Two things are compared: the pages, which must be the same, and those who are looked for in them, most of whom do
    # not matter.
    before = finding_cache.of(DOCUMENTS, basis) if finding_cache and records else None
    if before and cache and finding_cache and past.is_of(before) and _still_holds(before, records, cache):
        beside = {**before.beside, "students": records, **past.beside(before.beside["versions"])}
        if beside != before.beside:
            finding_cache.add(DOCUMENTS, basis, before.findings, beside=beside)
            finding_cache.remember()
        return before.findings
    found = found or read(folder.root, front_matter_schema(schemas()))
    # Pages that have an error of their own are among those asked: somebody may be named in them all the same.
    pages = (*found.pages, *found.unsound)
    made = document_case(folder, campus, pages, students, on, cache, also, RULE_BOOK.published)
    case = _with_days(folder, made)
    broken = any(from_problem(one).severity is Severity.ERROR for one in found.problems)
    asked = check_documents(case, where_in(folder), RULE_BOOK.documents, sure=sure and not broken)
    told = tuple(one for one in asked if (one.line is not None or not broken) and not _follows(one, found))
    if finding_cache and records:
        beside = {"students": records, "mentions": _mentions_of(case), **past.beside(_dated(case))}
        finding_cache.add(DOCUMENTS, {**basis, "handbook": found.digest}, told, beside=beside)
        finding_cache.remember()
    return told


def _follows(finding: Finding, found: Handbook) -> bool:
    """Whether a rule asks for a fact of a page that was told to have a mistake."""
    page = finding.path.removeprefix("handbook/")
    return page in {one.path for one in found.unsound} and finding.line is not None and finding.pointer.count("/") == 1


def _mentions_of(case: DocumentCase) -> dict[str, Any]:
    from sendbook.checks.leaks.mentions import Mentions

    return Mentions.of(case.strangers.asked).plain()


def _still_holds(before: CachedFindings, records: Mapping[str, str], cache: ParseCache) -> bool:
    """Whether what was found would be found again: of the students and people whose record is another since, neither
    the old one nor the new one says anything that the documents could hold.
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


def _dated(case: DocumentCase) -> Iterable[str]:
    """The files whose earlier versions say since when the facts of the report are what they are."""
    if case.report is None or not case.report.words_of:
        return ()
    return {fact.path for fact in facts_of(case.report, case.place)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """Says whether what was committed since documents were looked through concerns them.

    Nothing was if the ``stamp`` is that of then. Otherwise the ``history`` knows, where it is open, which files have
    new versions: most commits are about a student, and no fact of a document is in a student's file.
    """

    stamp: str
    history: History | None

    def is_of(self, before: CachedFindings) -> bool:
        """Whether the versions that count are those of then."""
        if before.beside["history"] == self.stamp:
            return True
        then: Mapping[str, str | None] = before.beside["versions"]  # None where that was not known
        return None not in then.values() and then == self._marks(then)

    def beside(self, paths: Iterable[str]) -> dict[str, Any]:
        """What tells next time whether they still are, for the files that count."""
        return {"history": self.stamp, "versions": self._marks(paths)}

    def _marks(self, paths: Iterable[str]) -> dict[str, str | None]:
        return {path: self.history.mark_of(path) if self.history is not None else None for path in sorted(paths)}


def _digests(folder: CampusFolder, looked_for: list[FileStamp], cache: ParseCache) -> dict[str, str]:
    """The digest of each record of somebody who is looked for, by path; nothing if one is unknown."""
    records = cache.recall(looked_for)
    lately = [entry for entry in looked_for if entry.path not in records]
    if lately:
        records |= folder.load(lately, cache).sources
    return records if len(records) == len(looked_for) else {}
