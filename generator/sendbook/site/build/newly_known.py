"""Finds the students in whose texts somebody may be named, or reached, whom the last build didn't know by that.

A name or a number in a text does no harm until it is another student's, or that of another home. So when a student is
called otherwise, a new one has come, or somebody is reached in a new way, the words of all students are looked through
for it, and where they fit, the letters: whose texts may say more than a name that their readers may read anyway is a
job. Words and letters are remembered when pages are made, so no record is read for that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from sendbook.bundle.publication import Publication
from sendbook.campus.foundation import PERSON
from sendbook.campus.records import Campus
from sendbook.checks.names import Names
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.lettered import Lettered
from sendbook.checks.texts.sightings import Looker, StudentTexts
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.last_good import last_good_of
from sendbook.site.build.remembered import SHARED_CAMPUS
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_words import (
    CALLED,
    LETTERS,
    WORDS,
    all_mentioned,
    header_digest,
    may_hold,
    unpacked_letters,
)

#: Under this name the bundle remembers how people are reached, as digests by person.
_REACHED = "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewlyKnown:
    """Holds those whose names or contact details are others than in the last build; ``words`` are what texts say,
    ``names`` what everybody is called.
    """

    given: BuildInputs
    common: SharedCampus
    sought: Everybody
    names: Names
    words: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def since_last_build(
        cls, given: BuildInputs, common: SharedCampus, reached: Mapping[str, str], changed: Iterable[str]
    ) -> Self:
        """Compares with the last build; ``reached`` are digests of how people are reached now, by person, and
        ``changed`` the students whose files are others.
        """
        people, names = _reached_otherwise(given, common, reached), given.names(common.shared)
        sought = Everybody.of([*people, *_called_otherwise(given, names, changed)])
        words = given.bundle.remembered_of_all(WORDS) if sought.by_id else {}
        return cls(given=given, common=common, sought=sought, names=names, words=words)

    def may_be_with(self, student: str) -> bool:
        """Whether they may be in what the student's records say, or what is told of their earlier versions."""
        given, common = self.given, self.common
        if not self.sought.by_id or not may_hold(self.words.get(student), self.sought):
            return False
        letters = given.bundle.remembered(student, LETTERS)
        if letters is not None and not self._may_be_found_in(unpacked_letters(letters), student):
            return False
        own = given.folder.load(given.scan.unit(student), given.cache).campus
        last = last_good_of(given.bundle, student)
        texts = StudentTexts(own, student, common.on, common.basis)
        mentioned = all_mentioned(texts, (one.text for one in last.told) if last is not None else ())
        return any(one.id != student for one in self.sought.possible(mentioned))

    def _may_be_found_in(self, letters: Lettered, student: str) -> bool:
        """Whether they may be found in texts that are written with these letters."""
        shared, header = self.common.shared, self.names.header_of(student)
        own = Campus((header,) if header is not None else (), shared.registry)
        looker = Looker(shared, own, student, self.common.on, self.common.basis, others=self.sought)
        return looker.may_find(letters)


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


def _called_otherwise(given: BuildInputs, names: Names, changed: Iterable[str]) -> Iterator[Someone]:
    listed = list(changed)
    before = given.bundle.remembered_of_all(CALLED) if listed else {}
    for student in listed:
        header = names.header_of(student)
        if header is not None and before.get(student, b"").decode() != header_digest(header):
            yield Someone.of_student({**header.data, "id": student})
