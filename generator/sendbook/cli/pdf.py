"""``sendbook pdf``: one document of one reader as a file."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from rich.console import Console

from sendbook.campus.folder import SHARED, CampusFolder, Loaded, Scan
from sendbook.campus.links import Links
from sendbook.campus.records import Campus
from sendbook.campus.shipped import schemas
from sendbook.campus.words import did_you_mean
from sendbook.checks.depends_on import depends_on
from sendbook.checks.finding import Finding, Severity, from_problem, has_errors, in_order
from sendbook.checks.names import Names
from sendbook.checks.reporters import as_text
from sendbook.checks.runner import Checker, where_in
from sendbook.checks.texts.ages import Ages
from sendbook.checks.waivers import waived_in
from sendbook.cli.campus_pdf import CampusPaper
from sendbook.cli.check import cache_of
from sendbook.cli.options import STATE, open_campus
from sendbook.cli.people import reader_called, senco_of
from sendbook.cli.telling import error_screen
from sendbook.documents.kinds import OF_DRAFT, DocumentKind
from sendbook.documents.press import Press
from sendbook.errors import DocumentError
from sendbook.handbook.folder import front_matter_schema
from sendbook.handbook.folder import read as read_handbook
from sendbook.handbook.print_pages import PAGE_DOCUMENTS, page_documents
from sendbook.kinds.all_kinds import WITH_PAGES
from sendbook.kinds.printed import DOCUMENTS, printed_as
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.own_kinds import slug
from sendbook.pages.own_papers import campus_document
from sendbook.pages.own_student_kinds import documents_of_own_kinds
from sendbook.pages.reading import DRAFTS
from sendbook.places import Places
from sendbook.site.build.handbook_findings import handbook_findings
from sendbook.site.build.read_texts import read_in
from sendbook.site.build.readings import reading_for, reading_of_draft_for, with_draft_agreed
from sendbook.site.build.shared_campus import SharedCampus, own_campus_kinds
from sendbook.site.macro_values import macro_values

HANDBOOK = "handbook"

#: Named as the file: the document goes to standard output, its bytes and nothing else.
PIPE = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What is asked for: a kind by name, of which student, for whom, into which file."""

    kind: str
    identity: str | None = None
    reader: str | None = None
    output: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The same, looked up: one student's records with the campus around them, and what is wrong with either.

    ``students`` are the ids of all there are, whose records are not read.
    """

    common: SharedCampus
    own: Campus
    students: frozenset[str]
    findings: tuple[Finding, ...]


def pdf(root: Path, what: What, on: date, console: Console) -> int:
    """Writes the document; answers the exit code."""
    folder = open_campus(root)
    kind = _kind(folder, what.kind)
    student = _student(kind, what.identity)
    if what.output == PIPE and sys.stdout.isatty():
        raise DocumentError("A PDF is not text for a screen: send it on, as in -o - | lp, or name a file with -o.")
    findings, data = _printed(folder, kind, student, what, on)
    if has_errors(findings):
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        console = error_screen() if what.output == PIPE else console
        console.print(as_text(errors, values=console.is_terminal))
        return 1
    content = Press(folder.root).pdf(data())
    if what.output == PIPE:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return 0
    target = what.output or Path(kind.file_name(student))
    _write(target, content, private=kind.private)
    console.print(f"{kind.title_of(student)} is in {target}.")
    return 0


def _printed(
    folder: CampusFolder, kind: DocumentKind, student: str, what: What, on: date
) -> tuple[tuple[Finding, ...], Callable[[], bytes]]:
    """What is wrong in what the document rests on, and what makes its print data."""
    if kind.of_campus:
        paper = CampusPaper(folder, kind.name, what.reader, on)
        return paper.findings, paper.data
    if kind.private:
        asked = _load(folder, student, what, on)
        return asked.findings, partial(_data, asked, kind, student, what.reader)
    asked = _load_handbook(folder, kind, on)
    return asked.findings, partial(_page_data, folder, asked, kind, what.reader)


def _write(target: Path, content: bytes, *, private: bool) -> None:
    """What is about a child is for the person who asked for it, and for nobody else on the machine."""
    mode = 0o600 if private else 0o666
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        if private and stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it may have been there, open to all
            os.fchmod(file.fileno(), mode)
        file.write(content)


def _kind(folder: CampusFolder, name: str) -> DocumentKind:
    """The kind of document of a name: one of ours, a page of the handbook, or a kind of record of the campus's own."""
    kinds = folder.registry.kinds.values()
    own = documents_of_own_kinds(kind for kind in kinds if kind.of_student and kind.name not in WITH_PAGES)
    of_campus = [campus_document(kind) for kind in own_campus_kinds(folder.registry)]
    known = {**{one.name: one for one in of_campus}, **own, **DOCUMENTS, **PAGE_DOCUMENTS}
    if name not in known:
        meant = did_you_mean(name, known)
        raise DocumentError(f"There is no document called “{name}”.{meant} There are: {', '.join(known)}.")
    return known[name]


def _student(kind: DocumentKind, identity: str | None) -> str:
    if kind.of_campus or not kind.private:
        if identity is not None:
            told = f"“{kind.title}” is about the school, not about one student"
            raise DocumentError(f"{told}. Leave the id out: sendbook pdf {kind.name}")
        return ""
    if identity is None:
        raise DocumentError(f"Whose {kind.name}? Name the student's id: sendbook pdf {kind.name} 7Q4K")
    return identity.upper()


