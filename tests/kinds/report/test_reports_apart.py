"""Two reports of one day can be told apart wherever they are named: by who wrote them, or by the profession."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.terms import Terms
from sendbook.deadlines.deadline import School, deadlines_of

KIND = SchemaRegistry.load(schemas()).kinds["report"]
DAY = {"received_on": "2026-10-12", "profession": "educational_psychologist"}
SCHOOL = School(
    terms=Terms.from_campus({"terms": [{"id": "autumn", "name": "Autumn", "start": "2026-09-03", "end": "2026-12-18"}]})
)


@dataclass(frozen=True)
class Held:
    """A report as deadlines are worked out from it."""

    id: str
    data: Mapping[str, Any]


def owed(**more: str) -> tuple[str, date]:
    """What is owed once a report came, and by when."""
    (one,) = deadlines_of([(KIND, Held("a", {**DAY, **more}))], SCHOOL)
    return one.what, one.by


def name(data: Mapping[str, Any]) -> str:
    return KIND.name_of(data).replace("\N{NO-BREAK SPACE}", " ")


def test_the_author_is_in_the_name_of_a_report_where_it_is_given() -> None:
    assert name({**DAY, "author": "Ida Moss"}) == "Educational psychologist, Ida Moss, 12 October 2026"
    assert name(DAY) == "Educational psychologist, 12 October 2026"
    assert name({"received_on": "2026-10-12"}) == "Report of 12 October 2026"


def test_what_a_home_page_says_is_owed_names_the_author_or_else_the_profession() -> None:
    said = "Tell the author and the family that the report is here"
    assert owed(author="Ida Moss") == (f"{said} (Ida Moss)", date(2026, 10, 19))
    assert owed() == (f"{said} (Educational psychologist)", date(2026, 10, 19))
