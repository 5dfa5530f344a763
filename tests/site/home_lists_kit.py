"""A small student with nothing late and nothing due, and what a reader's home page lists of such students."""

from __future__ import annotations

from datetime import date
from typing import Any

from sendbook.site.readers.home_blocks import blocks_of
from sendbook.site.readers.reader_relations import Desk
from tests.kinds.saying import Records, plain
from tests.site.own_pages_kit import ON, OwnReader
from tests.site.small_student import around, facts, projected, records

#: The last day of the autumn term.
TERM_ENDS = "2026-12-17"
PRINCIPAL = OwnReader(id="p-pri1", name="Mr Principal", roles=("principal",), is_staff=True)
MEETING = "meetings/2026-09-24"


def desk(reader: OwnReader, *data: Records, on: date = ON, manner: str = "staff") -> Desk:
    students = [facts(projected(one, manner=manner, identity=f"{7 + place}Q4K")) for place, one in enumerate(data)]
    return Desk(reader=reader, students=students, around=around(), on=on)


def blocks(reader: OwnReader, *data: Records, **more: Any) -> dict[str, Any]:
    """What each piece of a reader's home page is handed, by its name."""
    made = blocks_of(desk(reader, *(data or (records(),)), **more), (), TERM_ENDS)
    return {block.name: plain(block.values) for block in made}


def rows(reader: OwnReader, name: str, *data: Records, **more: Any) -> list[tuple[str, ...]]:
    """The rows of a list on a reader's home page without whose they are; none if there is no such list."""
    return [row[2:] for row in blocks(reader, *data, **more).get(name, {"rows": []})["rows"]]


def plan(**changed: Any) -> Records:
    data = quiet()
    data["plan"] |= changed
    return data


def quiet() -> Records:
    """The small student's records with nothing late and nothing due."""
    data = records()
    data["plan"]["targets"], data["plan"]["review_due"] = [], "2027-06-01"
    data[MEETING]["actions"], data[MEETING]["next_meeting"] = [], "2027-06-01"
    data["plan"]["provision"][0]["delivery"]["given"] = 20
    return data


def action(**changed: Any) -> Records:
    data = quiet()
    data[MEETING]["actions"] = [{"id": "a", "what": "Order the book.", "who": "p-tea1", **changed}]
    return data


def target(**changed: Any) -> Records:
    return plan(targets=[{**records()["plan"]["targets"][0], **changed}])
