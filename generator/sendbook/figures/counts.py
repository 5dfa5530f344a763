"""The figures a campus works with, counted from its records on a day: true numbers, which never leave this room.

What is counted how is here, once, in the words that are printed with the figure. Suppression and wording are left
to others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sendbook.campus.foundation import CAMPUS
from sendbook.campus.records import Campus
from sendbook.campus.roll import on_roll
from sendbook.campus.terms import Term, Terms
from sendbook.checks.case import Case, Data, date_of
from sendbook.errors import FiguresRefused

AREAS: Mapping[str, str] = {
    "cognition-and-learning": "Cognition and learning",
    "communication-and-interaction": "Communication and interaction",
    "social-emotional-and-mental-health": "Social, emotional and mental health",
    "sensory-and-physical": "Sensory and physical",
    "other": "Other, or not yet assessed",
}
#: Broad area of need by type: a rare type is never counted by itself, because on a small campus it names a child.
AREA_OF: Mapping[str, str] = {
    **dict.fromkeys(("SPLD", "MLD", "SLD", "PMLD", "DS"), "cognition-and-learning"),
    **dict.fromkeys(("SLCN", "ASD"), "communication-and-interaction"),
    "SEMH": "social-emotional-and-mental-health",
    **dict.fromkeys(("HI", "VI", "MSI", "PD"), "sensory-and-physical"),
}
STAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "early-years": ("Early years", ("N1", "N2", "R")),
    "key-stage-1": ("Key Stage 1 (Years 1 and 2)", ("1", "2")),
    "key-stage-2": ("Key Stage 2 (Years 3 to 6)", ("3", "4", "5", "6")),
    "key-stage-3": ("Key Stage 3 (Years 7 to 9)", ("7", "8", "9")),
    "key-stage-4": ("Key Stage 4 (Years 10 and 11)", ("10", "11")),
    "post-16": ("Sixth form (Years 12 to 14)", ("12", "13", "14")),
}
_STAGE_OF = {year: stage for stage, (_, years) in STAGES.items() for year in years}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A figure that says how much of what fell due was done; a kind of record hands it in.

    ``title`` is what the figure is called, ``counts`` what it counts, up to the name of the term. ``of`` gives for one
    student each thing that fell due from one day to another, as whether it was done.
    """

    id: str
    title: str
    counts: str
    of: Callable[[Case, date, date], Iterable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many of so many, and how many students they are about."""

    part: int
    whole: int
    students: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum of yearly amounts, one a student."""

    amounts: tuple[float, ...] = field(repr=False)

    @property
    def total(self) -> float:
        return sum(self.amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Everything counted on a day; ``since`` to ``until`` is the term that ``rates`` are counted for, by share."""

    on: date
    since: date
    until: date
    rated_term: str
    roll: int
    roll_by_stage: Mapping[str, int]
    support: int
    plans: int
    by_area: Mapping[str, int]
    by_stage: Mapping[str, int]
    rates: Mapping[Share, Rate]
    funding: Money


def count(campus: Campus, term: Term, on: date, shares: Iterable[Share]) -> Counted:
    """Counts a campus's records as they stand for a day of a term.

    What ``shares`` are of is counted for the last term that is over on the day: one that still runs would be told by
    those who happen to be early. Raises `FiguresRefused` where the campus says no roll, or the day is not the term's.
    """
    if on not in term:
        raise FiguresRefused(f"{on} does not lie in the {term.name} ({term.start} to {term.end}). Name a day of it.")
    place = _campus(campus)
    terms = Terms.from_campus(place)
    rated = term if on == term.end else terms.last_term_before(on) or term
    cases = [_case(campus, student, on, terms) for student in campus.students]
    cases = [case for case in cases if case.header is not None and on_roll(case.header.data).is_here(on)]
    registered = [case for case in cases if case.status in ("K", "E")]
    return Counted(
        on=on,
        since=rated.start,
        until=min(rated.end, on),
        rated_term=rated.name,
        roll=sum(entry["students"] for entry in place["roll"]),
        roll_by_stage=_sums((_STAGE_OF[entry["year_group"]], entry["students"]) for entry in place["roll"]),
        support=sum(case.status == "K" for case in registered),
        plans=sum(case.status == "E" for case in registered),
        by_area={area: Counter(map(_area, registered))[area] for area in AREAS},
        by_stage=_by_stage(registered, place),
        rates={share: _rate(share, cases, rated.start, min(rated.end, on)) for share in shares},
        funding=Money(amounts=tuple(_amounts(registered))),
    )


def _campus(campus: Campus) -> Data:
    record = campus.get(CAMPUS)
    place: Data = record.data if record else {}
    if not place.get("roll"):
        raise FiguresRefused("records/campus.yml says no “roll:”. Add the students in each year group first.")
    return place


def _case(campus: Campus, student: str, on: date, terms: Terms) -> Case:
    own = Campus(campus.of_student(student), campus.registry)
    return Case(campus=campus.shared, own=own, student=student, on=on, terms=terms)


def _header(case: Case) -> Data:
    return case.header.data if case.header else {}


def _area(case: Case) -> str:
    """The area of the first need known on the day."""
    known = [
        need for need in _header(case).get("needs", ()) if "since" not in need or date_of(need["since"]) <= case.on
    ]
    first = min(known, key=lambda need: int(need["rank"]), default=None)
    return AREA_OF.get(first["type"], "other") if first else "other"


def _by_stage(cases: Iterable[Case], place: Data) -> Mapping[str, int]:
    """By key stage, for every stage the campus has on roll."""
    found = Counter(_STAGE_OF[_header(case)["year_group"]] for case in cases)
    taught = {_STAGE_OF[entry["year_group"]] for entry in place["roll"]} | set(found)
    return {stage: found[stage] for stage in STAGES if stage in taught}


def _rate(share: Share, cases: Iterable[Case], since: date, until: date) -> Rate:
    found = [(case.student, done) for case in cases for done in share.of(case, since, until)]
    return Rate(part=sum(done for _, done in found), whole=len(found), students=len({one for one, _ in found}))


def _amounts(cases: Iterable[Case]) -> Iterable[float]:
    for case in cases:
        amount = _header(case).get("funding", {}).get("gbp_a_year", 0)
        if amount:
            yield float(amount)


def _sums(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for name, number in pairs:
        found[name] += number
    return dict(found)