def _load(folder: CampusFolder, student: str, asked: What, on: date) -> _Asked:
    """The shared records and this student's, and nobody else's: a campus of any size prints as fast.

    What is wrong in records that neither the student's nor the reader's copy rests on stops nothing.
    """
    scan = folder.scan()
    if student not in scan.students:
        raise DocumentError(f"There is no student “{student}”. Ids are the names of folders in records/students.")
    reader = asked.reader
    shared, loaded = folder.load(scan.unit(SHARED)), folder.load(scan.unit(student))
    checker = _checker(folder, scan, shared, on)
    rests_on = depends_on(checker, shared.problems, loaded.campus, [reader] if reader is not None else [])
    findings = [*map(from_problem, loaded.problems), *rests_on.findings]
    if not has_errors(findings):
        findings += rests_on.checker.of_student(loaded.campus, student)
        findings += _in_texts(folder, rests_on.checker, scan, loaded.campus, asked)
    both = rests_on.checker.shared.with_records(loaded.campus.records.values())
    findings = list(waived_in(both, findings, on))
    common = SharedCampus(rests_on.checker.shared, on, folder.root)
    return _Asked(common=common, own=loaded.campus, students=frozenset(scan.students), findings=in_order(findings))


def _in_texts(folder: CampusFolder, checker: Checker, scan: Scan, own: Campus, what: What) -> Iterator[Finding]:
    """What the family's or the student's own copy would say of others: what is not published is not printed either.

    Only for such a copy everybody's name is read.
    """
    student = str(what.identity).upper()
    header = own.get(f"students/{student}/student")
    family = header.data.get("family", ()) if header is not None else ()
    if what.reader != student and what.reader not in {str(item.get("person")) for item in family}:
        return
    kind = _kind(folder, what.kind)
    if kind.is_of_draft:
        own = with_draft_agreed(own, student, kind.printed_from)
        yield from checker.of_family(own, student)
    with cache_of(folder.root) as cache:
        names = Names.of(folder, checker.shared, scan, cache)
        ages = Ages(folder.root, checker.on)
        looking = replace(checker, everybody=names.everybody, header_of=names.header_of, ages=ages)
        yield from looking.of_others(own, student, read_in(Places(folder.root / STATE).bundle)(student))


def _checker(folder: CampusFolder, scan: Scan, shared: Loaded, on: date) -> Checker:
    unread = frozenset(problem.path for problem in shared.problems)
    links = Links.of(shared.campus, students=frozenset(scan.students), unread=unread)
    return Checker(shared=shared.campus, links=links, where=where_in(folder), on=on, rules=RULE_BOOK)


def _data(asked: _Asked, kind: DocumentKind, student: str, reader: str | None) -> bytes:
    """The print data of what this reader may see."""
    campus = asked.common.shared.with_records(asked.own.records.values())
    reader = reader or senco_of(campus)
    reading = None
    if reader == student or reader not in asked.students:  # no student sees another's records
        who = reader_called(campus, reader).id
        reading = reading_for(asked.common, asked.own, student, who)
        if kind.is_of_draft and (reading is None or reading.at(kind.printed_from) is None):
            reading = reading_of_draft_for(asked.common, asked.own, student, kind.printed_from, who)
    data = None
    if reading is not None:
        data = printed_as(kind.name, reading)
    if data is None:
        raise DocumentError(f"{reader} has no {kind.title.lower()} of {student}: {_why_not(asked.own, kind, reader)}")
    return data


def _why_not(own: Campus, kind: DocumentKind, reader: str) -> str:
    """Why a reader has no such document: there is no record of it, or they may not see the one there is."""
    named = kind.name.removeprefix(OF_DRAFT)
    of_kind = sorted(record.id for record in own.records.values() if slug(record.kind) == named)
    printed = [one for one in of_kind if f"/{DRAFTS}" in one] if kind.is_of_draft else of_kind
    if not printed:
        return "there is none."
    return f"there is none that they may see. To see why: sendbook why {reader} {printed[0]}"


def _load_handbook(folder: CampusFolder, kind: DocumentKind, on: date) -> _Asked:
    """The shared records, and what is wrong with the one page that is printed."""
    scan = folder.scan()
    shared = folder.load(scan.unit(SHARED))
    common = SharedCampus(shared.campus.well_formed(), on, folder.root)
    findings = [*map(from_problem, shared.problems), *_checker(folder, scan, shared, on).of_records(shared.campus)]
    handbook = handbook_findings(folder, shared.campus, on, sound=not has_errors(findings))
    findings += [finding for finding in handbook if finding.path in (HANDBOOK, f"{HANDBOOK}/{kind.name}.md")]
    students = frozenset(scan.students)
    return _Asked(common=common, own=shared.campus, students=students, findings=in_order(findings))


def _page_data(folder: CampusFolder, asked: _Asked, kind: DocumentKind, reader: str | None) -> bytes:
    """The print data of the edition this reader has; the public's, if nobody is named."""
    common, edition = asked.common, "public"
    if reader is not None:
        works_here = reader not in asked.students and reader_called(common.shared, reader).works_on(common.on)
        edition = "staff" if works_here else "family"
    pages = read_handbook(folder.root, front_matter_schema(schemas())).pages
    made = page_documents(pages, edition, macro_values(common.shared, common.on, edition, basis=common.basis))
    for page in pages:
        if page.id == kind.name and page.url in made:
            return made[page.url]
    raise DocumentError(
        f"The {edition} edition of the handbook has no {kind.title}: there is no page with the id {kind.name}, "
        "or it is not for that edition."
    )
