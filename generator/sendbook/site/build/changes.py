"""What changed for a reader, day by day and in sentences: one student's past as the pages of each projection tell it.

Only what a reader's own projections showed on either side of a day is compared and told, so a day on which nothing
changed for them is not there. Who recorded it, and that a version can't be read, is for those alone who see all of the
student's record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sendbook.access.parts import ALL
from sendbook.access.relations import Manner
from sendbook.access.sight import Standing
from sendbook.access.views import Cap
from sendbook.campus.records import Campus
from sendbook.campus.schemas import Kind
from sendbook.history.comparison import compare
from sendbook.history.confidences import Confidence, answers, kept_from_family
from sendbook.history.lookback import Lookback, Step
from sendbook.history.names import Names
from sendbook.history.narration import Account, name_of_record, narrate, place_of
from sendbook.history.versions import History, Line, Moment
from sendbook.kinds.all_kinds import TELLERS
from sendbook.pages.changed_days import NOTHING_CHANGED, ChangedDay, ChangedRecord, WhatChanged
from sendbook.site.build.kept_pasts import KeptPast
from sendbook.site.build.shared_campus import Around, SharedCampus, persons_in

_DRAFT = "drafts/plan"
_NO_PLACES: frozenset[Confidence] = frozenset()


class Changes:
    """Tells every reader one student's past. Readers who stand alike and may name the same share the work.

    ``before`` is what this student's past came to in an earlier publication: it is gone on from, step by step, as far
    as all that it rests on is the same. ``cap`` holds readers to what they had before, of the past as of today.
    """

    def __init__(
        self,
        common: SharedCampus,
        own: Campus,
        student: str,
        history: History,
        before: KeptPast | None = None,
        *,
        cap: Cap | None = None,
    ) -> None:
        if before is not None and before.looked_back.basis is not common.basis:
            before = None
        self._common = common
        self._student = student
        self._history = history
        self._line = history.line(student, before.line if before is not None else None)
        self._moments = self._line.moments
        kinds, today = common.basis.kinds, {record.id: record for record in own.of_student(student)}
        self._answered = _answered(self._line, before, kinds)
        #: By what each entry last said: words once shared and taken back since carry their mark in every version.
        self._confidential = _by_record(kept_from_family({**self._answered, **answers([today], kinds)}))
        self._lookback = Lookback(
            own,
            student,
            self._moments,
            common.on,
            basis=common.basis,
            before=before.looked_back if before is not None else None,
        )
        self._cap = cap
        #: What was said of steps before, and is said of them now.
        self._before = before
        self._said: dict[Any, ChangedDay] = {}
        self._speaks_of: dict[Step, frozenset[str]] = {}
        self._persons: dict[int, frozenset[str]] = {}
        self._names: dict[Any, Names] = {}
        self._accounted: dict[Any, tuple[Account, ...]] = {}
        self._named: dict[Standing, frozenset[str]] = {}
        self._told: dict[Any, WhatChanged] = {}

    def kept(self) -> KeptPast:
        """Returns what this student's past came to, for the next publication."""
        return KeptPast(
            line=self._line,
            answered=self._answered,
            looked_back=self._lookback.looked_back(),
            persons=self._speaks_of,
            told=self._said,
        )

    def persons(self, reader: str) -> frozenset[str]:
        """Returns the people whom a reader's past speaks of."""
        stands = self._standing(reader)
        if stands is None:
            return frozenset()
        if stands not in self._named:
            self._named[stands] = self._persons_in(self._lookback.steps(stands))
        return self._named[stands]

    def told_to(
        self, reader: str, around: Around, family: Mapping[str, str], known_as: str, met: str | None
    ) -> WhatChanged:
        """Returns what changed for a reader.

        ``family`` are the names of members of the family this reader may see, ``known_as`` the student's, ``met`` the
        day of the last meeting the reader sees the agreed record of.
        """
        stands = self._standing(reader)
        if stands is None:
            return NOTHING_CHANGED
        spoken = (around.digest, stands.manner, known_as, tuple(sorted(family.items())))
        if spoken not in self._names:
            self._names[spoken] = _names(around.names, stands.manner, known_as, family)
        key, names = (stands, spoken, met), self._names[spoken]
        if key not in self._told:
            days = tuple(self._days(stands, names, spoken))[::-1]
            self._told[key] = WhatChanged(days=days, met=met, together=self._together(stands, names, met))
        return self._told[key]

    def _standing(self, reader: str) -> Standing | None:
        return self._lookback.standing(reader) if self._cap is None else self._lookback.capped(reader, self._cap)

    def _together(self, stands: Standing, names: Names, met: str | None) -> tuple[ChangedRecord, ...]:
        """What is different now from how it was when they met, whatever lay between."""
        before, since = parted(self._lookback.steps(stands), met)
        if before is None or len({step.day for step in since}) < 2:
            return ()
        sides = (before.after, since[-1].after)
        events = compare(*sides, self._common.basis.kinds)
        return self._day(Step(day=since[-1].day, before=sides[0], after=sides[1], events=events), names).records

    def _days(self, stands: Standing, names: Names, spoken: object) -> Iterator[ChangedDay]:
        days: dict[str, ChangedDay] = {}
        for step in self._lookback.steps(stands):
            told = self._told_of(step, names, spoken)
            before = days.get(step.day, told)
            # Two people's clocks may disagree: then a day comes back after another, and nothing of it may be lost.
            days[step.day] = told if before is told else replace(told, records=(*before.records, *told.records))
        if _sees_all(stands):
            for day, titles in self._unreadable().items():
                days[day] = replace(days.get(day, ChangedDay(day=day)), unreadable=titles)
            by, clocks = self._recorded_by(), self._history.wrong_clocks(self._student)
            days = {day: replace(told, by=by.get(day, ()), clocks=clocks.get(day, ())) for day, told in days.items()}
        yield from (days[day] for day in sorted(days) if days[day].records or days[day].begins or days[day].unreadable)

    def _told_of(self, step: Step, names: Names, spoken: object) -> ChangedDay:
        """What is told of a step; what was told of the very same one, with the same names and marks, is told again."""
        changed = dict.fromkeys(event.record for event in step.events)
        key = (step, spoken, tuple(self._confidential.get(record, _NO_PLACES) for record in changed))
        if key not in self._said:
            before = self._before.told.get(key) if self._before is not None else None
            self._said[key] = before or self._day(step, names)
        return self._said[key]

    def _day(self, step: Step, names: Names) -> ChangedDay:
        if not step.before:
            return ChangedDay(day=step.day, begins=True)
        base = f"students/{self._student}/"
        records = [_record(account, base) for account in sorted(self._accounts(step, names), key=self._place)]
        return ChangedDay(day=step.day, records=tuple(records))

    def _place(self, account: Account) -> tuple[bool, float, str]:
        """What people look for first is first, and what is agreed comes before drafts."""
        return "/drafts/" in account.record, place_of(self._common.basis.kinds.get(account.kind)), account.record

    def _accounts(self, step: Step, names: Names) -> list[Account]:
        """What changed on a day, record by record; what readers with the same names see alike is told once."""
        told: list[Account] = []
        for identity, events in groupby(step.events, key=lambda event: event.record):
            sides = (step.before.get(identity), step.after.get(identity))
            kinds = self._common.basis.kinds
            reached = _reached(identity, next(side.kind for side in sides if side is not None), step, kinds)
            key = (id(names), identity, *(side.digest if side is not None else "" for side in sides), *reached)
            if key not in self._accounted:
                confidential = self._confidential.get(identity, _NO_PLACES)
                self._accounted[key] = narrate(
                    events, step.before, step.after, kinds, names, confidential, tellers=TELLERS
                )
            told += self._accounted[key]
        return told

    def _unreadable(self) -> dict[str, tuple[str, ...]]:
        """By day, the records of which a version written then can't be read."""
        found: dict[str, list[str]] = {}
        before: frozenset[str] = frozenset()
        for moment in self._moments:
            for identity in sorted(moment.unreadable - before):
                found.setdefault(moment.day, []).append(self._title(identity, moment))
            before = moment.unreadable
        return {day: tuple(dict.fromkeys(titles)) for day, titles in found.items()}

    def _recorded_by(self) -> dict[str, tuple[str, ...]]:
        """By day, the people on campus who recorded a change; one who is not of the campus is not named."""
        known = self._common.names_by_address
        return {
            day: tuple(sorted({known[address] for address in addresses if address in known}))
            for day, addresses in self._history.recorders(self._student).items()
        }

    def _title(self, identity: str, moment: Moment) -> str:
        match = self._history.registry.match(f"{identity}.yml")
        found = moment.records.get(identity)
        if match is None:
            return "Record"
        name = match.kind.title if found is None else name_of_record(found, match.kind, Names())
        return _title(identity.removeprefix(f"students/{self._student}/"), name)

    def _persons_in(self, steps: Iterable[Step]) -> frozenset[str]:
        """The people named by the records around some steps. What several records share is looked through once."""
        for step in steps:
            if step not in self._speaks_of:
                before = self._before.persons.get(step) if self._before is not None else None
                self._speaks_of[step] = before if before is not None else self._persons_around(step)
        return frozenset[str]().union(*(self._speaks_of[step] for step in steps))

    def _persons_around(self, step: Step) -> frozenset[str]:
        records = {id(one): one for one in (*step.before.values(), *step.after.values())}
        found: set[str] = set()
        for record in records.values():
            for value in record.data.values():
                # Steps keep what they hold, so an id stays taken. Most of a record is shown to most readers whole.
                if id(value) not in self._persons:
                    self._persons[id(value)] = frozenset(persons_in(value))
                found |= self._persons[id(value)]
        return frozenset(found)


