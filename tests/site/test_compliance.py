"""The compliance page: each item leads to the words that answer it; nobody reads there what they may not see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.passages import passages_of
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas, site_templates
from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.rules import DOCUMENT_RULES
from sendbook.checks.rules.rule import Duty
from sendbook.site.build import build
from sendbook.site.compliance import Asked, Compliance, asked_of, compliance
from sendbook.site.compliance_page import compliance_page
from sendbook.site.edition import SourcePage
from sendbook.site.macros import MacroValues
from sendbook.site.templates import Templates
from tests.conftest import ON, Site

BODY = """# SEN information report

## Whom we help { #whom data-answers="SENIR-1" }

We help **everybody**, says {{ person("senco").name }}. Come and ask us whatever you like.

## Complaints { #complaints data-answers="SENIR-9 SENIR-7" }

Write to us.

## Complaints again { #again data-answers="SENIR-9" }

Write to us twice.

<!-- edition: staff -->

## For staff { #staff data-answers="SENIR-4" }

Only for staff.

<!-- end edition -->
"""
REPORT = SourcePage(
    path="report.md",
    id="report",
    title="SEN information report",
    summary="What we do.",
    section=11,
    editions=("public", "family", "staff"),
    version="2.0",
    owner="senco",
    approved_on="2026-09-01",
    approved_by="the proprietor",
    document="send_information_report",
    last_reviewed="2026-09-01",
    review_by="2027-09-01",
    body=BODY,
    body_line=12,
)
PLAN_PAGE = replace(
    REPORT,
    path="accessibility-plan.md",
    title="Accessibility plan",
    document="accessibility_plan",
    body="# Accessibility plan\n\n## The steps { #steps }\n\nAs follows.\n",
)
VALUES = MacroValues(people={"senco": {"name": "Mrs <Okonjo>"}})
ASKED = tuple(
    Asked(
        id=one, title=f"Item {one}", source="SEND Regulations", duty=Duty.HOUSE, confirmed=one != "SENIR-9", must=True
    )
    for one in ("SENIR-1", "SENIR-4", "SENIR-7", "SENIR-9")
)
PLAN: Mapping[str, Any] = {
    "cycle": {"start": "2024-04-01", "end": "2027-03-31"},
    "approval": {"on": "2024-03-20", "by": "The proprietor"},
    "next_review": "2027-01-29",
    "reviews": [{"on": "2026-10-05"}],
    "actions": [
        {"id": "A-1", "strand": "curriculum", "action": "Do this", "status": "on_track", "due": "2026-11-22"},
        {"id": "A-2", "strand": "environment", "action": "Do that", "status": "done", "due": "2025-01-01"},
        {
            "id": "A-3",
            "strand": "environment",
            "action": "Go on",
            "status": "at_risk",
            "due": "2026-11-23",
            "start": "2024-05-01",
        },
    ],
}


def record(id_: str, kind: str, path: str, data: Mapping[str, Any]) -> Record:
    return Record(id=id_, kind=kind, student=None, path=path, digest="", data=data)


TERM = {"id": "spring-2027", "name": "Spring term 2027"}
SHARED = Campus(
    [
        record("accessibility-plan", "accessibility_plan", "records/accessibility-plan.yml", PLAN),
        record("campus", "campus", "records/campus.yml", {"terms": [TERM]}),
        record("figures/2027-spring", "figures", "records/figures/2027-spring.yml",
               {"id": "2027-spring", "term": "spring-2027", "state": "approved"}),
    ],
    SchemaRegistry.load(schemas()),
)  # fmt: skip


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(site_templates())


def finding(path: str = "handbook/report.md", **more: Any) -> Finding:
    plain = {"code": "X", "severity": Severity.WARNING, "message": "This is old.", "remedy": "Read it.", "line": 3}
    return Finding(path=path, **{**plain, **more})


def known(*findings: Finding) -> Compliance:
    return compliance([REPORT, PLAN_PAGE], ASKED, VALUES, findings, SHARED)


def shown(
    templates: Templates,
    *findings: Finding,
    plan: Mapping[str, Any] | None = None,
    sees: frozenset[tuple[str, str]] = frozenset(),
    on: date = ON,
) -> str:
    return compliance_page(known(*findings), plan, sees, templates, on=on).content


def text(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


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


def opened_up(page: str) -> str:
    """What is read only by somebody who opens a fold."""
    return text(" ".join(re.findall(r"<details.*?</details>", page, re.DOTALL)))


def at_a_glance(page: str) -> str:
    """What everybody reads who opens no fold."""
    return text(re.sub(r"<details.*?</details>", " ", page, flags=re.DOTALL))


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


def test_a_finding_is_shown_to_those_who_see_all_its_parts(templates: Templates) -> None:
    costly = finding(
        "records/accessibility-plan.yml",
        message="A step has no money.",
        parts=(("accessibility_plan", "actions"), ("accessibility_plan", "costs")),
    )
    some = frozenset({("accessibility_plan", "actions")})
    assert "no money" not in shown(templates, costly, sees=some)
    assert "no money" in shown(templates, costly, sees=some | {("accessibility_plan", "costs")})


@pytest.mark.slow
def test_that_a_word_is_a_student_s_name_is_told_to_the_senco_alone(own_site: Site, registry: SchemaRegistry) -> None:
    """The page is public; that somebody called so is on roll is not."""
    page = own_site.root / "handbook" / "09-parents.md"
    report = own_site.root / "handbook" / "send-information-report.md"
    for one in (page, report):
        one.write_text(one.read_text(encoding="utf-8") + "\nIsla Road is closed.\n", encoding="utf-8")
    built = build(CampusFolder(own_site.root, registry), ON, own_site.state)
    assert built.published, built.findings
    assert any(one.code == "DOC-09" for one in built.findings)
    with Bundle.reading(own_site.bundle) as bundle:
        pages = {who: dict(files(bundle, who, ON))["/compliance/"].decode() for who in ("p-gba7", "p-6xmg", "p-r4jh")}
    assert {who: "first name" in text(page) for who, page in pages.items()} == {
        "p-gba7": True,
        "p-6xmg": False,
        "p-r4jh": False,
    }


def test_findings_are_those_of_public_documents_and_their_records_alone(templates: Templates) -> None:
    others = [
        finding("handbook/staff-only.md"),
        finding("records/students/7Q4K/plan.yml"),
        finding("records/campus.yml"),
    ]
    assert known(*others).findings == ()
    page = shown(templates, finding(source="House rule of the campus (policy)"))
    assert "This is old. Read it." in page
    assert 'href="/handbook/report/"' in page
    assert "line 3" not in page
    assert "House rule" in opened_up(page)


STEP = "/actions/2/owner"
SEES = frozenset({("accessibility_plan", "actions"), ("figures", "figures")})


@pytest.mark.parametrize(
    ("path", "pointer", "where"),
    [
        ("records/accessibility-plan.yml", STEP, ("#step-a-3", "Accessibility plan, step “Go on”")),
        ("records/accessibility-plan.yml", "/consulted/0/on", ("", "Accessibility plan, “Who was asked”")),
        ("records/accessibility-plan.yml", "", ("", "Accessibility plan")),
        ("records/accessibility-plan.yml", "/actions/9", ("", "Accessibility plan, “Actions”")),
    ],
)
def test_a_finding_in_the_accessibility_plan_names_the_step_and_leads_to_it(
    templates: Templates, path: str, pointer: str, where: tuple[str, str]
) -> None:
    anchor, words = where
    page = shown(templates, finding(path, line=285, pointer=pointer), sees=SEES)
    assert f'<a href="/handbook/accessibility-plan/{anchor}">{words}</a>' in page
    assert "285" not in page
    assert "step" not in shown(templates, finding(path, pointer=STEP)).partition("To fix</h2>")[2].partition("</li>")[0]


def test_a_finding_about_figures_names_their_term(templates: Templates) -> None:
    page = shown(templates, finding("records/figures/2027-spring.yml", line=9))
    assert '<a href="/figures/#figures-2027-spring">Figures, Spring term 2027</a>' in page
    assert "records/" not in page


def test_a_document_that_is_not_there_is_called_by_its_name(templates: Templates) -> None:
    page = shown(templates, finding("handbook/send-information-report.md", line=None))
    assert "SEN information report</strong>" in page
    assert "handbook/send" not in page


@pytest.mark.parametrize(
    ("severity", "mark"),
    [
        (Severity.ERROR, ("late", "Answered, but must be fixed")),
        (Severity.WARNING, ("due", "Answered, but look again")),
    ],
)
def test_an_item_whose_passage_has_something_to_fix_is_not_green(
    templates: Templates, severity: Severity, mark: tuple[str, str]
) -> None:
    line = next(one.line for one in passages_of(BODY, 12) if one.anchor == "whom")
    page = shown(templates, finding(line=line + 1, severity=severity))
    assert re.findall(r"Item SENIR-1.*?sb-tag--(\w+)\">([^<]+)", page)[0] == mark


def test_a_finding_leads_to_the_passage_it_stands_in(templates: Templates) -> None:
    """It repeats no word of the page, so the page says which passage it is about."""
    line = next(one.line for one in passages_of(BODY, 12) if one.anchor == "complaints")
    page = shown(templates, finding(line=line + 2, message="This passage is too short."))
    assert '<a href="/handbook/report/#complaints">SEN information report, “Complaints”</a>' in page
    kept = known(finding(line=line))
    assert Compliance.unpacked(kept.packed()) == kept
    staff = next(one.line for one in passages_of(BODY, 12) if one.anchor == "staff")
    assert "For staff" not in text(shown(templates, finding(line=staff))), "the public edition has no such passage"


def test_what_was_found_in_a_record_is_not_remembered() -> None:
    kept = known(finding(found="Freya", hint="Did you mean Freya?"))
    assert b"Freya" not in kept.packed()
    assert Compliance.unpacked(kept.packed()) == replace(kept, findings=(finding(),))


def test_the_plan_s_years_strands_and_overdue_steps_are_told(templates: Templates) -> None:
    words = text(shown(templates, plan=PLAN))
    assert "1 April 2024 to 31 March 2027 In force" in words
    assert "Last reviewed 5 October 2026 Within a year" in words
    assert "Curriculum 1 in progress 1 overdue" in words
    assert "Buildings and grounds 1 behind and 1 done Behind" in words
    assert "Information nothing planned No step planned" in words
    assert "Do this Was due 22 November 2026" in words
    assert "Do that" not in words
    assert "Go on" not in words, "it is due today"


@pytest.mark.parametrize(
    ("statuses", "words", "found"),
    [
        (("done", "done"), "Curriculum 2 done Carried out", []),
        (("done", "dropped"), "Curriculum 1 done and 1 dropped Carried out", []),
        (("dropped",), "Curriculum 1 dropped No step planned", ["AP-2"]),
        (("done", "on_track"), "Curriculum 1 in progress and 1 done On track", []),
    ],
)
def test_a_strand_is_alive_on_the_page_exactly_if_the_rule_about_it_finds_nothing(
    templates: Templates, registry: SchemaRegistry, statuses: tuple[str, ...], words: str, found: list[str]
) -> None:
    steps = [
        {"id": f"A-{number}", "strand": "curriculum", "action": "Do this.", "status": status, "due": "2027-01-29"}
        for number, status in enumerate(statuses)
    ]
    plan = {**PLAN, "actions": steps}
    assert words in text(shown(templates, plan=plan))
    held = record("accessibility-plan", "accessibility_plan", "plan.yml", plan)
    case = DocumentCase(campus=Campus([held], registry), documents={}, on=ON)
    (rule,) = (one for one in DOCUMENT_RULES if one.id == "AP-2")
    assert [rule.id for _ in rule.test(case)] == found


@pytest.mark.parametrize(
    ("steps", "told", "mark"),
    [
        (["on_track", "on_track"], "2 in progress", "good"),
        (["on_track", "on_track", "at_risk"], "2 in progress and 1 behind", "due"),
        (["on_track", "at_risk", "done"], "1 in progress, 1 behind and 1 done", "due"),
        (["not_started"], "1 not started", "good"),
    ],
)
def test_a_strand_with_something_behind_is_not_green(
    templates: Templates, steps: list[str], told: str, mark: str
) -> None:
    actions = [{"strand": "curriculum", "status": status, "due": "2027-01-29"} for status in steps]
    page = shown(templates, plan={**PLAN, "actions": actions})
    assert re.findall(r"<dt>Curriculum</dt><dd>(.*?) <span class=\"sb-tag sb-tag--(\w+)", page) == [(told, mark)]


@pytest.mark.parametrize(("rag", "mark"), [("green", "good"), ("red", "due")])
def test_a_step_whose_latest_review_is_red_is_not_green(templates: Templates, rag: str, mark: str) -> None:
    reviews = [{"on": "2026-10-01", "rag": rag}, {"on": "2026-02-01", "rag": "red"}]
    actions = [{"strand": "curriculum", "status": "on_track", "due": "2027-01-29", "reviews": reviews}]
    page = shown(templates, plan={**PLAN, "actions": actions})
    assert re.findall(r"<dt>Curriculum</dt><dd>.*? <span class=\"sb-tag sb-tag--(\w+)", page) == [mark]


@pytest.mark.parametrize(("start", "mark"), [("2026-11-23", "good"), ("2026-11-22", "due")])
def test_a_step_that_should_have_started_is_not_green(templates: Templates, start: str, mark: str) -> None:
    actions = [{"strand": "curriculum", "status": "not_started", "start": start, "due": "2027-01-29"}]
    page = shown(templates, plan={**PLAN, "actions": actions})
    assert re.findall(r"<dt>Curriculum</dt><dd>.*? <span class=\"sb-tag sb-tag--(\w+)", page) == [mark]


def test_a_step_s_own_reviews_count_only_for_those_who_see_them(templates: Templates) -> None:
    seen = {**PLAN, "actions": [{**PLAN["actions"][2], "reviews": [{"on": "2025-02-01", "rag": "amber"}]}]}
    assert "Not reviewed for a year" in shown(templates, plan=seen)
    assert "Not reviewed for a year" not in shown(templates, plan=PLAN)


def test_a_plan_of_which_nothing_may_be_seen_breaks_nothing(templates: Templates) -> None:
    assert 'id="plan"' not in shown(templates, plan={})
    assert 'id="plan"' not in shown(templates, plan=None)


def test_what_section_69_asks_is_law_for_those_it_binds_and_policy_for_others() -> None:
    independent = {one.id: one.duty for one in asked_of("independent")}
    academy = {one.id: one.duty for one in asked_of("academy")}
    assert set(independent.values()) == {Duty.HOUSE}
    assert academy["SENIR-1"] is academy["SENIR-69biv"] is Duty.LAW
    assert academy["SENIR-C82"] is Duty.HOUSE
    assert sum(one.must for one in asked_of("academy")) == 24, "23 leaves and the paragraph that holds seven of them"


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
