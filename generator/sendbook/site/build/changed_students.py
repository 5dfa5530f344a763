"""Finds the students whose pages may be others than those of the last build: theirs are the jobs of this one."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain

from sendbook.access.how_reached import deciding, reached
from sendbook.access.opening import Openings
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.site.build.asked_before import ASKED
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.how_reached import EVERYBODY
from sendbook.site.build.last_good import LAST_GOOD
from sendbook.site.build.newly_known import NewlyKnown
from sendbook.site.build.read_texts import TEXTS, unpacked_texts
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_jobs import StudentJob

#: Under this name the bundle remembers which files a student's pages were made of.
FILES = "files"
#: Under this name it remembers by which duties and relations anybody stands to a student, as a list in JSON.
RELATED = "related"
#: Under this name it remembers of which people a student's pages may say how they are reached, parted by spaces.
REACHES = "reaches"


@dataclass(frozen=True, kw_only=True)
class PageBasis:
    """Names all that students' pages rest on.

    ``common`` is the digest of what all pages rest on, and ``opened`` says what grants open besides to those who stand
    to a student. ``marks`` says what was last committed of each student, and ``stamped`` holds the digest of each file
    that is as it was when it was last read, by path. ``reached`` are digests of how people are reached, by person.
    """

    common: str
    opened: Openings
    marks: Mapping[str, str]
    stamped: Mapping[str, str]
    reached: Mapping[str, str]

    def of(
        self, student: str, sources: Mapping[str, str], reaches: Iterable[str], related: Iterable[str] | None
    ) -> bytes:
        """Returns a digest of the shared campus, a student's files (by path), what was committed of them, how the
        people are reached of whom the student's pages may say it, and what grants open to those ``related``.
        """
        how = ((person, self.how(person)) for person in sorted(reaches))
        opened = self.opened.to(related) if related is not None else ""
        parts = chain((self.common, opened, self.marks.get(student, "")), *sorted(sources.items()), *how)
        return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest().encode()

    def how(self, person: str) -> str:
        """Returns a digest of how a person is reached, or everybody."""
        return self.reached.get(person, "") if person != EVERYBODY else self._all_reached

    @cached_property
    def _all_reached(self) -> str:
        return digest_of(self.reached)


def page_basis(given: BuildInputs, in_use: RecordsInUse, common: SharedCampus) -> PageBasis:
    """Returns what pages rest on in this build; the history is asked once for all students."""
    return PageBasis(
        common=_common_digest(given, in_use, common),
        opened=common.openings,
        marks=given.history.marks() if given.history is not None else {},
        stamped=given.cache.recall(given.scan.entries),
        reached=reached(common.shared),
    )


def changed_students(
    given: BuildInputs, in_use: RecordsInUse, common: SharedCampus, basis: PageBasis, out_of_place: Container[str]
) -> list[StudentJob]:
    """Returns the students whose files are not those of the last build, or all of them if the shared campus is another.

    A file out of place is none of a student's files, so their records may all be as they were: they are a job,
    and are held back, all the same. So is who has a text in which somebody's new name or contact details may stand.
    """
    bundle, before = given.bundle, given.bundle.remembered_of_all(FILES)
    reaches, related = bundle.remembered_of_all(REACHES), bundle.remembered_of_all(RELATED)
    rests_on = (basis.common, basis.opened, basis.reached)
    found_same: dict[str, tuple[object, ...]] = given.kept.value("students who are as they were", rests_on, dict)
    for gone in found_same.keys() - set(given.scan.students):
        del found_same[gone]

    def is_same(student: str) -> bool:
        entries = given.scan.unit(student)
        sources = {one.path: basis.stamped[one.path] for one in entries if one.path in basis.stamped}
        # A file that is not stamped was saved a moment ago: it is read again, whatever it holds.
        if len(sources) != len(entries):
            return False
        kept = before.get(student), reaches.get(student, b""), related.get(student)
        asked = (sources, basis.marks.get(student), *kept)
        if found_same.get(student) == asked:
            return True
        made_of = basis.of(
            student, sources, kept[1].decode().split(), json.loads(kept[2]) if kept[2] is not None else None
        )
        if kept[0] == made_of:
            found_same[student] = asked
        return kept[0] == made_of

    same = {student for student in given.scan.students if is_same(student)}
    changed = (student for student in given.scan.students if student not in same) if same else ()
    newly_known = NewlyKnown.since_last_build(given, common, basis.reached, changed)
    jobs = []
    for student in given.scan.students:
        entries = given.scan.unit(student)
        passed_over = student in same and student not in out_of_place and given.wanted is None
        if passed_over and not newly_known.may_be_with(student):
            continue
        there = frozenset(bundle.projections(student)) if student in before else frozenset[str]()
        read = unpacked_texts(bundle.remembered(student, TEXTS))
        # What the last good pages were made of is needed only where somebody is held to what they had.
        last_good = None if in_use.capped == frozenset() else bundle.remembered(student, LAST_GOOD)
        jobs.append(
            StudentJob(
                student=student,
                entries=entries,
                there=there,
                before=last_good or b"",
                read=read,
                asked=bundle.remembered(student, ASKED) or b"",
            )
        )
    return jobs


def _common_digest(given: BuildInputs, in_use: RecordsInUse, common: SharedCampus) -> str:
    """All that every student's job rests on besides the student's own files, the day included.

    How people are reached is left to the students and readers whose pages say it, and what grants open of students'
    records to the students to whom somebody stands in that way.
    """
    shared = [*deciding(common.shared, grants_that=lambda _grant: False), common.access_as_shown]
    own = sorted(given.wanted) if given.wanted is not None else None
    opened = common.openings.everywhere
    parts = [code_digest(), opened, given.folder.registry.digest, common.templates.digest, shared, own]
    capped = None if in_use.capped is None else sorted(in_use.capped)
    return digest_of([*parts, given.on.isoformat(), *([capped] if capped != [] else [])])
