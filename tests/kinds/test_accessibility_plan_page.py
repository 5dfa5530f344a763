"""The accessibility plan's own page: what a committee asks of each step, for those who have it, and no more."""

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
from sendbook.bundle.fragment import Fragment
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.documents import DocumentCase
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.kinds.accessibility_plan.plan_page import PATH, PLAN_PAGE, progress_for
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.pages.campus_page import CampusReading, Making
from tests.conftest import ON, Site
from tests.site.small_student import Outline, around, is_sound, templates

PARTS = frozenset((ACCESSIBILITY_PLAN, part) for part in ("plan", "actions", "owners", "working"))
STEP: Mapping[str, Any] = {
    "id": "AP-2024-27-A-01",
    "strand": "curriculum",
    "action": "Train <all> staff",
    "barrier": "Not all know how.",
    "owner_role": "Site manager",
    "owner": "p-tea1",
    "start": "2026-01-05",
    "due": "2026-11-23",
    "status": "on_track",
    "success": {"target": "20 of 24 visits"},
    "resources": {"cost_revenue": 2400},
    "reviews": [{"id": "r1", "on": "2026-10-05", "rag": "amber", "impact": "Half of them adapt lessons."}],
}
PLAN: Mapping[str, Any] = {
    "id": "accessibility-2024-27",
    "cycle": {"start": "2024-04-01", "end": "2027-03-31"},
    "approval": {"on": "2024-03-20", "by": "The proprietor"},
    "next_review": "2027-01-29",
    "reviews": [{"id": "r1", "on": "2026-10-05"}],
}


def held(*steps: Mapping[str, Any]) -> Record:
    data = {**PLAN, "actions": [{**STEP, **one} for one in steps]}
    return Record(id="accessibility-plan", kind=ACCESSIBILITY_PLAN, student=None, path="x.yml", digest="", data=data)


def page(*steps: Mapping[str, Any], parts: frozenset[tuple[str, str]] = PARTS, on: date = ON) -> Fragment | None:
    """The page as somebody has it who sees these parts; the plan has one step if none is named."""
    reading = CampusReading(around=around(), on=on, manner="staff", records=(held(*steps or ({},)),), parts=parts)
    shown = PLAN_PAGE.shown_to(reading)
    return shown.pages(Making(templates=templates()))[PATH] if shown is not None else None


def html(*steps: Mapping[str, Any], **more: Any) -> str:
    made = page(*steps, **more)
    assert made is not None
    return made.content


