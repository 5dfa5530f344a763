"""``sendbook diff``: what changed between two versions, told in sentences: all of it, or as somebody sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from rich.console import Console

from sendbook.access.schema_changes import schema_changes
from sendbook.access.withdrawn import RECORD_ID as WITHDRAWN
from sendbook.access.withdrawn import Place, withdrawn_places
from sendbook.campus.called import called
from sendbook.campus.folder import CampusFolder
from sendbook.campus.foundation import CAMPUS, PERSON
from sendbook.campus.paths import STUDENT_ID
from sendbook.campus.records import Campus
from sendbook.checks.finding import from_problem
from sendbook.checks.reporters import as_text as findings_as_text
from sendbook.checks.rules.schema_rules import unnamed
from sendbook.checks.runner import where_in
from sendbook.checks.shape import check_shape
from sendbook.cli.options import open_campus
from sendbook.cli.people import reader_called
from sendbook.errors import SendbookError
from sendbook.history.between import Sides, refuse_days_ahead, repository_of, revisions, sides_between
from sendbook.history.committed import Past, committed_states
from sendbook.history.comparison import compare
from sendbook.history.confidences import Confidence, confidential_places, opened_by_field
from sendbook.history.names import Names, people_in
from sendbook.history.narration import Account, narrate
from sendbook.history.own_files import own_files_at
from sendbook.history.reduction import Reduced, Reduction
from sendbook.history.reports import NOTHING_ELSE, REPORTERS, RecordChanges
from sendbook.history.repository import Repository
from sendbook.kinds.all_kinds import TELLERS
from sendbook.kinds.intervention import INTERVENTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be compared, for whom, and how it is told."""

    revisions: str | None
    student: str | None
    person: str | None
    output: str


def diff(root: Path, asked: Question, on: date, console: Console, errors: Console) -> int:
    """Prints what changed; answers the exit code."""
    if asked.output not in REPORTERS:
        raise SendbookError(f"There is no format “{asked.output}”. Formats: {', '.join(REPORTERS)}.")
    folder = open_campus(root)
    before, after = revisions(asked.revisions)
    refuse_days_ahead(on, before, after)
    repository = repository_of(folder, on)
    student = _student(asked.student)
    sides = sides_between(folder, repository, before, after, student=student)
    _known(folder, sides, student)
    differing = sides.before.keys() | sides.after.keys()
    withdrawn = _withdrawn(folder)
    sides = sides.without(withdrawn, folder.registry.kinds)
    with committed_states(folder.root, folder.registry, on) as past:
        told = _as_person_sees(folder, sides, asked.person, on, past) if asked.person else _all(folder, sides, past)
    _tell_of_own_files(folder, repository, before, after, errors)
    changed = [one for one in told if one.accounts]
    # Whom it is told as may not hear that something was withdrawn.
    cut = [] if asked.person else sorted(withdrawn.keys() & differing)
    left_out = cut or sides.unreadable or sides.problems or sides.unfit
    partly = not changed and left_out and asked.output != "json"
    console.print(NOTHING_ELSE if partly else REPORTERS[asked.output](changed))
    for record in cut:
        errors.print(f"records/{record}.yml: what was withdrawn is left out (records/withdrawn.yml).")
    for sentence in _wrong_clocks(repository, before, after):
        errors.print(sentence)
    return _left_out(folder, sides, errors)


def _tell_of_own_files(
    folder: CampusFolder, repository: Repository, before: str, after: str | None, errors: Console
) -> None:
    """Says what schemas and templates changed of who sees what: records need not have changed at all.

    Apart from the comparison, which may be meant for somebody else.
    """
    then, now = (
        own_files_at(folder, repository, repository.commit(one) if one is not None else None) for one in (before, after)
    )
    if then.registry is None or now.registry is None:
        errors.print("schemas: they can't be read as they were, so what they changed is left out.")
    else:
        for one in schema_changes(then.registry, now.registry):
            errors.print(f"Who sees {one.place} changed with the schema: “{one.was}” then, “{one.now}” now.")
    for path in then.templates_that_differ(now):
        errors.print(f"{path}: a template changed; it decides what of a page is shown, and how.")


def _wrong_clocks(repository: Repository, before: str, after: str | None) -> Iterator[str]:
    """Which versions between count from another day than their clocks said."""
    between = repository.corrections(repository.commit(before), repository.commit(after) if after is not None else None)
    for one in between:
        yield f"A version dated {one.clock} by a wrong clock counts as one of {one.day}. Set that computer's clock."


def _withdrawn(folder: CampusFolder) -> Mapping[str, tuple[Place, ...]]:
    """What no comparison shows, by record. Raises `SendbookError` where it can't be known: it might be shown then."""
    path = f"records/{WITHDRAWN}.yml"
    loaded = folder.load([entry for entry in folder.scan().entries if entry.path == path])
    record = loaded.campus.get(WITHDRAWN)
    if record is None and not (folder.root / path).exists():
        return {}
    if record is None or not loaded.campus.fits(record):
        raise SendbookError(f"{path} has errors, so what is withdrawn is not known. Run sendbook check first.")
    return withdrawn_places(record)


