"""Reads an ``x-link``: which kind of record, or which list in it, the value of a field leads to.

``person`` is a record of that kind, ``#/targets`` an entry of a list in the same record, ``plan#/targets`` an entry of
a list in a record of another kind. From a record that belongs to no student into a student's, the link says as well
which field names the student: ``{"to": "plan#/targets", "of": "student"}``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sendbook.campus.foundation import PERSON, STUDENT

_WRITTEN = re.compile(r"([A-Za-z0-9_-]*)(?:#((?:/[^/#]+)+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a field leads to.

    ``kind`` is "" for the record that the field is in. ``steps`` lead to a list, and an entry of it is meant; without
    any, a whole record is. ``of`` is the field that names the student whose record it is, "" where that is clear.
    """

    kind: str = ""
    steps: tuple[str, ...] = ()
    of: str = ""

    @property
    def to(self) -> str:
        """The place as the schema writes it: ``person``, ``plan#/targets``."""
        return f"{self.kind}#/{'/'.join(self.steps)}" if self.steps else self.kind


TO_PERSON = Link(kind=PERSON)
TO_STUDENT = Link(kind=STUDENT)


def read_link(said: Any) -> Link:
    """Returns what an ``x-link`` says; raises ValueError if it is not written as one."""
    to, of = (said.get("to"), said.get("of")) if isinstance(said, dict) else (said, "")
    if isinstance(said, dict) and set(said) != {"to", "of"}:
        raise ValueError("an x-link with more, or less, than “to” and “of”")
    found = _WRITTEN.fullmatch(to) if isinstance(to, str) and to else None
    if found is None or not isinstance(of, str) or (isinstance(said, dict) and not of):
        raise ValueError("an x-link that is not written as one")
    return Link(kind=found[1], steps=tuple((found[2] or "").split("/")[1:]), of=of)
