"""What is to fix on the compliance page names its place, and is read by those who see all of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.passages import passages_of
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.checks.finding import Severity
from sendbook.pages.templates import Templates
from sendbook.site.build.build import build
from sendbook.site.campus.compliance import Compliance
from sendbook.site.campus.compliance_sources import as_written
from tests.conftest import ON, Site
from tests.site.compliance_kit import (
    BODY,
    SHARED,
    finding,
    known,
    opened_up,
    shown,
    text,
)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(site_templates())


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


def test_a_finding_about_a_step_leads_who_may_not_see_the_steps_to_the_plan_as_a_whole(templates: Templates) -> None:
    page = shown(templates, finding("records/accessibility-plan.yml", pointer=STEP))
    to_fix = page.partition("To fix</h2>")[2].partition("</section>")[0]
    assert re.findall(r"<a href=.*?</a>", to_fix) == ['<a href="/handbook/accessibility-plan/">Accessibility plan</a>']


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


@pytest.mark.parametrize("steps", ["5", "true", "text", "{a: 1}", "[1, [2]]"])
def test_a_plan_with_anything_in_place_of_its_steps_names_no_step(
    steps: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    """The file has an error, and no error stops a build."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "accessibility-plan.yml").write_text(f"actions: {steps}\n", encoding="utf-8")
    plan = as_written(CampusFolder(tmp_path, registry), SHARED).get("accessibility-plan")
    assert plan is not None
    assert not any(plan.data["actions"])


def test_a_step_that_the_file_still_has_is_named_in_the_words_of_the_last_sound_version(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    (tmp_path / "records").mkdir()
    newer = "actions: [1, {id: A-3, action: 7}]\n"
    (tmp_path / "records" / "accessibility-plan.yml").write_text(newer, encoding="utf-8")
    plan = as_written(CampusFolder(tmp_path, registry), SHARED).get("accessibility-plan")
    assert plan is not None
    assert [step.get("action") for step in plan.data["actions"]] == [None, "Go on"]


def test_what_was_found_in_a_record_is_not_remembered() -> None:
    kept = known(finding(found="Freya", hint="Did you mean Freya?", about="Freya"))
    assert b"Freya" not in kept.packed()
    assert Compliance.unpacked(kept.packed()) == replace(kept, findings=(finding(),))
