"""Finds the students in whose texts the contact details of a home may stand that the last build didn't know.

A number in a text does no harm until it is that of another home. So when somebody is reached in a new way, the texts of
all students are looked through for it, in the quick way of checks: a student whose texts may hold it is a job.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sendbook.bundle.publication import Publication
from sendbook.campus.foundation import PERSON
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.mentioned import mentioned_in
from sendbook.checks.texts.sightings import StudentTexts
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.last_good import last_good_of
from sendbook.site.build.remembered import SHARED_CAMPUS
from sendbook.site.build.shared_campus import SharedCampus

_REACHED = "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContacts:
    """Holds those whose contact details are others than in the last build."""

    given: BuildInputs
    common: SharedCampus
    sought: Everybody

    @classmethod
    def since_last_build(cls, given: BuildInputs, common: SharedCampus, reached: Mapping[str, str]) -> Self:
        """Compares with the last build; ``reached`` are digests of how people are reached now, by person."""
        before = json.loads(given.bundle.remembered(SHARED_CAMPUS, _REACHED) or b"{}")
        people = (record.data for record in common.shared.of_kind(PERSON) if _differs(record.id, before, reached))
        known = (one for one in map(Someone.of_person, people) if one.numbers or one.emails or one.addresses)
        return cls(given=given, common=common, sought=Everybody.of(known))

    def may_be_with(self, student: str) -> bool:
        """Whether the details may be in what the student's records say, or what is told of their earlier versions."""
        if not self.sought.by_id:
            return False
        given, common = self.given, self.common
        own = given.folder.load(given.scan.unit(student), given.cache).campus
        mentioned = StudentTexts(own, student, common.on, common.basis).mentioned
        last = last_good_of(given.bundle, student)
        if last is not None and last.told:
            mentioned = mentioned.with_more(mentioned_in(one.text for one in last.told))
        return bool(self.sought.possible(mentioned))


def remember_contacts(change: Publication, reached: Mapping[str, str]) -> None:
    """Has the bundle remember how people are reached, as digests, for the next build to compare with."""
    change.remember(SHARED_CAMPUS, _REACHED, json.dumps(reached, sort_keys=True).encode())


def _differs(record: str, before: Mapping[str, str], reached: Mapping[str, str]) -> bool:
    person = record.rpartition("/")[2]
    return person in reached and before.get(person) != reached[person]