def _answered(line: Line, before: KeptPast | None, kinds: Mapping[str, Kind]) -> Mapping[Confidence, bool]:
    """Which entries the versions up to the end of a line keep from the family, or open to them."""
    if before is None or before.line.moments != line.moments[: len(before.line.moments)]:
        return answers((moment.records for moment in line.moments), kinds)
    newer = line.moments[len(before.line.moments) :]
    return {**before.answered, **answers((moment.records for moment in newer), kinds)}


def _by_record(places: Iterable[Confidence]) -> Mapping[str, frozenset[Confidence]]:
    found: dict[str, set[Confidence]] = {}
    for place in places:
        found.setdefault(place.record, set()).add(place)
    return {record: frozenset(of_record) for record, of_record in found.items()}


def _reached(identity: str, name: str, step: Step, kinds: Mapping[str, Kind]) -> Iterator[str]:
    """The digests of all records that are asked when one is told: those that its links may lead into, and of a draft
    what it was for. Readers who see the same of the record, and less of these, are told less.
    """
    led_to, agreed = _led_to(name, kinds), identity.replace("/drafts/", "/")
    for side in (step.before, step.after):
        yield from (one.digest for _, one in sorted(side.items()) if one.kind in led_to or one.id == agreed)
        yield "/"


def _led_to(name: str, kinds: Mapping[str, Kind]) -> frozenset[str]:
    """The kinds that links of a kind lead into, and those that these lead into: a name may be made of other names."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        kind = kinds.get(waiting.pop())
        new = {one.link.kind for one in kind.links} - found if kind is not None else set[str]()
        found |= new
        waiting += new
    return frozenset(found)


def parted(steps: Sequence[Step], met: str | None) -> tuple[Step | None, Sequence[Step]]:
    """Returns the step that left the records as they were when a meeting was over, and all that came after it.

    Steps come in the order they were recorded, which is certain; their days are those of clocks, and may go back.
    As for `sendbook diff`, what stood at the end of a day is what the last step of that day or before it left.
    """
    known = [number for number, step in enumerate(steps) if met is not None and step.day <= met]
    return (steps[known[-1]], steps[known[-1] + 1 :]) if known else (None, steps)


def _sees_all(stands: Standing) -> bool:
    """Whether nothing of the student's record is kept from somebody who stands so."""
    return ALL in stands.permits.parts("student", None)


def _names(names: Names, manner: Manner, known_as: str, family: Mapping[str, str]) -> Names:
    persons = {**names.linked.get("person", {}), **family}
    return replace(names, voice=manner, known_as=known_as, linked={**names.linked, "person": persons}, family=family)


def _record(account: Account, base: str) -> ChangedRecord:
    record = account.record.removeprefix(base)
    passages = tuple(
        ("" if passage.of_record else passage.heading, passage.sentences) for passage in account.under_its_title
    )
    return ChangedRecord(record=record, title=_title(record, account.title), passages=passages)


def _title(record: str, title: str) -> str:
    return "Next plan (draft)" if record == _DRAFT else title
