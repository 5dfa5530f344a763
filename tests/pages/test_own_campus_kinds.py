"""A kind about no student that a campus adds has a page from its schema alone, cut down for each of its readers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from sendbook.access.parts import Parts
from sendbook.bundle.fragment import Fragment
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.pages.campus_page import Making
from sendbook.pages.own_campus_kinds import pages_of_campus_kinds
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.readers.campus_readings import CampusReadings, NamedStudent
from tests.campus.small_schemas import field, group, kind
from tests.conftest import ON, Site
from tests.noninterference.oracle import visible
from tests.noninterference.sites import differences, site_of
from tests.noninterference.worlds import only
from tests.site.small_student import Outline, is_sound, templates

SENCO, TEACHER, PRINCIPAL, MOTHER, DPO = "p-gba7", "p-kp3j", "p-6xmg", "p-1ge7", "p-zv3c"
SEEN, UNSEEN = "7NVF", "3QNM"
PAGE = "/records/day-out/"
PROVISION: Parts = frozenset({("plan", "provision")})
DAY_OUT = kind(
    "day_out",
    "days-out/{id}.yml",
    {
        "on": field(title="Day", format="date"),
        "where": field(title="Where"),
        "led_by": field(title="Led by", **{"x-link": "person"}),
        "price": field(title="Price", **{"x-part": "money"}),
        "goes": {
            "title": "Who goes",
            "description": "Students.",
            "type": "array",
            "x-key": "id",
            "items": group(
                {
                    "id": field(),
                    "student": field(title="Student", **{"x-link": "student"}),
                    "needs": field(title="Needs on the day"),
                },
                title="Student who goes",
                description="One student.",
                **{"x-about": {"student": "student", "kind": "plan", "part": "provision"}},
            ),
        },
    },
    **{"title": "Day out", "x-called": "{where}", "x-day": "/on"},
)
FARM = {
    "on": "2026-05-12",
    "where": "Farm & <b>mill</b>",
    "led_by": TEACHER,
    "price": "40 pounds",
    "goes": [
        {"id": "a", "student": SEEN, "needs": "A quiet seat."},
        {"id": "b", "student": UNSEEN, "needs": "A taxi home."},
    ],
}
BEACH = {"on": "2026-09-30", "where": "Beach", "led_by": MOTHER, "price": "9 pounds"}
GRANTS = (
    {"id": "days-out", "everyone": "staff", "kind": "day_out", "parts": ["open"], "action": "read", "reason": "All."},
    {"id": "money", "role": "principal", "kind": "day_out", "parts": ["all"], "action": "read", "reason": "Pays."},
)


@pytest.fixture(scope="module")
def own_registry(tmp_path_factory: pytest.TempPathFactory) -> SchemaRegistry:
    folder = tmp_path_factory.mktemp("schemas")
    (folder / "day-out.schema.json").write_text(json.dumps(DAY_OUT), encoding="utf-8")
    return SchemaRegistry.load(schemas(), folder)


def day_out(name: str, data: Mapping[str, Any]) -> Record:
    path = f"records/days-out/{name}.yml"
    return Record(id=f"days-out/{name}", kind="day_out", student=None, path=path, digest=repr(data), data=data)


def with_days_out(campus: Campus, registry: SchemaRegistry, *days: Record) -> Campus:
    """The campus with these records, and with grants for them."""
    access = campus.records["access"]
    data = {**access.data, "grants": [*access.data["grants"], *GRANTS]}
    granted = Record(id=access.id, kind=access.kind, student=None, path=access.path, digest="with days out", data=data)
    return Campus((*campus.with_records([granted]).records.values(), *days), registry)


@pytest.fixture(scope="module")
def shared(own_registry: SchemaRegistry) -> Campus:
    folder = CampusFolder(example(), own_registry)
    campus = folder.load(folder.scan().unit(SHARED)).campus
    return with_days_out(campus, own_registry, day_out("farm", FARM), day_out("beach", BEACH))


def page_of(shared: Campus, reader: str, sees: Mapping[str, Parts] | None = None) -> Fragment | None:
    """The page as a reader gets it who sees these parts of these students."""
    world = SharedCampus(shared, ON, Path("nowhere"))
    named = {one: NamedStudent(name=one, full_name=f"Student called {one}") for one in sees or {}}
    reading = CampusReadings(world).of(world.reader(reader), named, sees or {})
    (page,) = pages_of_campus_kinds(world.own_campus_kinds)
    shown = page.shown_to(reading)
    return shown.pages(Making(templates=templates()))[PAGE] if shown is not None else None


def text_of(page: Fragment | None) -> str:
    assert page is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content)).split())


def test_all_records_are_on_one_page_the_last_day_first_each_under_its_name(shared: Campus) -> None:
    page = page_of(shared, SENCO, {SEEN: PROVISION, UNSEEN: PROVISION})
    assert page is not None
    is_sound(page.content)
    assert Outline(page.content).broken == []
    assert page.title == "Day out"
    assert re.findall(r'<h2 id="(.*?)">(.*?)</h2>', page.content) == [
        ("record-2", "Beach"),
        ("record-1", "Farm &amp; &lt;b&gt;mill&lt;/b&gt;"),
    ]
    assert "Day 12 May 2026 Where Farm & <b>mill</b> Led by Mr Ackroyd Price 40 pounds" in text_of(page)
    assert "Student called 7NVF Needs on the day A quiet seat." in text_of(page)
    assert page.search is None, "its words are found by a search"


def test_a_part_that_is_not_granted_is_not_there(shared: Campus) -> None:
    assert "pounds" in text_of(page_of(shared, PRINCIPAL))
    said = text_of(page_of(shared, TEACHER))
    assert "Farm" in said
    assert "Price" not in said
    assert "pounds" not in said


def test_an_entry_about_a_student_asks_for_that_part_of_that_student(shared: Campus) -> None:
    one = text_of(page_of(shared, TEACHER, {SEEN: PROVISION, UNSEEN: frozenset({("profile", "profile")})}))
    assert "A quiet seat." in one
    assert "A taxi home." not in one
    none = text_of(page_of(shared, TEACHER))
    assert "Who goes" not in none
    assert not re.search("7NVF|3QNM", none)


def test_a_member_of_a_family_is_named_to_those_who_may_know_them_alone(shared: Campus) -> None:
    assert "Led by Ms Osei" in text_of(page_of(shared, SENCO))
    assert MOTHER not in text_of(page_of(shared, TEACHER))


def test_who_sees_no_part_of_any_record_has_no_page(shared: Campus) -> None:
    assert page_of(shared, MOTHER) is None
    assert page_of(shared, SEEN) is None
    assert page_of(with_only(shared, day_out("none", {})), TEACHER) is None


def with_only(shared: Campus, day: Record) -> Campus:
    others = [one for one in shared.records.values() if one.kind != "day_out"]
    return Campus((*others, day), shared.registry)


def test_shipped_kinds_have_no_such_page(registry: SchemaRegistry) -> None:
    folder = CampusFolder(example(), registry)
    assert SharedCampus(folder.load(folder.scan().unit(SHARED)).campus, ON, Path("nowhere")).own_campus_kinds == ()


@pytest.fixture(scope="module")
def few(own_registry: SchemaRegistry) -> Campus:
    """The example with the two students alone."""
    return only(CampusFolder(example(), own_registry).load().campus, (SEEN, UNSEEN))


@pytest.mark.slow
def test_the_site_has_it_in_the_drawer_and_in_the_search(
    few: Campus, own_registry: SchemaRegistry, example_site: Site, tmp_path: Path
) -> None:
    campus = with_days_out(few, own_registry, day_out("farm", FARM))
    (tmp_path / "principal").mkdir()
    site = site_of(campus, PRINCIPAL, example_site, tmp_path / "principal")
    assert b'href="/records/day-out/" aria-current="page">Day out</a>' in site[PAGE]
    assert b'href="/records/day-out/">Day out</a>' in site["/"]
    assert b'"path": "/records/day-out/"' in site["/search/pages.json"]


@pytest.mark.slow
@pytest.mark.parametrize("reader", [DPO, MOTHER])
def test_what_is_hidden_of_such_a_record_can_change_and_no_byte_does(
    reader: str, few: Campus, own_registry: SchemaRegistry, example_site: Site, tmp_path: Path
) -> None:
    """The mother is granted nothing of the kind; the data protection officer sees neither the price nor who goes."""
    goes = [{**FARM["goes"][1], "needs": "Something else altogether."}]  # type: ignore[dict-item, index]
    changed = {**FARM, "price": "999 pounds", "goes": goes}
    if reader == MOTHER:
        changed |= {"on": "2026-06-01", "where": "Quarry"}
    one, other = (with_days_out(few, own_registry, day_out("farm", data)) for data in (FARM, changed))
    assert visible(one, reader) == visible(other, reader)
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
    before, after = (
        site_of(campus, reader, example_site, folder) for campus, folder in zip((one, other), folders, strict=True)
    )
    assert differences(before, after) == []
    assert (PAGE in before) == (reader == DPO)
    assert (b"day-out" in b"".join(before.values())) == (reader == DPO)
