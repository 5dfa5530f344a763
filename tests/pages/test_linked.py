"""Links on pages made from a schema alone: by name and with their place, what links there, and nothing unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.bundle.fragment import Fragment
from sendbook.campus.links import Links
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.kinds.student_pages import StudentPages
from sendbook.pages.campus_page import CampusReading, Making
from sendbook.pages.own_campus_kinds import pages_of_campus_kinds
from sendbook.pages.surroundings import Surroundings
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas
from tests.site.small_student import Outline, around, is_sound, pages, projected, records, templates

VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "on": field(title="Day", format="date", **{"x-part": "days"}),
        "serves": field(title="Serves", type="array", items=field(title="Target", **{"x-link": "plan#/targets"})),
        "after": field(title="After", **{"x-link": "visit"}),
        "log": field(title="Log", **{"x-link": "log#/books"}),
        "trip": field(title="Trip", **{"x-link": "trip"}),
        "note": field(title="Note"),
        "told": field(title="Told", **{"x-link": "log#/words"}),
    },
    title="Home visit",
    **{"x-called": "Visit of {on}", "x-day": "/on", "x-parts": {"open": "visits", "days": "when visits were"}},
)
LOG = kind(
    "log",
    "students/{student}/log.yml",
    {
        "books": field(
            title="Books",
            type="array",
            items=group({"id": field(title="Id"), "name": field(title="Name")}, title="Book"),
            **{"x-key": "id"},
        ),
        "words": field(
            title="Words",
            type="array",
            items=group(
                {"id": field(), "text": field(), "share": field(type="boolean")},
                **{"x-owner": {"by": "@student", "also": ["senco"], "family_if": "share"}},
            ),
            **{"x-key": "id"},
        ),
    },
    title="Reading log",
)
TRIP = kind(
    "trip",
    "trips/{id}.yml",
    {
        "name": field(title="Name"),
        "who": field(title="Who", **{"x-link": "student"}),
        "reads": field(title="Reads", **{"x-link": {"to": "log#/books", "of": "who"}}),
    },
    title="Trip",
)
FIRST = {"on": "2026-10-01", "serves": ["fluency"], "log": "heron", "trip": "zoo", "note": "First"}
SECOND = {"on": "2026-11-05", "after": "a", "serves": ["elsewhere"], "log": "gone", "trip": "farm"}
BOOKS = {"books": [{"id": "heron", "name": "The Heron"}, {"id": "fen", "name": "Fen"}]}
ZOO = {"name": "To the zoo", "who": "7Q4K", "reads": "heron"}
HOME = "/students/7Q4K"
FIRST_OF_OCTOBER = "1\N{NO-BREAK SPACE}October\N{NO-BREAK SPACE}2026"


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Kind]:
    own: dict[str, Schema] = {"visit": VISIT, "log": LOG, "trip": TRIP}
    folder = tmp_path_factory.mktemp("schemas")
    return SchemaRegistry.load(schemas(), write_schemas(folder, own)).kinds


def shared(kinds: Mapping[str, Kind], trips: Mapping[str, Any]) -> Surroundings:
    made = [
        Record(id=f"trips/{name}", kind="trip", student=None, path="", digest="", data=data)
        for name, data in trips.items()
    ]
    return replace(around(), kinds=kinds, links=Links(made, kinds))


def made(
    kinds: Mapping[str, Kind],
    *,
    visits: Mapping[str, Any] | None = None,
    trips: Mapping[str, Any] | None = None,
    without: tuple[str, ...] = (),
) -> StudentPages:
    """The pages of two visits, a log and a trip; some records may be kept from these readers."""
    given = {"visits/a": FIRST, "visits/b": SECOND} if visits is None else visits
    held = {**records(), **given, "log": BOOKS}
    projection = projected({name: data for name, data in held.items() if name not in without})
    return pages(projection, shared(kinds, {"zoo": ZOO} if trips is None else trips))


def content(made_pages: StudentPages, page: str) -> str:
    """A page as it is sent; sound HTML."""
    found = str(made_pages.fragments[f"{HOME}/more/{page}/"].content)
    is_sound(found)
    return found


def said(html: str) -> str:
    return " ".join(Outline(html).text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("share", [True, False])
def test_words_that_are_not_for_the_family_are_no_name_of_a_link(kinds: Mapping[str, Kind], share: bool) -> None:
    """A link carries no mark, and is printed: what is marked in the log would stand there bare."""
    log = {"words": [{"id": "bus", "text": "The bus is loud.", "share": share}]}
    found = pages(projected({**records(), "visits/a": {"note": "First", "told": "bus"}, "log": log}), shared(kinds, {}))
    assert ("The bus is loud" in content(found, "visit")) is share
    assert ("The bus is loud" in repr(found.documents)) is share


def test_what_is_linked_is_called_by_its_name_and_leads_to_its_place(kinds: Mapping[str, Kind]) -> None:
    page = content(made(kinds), "visit")
    assert f'<a href="{HOME}/plan/#target-fluency">“reads a page aloud”</a>' in page
    assert f'<a href="{HOME}/more/visit/#record-1">Visit of {FIRST_OF_OCTOBER}</a>' in page
    assert f'<a href="{HOME}/more/log/#record-1">The Heron</a>' in page
    assert "To the zoo" in page  # a trip has no page of its own
    assert 'zoo"' not in page


def test_each_place_that_is_linked_to_is_there(kinds: Mapping[str, Kind]) -> None:
    found = made(kinds)
    assert 'id="target-fluency"' in str(found.fragments[f"{HOME}/plan/"].content)
    assert 'id="record-1"' in content(found, "visit")
    assert 'id="record-1"' in content(found, "log")


def test_a_record_says_what_links_to_it(kinds: Mapping[str, Kind]) -> None:
    found = made(kinds)
    first = f'<a href="{HOME}/more/visit/#record-1">Visit of {FIRST_OF_OCTOBER} (The Heron)</a>'
    log = content(found, "log")
    assert log.count("<h3>Mentioned in</h3>") == 1
    assert f"<li>{first}</li>" in log
    assert "<li>To the zoo (The Heron)</li>" in log
    assert "Visit of 5 November 2026" in said(content(found, "visit").partition("Mentioned in")[2])


def test_nothing_is_said_of_links_where_there_are_none(kinds: Mapping[str, Kind]) -> None:
    assert "Mentioned in" not in content(made(kinds, visits={}, trips={}), "log")


def test_what_these_readers_do_not_see_has_no_name_and_no_place(kinds: Mapping[str, Kind]) -> None:
    page = content(made(kinds, without=("plan", "log", "visits/a"), trips={}), "visit")
    assert "<a " not in page.partition("<section")[2]
    assert said(page).endswith("Day5 November 2026 AfterA home visit LogA book TripA trip Serves A target")


def test_a_link_from_what_these_readers_do_not_see_is_not_told(kinds: Mapping[str, Kind]) -> None:
    cut = {"visits/a": {"note": "First"}, "visits/b": {"note": "Second"}}
    assert "Mentioned in" not in content(made(kinds, visits=cut, trips={}), "log")
    assert "Mentioned in" not in content(made(kinds, visits=cut, trips={}), "visit")


def test_a_record_whose_day_is_kept_from_these_readers_is_linked_by_its_kind_alone(kinds: Mapping[str, Kind]) -> None:
    cut = {"visits/2026-10-01": {"note": "First"}, "visits/b": {"after": "2026-10-01"}}
    page = content(made(kinds, visits=cut), "visit")
    assert f'<a href="{HOME}/more/visit/#record-1">Home visit</a>' in page
    assert "October" not in page


def test_links_that_lead_round_come_to_an_end(tmp_path: Path) -> None:
    ring = kind("ring", "students/{student}/rings/{id}.yml", {"next": field(title="Next", **{"x-link": "ring"})})
    ring |= {"x-called": "Next is {next}", "title": "Ring"}
    kinds = SchemaRegistry.load(schemas(), write_schemas(tmp_path, {"ring": ring})).kinds
    held = {"a": {"next": "b"}, "b": {"next": "a"}}
    reduced = projected(records())
    more = {
        f"students/7Q4K/rings/{name}": replace(reduced.records["students/7Q4K/plan"], kind="ring", data=data)
        for name, data in held.items()
    }
    projection = replace(reduced, records={**reduced.records, **more})
    page = content(pages(projection, replace(around(), kinds=kinds, links=Links((), kinds))), "ring")
    assert page.count(f'<a href="{HOME}/more/ring/#record-') == 4


def test_the_campuss_own_records_lead_to_each_other_in_the_same_way(tmp_path: Path) -> None:
    room = kind("room", "rooms/{id}.yml", {"name": field(title="Name")}, title="Room")
    lift = kind("lift", "lifts/{id}.yml", {"to": field(title="To", **{"x-link": "room"}), "of": field(title="Make")})
    own = {"room": room, "lift": {**lift, "title": "Lift", "x-called": "Lift by {of}"}}
    kinds = SchemaRegistry.load(schemas(), write_schemas(tmp_path, own)).kinds
    made = (
        Record(id="rooms/hall", kind="room", student=None, path="", digest="", data={"name": "The hall"}),
        Record(id="lifts/one", kind="lift", student=None, path="", digest="", data={"to": "hall", "of": "Otto"}),
        Record(id="lifts/two", kind="lift", student=None, path="", digest="", data={"to": "attic", "of": "Ada"}),
    )
    reading = CampusReading(around=replace(around(), kinds=kinds), on=date(2026, 11, 23), records=made)
    content = {}
    for page in pages_of_campus_kinds([kinds["room"], kinds["lift"]]):
        showing = page.show(reading)
        assert showing is not None
        for path, fragment in showing.pages(Making(templates=templates())).items():
            if not isinstance(fragment, Fragment):
                continue  # what is printed of the page
            content[path] = str(fragment.content)
            is_sound(content[path])
    assert '<a href="/records/room/#record-1">The hall</a>' in content["/records/lift/"]
    assert "<dd>A room</dd>" in content["/records/lift/"]
    assert "ttic" not in content["/records/lift/"]
    assert content["/records/room/"].count("<h3>Mentioned in</h3>") == 1
    assert '<a href="/records/lift/#record-2">Lift by Otto</a>' in content["/records/room/"]
