"""What a rule is: a function from a case to spots, with the facts that let a reader check it.

A rule cites its source and says whether it is law or the house's own policy. It declares the parts it rests on, so
that what it finds is shown to those, and only those, who may see all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sendbook.campus.records import Record
from sendbook.checks.case import Case
from sendbook.checks.finding import Severity

Parts = tuple[tuple[str, str], ...]

#: The source of a threshold that the campus has set for itself.
HOUSE_RULE = "House rule of the campus"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a rule is not kept: which record, where in it, what is so, and what to do."""

    record: Record
    pointer: str
    message: str
    remedy: str
    found: str = ""


Test = Callable[[Case], Iterator[Spot]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    ``confirmed`` is false where the paragraph cited still has to be read against the published text; it is then
    shown as "paragraph to be confirmed". ``law`` is false for what the campus has made its policy: its own house
    rules, and the Code of Practice, which binds state-funded and section 41 schools but not other independents.
    """

    id: str
    title: str
    severity: Severity
    source: str
    law: bool
    confirmed: bool
    parts: Parts
    test: Test

    @property
    def citation(self) -> str:
        """The source as it is shown: whether it is law or policy, and whether its paragraph was read."""
        weight = "law" if self.law else "policy"
        if self.source == HOUSE_RULE:
            return f"{self.source} (policy)"
        return f"{self.source} ({weight}{'' if self.confirmed else '; paragraph to be confirmed'})"


def rule(
    identity: str,
    title: str,
    *,
    source: str,
    parts: Parts,
    severity: Severity = Severity.WARNING,
    law: bool = False,
    confirmed: bool = False,
) -> Callable[[Test], Rule]:
    """Makes a rule of the function below it."""

    def make(test: Test) -> Rule:
        return Rule(
            id=identity,
            title=title,
            severity=severity,
            source=source,
            law=law,
            confirmed=confirmed,
            parts=parts,
            test=test,
        )

    return make
