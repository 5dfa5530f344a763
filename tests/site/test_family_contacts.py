"""How a family is reached is on the student's record for those who may see it, and never for another household."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.site.build.family_contacts import family_contacts
from sendbook.site.build.readings import reading_for
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import build_student
from tests.conftest import ON
from tests.kinds.saying import said
from tests.site.history_kit import Told

STUDENT, MOTHER, FATHER, SENCO = "7NVF", "p-1ge7", "p-b7gq", "p-gba7"
RECORD = f"/students/{STUDENT}/record/"


@pytest.fixture(scope="module")
def campus(registry: SchemaRegistry) -> Campus:
    return CampusFolder(example(), registry).load().campus


def _with_grants(campus: Campus, *more: dict[str, Any]) -> SharedCampus:
    """The campus with further grants, each of parts of a kind to somebody."""
    access = campus.records["access"]
    grants = [{"id": f"more-{n}", "action": "read", "reason": "R.", **one} for n, one in enumerate(more)]
    changed = replace(
        access, data={**access.data, "grants": [*access.data["grants"], *grants]}, digest=f"{access.digest}{more!r}"
    )
    return SharedCampus(campus.shared.with_records([changed]), ON, example())


def _pages(common: SharedCampus, campus: Campus) -> Told:
    own = Campus(campus.of_student(STUDENT), campus.registry)
    return Told(build_student(common, own, STUDENT))


def _details(campus: Campus, person: str) -> set[str]:
    contact = campus.records[f"people/{person}"].data["family"]
    return {str(contact[name]) for name in ("phone", "email", "address") if name in contact}


def _shown(campus: Campus, content: str, person: str) -> set[str]:
    plain = content.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    return {one for one in _details(campus, person) if one in plain}


def test_the_senco_reads_how_each_household_is_reached(campus: Campus) -> None:
    page = _pages(_with_grants(campus), campus).pages(SENCO)[RECORD]
    for person in (MOTHER, FATHER):
        assert _details(campus, person)
        assert _shown(campus, page, person) == _details(campus, person)


def test_staff_who_see_the_family_and_not_how_it_is_reached_read_who_it_is_alone(campus: Campus) -> None:
    teachers = {"relation": "teaches", "records": {"student": ["family"]}}
    common = _with_grants(campus, teachers)
    told = _pages(common, campus)
    seen = [reader for reader, *_ in told.built.scopes if reader not in (MOTHER, FATHER)]
    pages = {reader: told.pages(reader).get(RECORD, "") for reader in seen}
    may = {reader for reader in seen if common.reader(reader).roles_on(ON) & {"senco", "principal", "dsl"}}
    assert {reader for reader, page in pages.items() if _shown(campus, page, MOTHER)} == may
    assert [reader for reader, page in pages.items() if "Parental responsibility" in page and reader not in may]


@pytest.mark.parametrize(("reader", "other"), [(MOTHER, FATHER), (FATHER, MOTHER)])
@pytest.mark.parametrize("everyone", ["family", "signed_in"])
def test_a_parent_reads_their_own_details_and_never_another_household_s(
    campus: Campus, reader: str, other: str, everyone: str
) -> None:
    """Not even where the list of the family and all contact details are granted to families."""
    listed = {"relation": "family", "records": {"student": ["family"]}}
    contact = {"everyone": everyone, "records": {"person": ["person_name", "contact"]}}
    told = _pages(_with_grants(campus, listed, contact), campus)
    for path, page in told.pages(reader).items():
        assert _shown(campus, page, other) == set(), path
    assert _shown(campus, told.pages(reader)[RECORD], reader) == _details(campus, reader)


def test_two_readers_with_one_projection_are_not_given_one_page_where_their_own_details_differ(campus: Campus) -> None:
    listed = {"relation": "family", "records": {"student": ["family"]}}
    told = _pages(_with_grants(campus, listed), campus)
    assert told.key(MOTHER) != told.key(FATHER)


def test_a_copy_asked_for_by_name_knows_the_same(campus: Campus) -> None:
    common, own = _with_grants(campus), Campus(campus.of_student(STUDENT), campus.registry)
    senco, mother = (reading_for(common, own, STUDENT, reader) for reader in (SENCO, MOTHER))
    assert senco is not None
    assert mother is not None
    assert set(senco.contacts) == {MOTHER, FATHER}
    assert dict(mother.contacts) == {}


def test_a_card_says_each_detail_in_words() -> None:
    contact = {
        "phone": "07700 900123",
        "preferred_contact": "in_person",
        "language": "Polish",
        "interpreter": True,
        "communication": "Large print.",
    }
    (card,) = said("record/family", contacts={"p-mum1": contact})["cards"]
    assert card["reached"] == [
        ("Telephone", "07700 900123"),
        ("Preferred contact", "In person"),
        ("Language", "Polish"),
        ("Interpreter", "Yes"),
        ("Communication needs", "Large print."),
    ]


@pytest.mark.parametrize(
    ("listed", "reached"),
    [
        ([{"person": MOTHER}, {"person": FATHER}], {MOTHER: {"phone": "1"}}),
        ([{"relation": "mother"}, {"person": MOTHER}], {MOTHER: {"phone": "1"}}),
        ([{"person": "p-own1"}], {"p-own1": {"phone": "2"}}),
        ([{"relation": "mother"}], {}),
        ([], {}),
    ],
    ids=["two listed, one seen", "whose person is not seen", "the reader", "nobody by name", "nobody"],
)
def test_whoever_is_listed_is_reached_as_far_as_the_reader_sees_who_they_are_and_how(
    listed: list[dict[str, str]], reached: dict[str, dict[str, str]]
) -> None:
    common: Any = SimpleNamespace(
        own_contact=lambda _person: {"phone": "2"},
        family_contact=lambda _around, person: {"phone": "1"} if person == MOTHER else {},
    )
    header: Any = SimpleNamespace(data={"family": listed})
    projected: Any = SimpleNamespace(student=STUDENT, records={f"students/{STUDENT}/student": header})
    assert family_contacts(common, "p-own1", None, projected) == reached  # type: ignore[arg-type]
