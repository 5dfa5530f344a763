"""Hands the handbook the macros that kinds of record bring."""

from __future__ import annotations

from datetime import date

from sendbook.access.basis import Basis
from sendbook.campus.records import Campus
from sendbook.handbook import macro_values as handbook
from sendbook.handbook.macros import MacroValues
from sendbook.kinds.all_kinds import ALL_KINDS

MACROS_OF_KINDS = tuple(macro for kind in ALL_KINDS for macro in kind.macros)


def macro_values(campus: Campus, on: date | None, edition: str, *, basis: Basis | None = None) -> MacroValues:
    """What all macros say in an edition on a day; without a day, of the last school year there are terms for."""
    return handbook.macro_values(campus, on, edition, macros=MACROS_OF_KINDS, basis=basis)
