"""Of one record of the campus a reader may see more than of another: what is owed is asked of each by itself."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.access.parts import Part
from sendbook.access.shared import whos_of
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.pages.campus_page import CampusReading
from sendbook.pages.own_campus_kinds import pages_of_campus_kinds
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.readers.campus_owed import owed_on_campus
from sendbook.site.readers.campus_readings import CampusReadings
from tests.campus.small_schemas import field, kind
from tests.conftest import ON
from tests.deadlines.letters import DATE

TEACHER, PRINCIPAL, MOTHER = "p-kp3j", "p-6xmg", "p-1ge7"
LIFT = kind(
    "lift",
    "lifts/{id}.yml",
    {
        "state": field(enum=["planned", "agreed"]),
        "where": field(title="Where"),
        "done_on": field(title="Done on", **DATE, **{"x-part": "done"}),
        "by": field(title="By", **DATE, **{"x-due": {"what": "Service it", "until": "/done_on", "by": "senco"}}),
    },
    **{"title": "Lift", "x-called": "{where}"},
)
GRANTS = (
    {"id": "lifts", "everyone": "staff", "kind": "lift", "parts": ["open"], "action": "read", "reason": "All."},
    {
        "id": "done",
        "everyone": "staff",
        "kind": "lift",
        "parts": ["done"],
        "states": ["agreed"],
        "action": "read",
        "reason": "Once it is agreed.",
    },
    {"id": "principal", "role": "principal", "kind": "lift", "parts": ["all"], "action": "read", "reason": "Pays."},
)


def lift(name: str, **data: str) -> Record:
    path = f"records/lifts/{name}.yml"
    data = {"by": "2026-11-01", "where": name, **data}
    return Record(id=f"lifts/{name}", kind="lift", student=None, path=path, digest=repr(data), data=data)


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Campus:
    """The example's shared records, with two lifts and grants for them."""
    own = tmp_path_factory.mktemp("schemas")
    (own / "lift.schema.json").write_text(json.dumps(LIFT), encoding="utf-8")
    folder = CampusFolder(example(), SchemaRegistry.load(schemas(), own))
    shared = folder.load(folder.scan().unit(SHARED)).campus
    access = shared.records["access"]
    data = {**access.data, "grants": [*access.data["grants"], *GRANTS]}
    granted = Record(id=access.id, kind=access.kind, student=None, path=access.path, digest="lifts", data=data)
    lifts = (lift("North", state="planned", done_on="2026-10-30"), lift("South", state="agreed"))
    return Campus((*shared.with_records([granted]).records.values(), *lifts), folder.registry)


def reading_of(campus: Campus, reader: str) -> CampusReading:
    common = SharedCampus(campus, ON, Path("nowhere"))
    return CampusReadings(common).of(common.reader(reader), {}, {})


def owed(campus: Campus, reader: str) -> list[str]:
    """What is owed of lifts, as a reader is told."""
    reading = reading_of(campus, reader)
    pages = pages_of_campus_kinds([campus.registry.kinds["lift"]])
    return sorted(one.of for one in owed_on_campus(reading, pages))


def test_the_part_that_says_it_is_done_has_to_be_seen_of_this_very_record(campus: Campus) -> None:
    """A teacher sees of the lift that is agreed whether it was serviced, and not of the other: that was."""
    assert owed(campus, PRINCIPAL) == ["South"]
    assert owed(campus, TEACHER) == ["South"]
    assert ("lift", "done") not in reading_of(campus, TEACHER).parts_in["lifts/North"]


def test_a_record_that_is_not_seen_owes_a_reader_nothing(campus: Campus) -> None:
    assert owed(campus, MOTHER) == []


def test_what_is_hidden_from_a_reader_changes_nothing_of_what_is_owed(campus: Campus) -> None:
    changed = campus.with_records([lift("North", state="planned"), lift("South", state="agreed")])
    assert owed(changed, TEACHER) == owed(campus, TEACHER)
    assert owed(changed, PRINCIPAL) == ["North", "South"]


def test_what_owes_nothing_by_its_schema_is_not_asked(campus: Campus) -> None:
    kinds = {campus.records[one].kind for one in reading_of(campus, PRINCIPAL).parts_in}
    assert kinds == {"accessibility_plan", "intervention", "lift"}


def opened_to(campus: Campus, reader: str, **without: str) -> str:
    """What grants open to a reader, named; without one of them, or with another reason for it."""
    access = campus.records["access"]
    left = [one for one in access.data["grants"] if one["id"] != without.get("grant")]
    said = [{**one, "reason": "Other words."} if one["id"] == without.get("reason") else one for one in left]
    changed = Record(
        id=access.id,
        kind=access.kind,
        student=None,
        path=access.path,
        digest=repr(without),
        data={**access.data, "grants": said},
    )
    common = SharedCampus(campus.with_records([changed]), ON, Path("nowhere"))
    return CampusReadings(common).opened_to(whos_of(common.reader(reader), ON, common.basis))


@pytest.mark.parametrize(
    ("grant", "reader", "is_other"),
    [
        ("lifts", TEACHER, True),
        ("done", TEACHER, True),
        ("principal", PRINCIPAL, True),
        ("principal", TEACHER, False),
        ("lifts", MOTHER, False),
    ],
    ids=["of all records", "of one record", "the whole kind", "another's", "staff's"],
)
def test_what_grants_open_to_somebody_is_named_otherwise_when_it_is_another_thing(
    campus: Campus, grant: str, reader: str, is_other: bool
) -> None:
    """By this name their own pages are made again; a grant in other words opens the same."""
    before = opened_to(campus, reader)
    assert (opened_to(campus, reader, grant=grant) != before) is is_other
    assert opened_to(campus, reader, reason=grant) == before


OPEN, DONE = ("lift", "open"), ("lift", "done")


@pytest.mark.parametrize(
    ("parts", "whole", "in_records"),
    [
        ({OPEN, DONE}, {OPEN}, {"lifts/North": {OPEN}}),
        ({OPEN}, {OPEN, DONE}, {"lifts/North": {OPEN}}),
        ({OPEN}, {OPEN}, {"lifts/North": {OPEN, DONE}}),
        ({OPEN}, {OPEN}, {"lifts/South": {OPEN}}),
    ],
    ids=["of any record", "of every record", "of one record", "of another record"],
)
def test_what_is_open_is_named_by_all_that_is_open_of_any_of_every_and_of_each_record(
    parts: set[Part], whole: set[Part], in_records: dict[str, set[Part]]
) -> None:
    def named(parts: set[Part], whole: set[Part], in_records: dict[str, set[Part]]) -> str:
        seen: Any = SimpleNamespace(_parts_of=lambda _whos: (parts, whole), _parts_in=lambda _whos: in_records)
        return CampusReadings.opened_to(seen, frozenset())

    before = named({OPEN}, {OPEN}, {"lifts/North": {OPEN}})
    assert named(parts, whole, in_records) != before
    assert named({OPEN}, {OPEN}, {"lifts/North": {OPEN}}) == before
