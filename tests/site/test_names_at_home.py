"""Two mothers of one household read one another's names wherever somebody is named; another household reads none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import build_student
from tests.conftest import ON
from tests.site.history_kit import Told

STUDENT, ONE, OTHER = "HK9B", "p-1db7", "p-7g17"
STRANGERS = re.compile(r"[Ss]omeone said|A (family )?member( of the family)?\b|\) and mother|Someone outside")


@pytest.fixture(scope="module")
def campus(registry: SchemaRegistry) -> Campus:
    return CampusFolder(example(), registry).load().campus


def _told(campus: Campus, change: Callable[[list[dict[str, Any]]], None] = lambda _family: None) -> Told:
    """The student's pages with a change to the family, as the build makes them."""
    header = campus.records[f"students/{STUDENT}/student"]
    family = [dict(item) for item in header.data["family"]]
    change([item for item in family if item["person"] in (ONE, OTHER)])
    changed = replace(header, data={**header.data, "family": family}, digest=f"{header.digest}{family!r}")
    own = Campus(campus.of_student(STUDENT), campus.registry).with_records([changed])
    return Told(build_student(SharedCampus(campus.shared, ON, example()), own, STUDENT))


def _name(campus: Campus, person: str) -> str:
    return str(campus.records[f"people/{person}"].data["name"]["known_as"])


def _naming(pages: Mapping[str, str], name: str) -> set[str]:
    return {path.removeprefix(f"/students/{STUDENT}/") for path, content in pages.items() if name in content}


@pytest.mark.parametrize(("reader", "partner"), [(ONE, OTHER), (OTHER, ONE)])
def test_two_mothers_of_one_household_read_one_anothers_names(campus: Campus, reader: str, partner: str) -> None:
    pages = _told(campus).pages(reader)
    naming = _naming(pages, _name(campus, partner))
    assert {"plan/", "meetings/", f"plan-{STUDENT}.pdf"} <= naming
    assert {path: found[0] for path, text in pages.items() if (found := STRANGERS.search(text))} == {}
    assert f"{_name(campus, partner)} (mother)" in pages[f"/students/{STUDENT}/meetings/"]


@pytest.mark.parametrize("reader", [ONE, OTHER])
@pytest.mark.parametrize(
    "change",
    [
        lambda both: both[0].update(household="b"),
        lambda both: both[0].pop("confirmed"),
    ],
    ids=["two households", "not confirmed"],
)
def test_apart_or_unconfirmed_they_read_nothing_of_one_another(
    campus: Campus, change: Callable[[list[dict[str, Any]]], None], reader: str
) -> None:
    told = _told(campus, change)
    if reader not in {row[0] for row in told.built.scopes}:
        return  # an unconfirmed relation shows its holder nothing at all
    partner = ONE if reader == OTHER else OTHER
    assert _naming(told.pages(reader), _name(campus, partner)) == set()


@pytest.mark.parametrize(
    "restriction",
    [
        {"access": "none"},
        {"court_orders": [{"id": "o", "order": "Order", "effect": "no_contact", "from": "2026-01-01"}]},
    ],
    ids=["sees nothing", "court order"],
)
def test_a_restriction_of_one_shows_in_no_byte_of_the_others_pages(campus: Campus, restriction: dict[str, Any]) -> None:
    told = _told(campus, lambda both: both[0].update(restriction))
    assert ONE not in {row[0] for row in told.built.scopes}
    assert told.pages(OTHER) == _told(campus).pages(OTHER)


def test_a_teacher_learns_neither_name(campus: Campus) -> None:
    told = _told(campus)
    teacher = next(row[0] for row in told.built.scopes if row[3].split(" ")[2:3] == ["teaches"])
    for person in (ONE, OTHER):
        assert _naming(told.pages(teacher), _name(campus, person)) == set()


def test_teachers_who_see_the_same_share_their_pages_whichever_of_them_the_plan_names(campus: Campus) -> None:
    own = Campus(campus.of_student("7NVF"), campus.registry)
    built = build_student(SharedCampus(campus.shared, ON, example()), own, "7NVF")
    given = {row[0]: row[1] for row in built.scopes if " teaches " in row[3]}
    plan = str(own.records["students/7NVF/plan"].data)
    assert {person in plan for person in given} == {True, False}
    assert len(set(given.values())) == 1


def test_a_colleague_who_is_the_students_family_too_is_named_as_that(campus: Campus) -> None:
    staff = next(row[0] for row in _told(campus).built.scopes if row[3].split(" ")[2:3] == ["teaches"])
    as_mother = _told(campus, lambda both: both[0].update(person=staff))
    assert _naming(as_mother.pages(staff), _name(campus, staff)) == {""}
