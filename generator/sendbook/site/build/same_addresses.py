"""Finds two who would sign in with one address, where only one of their records is read in a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sendbook.access.people import address_of
from sendbook.bundle.addresses import NO_ADDRESS, stands_for
from sendbook.bundle.store import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Finding
from sendbook.checks.runner import where_in
from sendbook.checks.sign_ins import check_one_address_each
from sendbook.site.build.held_list import errors_by_student
from sendbook.site.build.student_jobs import StudentJob
from sendbook.site.readers.reader_site import ReaderSites


def clashes(
    folder: CampusFolder, scan: Scan, shared: Campus, bundle: Bundle, cache: ParseCache, changed: Iterable[StudentJob]
) -> tuple[Mapping[str, list[Finding]], list[Finding]]:
    """Returns the errors of each student whose address is not the one they had, and all that is found.

    Of the others nothing has changed, so their pages stay.
    """
    before = ReaderSites.addresses_in(bundle)
    now = {**before, **_read_anew(folder, cache, changed)}
    people = shared.of_kind(PERSON)
    sharing = _sharing({student: now[student] for student in now if student in scan.units}, people)
    headers = [one for student in sharing for one in scan.unit(student) if one.kind == STUDENT]
    students = folder.load(headers, cache).campus.of_kind(STUDENT) if headers else ()
    told = list(check_one_address_each([*people, *students], where_in(folder))) if students else []
    found = errors_by_student(told)
    return {one: errors for one, errors in found.items() if now[one] != before.get(one)}, told


def _read_anew(folder: CampusFolder, cache: ParseCache, changed: Iterable[StudentJob]) -> dict[str, str]:
    """What stands for the address of each student whose files are not those of the last build."""
    entries = [one for job in changed for one in job.entries if one.kind == STUDENT]
    records = folder.load(entries, cache).campus.of_kind(STUDENT) if entries else ()
    return {one.student or "": stands_for(address_of(one.data)) for one in records}


def _sharing(addresses: Mapping[str, str], people: Iterable[Record]) -> list[str]:
    """The students who have one address with another student or with somebody else."""
    taken = {stands_for(address_of(one.data)) for one in people}
    holders: dict[str, list[str]] = {}
    for student, address in addresses.items():
        if address != NO_ADDRESS:
            holders.setdefault(address, []).append(student)
    return [one for address, some in holders.items() if len(some) > 1 or address in taken for one in some]
