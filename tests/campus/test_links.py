"""``x-link``: a link to nowhere is refused when schemas load, and one resolver follows all others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.link import Link, read_link
from sendbook.campus.links import Links, Reference
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.errors import SchemaError
from tests.campus.small_schemas import ALL, Schema, field, group, kind, write_schemas
from tests.campus.small_schemas import PLAN as SMALL_PLAN


def links_to(to: Any, **more: Any) -> Schema:
    return field(**{"x-link": to}, **more)


def entries(**properties: Schema) -> Schema:
    return field(type="array", items=group({"id": field(), **properties}, **{"x-say": "“{note}”"}), **{"x-key": "id"})


OF_PLAN = {"to": "plan#/needs", "of": "student"}
VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "place": field(),
        "by": links_to("person"),
        "about": field(type="array", items=links_to("plan#/needs")),
        "after": links_to("visit"),
        "steps": entries(note=field()),
        "first": links_to("#/steps"),
        "room": links_to("rooms#/building/rooms"),
    },
    **{"x-called": "Visit to {place}"},
)
ROOMS = kind("rooms", "rooms.yml", {"building": group({"rooms": entries(note=field())}, title="B", description="B.")})
TRIP = kind(
    "trip",
    "trips/{id}.yml",
    {
        "going": field(
            type="array",
            items=group(
                {
                    "student": links_to("student"),
                    "for": links_to(OF_PLAN),
                    "more": group({"seen": links_to(OF_PLAN)}, title="More", description="More."),
                }
            ),
        )
    },
)
#: Whose voice a plan holds is a person, as soon as there are people.
VOICE = group({"from": links_to("person"), "text": field(**{"x-part": "voice"})}, **{"x-owner": {"by": "from"}})
WITH_PEOPLE = {**SMALL_PLAN, "properties": {**SMALL_PLAN["properties"], "voice": field(type="array", items=VOICE)}}
KINDS = {**ALL, "plan": WITH_PEOPLE, "visit": VISIT, "rooms": ROOMS, "trip": TRIP}
PLAN = {"needs": [{"id": "reading", "area": "Reading"}, {"id": "maths", "area": "Maths"}]}
DRAFT = {"needs": [{"id": "reading", "area": "Reading aloud"}, {"id": "sleep", "area": "Sleep"}]}
FIRST = {"place": "the farm", "about": ["reading", "sleep"], "steps": [{"id": "bus", "note": "By bus"}], "first": "bus"}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kind]:
    return dict(SchemaRegistry.load(write_schemas(tmp_path_factory.mktemp("schemas"), KINDS)).kinds)


def record(path: str, name: str, data: dict[str, Any]) -> Record:
    student = path.split("/")[1] if path.startswith("students/") else None
    return Record(id=path, kind=name, student=student, path=f"records/{path}.yml", digest="", data=data)


OWN = (
    record("students/7Q4K/plan", "plan", PLAN),
    record("students/7Q4K/drafts/plan", "plan", DRAFT),
    record("students/7Q4K/visits/farm", "visit", FIRST),
    record("students/7Q4K/visits/pond", "visit", {"after": "farm", "by": "p-1aaa", "room": "hall"}),
)
SHARED = (
    record("people/p-1aaa", "person", {"name": "Ms Levy"}),
    record("rooms", "rooms", {"building": {"rooms": [{"id": "hall", "note": "The hall"}]}}),
    record("trips/zoo", "trip", {"going": [{"student": "7Q4K", "for": "maths"}, {"student": "8R5M", "for": "gone"}]}),
)


@pytest.fixture
def links(kinds: dict[str, Kind]) -> Links:
    return Links(SHARED, kinds, students=("7Q4K", "8R5M")).with_own(OWN)


def written(links: Links, records: Iterable[Record]) -> dict[str, Reference]:
    return {f"{one.id}{link.pointer}": link for one in records for link in links.written_in(one)}


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("person", Link(kind="person")),
        ("#/targets", Link(steps=("targets",))),
        ("campus#/cost_assumptions/rates", Link(kind="campus", steps=("cost_assumptions", "rates"))),
        ({"to": "plan#/targets", "of": "student"}, Link(kind="plan", steps=("targets",), of="student")),
    ],
)
def test_each_way_to_write_a_link_is_read(said: Any, link: Link) -> None:
    assert read_link(said) == link
    assert link.to == (said["to"] if isinstance(said, dict) else said)


@pytest.mark.parametrize("said", ["", "plan#", "plan#targets", "#/", "a b", 3, {"to": "plan"}, {"to": "#/a", "of": ""}])
def test_what_is_written_as_no_link_is_refused(tmp_path: Path, said: Any) -> None:
    with pytest.raises(SchemaError, match="/to has an x-link that is not written like “person”"):
        load(tmp_path, "trips/{id}.yml", to=links_to(said))


def load(folder: Path, path: str = "students/{student}/notes/{id}.yml", **properties: Schema) -> SchemaRegistry:
    return SchemaRegistry.load(write_schemas(folder, {**ALL, "note": kind("note", path, properties)}))


@pytest.mark.parametrize(
    ("path", "properties", "reason"),
    [
        ("notes/{id}.yml", {"a": links_to("hospital")}, "/a has an x-link to “hospital”, which is no kind of record"),
        ("notes/{id}.yml", {"a": links_to("campus")}, "of which there is only one record: name a list in it"),
        ("students/{student}/note.yml", {"a": links_to("plan")}, "of which there is only one record"),
        ("notes/{id}.yml", {"a": links_to("#/b"), "b": field()}, "where note.schema.json has no list whose entries"),
        ("notes/{id}.yml", {"a": links_to("campus#/rooms")}, "where campus.schema.json has no list whose entries"),
        ("students/{student}/note.yml", {"a": links_to("plan#/strategies")}, "has no list whose entries have an id"),
        ("students/{student}/note.yml", {"a": links_to("plan#/voice")}, "has no list whose entries have an id"),
        ("notes/{id}.yml", {"a": links_to("plan#/needs")}, "which is in a student's records: say which field names"),
        ("notes/{id}.yml", {"a": links_to(OF_PLAN)}, "of “student”, which is no field next to it with an x-link"),
        ("notes/{id}.yml", {"a": links_to(OF_PLAN), "student": field()}, "of “student”, which is no field next to it"),
        (
            "students/{student}/note.yml",
            {"a": links_to(OF_PLAN), "student": links_to("student")},
            "with “of”, which is only for links from a record of no student into a student's",
        ),
        (
            "notes/{id}.yml",
            {"a": links_to({"to": "intervention", "of": "student"}), "student": links_to("student")},
            "with “of”, which is only for links",
        ),
        ("notes/{id}.yml", {"a": links_to("intervention", type="integer")}, "/a has an x-link, but is no text"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(
    tmp_path: Path, path: str, properties: dict[str, Schema], reason: str
) -> None:
    with pytest.raises(SchemaError) as refused:
        load(tmp_path, path, **properties)
    assert str(refused.value).startswith("note.schema.json can't be used: ")
    assert reason in str(refused.value)


def test_all_that_is_wrong_in_a_file_is_said_at_once(tmp_path: Path) -> None:
    nameless = {"type": "string", "x-link": "person"}
    with pytest.raises(SchemaError) as refused:
        load(tmp_path, a=links_to("hospital"), b=nameless, c=links_to("plan#/aims"))
    for reason in ("“hospital”", "/b has no title", "“plan#/aims”"):
        assert reason in str(refused.value)


def test_a_campuss_kind_may_link_to_a_shipped_one_and_to_another_of_its_own(tmp_path: Path) -> None:
    shipped = write_schemas(tmp_path / "shipped")
    visit = {**VISIT, "properties": {"about": links_to("plan#/needs"), "of": links_to("trip")}, "x-called": "Visit"}
    trip = kind("trip", "trips/{id}.yml", {"name": field()})
    own = write_schemas(tmp_path / "own", {"visit": visit, "trip": trip})
    assert [one.link.to for one in SchemaRegistry.load(shipped, own).kinds["visit"].links] == ["plan#/needs", "trip"]
    (own / "trip.schema.json").unlink()
    with pytest.raises(
        SchemaError, match=r"visit\.schema\.json can't be used: line \d+, column \d+: /of has an x-link to “trip”"
    ):
        SchemaRegistry.load(shipped, own)


def test_a_link_leads_to_a_record_an_entry_and_into_another_record_of_the_student(links: Links) -> None:
    found = {
        place: target.name() if (target := links.target(one)) else None for place, one in written(links, OWN).items()
    }
    assert found == {
        "students/7Q4K/visits/farm/about/0": "Reading",  # as the plan in force has it, before the draft
        "students/7Q4K/visits/farm/about/1": "Sleep",
        "students/7Q4K/visits/farm/first": "“By bus”",
        "students/7Q4K/visits/pond/by": "Ms Levy",
        "students/7Q4K/visits/pond/after": "Visit to the farm",
        "students/7Q4K/visits/pond/room": "“The hall”",
    }


def test_what_links_into_a_students_records_is_known_once_these_are_at_hand(links: Links) -> None:
    (into,) = links.into("7Q4K")
    assert into.pointer == "/going/0/for"
    assert links.ids(into) == {"reading", "maths", "sleep"}
    (elsewhere,) = links.into("8R5M")
    assert links.ids(elsewhere) is None


def test_the_way_back_names_every_record_that_links_there(links: Links) -> None:
    plan = links.of_kind("plan", ("needs",), "7Q4K") or {}
    assert [(one.record.id, one.pointer) for one in links.back(plan["reading"])] == [
        ("students/7Q4K/visits/farm", "/about/0")
    ]
    assert [one.record.id for one in links.back(plan["maths"])] == ["trips/zoo"]
    person = (links.of_kind("person") or {})["p-1aaa"]
    assert [one.record.id for one in links.back(person)] == ["students/7Q4K/visits/pond"]


def test_nobody_knows_what_is_in_a_file_that_can_not_be_read(kinds: dict[str, Kind]) -> None:
    shared = Links(SHARED[1:], kinds, students=("7Q4K",), unread=["records/people/p-9zzz.yml"])
    links = shared.with_own(OWN[2:], unread=["records/students/7Q4K/plan.yml"])
    found = written(links, OWN)
    assert links.ids(found["students/7Q4K/visits/farm/about/0"]) is None
    assert links.ids(found["students/7Q4K/visits/pond/by"]) == {"p-9zzz"}


def test_a_name_is_made_of_what_the_data_holds_and_of_nothing_else(kinds: dict[str, Kind]) -> None:
    cut = (record("students/7Q4K/visits/farm", "visit", {"steps": [{"id": "bus"}], "first": "bus"}), OWN[3])
    links = Links(cut, kinds)
    found = written(links, cut)
    assert [links.target(one).name() for one in found.values() if links.target(one) is not None] == ["", ""]  # type: ignore[union-attr]
