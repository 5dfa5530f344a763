"""Released figures on the site: for those who may see figures, as approved, and never before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sendbook.access.basis import Basis
from sendbook.access.editions import edition_view
from sendbook.access.people import Reader
from sendbook.access.views import shared_view
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.campus.terms import Terms
from sendbook.kinds.figures.figure_pages import headlines, releases_for
from sendbook.pages.campus_page import CampusReading
from sendbook.site.macro_values import macro_values
from sendbook.site.readers.own_pages import OwnReader, own_site_of
from tests.site.small_student import CAMPUS, Outline, around, templates

ON = date(2026, 11, 23)
SENCO, COMMITTEE, PRINCIPAL, REGIONAL = "p-gba7", "p-r4jh", "p-6xmg", "p-2f3m"
TEACHER, MOTHER, DPO, DSL, EXAMS = "p-kp3j", "p-1ge7", "p-zv3c", "p-trw7", "p-h75a"
PART = ("figures", "figures")
CHAIR = OwnReader(id=COMMITTEE, name="Mrs Fashanu", roles=("committee_member",), is_staff=True)


@pytest.fixture(scope="module")
def campus(registry: SchemaRegistry) -> Campus:
    return CampusFolder(example(), registry).load().campus.shared


def seen_by(campus: Campus, person: str) -> CampusReading:
    basis = Basis.of(campus)
    reader = basis.people.get(person) or Reader(id=person, name="", student=person)
    seen = shared_view(campus, reader, ON, {}, basis=basis).campus
    return CampusReading(around=around(), on=ON, records=tuple(seen.records.values()), parts=frozenset({PART}))


def released_to(campus: Campus, person: str) -> tuple[Mapping[str, Any], ...]:
    return releases_for(seen_by(campus, person))


def with_state(campus: Campus, state: str) -> Campus:
    record = campus.records["figures/2026-autumn"]
    return campus.with_records([replace(record, data={**record.data, "state": state})])


@pytest.mark.parametrize("person", [SENCO, COMMITTEE, PRINCIPAL, REGIONAL])
def test_those_who_may_see_figures_see_the_approved_ones_and_none_before(campus: Campus, person: str) -> None:
    assert [release["id"] for release in released_to(campus, person)] == ["2026-autumn"]
    assert released_to(with_state(campus, "computed"), person) == ()


@pytest.mark.parametrize("person", [TEACHER, MOTHER, DPO, DSL, EXAMS, "3QNM"])
def test_others_have_no_page_of_figures(campus: Campus, person: str) -> None:
    assert released_to(campus, person) == ()


@pytest.mark.parametrize("edition", ["public", "family", "staff"])
def test_every_edition_of_the_handbook_says_the_few_that_are_for_everyone(campus: Campus, edition: str) -> None:
    (record,) = edition_view(campus, edition).of_kind("figures")
    assert "figures" not in record.data
    values = macro_values(campus, ON, edition)
    assert values.of_kinds["figure"].texts["send"] == {"value": "about 30", "date": "23 November 2026"}
    assert set(values.of_kinds["figure"].texts) == {figure["id"] for figure in record.data["public"]}
    assert macro_values(with_state(campus, "computed"), ON, edition).of_kinds["figure"].texts == {}


def pages(seen: CampusReading, terms: Sequence[Mapping[str, Any]] = CAMPUS["terms"]) -> dict[str, Any]:
    here = replace(seen, around=replace(around(), campus={**CAMPUS, "terms": terms}))
    return own_site_of(CHAIR, [], here, templates(), terms=Terms.from_campus(CAMPUS)).pages


def test_the_page_says_what_the_record_says_and_no_hidden_number(campus: Campus) -> None:
    page = Outline(pages(seen_by(campus, COMMITTEE))["/figures/"].content)
    assert page.levels[0] == 1
    assert page.broken == []
    for said in ("fewer than six", "24 or more of 29", "59% (16 of 27)", "£60,000"):
        assert said in page.text
    hidden = [row for one in released_to(campus, COMMITTEE)[0]["figures"] for row in one.get("cells", ())
              if "hidden" in row]  # fmt: skip
    assert len(hidden) == 2
    assert all("value" not in row for row in hidden)


def test_every_heading_title_and_table_names_the_term_of_its_figures(campus: Campus) -> None:
    """A page is printed, and a table copied into minutes: it has to say by itself which term it is of."""
    page = pages(seen_by(campus, COMMITTEE))["/figures/"]
    assert page.title == "Figures, Autumn term 2026"
    assert "<h1>Figures, Autumn term 2026</h1>" in page.content
    captions = re.findall(r"<caption>(.*?)</caption>", page.content)
    assert len(captions) == 3
    assert all(one.startswith("Autumn term 2026: ") and "23 November 2026" in one for one in captions)


def test_a_rate_of_another_term_says_so_on_the_page_and_at_home(campus: Campus) -> None:
    """Reviews are counted for the last whole term, and would be taken for this one's."""
    place = campus.records["campus"].data
    shown = pages(seen_by(campus, COMMITTEE), terms=place["terms"])
    for path in ("/figures/", "/"):
        assert "Targets met, Summer term 2026" in Outline(shown[path].content).text


def test_several_releases_name_the_first_and_the_last_term(campus: Campus) -> None:
    record = campus.records["figures/2026-autumn"]
    later = {**record.data, "id": "2027-spring", "term": "spring-2027", "counted_on": "2027-03-01"}
    both = campus.with_records([replace(record, id="figures/2027-spring", data=later)])
    assert pages(seen_by(both, COMMITTEE))["/figures/"].title == "Figures, Autumn term 2026 to 2027-spring"


def test_a_committee_members_home_leads_to_the_figures(campus: Campus) -> None:
    home = pages(seen_by(campus, COMMITTEE))["/"]
    assert 'href="/figures/"' in home.content
    assert "Students with SEND" in Outline(home.content).text
    assert "/figures/" in home.nav


def test_without_a_release_nothing_leads_to_a_page_that_is_not_there() -> None:
    without = pages(CampusReading(around=around(), on=ON, parts=frozenset({PART})))
    assert "/figures/" not in without
    assert all("/figures/" not in page.content + page.nav for page in without.values())


def test_a_later_release_stands_first(campus: Campus) -> None:
    record = campus.records["figures/2026-autumn"]
    later = {**record.data, "id": "2027-spring", "term": "spring-2027", "counted_on": "2027-03-01"}
    both = campus.with_records([replace(record, id="figures/2027-spring", data=later)])
    assert [release["id"] for release in released_to(both, COMMITTEE)] == ["2027-spring", "2026-autumn"]


def test_home_says_the_headlines_and_the_page_all_the_rest(campus: Campus) -> None:
    (release,) = released_to(campus, COMMITTEE)
    money, met = "Funding for named students", "Targets met"
    said = [row["id"] for row in headlines(release, around())["rows"]]
    assert said == ["send", "sen-support", "ehc-plans", "reviews-on-time", "targets-met"]
    shown = pages(seen_by(campus, COMMITTEE))
    home, page = (Outline(shown[path].content).text for path in ("/", "/figures/"))
    assert (met in home, money in home) == (True, False)
    assert (met in page, money in page) == (True, True)