def text(content: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", content)).split())


def row(content: str) -> str:
    """The words of the first step, without its details."""
    first = content.partition('<tbody role="rowgroup">')[2].partition("</tr>")[0]
    return text(re.sub(r"<details.*?</details>", " ", first))


def test_a_step_says_what_who_by_when_and_how_it_goes() -> None:
    content = html()
    is_sound(content)
    assert Outline(content).broken == []
    assert "Train &lt;all&gt; staff" in content
    assert 'id="step-ap-2024-27-a-01"' in content
    said = text(content)
    assert "1 April 2024 to 31 March 2027 In force" in said
    assert "Last reviewed 5 October 2026 Within a year" in said
    assert "Next review 29 January 2027" in said
    assert row(content) == "Train <all> staff Site manager Mr Teacher 23 November 2026 On track"


@pytest.mark.parametrize(("on", "said"), [(ON, "On track"), (date(2026, 11, 24), "Late")])
def test_a_step_is_late_from_the_day_after_its_day(on: date, said: str) -> None:
    assert row(html(on=on)).endswith(f"23 November 2026 {said}")


def test_a_step_that_is_over_says_when_or_why() -> None:
    assert row(html({"status": "done", "done_on": "2026-12-01"}, on=date(2026, 12, 2))).endswith("Done 1 December 2026")
    assert row(html({"status": "done"})).endswith("2026 Done")
    assert row(html({"status": "dropped", "dropped_reason": "A ramp is there."})).endswith("Dropped A ramp is there.")


def test_what_is_behind_a_step_is_folded_away_and_as_much_as_its_reader_sees() -> None:
    folded = text(re.findall(r"<details.*?</details>", html(), re.DOTALL)[0])
    assert "What is in the way: Not all know how." in folded
    assert "Target: 20 of 24 visits" in folded
    assert "Running cost over the three years: £2,400" in folded
    assert "Last reviewed 5 October 2026: Amber. Half of them adapt lessons." in folded
    bare = html({"reviews": [], "resources": {}, "success": {}, "barrier": ""})
    assert "<details" not in bare


def test_steps_are_grouped_by_strand_and_an_empty_one_says_so() -> None:
    content = html({}, {"id": "AP-2024-27-C-01", "strand": "information"})
    assert re.findall(r'<h2 id="(.*?)">', content) == ["plan", "curriculum", "environment", "information"]
    assert text(content).count("No step is planned here yet.") == 1
    assert "Buildings and grounds nothing planned No step planned" in text(content)


def test_a_step_with_nobody_and_no_day_says_so() -> None:
    bare = {key: one for key, one in STEP.items() if key in ("id", "strand", "action", "status")}
    record = held()
    reading = CampusReading(
        around=around(),
        on=ON,
        manner="staff",
        records=(replace(record, data={**record.data, "actions": [bare]}),),
        parts=PARTS,
    )
    shown = PLAN_PAGE.shown_to(reading)
    assert shown is not None
    made = shown.pages(Making(templates=templates()))[PATH]
    assert made is not None
    assert row(made.content).endswith("Nobody yet No date set On track")


def test_a_step_nobody_reviewed_for_a_year_says_so_to_those_who_see_its_reviews() -> None:
    old = {"start": "2025-01-06", "reviews": [{"on": "2025-11-22", "rag": "red", "impact": "None."}]}
    assert row(html(old)).endswith("Not reviewed for a year")
    others = PARTS - {(ACCESSIBILITY_PLAN, "working")} | {("campus", "compliance")}
    assert "Not reviewed for a year" not in html({**old, "reviews": []}, parts=others)


@pytest.mark.parametrize(
    ("parts", "there"),
    [
        (PARTS, True),
        (PARTS - {(ACCESSIBILITY_PLAN, "working")}, False),
        (PARTS - {(ACCESSIBILITY_PLAN, "working")} | {("campus", "compliance")}, True),
    ],
    ids=["sees how it goes", "sees what everybody sees", "has the compliance page"],
)
def test_it_is_there_for_those_who_see_how_it_goes_or_have_the_compliance_page(
    parts: frozenset[tuple[str, str]], there: bool
) -> None:
    assert (page(parts=parts) is not None) is there


def test_without_a_plan_there_is_no_page() -> None:
    assert progress_for(CampusReading(around=around(), on=ON, parts=PARTS)) is None


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
    registry: SchemaRegistry, statuses: tuple[str, ...], words: str, found: list[str]
) -> None:
    steps = [{"id": f"AP-2024-27-A-0{number}", "status": status} for number, status in enumerate(statuses)]
    assert words in text(html(*steps))
    case = DocumentCase(campus=Campus([held(*steps)], registry), documents={}, on=ON)
    (rule,) = (one for one in RULE_BOOK.documents if one.id == "AP-2")
    assert [rule.id for _ in rule.test(case)] == found


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"owner": "p-gba7", "owner_role": "the SENDCo"}, []),
        ({"owner": "p-gba7", "owner_role": ""}, ["Which post sees to this step is not said."]),
        ({"owner": "", "owner_role": "the SENDCo"}, ["Who sees to this step is not said."]),
        ({"owner": "", "owner_role": ""}, ["Which post sees to this step is not said."]),
    ],
    ids=["both", "no post", "nobody", "neither, which is told once"],
)
def test_a_step_without_an_owner_is_found_once(
    registry: SchemaRegistry, step: Mapping[str, Any], told: list[str]
) -> None:
    case = DocumentCase(campus=Campus([held({**STEP, **step})], registry), documents={}, on=ON)
    (rule,) = (one for one in RULE_BOOK.documents if one.id == "AP-24")
    assert [spot.message for spot in rule.test(case)] == told


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("Improved access to the library", 1),
        ("Improved access to the library for 12 classes", 0),
        ("The lift to the library works", 0),
    ],
)
def test_success_that_can_be_seen_or_counted_is_let_through(registry: SchemaRegistry, target: str, found: int) -> None:
    step = {"success": {"measure": "Access", "baseline": "None", "target": target}}
    case = DocumentCase(campus=Campus([held(step)], registry), documents={}, on=ON)
    (rule,) = (one for one in RULE_BOOK.documents if one.id == "AP-28")
    assert len(list(rule.test(case))) == found


@pytest.fixture(scope="module")
def sites(example_site: Site) -> dict[str, dict[str, bytes]]:
    with Bundle.reading(example_site.bundle) as bundle:
        return {one: dict(files(bundle, one, ON)) for one in (*THOSE_WITH, "p-1ge7", "3QNM", "public")}


#: The SENDCo, the principal, the region, the data protection officer, the committee, and a teacher.
THOSE_WITH = ("p-gba7", "p-6xmg", "p-2f3m", "p-zv3c", "p-r4jh", "p-kp3j")


@pytest.mark.parametrize("reader", THOSE_WITH)
def test_everybody_who_had_it_on_the_compliance_page_has_it_with_a_link_in_the_menu(
    sites: Mapping[str, Mapping[str, bytes]], reader: str
) -> None:
    site = sites[reader]
    assert 'aria-current="page">Accessibility plan' in site[PATH].decode()
    assert f'href="{PATH}"'.encode() in site["/"]
    if "/compliance/" in site:
        line = text(site["/compliance/"].decode().partition('<h2 id="plan">')[2].partition("</section>")[0])
        assert re.search(r"\d+ of \d+ steps are done\.", line), line
        assert f'href="{PATH}"'.encode() in site["/compliance/"]


@pytest.mark.parametrize("reader", ["p-1ge7", "public"])
def test_families_and_the_public_read_it_in_the_handbook_alone(
    sites: Mapping[str, Mapping[str, bytes]], reader: str
) -> None:
    assert [path for path, content in sites[reader].items() if PATH.encode() in content or path == PATH] == []
