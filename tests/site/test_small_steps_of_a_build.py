"""Small steps of a build, each with the case next to it: what is the public's, where a name stands, which kinds are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.access.views import Scope
from sendbook.campus.folder import CampusFolder
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity
from sendbook.kinds.profile import PROFILE
from sendbook.pages.reading import WhoSees
from sendbook.site.build.build import BuildResult
from sendbook.site.build.public_refusals import begun_only
from sendbook.site.build.public_site import _is_of_the_public
from sendbook.site.build.shared_campus import SharedCampus, plain
from sendbook.site.build.student_build import _named
from sendbook.site.readers.home_blocks import _assistant_block
from sendbook.site.readers.own_pages import greeted
from sendbook.site.readers.reader_site import ReaderSites
from tests.checks_kit import tiny_campus
from tests.conftest import ON

MADE_UP = Path(__file__).parents[1] / "kinds/made_up"


@pytest.mark.parametrize(
    ("path", "is_public"),
    [
        ("records/students/2TST/plan.yml", False),
        ("records/students/2TST/meetings/2026-09-09.yml", False),
        ("records/students/2TST/student.yml", True),
        ("records/campus.yml", True),
        ("handbook/01-about.md", True),
    ],
)
def test_of_a_student_s_records_only_the_one_with_the_name_is_looked_at_for_the_public(
    path: str, is_public: bool
) -> None:
    finding = Finding(code="x", severity=Severity.ERROR, path=path, message="", remedy="")
    assert _is_of_the_public(finding) is is_public


def test_who_sees_a_student_is_told_apart_by_each_thing_that_is_said() -> None:
    one = WhoSees(who="Ms A", because="She teaches.", parts=("plan",), until="2026-12-01")
    assert plain(one) == ["Ms A", "She teaches.", ("plan",), "2026-12-01"]


def test_who_sees_a_student_is_listed_by_name_each_with_why_what_and_until_when(
    registry: SchemaRegistry,
) -> None:
    """In order of names; the student, whose account has no name of its own here, as they are called."""
    names = {"p-b": "Ms B", "p-a": "Mr A", "7Q4K": ""}
    common: Any = SimpleNamespace(
        reader=lambda identity: SimpleNamespace(name=names[identity]), in_words=lambda parts: tuple(sorted(parts))
    )
    data = {"name": {"known_as": "Aaron"}}
    header = Record(id="students/7Q4K/student", kind=STUDENT, student="7Q4K", path="p", digest="", data=data)
    own = Campus([header], registry)
    ends = (date(2027, 7, 20), None, date(2026, 12, 18), None)
    rows = zip(("p-b", "p-a", "p-b", "7Q4K"), ("teaches", "tutor", "covers", "own"), ends, strict=True)
    found = tuple(Scope(reader=reader, projection=why[0], until=end, because=why) for reader, why, end in rows)
    projections: Any = {why: SimpleNamespace(parts={f"part of {why}"}) for why in ("t", "c", "o")}
    assert _named(common, own, "7Q4K", found, projections) == (
        WhoSees(who="Aaron", because="own", parts=("part of o",), until=None),
        WhoSees(who="Mr A", because="tutor", parts=("part of t",), until=None),
        WhoSees(who="Ms B", because="covers", parts=("part of c",), until="2026-12-18"),
        WhoSees(who="Ms B", because="teaches", parts=("part of t",), until="2027-07-20"),
    )


def test_a_kind_of_the_campus_s_own_is_a_student_s_or_the_campus_s(tmp_path: Path) -> None:
    registry = SchemaRegistry.load(schemas(), MADE_UP)
    common = SharedCampus(Campus((), registry), ON, tmp_path)
    assert "swimming" in common.own_kinds
    assert {"minibus", "campus", "person", "plan"}.isdisjoint(common.own_kinds)
    assert [kind.name for kind in common.own_campus_kinds] == ["minibus"]


def test_what_surrounds_pages_is_of_the_campus_alone_even_where_students_are_handed_in(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    """A report leads to a library entry and to the student's own plan: only the entry is there for all students."""
    campus = CampusFolder(tiny_campus(tmp_path), registry).load().campus
    assert "students/2TST/plan" in campus.records
    common = SharedCampus(campus, ON, tmp_path)
    around = common.around("p-1aaa")
    assert set(around.surroundings.records) == {"intervention"}
    assert "2TST" not in str(common.surroundings_rest_on)


