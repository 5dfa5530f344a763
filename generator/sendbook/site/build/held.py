"""One student's job while a record has an error: the last good pages stay for those who may still read them.

Who may see the student is worked out anew from everything that can be read today. Nothing is rendered: a reader keeps
the pages made last, or is given the plain page that says they are being corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sendbook.access.held import Held, Today, held_scopes, holds, reading_of
from sendbook.access.people import address_of
from sendbook.bundle.addresses import NO_ADDRESS, stands_for
from sendbook.bundle.publication import ScopeRow
from sendbook.campus.called import called
from sendbook.campus.folder import CampusFolder, FileStamp
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.salvage import NOTHING_READ, Salvaged, salvage
from sendbook.site.build.correction import correction_of, is_correction
from sendbook.site.build.family_contacts import contact_of
from sendbook.site.build.last_good import LastGood
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import account_of
from sendbook.site.readers.waiting import pack

_HEADER = STUDENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Describes a student to be held.

    ``own`` are the records that could be read and ``wrong`` the paths of those with an error; ``last`` is what the last
    good pages were made of and ``published`` who is given which projection now. ``leaks`` says that the last good pages
    name somebody to a family or a student who is not entitled to it.
    """

    student: str
    entries: tuple[FileStamp, ...]
    own: Campus
    wrong: frozenset[str]
    last: LastGood | None
    published: dict[str, tuple[str, date | None]]
    leaks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Holds the scopes of a student with an error, and what is known of those who wait for the pages."""

    scopes: tuple[ScopeRow, ...]
    waiting: bytes


def rows_while_held(common: SharedCampus, folder: CampusFolder, hold: Hold, nobody_gains: bool) -> Rows:
    """Returns the scopes of a student with an error: the last good projection, or a page that says so.

    Where the student's own record can't be used, or while ``nobody_gains``, only those are among them who were before.
    """
    header, readable = _headers(folder, hold, common)
    last = hold.last
    unchanged = last is not None and last.rules == common.rules_for(last.related)
    today = Today(
        student=hold.student,
        registry=folder.registry,
        headers=header,
        readable=readable,
        in_part=tuple(_in_part(folder, hold)),
        there=frozenset(entry.record_id for entry in hold.entries),
    )
    standings = {reader: stands for reader, (stands, _) in last.readers.items()} if last is not None else {}
    found = held_scopes(today, last.records if last is not None else (), standings, common.on, common.basis)
    only_known = nobody_gains or _path_of_header(hold.student) in hold.wrong
    those = [one for one in found if not only_known or one.reader in hold.published]
    rows = tuple(
        _row(one, hold, common.own_kinds, unchanged=unchanged and _still_reached(common, hold, one.reader))
        for one in those
    )
    wait = [one for one, row in zip(those, rows, strict=True) if is_correction(row[1])]
    return Rows(scopes=rows, waiting=pack(wait))


class Account(NamedTuple):
    """Describes a student's account today: the name it shows, what stands for its address, its last day, if any."""

    name: str | None = None
    address: str = NO_ADDRESS
    until: date | None = None


NO_ACCOUNT = Account()


def account_while_held(common: SharedCampus, folder: CampusFolder, hold: Hold) -> Account:
    """Returns the account a student has in every reading of their own record, under one address in all of them."""
    readings, _ = _headers(folder, hold, common)
    accounts = [account_of(common, one) for one in readings]
    addresses = {address_of(one.data) for one in readings}
    if None in accounts or len(addresses) != 1:
        return NO_ACCOUNT
    return Account(
        name=called(readings[0].data).known_as,
        address=stands_for(*addresses),
        until=min((span.until for span in accounts if span is not None and span.until is not None), default=None),
    )


def _row(one: Held, hold: Hold, own_kinds: Set[str], *, unchanged: bool) -> ScopeRow:
    waits = correction_of(one.kinds & own_kinds)
    given = hold.published.get(one.reader, (waits, None))[0]
    was = hold.last.readers[one.reader][1] if hold.last is not None and one.reader in hold.last.readers else ""
    leaks = hold.leaks and one.manner != "staff"
    keeps = unchanged and one.may_read and given == was and not leaks
    return one.reader, given if keeps else waits, one.until, one.because


def _still_reached(common: SharedCampus, hold: Hold, reader: str) -> bool:
    """Whether the reader may still see all that the last good pages say of how to reach others of the family."""
    if hold.last is None or reader not in hold.last.readers:
        return True
    around, then = common.around(reader), hold.last.contacts.get(hold.last.readers[reader][1], {})
    others = ((person, contact) for person, contact in then.items() if person != reader)
    return all(holds(contact_of(common, reader, around, person), contact) for person, contact in others)


def _headers(folder: CampusFolder, hold: Hold, common: SharedCampus) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """The readings of the student's own record, and all records that can be read."""
    path, record_id = _path_of_header(hold.student), f"students/{hold.student}/student"
    readable = tuple(hold.own.records.values())
    now = hold.own.get(record_id)
    if now is not None and path not in hold.wrong:
        return (now,), readable
    last = next((one for one in hold.last.records if one.id == record_id), None) if hold.last is not None else None
    if last is None or not any(entry.path == path for entry in hold.entries):
        return (), readable  # nothing says who may see the student, or what said it was taken away
    found = _salvaged(folder, path, hold.entries)
    newer = reading_of(hold.student, path, common.basis.kinds[_HEADER], found, last)
    return ((last, newer) if newer is not None else (last,)), tuple(one for one in readable if one.id != record_id)


def _in_part(folder: CampusFolder, hold: Hold) -> Iterator[Record]:
    """What can be read of records that are no sound YAML, but for the student's own record."""
    for entry in hold.entries:
        if entry.record_id in hold.own.records or entry.path == _path_of_header(hold.student):
            continue
        found = _salvaged(folder, entry.path, (entry,))
        if found.data:
            yield Record(
                id=entry.record_id,
                kind=entry.kind,
                student=hold.student,
                path=entry.path,
                digest="read in part",
                data=found.data,
            )


def _salvaged(folder: CampusFolder, path: str, entries: Iterable[FileStamp]) -> Salvaged:
    entry = next((one for one in entries if one.path == path), None)
    try:
        return salvage(folder.read(entry)) if entry is not None else NOTHING_READ
    except OSError:
        return NOTHING_READ


def _path_of_header(student: str) -> str:
    return f"records/students/{student}/student.yml"
