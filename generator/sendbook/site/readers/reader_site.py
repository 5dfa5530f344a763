"""What belongs to one reader: home, lists, class sheets; and who may read the handbook and library.

Everything here is made from facts that the projections of this reader's own scopes left behind, so it can say
nothing of a student that those pages do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sendbook.access.people import Reader
from sendbook.access.shared import reader_until, shared_until, whos_of, work_until
from sendbook.access.spans import Span, ends
from sendbook.bundle.addresses import stands_for
from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import DIRECTORY, HANDBOOK, LIBRARY, OWN, PUBLIC
from sendbook.bundle.store import Bundle
from sendbook.campus.digests import digest_of
from sendbook.errors import SpentBundle
from sendbook.handbook.print_pages import paper_of
from sendbook.handbook.public_home import HOME, PublicPage, public_home
from sendbook.pages.asked import Asked
from sendbook.pages.asked import noting as noted
from sendbook.pages.campus_page import CampusReading
from sendbook.pages.drawer import campus_lists
from sendbook.pages.once import Once
from sendbook.pages.template_faults import Noting
from sendbook.site.build.changed_students import PageBasis
from sendbook.site.build.correction import is_correction
from sendbook.site.build.faults_kept import FaultsKept
from sendbook.site.build.held_list import HELD, HeldThing, once_each
from sendbook.site.build.how_reached import reached_in
from sendbook.site.build.remembered import SHARED_CAMPUS, RememberedStudent, facts_key, unpacked
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.campus.compliance_sources import remembered_compliance
from sendbook.site.macro_values import macro_values
from sendbook.site.readers.campus_pages import campus_pages
from sendbook.site.readers.campus_readings import CampusReadings, named_student
from sendbook.site.readers.made_for_many import MadeForMany
from sendbook.site.readers.own_pages import OwnReader, OwnSite, family_links, own_site_of
from sendbook.site.readers.renewed_pages import RenewedPages
from sendbook.site.readers.shared_pages import SharedPages
from sendbook.site.readers.unchanged_pages import UnchangedPages
from sendbook.site.readers.unchanged_pages import forget as forget_unchanged
from sendbook.site.readers.waiting import WAITING, Waiting
from sendbook.site.readers.waiting import unpack as waiting_of

_SHARED = frozenset({HANDBOOK, LIBRARY, DIRECTORY, OWN})
_READERS = "~readers"
# Whose duty it is to put right what is held back.
_CORRECTS = "senco"
# Facts kept in memory: some ten kilobytes each.
_READ_AT_MOST = 4096
# Own pages that are alike for many: the sheet of a class that several people see.
_ALIKE = frozenset({"own/sheet.html"})
# Under this name the bundle remembers of which people a reader's own pages say how they are reached, and in what way.
_OWN_REACHES = "own reaches"
# Under this name it remembers what grants open to readers, by a digest of what these may be called.
_OPENED = "opened"


class ReaderSites:
    """Writes the readers' pages of one build, inside its publication."""

    def __init__(
        self,
        common: SharedCampus,
        bundle: Bundle,
        change: Publication,
        wanted: frozenset[str] | None,
        basis: PageBasis,
        said_now: set[bytes],
    ) -> None:
        self._common = common
        self._basis = basis
        self._bundle = bundle
        self._change = change
        self._wanted = wanted
        #: What own pages say of how people are reached, as remembered: those that are known to be right today.
        self._said_now = said_now
        self._touched: set[str] = set()
        #: The students who have an account today: name, what stands for their address, and its last day if any.
        self._students: dict[str, list[str]] = json.loads(bundle.remembered(_READERS, "students") or b"{}")
        self._read: dict[bytes, Mapping[str, Any]] = {}
        self._campus = CampusReadings(common)
        # Read when a page first asks: the build has remembered it by then.
        self._compliance = cache(lambda: remembered_compliance(bundle))
        self._pages = campus_pages(common, self._compliance)
        self._held = tuple(HeldThing(**one) for one in json.loads(bundle.remembered(SHARED_CAMPUS, HELD) or b"[]"))
        self._templates = Once(common.templates, _ALIKE)
        self._faults = FaultsKept(bundle, change)
        for_many = MadeForMany(common=common, bundle=bundle, change=change, faults=self._faults)
        self._shared = SharedPages(for_many, self._pages)
        self._renewed = RenewedPages(for_many, self._pages)

    def touch(self, readers: Iterable[str]) -> None:
        """Notes readers whose own pages may no longer be right."""
        self._touched.update(readers)

    def set_student(
        self, student: str, name: str | None, address: str = "", account_until: date | None = None, *, new: bool = True
    ) -> None:
        """Notes that a student signs in under this name with this address up to a day, or (None) does not.

        Unless ``new``, who had no account before gets none now.
        """
        if name is None or not (new or student in self._students):
            self._students.pop(student, None)
        else:
            self._students[student] = [name, address, account_until.isoformat() if account_until else ""]
        self._touched.add(student)

    @staticmethod
    def addresses_in(bundle: Bundle) -> dict[str, str]:
        """Returns what stands for the address of each student who signs in, as the last build left it."""
        students: dict[str, list[str]] = json.loads(bundle.remembered(_READERS, "students") or b"{}")
        return {student: address for student, (_, address, _) in students.items()}

    def set_held(self, things: tuple[HeldThing, ...]) -> bool:
        """Notes what is held back in this build, and returns whether that is news that a home page has to say."""
        if things == self._held:
            return False
        self._held = things
        self.touch(one.id for one in self._common.basis.people if _CORRECTS in one.roles_on(self._common.on))
        return True

    def put(self, *, everyone: bool) -> int:
        """Publishes the own pages of the readers touched, or of all; answers how many readers that were."""
        # Each attempt of a build remembers what the compliance page rests on anew.
        self._compliance.cache_clear()
        known = self._readers()
        for gone in set(self._bundle.readers()) - set(known) - {PUBLIC}:
            self._change.remove_reader(gone)
            self._change.remember(gone, _OWN_REACHES, None)
            forget_unchanged(self._change, gone)
        shut_out = {reader for reader, subject in self._bundle.revoked() if not subject}
        for reader in shut_out:
            forget_unchanged(self._change, reader)
        # Who has no own pages has just come, or lost them to a withdrawal of one student.
        self._touched |= set(known) - shut_out - set(self._bundle.readers_of(OWN))
        self.touch(self._saying_otherwise())
        self.touch(self._given_otherwise(known.values()))
        concerned = sorted(known) if everyone else sorted(self._touched & set(known))
        for identity in concerned:
            self._put_reader(known[identity])
        self._renewed.renew(known)
        if everyone:
            self._put_public()
        self._touched.clear()
        self._change.remember(_READERS, "students", json.dumps(self._students, ensure_ascii=False).encode())
        return len(concerned)

    def take_down_public(self) -> None:
        """Has the public sent nothing any more: what is not for them is in what can't be told apart."""
        self._change.remove_reader(PUBLIC)

    def _put_public(self) -> None:
        """Anyone not signed in reads the public edition: its first page, the handbook's pages, and nothing else."""
        change, common = self._change, self._common
        noting = Noting(common.templates)
        home = public_home(
            macro_values(common.shared, common.on, "public", basis=common.basis),
            [PublicPage(**page) for page in json.loads(self._bundle.remembered(HANDBOOK, "pages:public") or b"[]")],
            noting,
            papers={
                url: paper_of(url) for url in json.loads(self._bundle.remembered(HANDBOOK, "papers:public") or b"[]")
            },
        )
        self._faults.of_reader(PUBLIC, noting.faults)
        change.set_reader(PUBLIC, name="", edition="public")
        change.set_scope(PUBLIC, HANDBOOK, "public", None, "The public edition of the handbook is for everyone.")
        change.set_own_pages(PUBLIC, {HOME: home}, until=None)

    def _readers(self) -> dict[str, Reader]:
        people = {reader.id: reader for reader in self._common.basis.people if self._is_reader(reader)}
        students = {
            one: Reader(id=one, name=name, student=one, invited=(Span(until=ends(until or None)),))
            for one, (name, _, until) in self._students.items()
        }
        everyone = {**people, **students}
        return {one: reader for one, reader in everyone.items() if self._wanted is None or one in self._wanted}

    def _is_reader(self, reader: Reader) -> bool:
        return bool(whos_of(reader, self._common.on, self._common.basis))

    def _put_reader(self, reader: Reader) -> None:
        common, change = self._common, self._change
        edition = "staff" if reader.works_on(common.on) else "family"
        students, ends, corrected = self._remembered_for(reader)
        opened = self._campus.opened_to(whos_of(reader, common.on, common.basis))
        rests_on = f"{self._basis.common} {opened} {self._how(self._reaches(reader.id))}"
        unchanged, noting = UnchangedPages(self._bundle, reader.id, rests_on), Noting(self._templates)
        # These pages name students and show what work opens: they last no longer than the first of those ends.
        shared_end = shared_until(reader, common.on, common.basis)
        until = min((end for end in (shared_end, *ends) if end is not None), default=None)
        last_day = reader_until(reader, common.on, common.basis)
        change.set_scope(reader.id, HANDBOOK, edition, shared_end, "The handbook is for everyone who signs in.")
        campus = self._campus_seen_by(reader, students)
        shared = self._shared.projection(campus, common.around(reader.id))
        change.set_scope(reader.id, LIBRARY, shared, until, "The provision library is for everyone who signs in.")
        whom_to_ask = self._renewed.projection(reader, sees_students=campus.sees_students)
        change.set_scope(reader.id, DIRECTORY, whom_to_ask, until, "Whom to ask is for everyone who signs in.")
        own = self._own_site(reader, students, corrected, campus, unchanged, noting)
        self._faults.of_reader(reader.id, noting.faults)
        if noting.faults:
            forget_unchanged(change, reader.id)  # made again, so that the fault is found again
        else:
            unchanged.remember(change)
        change.set_own_pages(reader.id, own.pages, until=until)
        works = edition == "staff"
        change.set_reader(
            reader.id,
            name=reader.name,
            edition=edition,
            until=last_day,
            drawer=change.put_drawer(campus_lists(own.links)),
            edition_until=work_until(reader, common.on, common.basis) if works else None,
            later_edition="family",
            later_drawer=change.put_drawer(campus_lists(family_links(self._pages))) if works else "",
            address=self._students[reader.id][1] if reader.student else stands_for(reader.email),
        )

    def _own_site(
        self,
        reader: Reader,
        students: Mapping[str, RememberedStudent],
        corrected: tuple[Waiting, ...],
        campus: CampusReading,
        unchanged: UnchangedPages,
        noting: Noting,
    ) -> OwnSite:
        """Home, lists, and the pages about the campus that are this reader's."""
        shown = replace(
            self._as_shown(reader),
            corrected=corrected,
            held=self._held_for(reader, students, corrected),
        )
        asked = Asked()
        own = own_site_of(
            shown,
            [self._facts(one) for one in students.values()],
            replace(campus, around=noted(campus.around, asked)),
            noting,
            terms=self._common.terms,
            pages=self._pages,
            is_unchanged=unchanged.has,
        )
        reaches = {*reached_in(asked.places), *(self._reaches(reader.id) if None in own.pages.values() else ())}
        said = " ".join((self._how(reaches), *sorted(reaches))).encode() if reaches else None
        if self._bundle.remembered(reader.id, _OWN_REACHES) != said:
            self._change.remember(reader.id, _OWN_REACHES, said)
        return own

    def _reaches(self, reader: str) -> list[str]:
        """The people of whom the reader's own pages have said how they are reached."""
        return (self._bundle.remembered(reader, _OWN_REACHES) or b"").decode().split()[1:]

    def _how(self, persons: Iterable[str]) -> str:
        return digest_of([[person, self._basis.how(person)] for person in sorted(persons)])

    def _saying_otherwise(self) -> Iterator[str]:
        """The readers whose own pages say of somebody how they are reached, where that is another way now."""
        for reader, kept in self._bundle.remembered_of_all(_OWN_REACHES).items():
            if kept in self._said_now:
                continue
            before, *persons = kept.decode().split()
            if before == self._how(persons):
                self._said_now.add(kept)
            else:
                yield reader

    def _given_otherwise(self, readers: Iterable[Reader]) -> Iterator[str]:
        """Yields the readers to whom grants open something else than they did, whichever students they have."""
        before: dict[str, str] = json.loads(self._bundle.remembered(_READERS, _OPENED) or b"{}")
        now = {_OPENED: self._common.openings.grants}
        if before.get(_OPENED) == now[_OPENED]:
            return
        for reader in readers:
            whos = whos_of(reader, self._common.on, self._common.basis)
            name = digest_of(sorted(whos))
            if name not in now:
                now[name] = self._campus.opened_to(whos)
            if before.get(name) != now[name]:
                yield reader.id
        self._change.remember(_READERS, _OPENED, json.dumps(now).encode())

    def _as_shown(self, reader: Reader) -> OwnReader:
        on = self._common.on
        roles = tuple(sorted(reader.roles_on(on)))
        return OwnReader(id=reader.id, name=reader.name, roles=roles, is_staff=reader.works_on(on))

    def _held_for(
        self, reader: Reader, students: Mapping[str, RememberedStudent], corrected: tuple[Waiting, ...]
    ) -> tuple[HeldThing, ...]:
        """What is held back, for the person who has to correct it.

        Of students only those seen at work, and never one's own child.
        """
        if _CORRECTS not in reader.roles_on(self._common.on):
            return ()
        at_work = {student for student, one in students.items() if self._facts(one)["manner"] == "staff"}
        at_work |= {one.student for one in corrected if one.at_work}
        return once_each(one for one in self._held if not one.student or one.student in at_work)

    def _remembered_for(
        self, reader: Reader
    ) -> tuple[dict[str, RememberedStudent], list[date | None], tuple[Waiting, ...]]:
        """What is remembered of each student for this reader, by id, the last days they see them, and whose pages are
        being corrected.
        """
        students, ends, corrected = {}, [], []
        for subject, projection, end, value in self._bundle.remembered_for(reader.id, facts_key("")):
            if subject in _SHARED:
                continue
            if is_correction(projection):
                waiting = waiting_of(subject, self._bundle.remembered(subject, WAITING))
                corrected.append(waiting.get(reader.id, Waiting(student=subject)))
                ends.append(end)
                continue
            if value is None:
                raise SpentBundle(f"The bundle has lost what it knew of student {subject}; delete it and build again.")
            students[subject] = unpacked(value)
            ends.append(end)
        return students, ends, tuple(corrected)

    def _facts(self, student: RememberedStudent) -> Mapping[str, Any]:
        """The facts with their digest. Most of what one reader sees is what the next one sees: they are read once."""
        facts = self._read.get(student.digest)
        if facts is None:
            if len(self._read) == _READ_AT_MOST:
                self._read.clear()
            facts = self._read[student.digest] = {**student.facts, "digest": student.digest}
        return facts

    def _campus_seen_by(self, reader: Reader, students: Mapping[str, RememberedStudent]) -> CampusReading:
        """The campus's records as a reader sees them; their entries about students show those whom the reader sees."""
        there = {student: one for student, one in students.items() if student in self._common.named}
        named = {student: named_student(self._facts(one), self._common.on) for student, one in there.items()}
        parts = {student: one.parts for student, one in there.items()}
        facts = map(self._facts, students.values())
        return self._campus.of(reader, named, parts, facts, sees_students=bool(students))
