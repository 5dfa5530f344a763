"""Writes the handbook a new campus begins with in the words of its kind of school and its year groups.

The example is an independent school from Year 3 to Year 13. What the law asks of other schools, who approves it there
and which pages speak of examinations is listed in ``wordings.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sendbook.campus.year_groups import YEAR_ORDER

#: The body that the law holds responsible for each kind of school (Equality Act 2010 s.85(9); Children and Families
#: Act 2014 s.69(2)).
BODIES: Mapping[str, str] = {"maintained": "the governing body", "academy": "the academy trust"}
_SCHOOLS: Mapping[str, str] = {"maintained": "a maintained school", "academy": "an academy"}
_EXAMS_BEGIN = YEAR_ORDER.index("10")
_EXAMPLE, _LATER = "Year 8", "Year 9"
_STUDENTS = (("{} student", _EXAMPLE), ("is now in {}.", _LATER), ("the {} student", _LATER), ("end of {}", _LATER))


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """What the wording of a page depends on: the kind of school, its year groups, and the days of its plan."""

    setting: str
    first_year: str
    last_year: str
    begins: date
    ends: date
    reviewed: date

    @property
    def body(self) -> str:
        """Who is responsible for the school in law, with its article."""
        return body_of(self.setting)

    @property
    def has_exams(self) -> bool:
        """Whether any year group taught is entered for public examinations."""
        return YEAR_ORDER.index(self.last_year) >= _EXAMS_BEGIN

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the list that apply, the most particular first."""
        state = ("state",) if self.setting in BODIES else ()
        return (self.setting, *state, *(() if self.has_exams else ("no_exams",)), "new")

    def years(self) -> tuple[str, str]:
        """A year group for the handbook's example of a student, and the one they are in a year later."""
        first, last = YEAR_ORDER.index(self.first_year), YEAR_ORDER.index(self.last_year)
        usual = YEAR_ORDER.index("8")
        now = usual if first <= usual < last else max(first, last - 1)
        return year_name(YEAR_ORDER[now]), year_name(YEAR_ORDER[min(now + 1, last)])


def body_of(setting: str) -> str:
    """Who is responsible in law for a school of this kind: the governing body, the trust or the proprietor."""
    return BODIES.get(setting, "the proprietor")


def year_name(code: str) -> str:
    """A year group as people say it: “Reception”, “Year 6”."""
    return {"N1": "Nursery", "N2": "Nursery", "R": "Reception"}.get(code, f"Year {code}")


def worded(text: str, school: School) -> str:
    """A page of the example's handbook in the words of another school; what is the same everywhere stays."""
    for entry in wordings():
        key = next((key for key in school.keys if key in entry), None)
        if key is None:
            continue
        for found in list(places(text, entry)):
            text = _replaced(text, found, _filled(str(entry[key]), school, found))
    now, later = school.years()
    for words, year in _STUDENTS:
        text = text.replace(words.format(year), words.format(now if year == _EXAMPLE else later))
    return text


@cache
def wordings() -> tuple[Mapping[str, Any], ...]:
    """The list, in order."""
    read = yaml.safe_load((Path(__file__).parent / "wordings.yml").read_text(encoding="utf-8"))
    return tuple(read)


def places(text: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """What an entry of the list finds on a page, as it is written there."""
    if "paragraph" in entry:
        yield from (one for one in text.split("\n\n") if one.startswith(entry["paragraph"]))
    elif entry["words"] in text:
        yield entry["words"]


def _replaced(text: str, found: str, said: str) -> str:
    if said:
        return text.replace(found, said)
    return text.replace(f"{found}\n\n", "") if f"{found}\n\n" in text else text.replace(found, "").replace(" \n", "\n")


def _filled(said: str, school: School, kept: str) -> str:
    kind = _SCHOOLS.get(school.setting, "an independent school")
    for name, value in (
        ("<kept>", kept),
        ("<The body>", school.body.capitalize()),
        ("<the body>", school.body),
        ("<a school>", kind),
        ("<every school>", f"every {kind.partition(' ')[2]}"),
        ("<first>", year_name(school.first_year)),
        ("<last>", year_name(school.last_year)),
        ("<begins>", f"{school.begins:%B %Y}"),
        ("<ends>", f"{school.ends:%B %Y}"),
        ("<reviewed>", f"{school.reviewed:%B %Y}"),
    ):
        said = said.replace(name, value)
    return said
