"""The compliance page: each item leads to the words that answer it; nobody reads there what they may not see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.checks.rules.rule import Duty
from sendbook.pages.templates import Templates
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.campus.compliance import asked_of, compliance
from sendbook.site.campus.compliance_page import seen_of_documents
from sendbook.site.campus.compliance_sources import compliance_of
from tests.conftest import ON, Site
from tests.site.compliance_kit import (
    ASKED,
    PLAN,
    PLAN_PAGE,
    REPORT,
    SHARED,
    VALUES,
    at_a_glance,
    finding,
    known,
    opened_up,
    record,
    shown,
    text,
)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(site_templates())


def test_an_item_leads_to_the_very_passage_with_its_first_words() -> None:
    first = known().rows[0]
    (answer,) = first.answers
    assert answer.url == "/handbook/report/#whom"
    assert (answer.title, answer.words) == (
        "Whom we help",
        "We help everybody, says Mrs <Okonjo>. Come and ask us whatever you like.",
    )


def test_words_for_staff_alone_answer_nothing_in_public() -> None:
    assert known().rows[1].answers == ()


def test_a_passage_may_answer_several_items_and_two_passages_one() -> None:
    answers = {row.asked.id: [one.url for one in row.answers] for row in known().rows}
    assert answers["SENIR-7"] == ["/handbook/report/#complaints"]
    assert answers["SENIR-9"] == ["/handbook/report/#complaints", "/handbook/report/#again"]


def test_each_state_is_told_in_words_and_names_and_tags_are_text(templates: Templates) -> None:
    page = shown(templates)
    assert re.findall(r"Item SENIR-\d.*?sb-tag--(\w+)\">([^<]+)", page) == [
        ("good", "Answered"),
        ("late", "Not answered"),
        ("good", "Answered"),
        ("due", "Answered twice"),
    ]
    assert "3 of 4 items are answered." in page
    assert "Mrs &lt;Okonjo&gt;" in page


def test_codes_and_unconfirmed_paragraphs_are_told_only_to_who_asks(templates: Templates) -> None:
    source = "SEND Code of Practice 2015, 6.79 (policy; paragraph to be confirmed)"
    message = "SENIR-9 is answered on line 20 already."
    missing = 'Write it, and put { data-answers="SENIR-4" } behind its heading.'
    page = shown(templates, finding(code="DOC-02", message=message, source=source), finding(remedy=missing))
    glance, asked = at_a_glance(page), opened_up(page)
    assert "“Item SENIR-9” is answered somewhere else already." in glance
    assert "Write it, or mark the passage that answers it." in glance
    assert not re.search(r"DOC-02|confirmed|paragraph number|line 20|data-answers", glance)
    for told in (
        "Rule DOC-02.",
        source,
        "Item SENIR-9. The paragraph number has still to be checked against the published text.",
        missing,
    ):
        assert told in asked
    assert "Item SENIR-1. The" not in asked


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-11-23", "In time"), ("2027-07-10", "Due soon"), ("2027-09-01", "Due soon"), ("2027-09-02", "Overdue")],
)
def test_a_document_s_next_day_is_judged_on_the_day_of_the_build(templates: Templates, day: str, words: str) -> None:
    assert f">{words}</span>" in shown(templates, on=date.fromisoformat(day))


def test_of_the_public_s_pages_those_are_listed_that_are_a_document_that_is_asked_for() -> None:
    """A page about visits has no day by which it is read again."""
    others = [replace(REPORT, path="visits.md", title="Visits", document=""), replace(REPORT, editions=("staff",))]
    found = compliance([REPORT, *others, PLAN_PAGE], ASKED, VALUES, (), SHARED)
    assert [one.title for one in found.documents] == ["Accessibility plan", "SEN information report"]


@pytest.mark.parametrize(
    ("part", "is_enough"),
    [
        (("campus", "terms"), True),
        (("accessibility_plan", "costs"), True),
        (("figures", "figures"), False),
        (("person", "person_name"), False),
        (("intervention", "entry"), False),
    ],
)
def test_a_part_of_one_record_counts_for_a_finding_where_its_kind_has_no_other_record(
    part: tuple[str, str], is_enough: bool
) -> None:
    """Of all other kinds it may be another record that a finding is about."""
    reading: Any = SimpleNamespace(whole=frozenset({("policy", "grants")}), parts=frozenset({part}))
    assert seen_of_documents(reading) == {("policy", "grants"), *({part} if is_enough else set())}


def test_what_section_69_asks_is_law_for_those_it_binds_and_policy_for_others() -> None:
    independent = {one.id: one.duty for one in asked_of("independent")}
    academy = {one.id: one.duty for one in asked_of("academy")}
    assert set(independent.values()) == {Duty.HOUSE}
    assert academy["SENIR-1"] is academy["SENIR-69biv"] is Duty.LAW
    assert academy["SENIR-C82"] is Duty.HOUSE
    assert sum(one.must for one in asked_of("academy")) == 24, "23 leaves and the paragraph that holds seven of them"


@pytest.mark.parametrize(
    ("place", "duty"),
    [
        ({"setting": {"type": "academy"}}, Duty.LAW),
        ({"setting": {"type": "independent"}}, Duty.HOUSE),
        ({"setting": None}, Duty.HOUSE),
        ({}, Duty.HOUSE),
        (None, Duty.HOUSE),
    ],
    ids=["academy", "independent", "to be filled in", "not said", "no record"],
)
def test_what_kind_of_school_it_is_says_the_campus_s_own_record(
    tmp_path: Path, registry: SchemaRegistry, place: dict[str, Any] | None, duty: Duty
) -> None:
    records = [] if place is None else [record("campus", "campus", "records/campus.yml", place)]
    common = SharedCampus(Campus(records, registry), ON, tmp_path)
    found = compliance_of(CampusFolder(tmp_path, registry), [REPORT], common, (), told=True)
    assert next(row.asked.duty for row in found.rows if row.asked.id == "SENIR-1") is duty


def test_of_the_accessibility_plan_there_is_one_line_with_a_link_to_its_page(templates: Templates) -> None:
    page = shown(templates, plan=PLAN)
    line = page.partition('<h2 id="plan">')[2].partition("</section>")[0]
    assert text(line) == "Accessibility plan 1 of 3 steps is done. 1 overdue Every step, who does it and by when"
    assert 'href="/records/accessibility-plan/"' in line
    assert "Do this" not in page
    late = {**PLAN, "actions": PLAN["actions"][1:]}
    assert "Nothing overdue" in shown(templates, plan=late), "what is due today is not late"
    assert 'id="plan"' not in shown(templates)


@pytest.fixture(scope="module")
def sites(example_site: Site) -> dict[str, dict[str, bytes]]:
    who = ("p-gba7", "p-6xmg", "p-2f3m", "p-zv3c", "p-r4jh", "p-1ge7", "p-kp3j", "p-trw7", "3QNM", "public")
    with Bundle.reading(example_site.bundle) as bundle:
        return {one: dict(files(bundle, one, ON)) for one in who if one != "3QNM"}


@pytest.mark.parametrize("reader", ["p-gba7", "p-6xmg", "p-2f3m", "p-zv3c", "p-r4jh"])
def test_the_senco_the_principal_the_region_the_dpo_and_the_committee_have_it(
    sites: Mapping[str, Mapping[str, bytes]], reader: str
) -> None:
    site = sites[reader]
    page = site["/compliance/"].decode()
    assert page.count("Answered</span>") == 0
    assert "All 29 items are answered." in page
    assert 'aria-current="page">Compliance' in page
    assert b'href="/compliance/"' in site["/"]
    assert not re.search(r"\bline \d", text(page))
    assert b'"path": "/compliance/"' in site["/search/pages.json"]
    for url, anchor in re.findall(r'href="(/handbook/[^"#]*)#([^"]+)"', page):
        assert f'id="{anchor}"'.encode() in site[url], f"{url}#{anchor}"


@pytest.mark.parametrize("reader", ["p-1ge7", "p-kp3j", "p-trw7", "public"])
def test_nobody_else_has_it_or_a_link_to_it(sites: Mapping[str, Mapping[str, bytes]], reader: str) -> None:
    assert "/compliance/" not in sites[reader]
    assert [path for path, content in sites[reader].items() if b"/compliance/" in content] == []
