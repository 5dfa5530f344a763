"""What comes before the reports on their page: what is still to do, and what became of each recommendation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.ways import fields_of
from sendbook.kinds.page_order import FIRST_ON_PAGE
from sendbook.kinds.places import place_linked
from sendbook.kinds.plan import PLAN
from sendbook.kinds.printed import printed_as
from sendbook.kinds.report import REPORT
from sendbook.kinds.report.report_sections import show_advice, show_to_do
from sendbook.pages.own_papers import TABLE
from sendbook.pages.reading import Reading, StudentRecord, reading_of
from tests.site.small_student import around, projected

KINDS = SchemaRegistry.load(schemas()).kinds
ALL = frozenset({(REPORT, "recommendations"), (REPORT, "action_plan"), (PLAN, "targets"), (PLAN, "strategies")})
ADVICE = {"id": "wait", "for_staff": "Wait ten seconds."}
ACCEPTED = {"what": "accepted", "on": "2026-10-01", "by": "p-1aaa"}
TAKEN_UP: Mapping[str, Any] = {"strategies": [{"id": "pause", "subject": "Maths", "text": "Look elsewhere."}]}


def read(report: Mapping[str, Any], plan: Mapping[str, Any] | None = None, parts: frozenset[Any] = ALL) -> Reading:
    made = reading_of(projected({"student": {}}), replace(around(), kinds=KINDS))
    records = {REPORT: (StudentRecord(kind=REPORT, path="reports/a", data={"received_on": "2026-09-01", **report}),)}
    if plan is not None:
        records[PLAN] = (StudentRecord(kind=PLAN, path="plan", data=plan),)
    return replace(made, parts=parts, records=records)


def row(advice: Mapping[str, Any], **report: Any) -> tuple[str, ...]:
    shown = show_advice(read({"recommendations": [{**ADVICE, **advice}], **report}, TAKEN_UP))
    assert shown is not None
    (only,) = shown["rows"]
    return tuple(map(str, only[1:]))


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ({}, ("Not decided yet", "", "")),
        ({"decision": ACCEPTED}, ("Accepted", "Nothing in the plan", "Not yet")),
        ({"decision": ACCEPTED, "strategy": "pause"}, ("Accepted", "Strategy: Maths, “Look elsewhere.”", "Not yet")),
        ({"decision": {**ACCEPTED, "what": "declined", "why": "Tried."}}, ("Not accepted. Tried.", "", "")),
    ],
)
def test_what_was_decided_what_takes_it_up_and_whether_somebody_looked(
    advice: Mapping[str, Any], said: tuple[str, ...]
) -> None:
    assert row(advice) == said


def test_the_last_look_counts_and_a_look_at_other_advice_does_not() -> None:
    looked = [
        {"id": "a", "recommendation": "wait", "on": "2026-10-02", "how": "work_sample"},
        {"id": "b", "recommendation": "wait", "on": "2026-11-02", "how": "lesson_visit"},
        {"id": "c", "recommendation": "other", "on": "2026-11-20", "how": "lesson_visit"},
    ]
    said = row({"decision": ACCEPTED}, checks=looked)[2]
    assert " ".join(said.split()) == "2 November 2026: visit to a lesson"
    assert row({"decision": ACCEPTED}, checks=looked[2:])[2] == "Not yet"


def test_actions_that_are_done_are_left_out_and_the_others_come_by_their_day() -> None:
    actions = [
        {"id": "a", "what": "Late", "who": "p-1aaa", "by": "2026-12-11"},
        {"id": "b", "what": "Done", "who": "p-1aaa", "by": "2026-11-01", "done_on": "2026-10-30"},
        {"id": "c", "what": "Soon", "who": "p-1aaa", "by": "2026-11-27"},
    ]
    shown = show_to_do(read({"actions": actions}))
    assert shown is not None
    assert [one[0] for one in shown["rows"]] == ["Soon", "Late"]
    assert show_to_do(read({"actions": actions[1:2]})) is None


def test_who_does_not_see_the_action_plan_is_told_of_no_look() -> None:
    parts = frozenset({(REPORT, "recommendations")})
    shown = show_advice(read({"recommendations": [{**ADVICE, "decision": ACCEPTED}]}, parts=parts))
    assert shown is not None
    assert shown["columns"] == ["What they recommend", "What we decided", "Taken up by"]
    assert [len(one) for one in shown["rows"]] == [3]


@pytest.mark.parametrize("link", ["target", "provision", "strategy"])
def test_who_does_not_see_what_takes_advice_up_is_not_told_that_nothing_does(link: str) -> None:
    """They see that there is a link. Of a line of provision they may see what it costs: not its name, nor its id."""
    parts = frozenset({(REPORT, "recommendations"), (PLAN, "costs")})
    plan = {"provision": [{"id": "pause", "costs": {"gbp": 300}}]}
    advice = {**ADVICE, "decision": ACCEPTED, link: "pause"}
    shown = show_advice(read({"recommendations": [advice]}, plan, parts))
    assert shown is not None
    sort = {"target": "A target", "provision": "A provision", "strategy": "A strategy"}[link]
    assert shown["rows"] == [("Wait ten seconds.", "Accepted", sort)]


def test_what_takes_advice_up_leads_to_its_place_and_is_text() -> None:
    plan = {"strategies": [{"id": "pause", "subject": "<i>", "text": "Look elsewhere."}]}
    reading = replace(read({"recommendations": [{**ADVICE, "strategy": "pause"}]}, plan), where=place_linked)
    shown = show_advice(reading)
    assert shown is not None
    place = '<a href="/students/7Q4K/plan/#strategies">'
    assert str(shown["rows"][0][2]) == f"Strategy: {place}&lt;i&gt;, “Look elsewhere.”</a>"


def test_what_comes_first_on_the_page_comes_first_on_paper() -> None:
    action = {"id": "a", "what": "Tell staff", "who": "p-sen1", "by": "2026-12-11"}
    seen = read({"id": "a", "recommendations": [{**ADVICE, "decision": ACCEPTED}], "actions": [action]}, TAKEN_UP)
    made = printed_as("report", seen)
    assert made is not None
    to_do, advice = json.loads(made)["said"]["first"]
    assert to_do["title"] == "Still to do"
    assert [row[0] for row in to_do["rows"]] == ["Tell staff"]
    assert advice["columns"] == ["What they recommend", "What we decided", "Taken up by", "Last looked at"]
    assert advice["rows"] == [["Wait ten seconds.", "Accepted", "Nothing in the plan", "Not yet"]]


def test_who_does_not_see_the_action_plan_has_none_on_paper() -> None:
    action = {"id": "a", "what": "Tell staff", "who": "p-sen1", "by": "2026-12-11"}
    advice = [{**ADVICE, "decision": ACCEPTED}]
    made = printed_as("report", read({"recommendations": advice}, parts=frozenset({(REPORT, "recommendations")})))
    assert made is not None
    assert [one["title"] for one in json.loads(made)["said"]["first"]] == ["What became of the advice"]
    alone = printed_as("report", read({"actions": [action]}, parts=frozenset({(REPORT, "action_plan")})))
    assert alone is not None
    assert [one["title"] for one in json.loads(alone)["said"]["first"]] == ["Still to do"]


def test_all_that_a_kind_puts_first_can_be_printed_and_is_for_the_family_too() -> None:
    """Paper goes from hand to hand: a table is not marked “not for the family”, so nothing in it may be so."""
    for name, sections in FIRST_ON_PAGE.items():
        assert {one.template for one in sections} <= {TABLE}
        owners = [field.node.owner for field in fields_of(KINDS[name].root) if field.node.owner is not None]
        assert not [owner for owner in owners if owner.family_if]


def test_what_is_a_link_on_the_page_is_its_words_on_paper() -> None:
    plan = {"strategies": [{"id": "pause", "subject": "<i>", "text": "Look elsewhere."}]}
    seen = replace(read({"recommendations": [{**ADVICE, "strategy": "pause"}]}, plan), where=place_linked)
    made = printed_as("report", seen)
    assert made is not None
    (advice,) = json.loads(made)["said"]["first"]
    assert advice["rows"][0][2] == "Strategy: <i>, “Look elsewhere.”"
