"""Finds the students in whose texts somebody may be named, or reached, whom the last build didn't know by that.

A name or a number in a text does no harm until it is another student's, or that of another home. So when a student is
called otherwise, a new one has come, or somebody is reached in a new way, the words of all students are looked through
for it: whose texts may hold it is a job. The words are remembered when pages are made, so no record is read for that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from sendbook.bundle.publication import Publication
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.sightings import StudentTexts
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.last_good import last_good_of
from sendbook.site.build.remembered import SHARED_CAMPUS
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_words import CALLED, WORDS, all_mentioned, may_hold, name_digest

#: Under this name the bundle remembers how people are reached, as digests by person.
_REACHED = "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewlyKnown:
    """Holds those whose names or contact details are others than in the last build; ``words`` are what texts say."""

    given: BuildInputs
    common: SharedCampus
    sought: Everybody
    words: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def since_last_build(
        cls, given: BuildInputs, common: SharedCampus, reached: Mapping[str, str], changed: Iterable[str]
    ) -> Self:
        """Compares with the last build; ``reached`` are digests of how people are reached now, by person, and
        ``changed`` the students whose files are others.
        """
        people = _reached_otherwise(given, common, reached)
        sought = Everybody.of([*people, *_called_otherwise(given, changed)])
        words = given.bundle.remembered_of_all(WORDS) if sought.by_id else {}
        return cls(given=given, common=common, sought=sought, words=words)

    def may_be_with(self, student: str) -> bool:
        """Whether they may be in what the student's records say, or what is told of their earlier versions."""
        if not self.sought.by_id or not may_hold(self.words.get(student), self.sought):
            return False
        given, common = self.given, self.common
        own = given.folder.load(given.scan.unit(student), given.cache).campus
        last = last_good_of(given.bundle, student)
        texts = StudentTexts(own, student, common.on, common.basis)
        mentioned = all_mentioned(texts, (one.text for one in last.told) if last is not None else ())
        return any(one.id != student for one in self.sought.possible(mentioned))


def remember_contacts(change: Publication, reached: Mapping[str, str]) -> None:
    """Has the bundle remember how people are reached, as digests, for the next build to compare with."""
    change.remember(SHARED_CAMPUS, _REACHED, json.dumps(reached, sort_keys=True).encode())


def _reached_otherwise(given: BuildInputs, common: SharedCampus, reached: Mapping[str, str]) -> Iterator[Someone]:
    before = json.loads(given.bundle.remembered(SHARED_CAMPUS, _REACHED) or b"{}")
    for record in common.shared.of_kind(PERSON):
        person = record.id.rpartition("/")[2]
        if person in reached and before.get(person) != reached[person]:
            # By name they were known before: a name that is another makes every student a job.
            one = replace(Someone.of_person(record.data), full="", known_as="")
            if one.numbers or one.emails or one.addresses:
                yield one


def _called_otherwise(given: BuildInputs, changed: Iterable[str]) -> Iterator[Someone]:
    paths = {f"records/students/{student}/{STUDENT}.yml": student for student in changed}
    entries = [one for student in paths.values() for one in given.scan.unit(student) if one.path in paths]
    before = given.bundle.remembered_of_all(CALLED) if entries else {}
    for record in given.folder.load(entries, given.cache).campus.records.values() if entries else ():
        if before.get(str(record.student), b"").decode() != name_digest(record):
            yield Someone.of_student({**record.data, "id": record.student})
