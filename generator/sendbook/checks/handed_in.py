"""Rules that rooms above hand to the checks, so that the checks need not know what these rules are about.

They are worked out from the schemas, which are the campus's own as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.case import Case
from sendbook.checks.rules.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """Rules asked of each student's records, and of those that belong to no student.

    Those that are ``listed`` have a code of their own, which can be explained and waived.
    """

    of_students: tuple[Rule[Case], ...] = ()
    of_shared: tuple[Rule[Case], ...] = ()
    listed: tuple[Rule[Case], ...] = ()


#: Gives the rules for the kinds of a registry.
RulesOf = Callable[[SchemaRegistry], HandedIn]


def nothing_handed_in(_registry: SchemaRegistry) -> HandedIn:
    """Returns no rules: for what asks of records no more than the checks know themselves."""
    return HandedIn()
