"""The year group: it fits the student's age, and moves on in September.

In England a student is in the year group of their age on 31 August, before the school year begins: 4 in Reception,
11 in Year 7. Some are taught a year above or below by agreement, so that one year out of step says nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from sendbook.access.rights import age_on
from sendbook.campus.terms import academic_year
from sendbook.campus.year_groups import YEAR_ORDER, year, year_position
from sendbook.checks.case import Case, Data
from sendbook.checks.rules.rule import Rule, Spot, rule

_CENSUS = "School census guidance, national curriculum year group"
_PARTS = (("student", "placing"), ("student", "background"))
#: The age on 31 August of students who begin the youngest year group.
_YOUNGEST = 2
#: From here a year group says how far somebody has come in a course: at 19 a student may be in any of them.
_SIXTH_FORM = year_position("12")


@rule("STU-07", "The year group fits the student's age", source=_CENSUS, parts=_PARTS)
def year_fits_age(case: Case) -> Iterator[Spot]:
    """Two years or more above or below the year of the student's age is nearly always a slip in one of the two. Where
    it was agreed, a waiver says so. A student who stays in the sixth form for longer is not asked about.
    """
    if case.header is None:
        return
    ahead = _years_ahead(case, case.header.data)
    in_sixth_form = year_position(case.header.data["year_group"]) >= _SIXTH_FORM
    if ahead is None or abs(ahead) < 2 or (ahead < 0 and in_sixth_form):
        return
    yield Spot(
        case.header,
        "/year_group",
        "By the date of birth, this student's year group would be two or more years away from the one here.",
        "Correct the year group or the date of birth; if it was agreed, say so in records/waivers.yml.",
        found=str(case.header.data["year_group"]),
        hint=_meant(case, case.header.data),
    )


@rule(
    "STU-08",
    "The year group moves on in September",
    source=_CENSUS,
    parts=(*_PARTS, ("campus", "groups")),
)
def year_moved_on(case: Case) -> Iterator[Spot]:
    """The year group is the one below that of the student's age, and every class in the record began before this school
    year: nobody has gone through the record since. Or none of this year's classes has students of the year group.
    """
    if case.header is None:
        return
    data = case.header.data
    on, begins = case.on.isoformat(), academic_year(case.on).start.isoformat()
    current = [one for one in data.get("teaching_groups", ()) if one.get("until", on) >= on]
    years = set(chain.from_iterable(_years_of(case, one["group"]) for one in current))
    if current and _years_ahead(case, data) == -1 and all(one["from"] < begins for one in current):
        message = "The year group and the classes are last year's, by the date of birth."
        yield Spot(
            case.header,
            "/year_group",
            message,
            "Write this year's year group and classes; if the student stays in the year, say so in a waiver.",
            found=str(data["year_group"]),
            hint=_meant(case, data),
        )
    elif years and data["year_group"] not in years:
        yield Spot(
            case.header,
            "/year_group",
            "None of the student's classes is for this year group.",
            "Write this year's year group, or correct the classes.",
            found=str(data["year_group"]),
        )


def _years_ahead(case: Case, student: Data) -> int | None:
    """Returns by how many years the year group is above (or, below zero, below) that of the student's age."""
    age = _age_before_the_year(case, student)
    return None if age is None else year_position(student["year_group"]) + _YOUNGEST - age


def _age_before_the_year(case: Case, student: Data) -> int | None:
    """Returns the age on 31 August; None where the date of birth is in the future, which is reported there."""
    if student["born"] > case.on.isoformat():
        return None
    return age_on(student, academic_year(case.on).start - timedelta(days=1))


def _meant(case: Case, student: Data) -> str:
    """Names the year group of the student's age; for the user's own screen, as it gives the age away."""
    age = _age_before_the_year(case, student)
    fitting = [code for code in YEAR_ORDER if year_position(code) + _YOUNGEST == age]
    return f"At this age it would be {year(fitting[0])}." if fitting else ""


def _years_of(case: Case, group: str) -> tuple[str, ...]:
    """Returns the year groups of a teaching group, by campus.yml."""
    place = case.campus.get("campus")
    groups = place.data.get("teaching_groups", ()) if place is not None else ()
    return next((tuple(one["year_groups"]) for one in groups if one["id"] == group), ())


RULES: tuple[Rule[Case], ...] = (year_fits_age, year_moved_on)
