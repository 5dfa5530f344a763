"""Says how the accessibility plan is going: its three years, its reviews, its strands, and each step.

Handed in is the plan as a reader may see it. What is late is asked of `deadlines`, with the parts that the reader sees:
whether a step was reviewed is told to those who see its reviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sendbook.campus.schemas import Kind
from sendbook.campus.terms import Terms
from sendbook.campus.words import listed, short_day
from sendbook.deadlines.days import a_year_after
from sendbook.deadlines.deadline import School, deadlines_of
from sendbook.deadlines.late import Date, date_of
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.rules.steps import STEP_BEGUN, is_alive, is_open
from sendbook.kinds.accessibility_plan.rules.whole_plan import PLAN_REVIEW, STEP_DUE, STEP_REVIEW
from sendbook.pages.marks import Mark

Step = Mapping[str, Any]
Fact = tuple[str, str, Mark | None]

#: What each strand is called, in the order of the law.
STRANDS = {"curriculum": "Curriculum", "environment": "Buildings and grounds", "information": "Information"}
_COUNTED = {
    "on_track": "in progress",
    "at_risk": "behind",
    "not_started": "not started",
    "done": "done",
    "dropped": "dropped",
}
#: Its periods are counted in days and years, which ask no calendar.
_NO_CALENDAR = School(terms=Terms(terms=(), bank_holidays=frozenset()))


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The plan on a day, as somebody sees these (kind, part)s of it."""

    data: Mapping[str, Any]
    kind: Kind
    on: date
    seen: Collection[tuple[str, str]] | None = None
    id: str = field(default=ACCESSIBILITY_PLAN, init=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Its steps, in the record's order."""
        return tuple(one for one in self.data.get("actions", ()) if isinstance(one, Mapping))

    def steps_of(self, strand: str) -> tuple[Step, ...]:
        """The steps of a strand."""
        return tuple(one for one in self.steps if one.get("strand") == strand)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Its three years, its approval and its reviews, each with a mark where it is late or in time."""
        return tuple(self._facts())

    @property
    def overdue(self) -> tuple[Step, ...]:
        """The open steps whose day has passed."""
        return tuple(one for one in self.steps if self.is_late(STEP_DUE, one))

    def is_late(self, asked: Date, step: Step | None = None) -> bool:
        """Whether something is late by a date of the plan, or of one of its steps."""
        place = next((number for number, one in enumerate(self.data.get("actions", ())) if one is step), None)
        return (asked, place) in self._late

    @cached_property
    def _late(self) -> frozenset[tuple[Date, int | None]]:
        """What is late: the date it counts from, and the number of the step, if it is of one."""
        found = deadlines_of([(self.kind, self)], _NO_CALENDAR, seen=self.seen)
        return frozenset(
            (date_of(self.kind, one.due), int(one.steps[1]) if one.steps[0] == "actions" else None)
            for one in found
            if one.is_late(self.on)
        )

    def _facts(self) -> Iterator[Fact]:
        cycle, approval = self.data.get("cycle", {}), self.data.get("approval", {})
        if {"start", "end"} <= cycle.keys():
            begun, ends = str(cycle["start"]), str(cycle["end"])
            in_force = begun <= self.on.isoformat() <= ends
            mark = Mark("In force", "good") if in_force else Mark("Not in force today", "late")
            yield "Three years", f"{short_day(begun)} to {short_day(ends)}", mark
        if approval.get("on"):
            by = [f"{said}{approval[key]}" for key, said in _APPROVAL if approval.get(key)]
            yield "Approved", " · ".join([short_day(str(approval["on"])), *by]), None
        yield self._last_review()
        ahead = str(self.data.get("next_review", ""))
        if ahead:
            yield "Next review", short_day(ahead), Mark("Overdue", "late") if self.is_late(PLAN_REVIEW) else None

    def _last_review(self) -> Fact:
        reviews = [str(one["on"]) for one in self.data.get("reviews", ()) if "on" in one]
        past = max((one for one in reviews if one <= self.on.isoformat()), default="")
        if not past:
            return "Last reviewed", "Not yet", Mark("Not reviewed", "late")
        fresh = self.on <= a_year_after(date.fromisoformat(past))
        mark = Mark("Within a year", "good") if fresh else Mark("Over a year ago", "late")
        return "Last reviewed", short_day(past), mark

    def of_strand(self, strand: str) -> tuple[str, Mark]:
        """A strand's steps counted, each once, and whether the strand is alive as the rules about it say.

        It is green only while nothing in it is late.
        """
        steps = self.steps_of(strand)
        number = Counter(str(one.get("status")) for one in steps)
        told = listed([f"{number[status]} {said}" for status, said in _COUNTED.items() if number[status]])
        return told or "nothing planned", self._mark_of(steps, number)

    def _mark_of(self, steps: tuple[Step, ...], number: Mapping[str, int]) -> Mark:
        still_open = [one for one in steps if is_open(one)]
        if not is_alive(steps):
            return Mark("No step planned", "late")
        if not still_open:
            return Mark("Carried out", "good")
        overdue = sum(self.is_late(STEP_DUE, one) for one in still_open)
        if overdue:
            return Mark(f"{overdue} overdue", "late")
        if number["at_risk"] or any(last_review(one).get("rag") == "red" for one in still_open):
            return Mark("Behind", "due")
        return Mark("Late to start", "due") if any(map(self._waits, still_open)) else Mark("On track", "good")

    def _waits(self, step: Step) -> bool:
        """Whether a step has not begun though its first day has passed; how long it may take is the rules' to say."""
        return step.get("status") == "not_started" and str(step.get("start", "9999")) < self.on.isoformat()

    def mark_of(self, step: Step) -> Mark:
        """How a step is going, in a word or two."""
        status = str(step.get("status", ""))
        words = self.kind.said("actions/status", status)
        if status == "done":
            return Mark(words, "good")
        if self.is_late(STEP_DUE, step):
            return Mark("Late", "late")
        if self.is_late(STEP_BEGUN, step) or self._waits(step):
            return Mark("Late to start", "due")
        return Mark(words, {"at_risk": "due", "on_track": "good"}.get(status, ""))

    def is_unreviewed(self, step: Step) -> bool:
        """Whether an open step was not reviewed in its last year; only for those who see its reviews."""
        return self.is_late(STEP_REVIEW, step)


_APPROVAL = (("by", ""), ("minute_ref", "minutes: "))


def last_review(step: Step) -> Mapping[str, Any]:
    """Returns the latest review of a step, for those who see its reviews; empty if there is none."""
    return max(step.get("reviews", ()), key=lambda one: str(one.get("on", "")), default={})
