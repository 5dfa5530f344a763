"""The days on which a student has an account of their own: decided for that student, and old enough.

Anyone who looks over a child's shoulder at home reads what the child reads, so an account is no matter of course. It
needs an address, the recorded decision of somebody who worked here on that day, and the age the campus has set; where
any of them is missing or can't be read, there is no account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sendbook.access.rights import birthday
from sendbook.access.spans import ONE_DAY, Span, begins, ends
from sendbook.access.working import working
from sendbook.campus.records import Campus
from sendbook.campus.roll import on_roll


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRule:
    """What a campus says about students' accounts.

    ``youngest`` is an age in years; None is nobody at all. ``worked`` are the days on which people work here, by id.
    """

    youngest: int | None = None
    worked: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, campus: Campus) -> AccountRule:
        """Read the rule from the campus record, and the people who may decide from theirs."""
        record = campus.get("campus")
        said = record.data.get("student_accounts") if record else None
        youngest = said.get("youngest") if isinstance(said, Mapping) else None
        worked = {one.id.rpartition("/")[2]: working(one.data) for one in campus.of_kind("person")}
        return cls(youngest=youngest if type(youngest) is int else None, worked=worked)

    def old_enough_on(self, student: Mapping[str, Any]) -> date | None:
        """The birthday on which a student is old enough; None if that day can't be told."""
        if self.youngest is None:
            return None
        try:
            return birthday(date.fromisoformat(str(student.get("born"))), self.youngest)
        except (ValueError, OverflowError):
            return None

    def works_on(self, person: str, on: date) -> bool:
        """Whether somebody has a duty here on a day."""
        return any(span.holds(on) for span in self.worked.get(person, ()))

    def may_decide(self, student: Mapping[str, Any], person: object, on: object) -> bool:
        """Whether somebody's decision of a day counts: they worked here on it, and are no family of the student's."""
        day = begins(on)
        is_family = person in [item.get("person") for item in student.get("family", ())]
        return day is not None and not is_family and self.works_on(str(person), day)

    def worked_by(self, person: str, day: object) -> bool:
        """Whether somebody had begun to work here by a day, whether or not they still do."""
        last = begins(day)
        return last is not None and any(
            span.since is None or span.since <= last for span in self.worked.get(person, ())
        )

    def days(self, student: Mapping[str, Any]) -> tuple[Span, ...]:
        """The stretch in which a student may sign in: empty, or one span.

        It begins on the day of the decision or on the birthday, whichever is later, and ends on the day before the
        decision is withdrawn, or on the last day on roll.
        """
        decision, old_enough = student.get("account_decision"), self.old_enough_on(student)
        if not student.get("sign_in") or not isinstance(decision, Mapping) or old_enough is None:
            return ()
        if not self.may_decide(student, decision.get("by"), decision.get("on")):
            return ()
        decided = Span(since=begins(decision.get("on", "")), until=_last_day(decision.get("withdrawn_on")))
        allowed = decided.within(Span(since=old_enough, until=on_roll(student).until))
        return (allowed,) if allowed is not None else ()


#: What holds where nothing is said.
NO_ACCOUNTS = AccountRule()


def _last_day(withdrawn: object) -> date | None:
    """The last day before a withdrawal; one that can't be read was always in force."""
    if withdrawn is None:
        return None
    day = ends(withdrawn)
    return day - ONE_DAY if day is not None and day > date.min else date.min
