"""The accessibility plan on the compliance page: green only where nothing is late."""

from __future__ import annotations

import re

import pytest

from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.checks.documents import DocumentCase
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.templates import Templates
from tests.conftest import ON
from tests.site.compliance_kit import (
    PLAN,
    record,
    shown,
    text,
)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(site_templates())


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
    (rule,) = (one for one in RULE_BOOK.documents if one.id == "AP-2")
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
