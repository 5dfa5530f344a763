"""The young person's own rights: who decides, and whether parents go on seeing the record.

Up to 18 the dated periods in the student's record say whether a parent, the student or both decide;
from the eighteenth birthday the student does, whatever is written. Where the student decides,
the family sees by the student's own consent (``parents_see``) while it is not withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from sendbook.access.spans import ONE_DAY, Span

Decides = Literal["parent", "student", "both"]

ADULT = 18


def birthday(born: date, age: int) -> date:
    """The day an age is reached; someone born on 29 February reaches it on 1 March of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_on(student: Mapping[str, Any], on: date) -> int | None:
    """Age in whole years, or None if the record has no readable date of birth."""
    born = _day(student.get("born"))
    if born is None:
        return None
    years = on.year - born.year
    return years if birthday(born, years) <= on else years - 1


def rights_on(student: Mapping[str, Any], on: date) -> Decides:
    """Who decides on a day. Nothing written means a parent, until the eighteenth birthday.

    A period whose first day can't be read counts as the student's, so that a slip never opens a record.
    """
    age = age_on(student, on)
    if age is not None and age >= ADULT:
        return "student"
    since: date | None = None
    decides: Decides = "parent"
    for period in student.get("rights", ()):
        start = _day(period.get("from"))
        if start is None:
            return "student"
        if start <= on and (since is None or since <= start):
            since, decides = start, period.get("decides", "student")
    return decides


def family_may_see(student: Mapping[str, Any], on: date) -> bool:
    """Whether the family sees anything at all on a day, so far as it is the young person's to say."""
    return rights_on(student, on) != "student" or any(
        consent.get("to") == "parents_see" and consent.get("given_by") == "student" and _consent_holds(consent, on)
        for consent in student.get("consents", ())
    )


def days_of_change(student: Mapping[str, Any]) -> list[date]:
    """The days on which ``family_may_see`` may turn, in order."""
    days = {_day(period.get("from")) for period in student.get("rights", ())}
    for consent in student.get("consents", ()):
        days |= {_day(consent.get("given_on")), _day(consent.get("withdrawn_on"))}
    born = _day(student.get("born"))
    if born is not None:
        days.add(birthday(born, ADULT))
    return sorted(day for day in days if day is not None)


def spans_closed_to_family(student: Mapping[str, Any]) -> Iterator[Span]:
    """The stretches in which the young person decides and has not let the family see."""
    days = days_of_change(student)
    starts: list[date | None] = [None, *days]
    stops: list[date | None] = [*(day - ONE_DAY for day in days), None]
    for start, stop in zip(starts, stops, strict=True):
        if not family_may_see(student, start or date.min):
            yield Span(since=start, until=stop)


def _consent_holds(consent: Mapping[str, Any], on: date) -> bool:
    given = _day(consent.get("given_on"))
    if given is None or on < given:
        return False
    if "withdrawn_on" not in consent:
        return True
    withdrawn = _day(consent["withdrawn_on"])
    return withdrawn is not None and on < withdrawn


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
