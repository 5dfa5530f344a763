"""What a rule is: a function from a case to spots, with the facts that let a reader check it.

A rule cites its source, says which kinds of school it binds and whether it is law or the house's own policy. It
declares the parts it rests on, so that what it finds is shown to those, and only those, who may see all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from inspect import cleandoc
from typing import Generic, TypeVar

from sendbook.campus.records import Record
from sendbook.checks.finding import PageSpot, Severity

Parts = tuple[tuple[str, str], ...]
Settings = frozenset[str]

#: The parts of a rule about all that is agreed, whatever kind of record it is: which these are, the schemas say.
OF_WHAT_IS_AGREED: Parts = ()

#: The source of a threshold that the campus has set for itself.
HOUSE_RULE = "House rule of the campus"

#: Kinds of school, as ``setting.type`` in campus.yml names them.
EVERY_SCHOOL: Settings = frozenset({"maintained", "academy", "independent_section_41", "independent"})
STATE_FUNDED: Settings = frozenset({"maintained", "academy"})
#: Those who must have regard to the SEND Code of Practice; other independents adopt it or not.
UNDER_THE_CODE: Settings = EVERY_SCHOOL - {"independent"}
NO_SCHOOL: Settings = frozenset()

_CODE_OF_PRACTICE = "SEND Code of Practice"


class Duty(StrEnum):
    """What a rule is to a school: law that binds it, or policy it has made its own."""

    LAW = "law"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a rule is not kept: which record, where in it, what is so, and what to do.

    ``seen`` and ``text`` stand for what was found in a text, as in `Finding`.
    ``in_time`` says that the day alone may have made it so: that asks for attention, and holds nothing back.
    """

    record: Record
    pointer: str
    message: str
    remedy: str
    found: str = ""
    hint: str = ""
    seen: str = ""
    text: str = ""
    in_time: bool = False


CaseT = TypeVar("CaseT")
Test = Callable[[CaseT], Iterator[Spot | PageSpot]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[CaseT]):
    """One rule.

    ``confirmed`` is false where the paragraph cited still has to be read against the published text; it is then
    shown as "paragraph to be confirmed". ``law`` is false for what the campus has made its policy: its own house
    rules, and the Code of Practice, which binds state-funded and section 41 schools but not other independents.
    ``binds`` are the kinds of school the source speaks to; for others a law is a policy they follow by choice.
    A rule ``of_leavers`` is asked of a student who has left as well, one ``after_support`` of a student whose SEN
    support or EHC plan has ended; None is for `RuleBook.goes_on_after_support` to say.
    Outside its days (``in_force_from``, ``in_force_until``, the last day included) a rule is not asked. ``in_time``
    says that some of what it finds comes with the day alone, and is a warning.
    """

    id: str
    title: str
    severity: Severity
    source: str
    law: bool
    confirmed: bool
    parts: Parts
    test: Test[CaseT]
    binds: Settings = NO_SCHOOL
    in_force_from: date | None = None
    in_force_until: date | None = None
    of_leavers: bool = True
    after_support: bool | None = None
    in_time: bool = False

    @property
    def citation(self) -> str:
        """The source as it is shown: whether it is law or policy, and whether its paragraph was read."""
        if self.source == HOUSE_RULE:
            return f"{self.source} (policy)"
        weight = "policy"
        if self.law:
            weight = "law" if self.binds >= EVERY_SCHOOL else f"law for {_named(self.binds)}, policy elsewhere"
        return self._cited(weight)

    @property
    def explanation(self) -> str:
        """What the rule asks, in the words that stand next to it."""
        return cleandoc(self.test.__doc__ or self.title)

    def duty_in(self, setting: str) -> Duty:
        """What the rule is to a school of this kind."""
        return Duty.LAW if self.law and setting in self.binds else Duty.HOUSE

    def severity_in(self, setting: str) -> Severity:
        """What it is to a school of this kind not to keep the rule.

        What the law asks of others and this school follows by choice asks for attention and stops nothing.
        """
        return Severity.WARNING if self.law and setting not in self.binds else self.severity

    @property
    def severities(self) -> str:
        """The severity as it is listed: that of the schools the rule binds, and that of others if it differs."""
        others = {self.severity_in(setting) for setting in EVERY_SCHOOL} - {self.severity}
        said = f"{self.severity}; {others.pop()} where it is policy" if others else str(self.severity)
        return f"{said}; {Severity.WARNING} where a date alone can bring it about" if self.in_time else said

    def cited_in(self, setting: str) -> str:
        """The citation as it stands for a school of this kind."""
        return self.citation if self.source == HOUSE_RULE else self._cited(_WEIGHTS[self.duty_in(setting)])

    def in_force_on(self, on: date) -> bool:
        """Whether the rule holds on a day."""
        return (self.in_force_from or on) <= on <= (self.in_force_until or on)

    def _cited(self, weight: str) -> str:
        return f"{self.source} ({weight}{'' if self.confirmed else '; paragraph to be confirmed'})"


_WEIGHTS = {Duty.LAW: "law", Duty.HOUSE: "policy"}
_NAMES = {
    "maintained": "maintained schools",
    "academy": "academies",
    "independent_section_41": "section 41 schools",
    "independent": "independent schools",
}


def rule(
    identity: str,
    title: str,
    *,
    source: str,
    parts: Parts,
    severity: Severity = Severity.WARNING,
    law: bool = False,
    confirmed: bool = False,
    binds: Settings | None = None,
    in_force_from: date | None = None,
    in_force_until: date | None = None,
    of_leavers: bool | None = None,
    after_support: bool | None = None,
    in_time: bool = False,
) -> Callable[[Test[CaseT]], Rule[CaseT]]:
    """Makes a rule of the function below it. Left out, ``binds`` is what law and the Code of Practice bind.

    Once a student has left there is no review to hold and no target to measure: left out, ``of_leavers`` is true only
    of errors, which are contradictions in the record for any reader. ``after_support`` left out is the same for rules
    about kinds of record that are over once support has ended.
    """

    def make(test: Test[CaseT]) -> Rule[CaseT]:
        return Rule(
            id=identity,
            title=title,
            severity=severity,
            source=source,
            law=law,
            confirmed=confirmed,
            parts=parts,
            test=test,
            binds=bound_by(source, law=law) if binds is None else binds,
            in_force_from=in_force_from,
            in_force_until=in_force_until,
            of_leavers=severity is Severity.ERROR if of_leavers is None else of_leavers,
            after_support=after_support,
            in_time=in_time,
        )

    return make


def bound_by(source: str, *, law: bool) -> Settings:
    """Returns whom a source binds where nothing else is said: law everybody, the Code those it speaks to."""
    if law:
        return EVERY_SCHOOL
    return UNDER_THE_CODE if source.startswith(_CODE_OF_PRACTICE) else NO_SCHOOL


def _named(settings: Settings) -> str:
    return " and ".join(name for setting, name in _NAMES.items() if setting in settings)
