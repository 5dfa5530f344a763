"""Finds everything that can be wrong with a campus folder: what can't be read, the records, the handbook.

The checks know records; the handbook's own faults are known in this room, where its editions are made
(`handbook_findings`). Both end in the same findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.shipped import schemas, site_templates
from sendbook.checks.finding import Finding, Findings, Severity, from_problem, has_errors, in_order
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.checks.texts.ages import Ages
from sendbook.checks.waivers import RECORD_ID as WAIVERS
from sendbook.checks.waivers import WAIVED_ERRORS, waived, waivers_in
from sendbook.checks.whole import Inspected, inspect_records, nothing_read
from sendbook.handbook.folder import Handbook, front_matter_schema, read
from sendbook.history.versions import History
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.templates import Templates
from sendbook.places import Places
from sendbook.site.build.campus_history import campus_history
from sendbook.site.build.handbook_findings import handbook_findings, in_family, in_public
from sendbook.site.build.past_told import PastTold
from sendbook.site.build.read_texts import read_in
from sendbook.site.build.rehearsal import Rehearsal, template_problems
from sendbook.site.build.shared_campus import own_templates
from sendbook.site.build.unseen_files import unseen_in_files

_STUDENTS = "records/students/"


def inspect(folder: CampusFolder, on: date, cache: ParseCache | None = None) -> tuple[Finding, ...]:
    """Returns all findings of a campus on a day. A ``cache`` spares looking at what is as it was the last time."""
    read_of = read_in(Places.around_cache(cache.path).bundle) if cache is not None else nothing_read
    out_of_reach = Findings()
    with _history(folder, cache, out_of_reach, on) as history:
        records = inspect_records(folder, on, cache, read_of, PastTold(folder.root, on, history), rules=RULE_BOOK)
        of_records = _waived(folder, records.shared, records.findings, on, cache)
        # A page asks nothing of students' own records, so an error in one of them hides nothing of the handbook's.
        sound = not has_errors(one for one in of_records if not _under_no_page(one, records))
        shared = records.sound.campus if sound else records.shared
        found = read(folder.root, front_matter_schema(schemas()))
        told = Findings((*of_records, *out_of_reach))
        told.add(
            handbook_findings(folder, shared, on, cache, sound=sound, finding_cache=records.finding_cache, found=found)
        )
        told.add(unseen_in_files(folder.root))
        if sound:
            # Where shared records have an error, nobody can say for sure who is who: every name would be a stranger's.
            told.add(not_told_yet(in_public(folder, shared, on, cache, records.finding_cache, found), told))
            told.add(in_family(shared, records.names, on, records.finding_cache, found, Ages(folder.root, on)))
        # Last, because the compliance page, on which templates are tried too, lists what was found before.
        told.add(_of_templates(folder, records, of_records, on, cache, history, found, tuple(told)))
    # Waivers count by the records as they are in the folder, whichever of them pages rest on.
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
    handbook: Handbook,
    told: tuple[Finding, ...],
) -> tuple[Finding, ...]:
    """Finds what is wrong with the campus's own templates; they are tried on records without an error.

    ``findings`` are those in records, ``told`` all there are.
    """
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
        handbook=handbook,
        told=told,
        wrong={path.removeprefix(_STUDENTS).partition("/")[0] for path in wrong if path.startswith(_STUDENTS)},
    ).findings()


@contextmanager
def _history(folder: CampusFolder, cache: ParseCache | None, findings: Findings, on: date) -> Iterator[History | None]:
    """The campus's history, indexed where the last build left off; else in a folder that is gone afterwards."""
    place = TemporaryDirectory(prefix="sendbook-") if cache is None else nullcontext(str(cache.path.parent))
    with place as state, campus_history(folder, Path(state), findings, on) as history:
        yield history


def inspect_changes(folder: CampusFolder, since: str, on: date, cache: ParseCache | None = None) -> tuple[Finding, ...]:
    """Finds what is wrong with what changed since a revision, without what the SENDCo has waived."""
    from sendbook.checks.changes import check_changes  # git is needed for nothing else here

    shared = folder.load(folder.scan().unit(SHARED), cache).campus
    return _waived(folder, shared, check_changes(folder, since, on, RULE_BOOK), on, cache)


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
