"""What a plan says on paper: the running targets and the ended ones apart, and no day that is still to come."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sendbook.kinds.printed import documents_of
from tests.kinds.saying import Records, plain, reading
from tests.site.small_student import records

RESULT = {"outcome": "partly_met", "value": 70, "on": "2026-11-21", "note": "He reads more.", "next": "carried_forward"}


def plan(**changed: Any) -> Records:
    data = records()
    data["plan"] |= changed
    return data


def paper(data: Records | None = None, *, draft: bool = False, **more: Any) -> dict[str, Any]:
    name = "draft-plan" if draft else "plan"
    made = documents_of(reading(data, **more))[f"/students/7Q4K/{name}-7Q4K.pdf"]
    return plain(json.loads(made.content))


def sections(data: Records | None = None, **more: Any) -> dict[str, Any]:
    return {one["name"]: one["said"] for one in paper(data, **more)["said"]["sections"]}


def test_the_sections_of_a_plan_say_what_its_page_says() -> None:
    made = sections(plan(reason="A new need."))
    assert made["about"] == {
        "facts": [["Starts", "14 September 2026"], ["Review by", "11 December 2026"], ["Plan lead", "Ms Tutor"]],
        "summary": ["First paragraph.", "Second paragraph."],
        "reason": "A new need.",
    }
    (need,) = made["needs"]["needs"]
    assert (need["name"], need["description"]) == ("Reading", ["Reads slowly."])
    assert made["aims"] == {
        "outcomes": [
            {
                "statement": "Aaron reads for pleasure.",
                "needs": ["Reading"],
                "by": "7 July 2028",
                "why": None,
                "adulthood": None,
            }
        ]
    }
    assert made["provision"] == {
        "lines": [
            {
                "name": "Paired reading",
                "what": "Reads with an adult.",
                "how_much": "3 sessions of 20 minutes a week",
                "when": "From 14 September 2026",
                "who": "Ms Assistant",
                "where": "Out of class, one to one",
                "delivered": "15 of 20 sessions by 20 November 2026 (75%)",
                "towards": ["Reads a page aloud"],
            }
        ],
        "ended": [],
    }
    assert made["strategies"] == {"subjects": [["All lessons", ["Give time."]]]}
    assert made["student-voice"] == {"said": [{"text": ["I like comics."], "by": "Aaron, 20 September 2026"}]}
    assert made["family-voice"] == {"said": [{"text": ["He hides his book."], "by": "Mother, 20 September 2026"}]}


def test_a_target_is_printed_with_its_results() -> None:
    (target,) = sections()["targets"]["targets"]
    assert target.pop("plot")
    assert target == {
        "title": "Reads a page aloud",
        "context": ["From the class book"],
        "why": "So that I can read the rules of the game.",
        "trend": "Now 72 words a minute (60 at the start).",
        "goal": "Goal: at least 75 words a minute by 4 December 2026",
        "actions": [["What Aaron does", "I read to my dog."], ["At home", "Ten minutes of reading at bedtime."]],
        "facts": [
            ["Measured by", "Words read correctly in a minute"],
            ["Started", "14 September 2026"],
            ["Led by", "Mr Teacher"],
        ],
        "rows": [
            ["10 September 2026", "60 words a minute", "Mr Teacher", "Where we started"],
            ["8 October 2026", "66 words a minute", "", ""],
            ["12 November 2026", "72 words a minute", "", "A good day"],
        ],
    }


def test_a_target_that_has_ended_is_printed_with_the_last_review_only() -> None:
    live = records()["plan"]["targets"][0]
    old = {**live, "id": "old", "behaviour": "reads a line", "result": RESULT}
    made = sections(plan(targets=[old, live]))
    assert [one["title"] for one in made["targets"]["targets"]] == ["Reads a page aloud"]
    assert made["review"] == {
        "facts": [],
        "summary": [],
        "ended": [["Reads a line", "Partly met, 21 November 2026. Carried on in the next plan", "He reads more."]],
    }
    bare = {"outcome": "partly_met", "on": "2026-11-21"}
    ended = sections(plan(targets=[{**old, "result": bare}]))
    assert "targets" not in ended
    assert ended["review"]["ended"] == [["Reads a line", "Partly met, 21 November 2026", ""]]


def test_the_last_review_is_printed_and_not_the_one_before() -> None:
    cycle = records()["plan"]["cycles"][0]
    first = {"on": "2026-09-18", "summary": "A slow start.", "decision": "continue"}
    second = {"on": "2026-11-18", "summary": "It went well.", "decision": "continue"}
    cycles = [
        {**cycle, "id": "one", "start": "2026-09-03", "review": first},
        {**cycle, "id": "two", "start": "2026-09-21", "review": second},
        {**cycle, "id": "now", "start": "2026-11-19"},
    ]
    made = sections(plan(cycles=cycles))["review"]
    assert made["summary"] == ["It went well."]
    assert made["facts"][0] == ["Reviewed", "Autumn term 2026, from 21 September 2026, 18 November 2026"]
    assert made["facts"][1][0] == "Decision"
    assert "review" not in sections()


def test_help_that_has_ended_is_printed_apart() -> None:
    line = records()["plan"]["provision"][0]
    impact = {"rating": "high", "note": "He reads at home.", "decision": "stop"}
    made = sections(plan(provision=[{**line, "impact": impact}]))["provision"]
    assert made["lines"] == []
    ((name, when, delivered, effect),) = made["ended"]
    assert (name, when) == ("Paired reading", "From 14 September 2026")
    assert delivered == "15 of 20 sessions by 20 November 2026 (75%)"
    assert "He reads at home." in effect
    stopped = {"rating": "high", "decision": "stop"}
    over = {**line, "end": "2026-09-02", "delivery": None}
    del over["delivery"]
    ended = sections(plan(provision=[over, {**line, "impact": stopped}]))["provision"]["ended"]
    assert ended[0][3] == ""


def test_what_comes_next_is_in_order_of_its_days() -> None:
    assert sections()["dates"] == {
        "rows": [
            ["Tuesday 8 December 2026", "Next meeting"],
            ["Friday 11 December 2026", "Review of this plan, at the latest"],
        ]
    }
    earlier = sections(plan(review_due="2026-12-01"))["dates"]["rows"]
    assert [row[1] for row in earlier] == ["Review of this plan, at the latest", "Next meeting"]
    data = plan()
    del data["plan"]["review_due"], data["meetings/2026-09-24"]["next_meeting"]
    assert "dates" not in sections(data)


def test_an_agreed_plan_is_to_be_signed_and_a_draft_is_not() -> None:
    people = ["Aaron Small", "Parent or carer", "Parent or carer", "For the school"]
    assert sections()["signatures"] == {"people": people}
    assert "signatures" not in sections(plan(state="draft"))


_DRAFT = "Draft for the meeting. It is not in use until everyone has agreed it."
_STAFF = "Copy for staff. Families and students are given a copy made for them."


@pytest.mark.parametrize(
    ("manner", "state", "copy"),
    [
        ("staff", "agreed", _STAFF),
        ("family", "agreed", ""),
        ("student", "agreed", ""),
        ("family", "draft", _DRAFT),
        ("staff", "draft", f"{_DRAFT} {_STAFF}"),
    ],
)
def test_a_copy_says_for_whom_it_is(manner: str, state: str, copy: str) -> None:
    made = paper(plan(state=state), manner=manner)["said"]
    assert (made["copy"], made["draft"]) == (copy, state == "draft")


def test_the_next_plan_is_a_paper_of_its_own() -> None:
    data = records() | {"drafts/plan": plan(state="draft", summary="The coming plan.")["plan"]}
    following = paper(data, draft=True)
    assert following["said"]["heading"] == "Aaron's next plan (draft)"
    assert following["said"]["draft"] is True
    (about,) = (one["said"] for one in following["said"]["sections"] if one["name"] == "about")
    assert about["summary"] == ["The coming plan."]
    assert paper(data)["said"]["heading"] == "Aaron's plan"
    assert paper(data, manner="student")["said"]["heading"] == "My plan"
    assert [path for path in documents_of(reading()) if "draft" in path] == []


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        ({}, "2026-11-20"),
        ({"agreed_on": "2026-11-22"}, "2026-11-22"),
        ({"in_force_from": "2026-11-23"}, "2026-11-23"),
        # The days of a draft are only meant to come.
        ({"state": "draft", "agreed_on": "2026-11-22", "in_force_from": "2026-11-23"}, "2026-11-20"),
        ({"targets": [{**records()["plan"]["targets"][0], "result": RESULT}]}, "2026-11-21"),
        ({"family_voice": [{"id": "f", "from": "p-mum1", "on": "2026-11-22", "text": "He reads."}]}, "2026-11-22"),
        (
            {"student_voice": [{"id": "f", "on": "2026-11-22", "text": "I read.", "share_with_family": True}]},
            "2026-11-22",
        ),
        (
            {"student_voice": [{"id": "f", "on": "2026-11-22", "text": "I read.", "share_with_family": False}]},
            "2026-11-20",
        ),
    ],
)
def test_a_plan_s_paper_is_of_the_newest_day_in_it(changed: dict[str, Any], day: str) -> None:
    assert paper(plan(**changed))["version"]["day"] == day


def test_a_review_and_a_measurement_are_days_of_a_paper_too() -> None:
    cycle = records()["plan"]["cycles"][0]
    reviewed = {**cycle, "review": {"on": "2026-11-22", "summary": "Well.", "decision": "continue"}}
    assert paper(plan(cycles=[reviewed]))["version"]["day"] == "2026-11-22"
    target = records()["plan"]["targets"][0]
    measured = {**target, "progress": [{"on": "2026-11-22", "value": 70}]}
    assert paper(plan(targets=[measured]))["version"]["day"] == "2026-11-22"
    assert paper(plan(targets=[{**target, "progress": []}], provision=[]))["version"]["day"] == "2026-09-20"
