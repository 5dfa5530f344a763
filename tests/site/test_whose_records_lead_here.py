"""The library says to staff in whose records a kind of help is: of students whose plans they see, and of no others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendbook.campus.links import Links
from sendbook.campus.records import Record
from sendbook.kinds.places import place_linked
from sendbook.pages.reading import reading_of
from sendbook.site.readers.campus_readings import _leading
from sendbook.site.readers.facts import facts_of_reading
from tests.conftest import ON
from tests.site.small_student import KINDS, LIBRARY, PARTS, around, projected, records

ENTRY = Record(
    id="interventions/paired-reading", kind="intervention", student=None, path="", digest="", data=LIBRARY[0]
)


def leads_to(*, manner: str = "staff", library: tuple[Record, ...] = (ENTRY,), **changed: Any) -> dict[str, str]:
    here = replace(around(), links=Links(library, KINDS))
    held = {name: data for name, data in {**records(), **changed}.items() if data is not None}
    found = facts_of_reading(reading_of(projected(held, manner=manner, parts=PARTS), here, where=place_linked))
    return dict(found["leads_to"])


def plan(**changed: Any) -> dict[str, Any]:
    return {**records()["plan"], "provision": [{**records()["plan"]["provision"][0], **changed}]}


def test_a_plan_leads_to_the_help_in_it_and_says_where() -> None:
    assert leads_to(plan=plan(intervention="paired-reading")) == {
        ENTRY.id: "/students/7Q4K/plan/#provision-paired",
    }


@pytest.mark.parametrize("manner", ["family", "student"])
def test_at_home_nobody_is_listed(manner: str) -> None:
    assert leads_to(manner=manner, plan=plan(intervention="paired-reading")) == {}


def test_what_a_reader_does_not_see_leads_nowhere() -> None:
    linked = plan(intervention="paired-reading")
    assert leads_to(plan=None) == {}
    assert leads_to(plan={name: one for name, one in linked.items() if name != "provision"}) == {}
    assert leads_to(plan=linked, library=()) == {}


def test_a_draft_leads_nowhere() -> None:
    assert leads_to(plan=None, **{"drafts/plan": plan(intervention="paired-reading")}) == {}


def test_students_are_listed_by_name_and_those_who_have_left_are_not() -> None:
    def student(identity: str, name: str, until: str | None = None) -> dict[str, Any]:
        there = {"from": "2024-09-04", **({"until": until} if until else {})}
        return {"id": identity, "full_name": name, "on_roll": there, "leads_to": {ENTRY.id: f"/students/{identity}/"}}

    before, today = "2026-11-22", ON.isoformat()
    facts = [student("2", "zoe"), student("1", "Amir"), student("3", "Gone", before), student("4", "Last day", today)]
    assert _leading(facts, ON) == {
        ENTRY.id: (("/students/1/", "Amir"), ("/students/4/", "Last day"), ("/students/2/", "zoe"))
    }