def _student(named: str | None) -> str | None:
    """A student's id as it is in paths; raises `SendbookError` for what can't be one."""
    if named is None or re.fullmatch(STUDENT_ID, named.upper()):
        return named.upper() if named else None
    raise SendbookError(f"“{named}” is not a student's id. Ids are the names of the folders in records/students.")


def _known(folder: CampusFolder, sides: Sides, student: str | None) -> None:
    """Raises `SendbookError` where a student named is nowhere: a slip of the pen is not “nothing has changed”."""
    if student is None or (folder.root / "records" / "students" / student).is_dir():
        return
    if not (sides.students or sides.unreadable or sides.problems or sides.unfit):
        raise SendbookError(
            f"There is no student “{student}”, and none has come or left between these versions. "
            "Ids are the names of the folders in records/students."
        )


def _all(folder: CampusFolder, sides: Sides, past: Past) -> list[RecordChanges]:
    """Everything, as the person who keeps the records has it open anyway; names from today's records."""
    known = _named_in(folder, sides)
    told = []
    for student in sides.students:
        own = sides.of_student(student)
        header = known.get(f"students/{student}/student")
        known_as = called(header.data).known_as if header is not None else ""
        names = Names.of(known.shared, known_as=known_as or "the student")
        reduced = Reduced(before=own.before, after=own.after, voice="staff")
        of_student = _told(folder, student, reduced, names, known_as, past)
        told.append(replace(of_student, accounts=tuple(map(_with_id, of_student.accounts))))
    return told


def _with_id(account: Account) -> Account:
    """Adds the id to a person's name in the heading: two may share a name, and the file is open to the one who asks."""
    if account.kind != PERSON:
        return account
    return replace(account, title=f"{account.title} ({account.record.rpartition('/')[2]})")


def _named_in(folder: CampusFolder, sides: Sides) -> Campus:
    """Today's records that the differing ones may name: no more of them, or a large campus would take its time."""
    records = (*sides.before.values(), *sides.after.values())
    people = {f"people/{person}" for record in records for person in people_in(record.data)}
    headers = {f"students/{student}/student" for student in sides.students}
    wanted = [
        entry
        for entry in folder.scan().entries
        if entry.kind in (CAMPUS, INTERVENTION) or entry.record_id in people or entry.record_id in headers
    ]
    return folder.load(wanted).campus.well_formed()


def _as_person_sees(folder: CampusFolder, sides: Sides, person: str, on: date, past: Past) -> list[RecordChanges]:
    """Both sides as somebody sees them today."""
    loaded = folder.load()
    if loaded.problems or not all(map(loaded.campus.fits, loaded.campus.records.values())):
        raise SendbookError("Who may see what can't be worked out while records have errors. Run sendbook check first.")
    if any(not change.added for change in unnamed(loaded.campus)):
        raise SendbookError(
            "The campus's own schemas change who sees what, and access.yml does not name it. Run sendbook check first."
        )
    reduction = Reduction(loaded.campus, reader_called(loaded.campus, person), on)
    told = []
    for student in sides.students:
        own = sides.of_student(student)
        reduced = reduction.of_shared(own) if student is None else reduction.of_student(own, student, past(student))
        names = reduction.names(student, reduced.voice)
        called = names.known_as if names.known_as != "the student" else ""
        told.append(_told(folder, student, reduced, names, called, past))
    return told


def _told(
    folder: CampusFolder, student: str | None, sides: Reduced, names: Names, called: str, past: Past
) -> RecordChanges:
    events = compare(sides.before, sides.after, folder.registry.kinds)
    kinds, confidential = folder.registry.kinds, _confidential(folder, sides, student, past)
    accounts = narrate(events, sides.before, sides.after, kinds, names, confidential, tellers=TELLERS)
    return RecordChanges(student=student, called=called, events=events, accounts=accounts)


def _confidential(folder: CampusFolder, sides: Reduced, student: str | None, past: Past) -> frozenset[Confidence]:
    """The entries of the records compared that are not for the family, as they are today or were when last there."""
    kinds, differing = folder.registry.kinds, sides.before.keys() | sides.after.keys()
    entries = [entry for entry in folder.scan().entries if entry.record_id in differing]
    today = folder.load(entries).campus.records
    then = opened_by_field((sides.before, sides.after), kinds)
    # Few comparisons hold such entries that are gone today, and a student's whole past takes its time.
    if student is None or then <= opened_by_field([today], kinds):
        return confidential_places([today], kinds)
    return confidential_places([sides.before, sides.after, *past(student), today], kinds)


def _left_out(folder: CampusFolder, sides: Sides, errors: Console) -> int:
    """Says which records could not be compared; 1 if that can be put right."""
    for path in sides.unreadable:
        errors.print(f"{path} could not be read as it was then, so it is left out.")
    findings = [from_problem(problem) for problem in sides.problems]
    where, kinds = where_in(folder), folder.registry.kinds
    for record in sides.unfit:
        findings += check_shape(record, kinds[record.kind], kinds, partial(where, record))
    if findings:
        errors.print(findings_as_text(findings, values=errors.is_terminal))
    return 1 if findings else 0