def test_an_address_that_is_nobody_s_is_told_with_the_field_it_stands_in(registry: SchemaRegistry) -> None:
    data = {"id": "ours", "office": {"email": "office@your-school.example"}}
    place = Record(id="campus", kind="campus", student=None, path="records/campus.yml", digest="", data=data)
    campus = Campus([place], registry)
    said = begun_only({"index.html": b"<p>Write to office@your-school.example</p>"}, campus)
    assert said.endswith("write your own in records/campus.yml (office).")
    assert begun_only({"index.html": b"<p>Write to us</p>"}, campus) == ""


def test_an_assistant_is_shown_the_notes_for_themselves_alone() -> None:
    team = [
        {"person": "p-me", "note": "At break."},
        {"person": "p-me", "note": ""},
        {"person": "p-other", "note": "On Fridays."},
    ]
    one = {
        "path": "/students/7Q4K/",
        "full_name": "Aaron Small",
        STUDENT: {"emergency": [], "team": team},
        PROFILE: {"help": []},
    }
    desk: Any = SimpleNamespace(reader=SimpleNamespace(id="p-me"), assisted=[one], lines_given=lambda _one: ())
    (card,) = _assistant_block(desk).values["cards"]
    assert card["notes"] == ["At break."]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sr Maria", "Sr Maria"),
        ("Sra. Lopez", "Sra. Lopez"),
        ("Herr Vogt", "Herr Vogt"),
        ("Imam Yusuf", "Imam Yusuf"),
        ("Ms Okafor", "Ms Okafor"),
        ("Maria Lopez", "Maria"),
    ],
)
def test_somebody_is_greeted_with_a_title_where_they_go_by_one(name: str, said: str) -> None:
    assert greeted(name) == said


@pytest.mark.parametrize(
    ("before", "name", "new", "after"),
    [
        (False, "Eli", True, True),
        (False, "Eli", False, False),
        (True, "Eli", False, True),
        (True, "Eli", True, True),
        (True, None, True, False),
        (False, None, False, False),
    ],
)
def test_a_student_has_an_account_from_a_build_that_may_give_one_on(
    before: bool, name: str | None, new: bool, after: bool
) -> None:
    sites: Any = SimpleNamespace(_students={"2TST": ["Eli", "", ""]} if before else {}, _touched=set())
    ReaderSites.set_student(sites, "2TST", name, "a", None, new=new)
    assert sites._students == ({"2TST": ["Eli", "a", ""]} if after else {})
    assert sites._touched == {"2TST"}


@pytest.mark.parametrize(
    ("published", "held", "severities", "whole"),
    [
        (True, (), (), True),
        (True, (), (Severity.WARNING,), True),
        (True, ("Eli Student",), (), False),
        (True, (), (Severity.WARNING, Severity.ERROR), False),
        (False, (), (), False),
        (False, ("Eli Student",), (Severity.ERROR,), False),
    ],
)
def test_a_build_is_whole_when_all_was_published_nothing_is_held_and_there_is_no_error(
    published: bool, held: tuple[str, ...], severities: tuple[Severity, ...], whole: bool
) -> None:
    """By this `sendbook build` ends with 0 or 1."""
    findings = tuple(Finding(code="x", severity=one, path="p", message="", remedy="") for one in severities)
    assert BuildResult(findings=findings, published=published, held=held).is_whole is whole
