"""What a plan says of help: how much, who, where, towards what, what came of it, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendbook.kinds.plan.line_names import line_name
from sendbook.kinds.plan.provision_sections import show_costs
from sendbook.pages.reading import reading_of
from tests.kinds.saying import plain, plan, said
from tests.site.small_student import around, projected, records

LINE = records()["plan"]["provision"][0]


def line(**changed: Any) -> Any:
    """What the table of help says of the one line, whether it goes on or has ended."""
    shown = said("plan/provision", plan(provision=[{**LINE, **changed}]))
    (one,) = (*shown["lines"], *shown["ended"])
    return one


def test_a_line_of_help_says_how_much_who_where_and_towards_what() -> None:
    assert line() == (
        "provision-paired",
        "Paired reading",
        "Reads with an adult.",
        "Targeted",
        "3 sessions of 20 minutes a week",
        "From 14 September 2026",
        "Ms Assistant",
        "Out of class, one to one",
        [("target-fluency", "Reads a page aloud")],
        "15 of 20 sessions by 20 November 2026 (75%)",
        None,
        [],
    )


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"delivery": None}, "delivered", "We haven't counted these sessions"),
        (
            {"delivery": {"planned": 0, "given": 0, "as_of": "2026-11-20"}},
            "delivered",
            "0 of 0 sessions by 20 November 2026",
        ),
        (
            {"delivery": {"planned": 4, "given": 1, "as_of": "2026-11-20", "missed_because": "Illness"}},
            "missed",
            "Illness",
        ),
        ({"group_size": 4}, "where", "Out of class, in a group of up to 4"),
        ({"group_size": 4, "type": "small_group"}, "tags", "Targeted"),
        ({"end": "2027-02-12"}, "when", "From 14 September 2026 to 12 February 2027"),
        ({"targets": ["gone"]}, "towards", []),
        ({"section_f": "Para 3"}, "more", [("Section F of the EHC plan", "Para 3")]),
        ({"supervised_by": "p-sen1"}, "more", [("Overseen by", "Mrs Senco")]),
        ({"trained_on": "2026-07-09"}, "more", [("Training", "Ms Assistant was trained on 9 July 2026")]),
        ({"lost_lesson": "half of PE"}, "more", [("Lessons missed", "Half of PE")]),
        (
            {"entry": {"measure": "wpm", "value": 60, "on": "2026-09-10"}},
            "more",
            [("At the start", "60 words a minute on 10 September 2026")],
        ),
        (
            {"exit": {"measure": "gone", "value": 70, "on": "2026-12-10"}},
            "more",
            [("At the end", "70 points on 10 December 2026")],
        ),
        ({"review_on": "2026-12-11"}, "more", [("We will check if it helps", "11 December 2026")]),
    ],
)
def test_each_fact_of_a_line_of_help(changed: dict[str, Any], field: str, words: Any) -> None:
    data = {**LINE, **changed}
    data = {key: value for key, value in data.items() if value is not None}
    shown = said("plan/provision", plan(provision=[data]))
    assert getattr(shown["lines"][0], field) == words


@pytest.mark.parametrize(
    ("named", "called"),
    [
        ({"name": "Book club", "intervention": "paired-reading"}, "Book club"),
        ({"name": "Book club"}, "Book club"),
        ({"intervention": "paired-reading"}, "Paired reading"),
        ({"intervention": "gone"}, "Adapted teaching"),
        ({"name": ""}, "Adapted teaching"),
        ({}, "Adapted teaching"),
    ],
)
def test_a_line_of_help_goes_by_its_own_name_or_the_library_s_or_the_kind_of_support_it_is(
    named: dict[str, str], called: str
) -> None:
    assert line_name({"type": "teaching_adaptation", **named}, around()) == called


def test_help_that_was_judged_says_what_came_of_it() -> None:
    impact = {"rating": "high", "note": "He reads at home.", "decision": "continue"}
    more = dict(line(impact=impact, review_on="2026-12-11").more)
    assert list(more) == ["Impact", "Impact reviewed"]
    assert " He reads at home. " in more["Impact"]
    assert more["Impact"].count(".") == 3
    assert more["Impact reviewed"] == "11 December 2026"


@pytest.mark.parametrize(
    ("changed", "over_by", "ended"),
    [
        ({}, "2026-11-22", False),
        ({"end": "2026-11-22"}, "2026-11-22", True),
        ({"end": "2026-11-23"}, "2026-11-22", False),
        # The term began on 3 September.
        ({"end": "2026-09-02"}, "", True),
        ({"end": "2026-09-03"}, "", False),
        ({"impact": {"rating": "none", "decision": "stop"}}, "", True),
        ({"impact": {"rating": "none", "decision": "continue"}}, "", False),
    ],
)
def test_help_that_has_ended_is_not_among_the_help_in_the_week(
    changed: dict[str, Any], over_by: str, ended: bool
) -> None:
    data = plan(provision=[{**LINE, **changed}])
    shown = said("plan/provision", data, over_by=over_by)
    assert (len(shown["lines"]), len(shown["ended"])) == ((0, 1) if ended else (1, 0))
    week = said("overview/week", data, over_by=over_by)
    assert (week is None) == ended


def test_the_help_in_the_week_is_a_line_each() -> None:
    (shown,) = said("overview/week", plan(provision=[{**LINE, "end": "2027-02-12"}]))["lines"]
    assert shown == {
        "name": "Paired reading",
        "what": "Reads with an adult.",
        "how_much": "3 sessions of 20 minutes a week",
        "who": "Ms Assistant",
        "where": "Out of class, one to one",
        "end": "12 February 2027",
    }
    assert said("overview/week")["lines"][0]["end"] is None
    assert said("plan/provision", plan(provision=[])) is None


def test_what_help_costs_and_who_pays() -> None:
    assert said("plan/costs") == {
        "funding": "£4,000 a year from the local authority.",
        "columns": ("Provision", "Worked out from", "This school year, to 17 December 2026", "A full year of 38 weeks"),
        "lines": [["Paired reading", "Support Assistant, £20 an hour. Paid from: Local authority", "£276", "£760"]],
        "ended": [],
        "total": ["£276 in this school year", "£760 in a full year of what is running now"],
    }
    data = plan(provision=[{key: value for key, value in LINE.items() if key != "costs"}])
    del data["student"]["funding"]
    assert said("plan/costs", data) is None


@pytest.mark.parametrize(
    ("funding", "words"),
    [
        (
            {"source": "local_authority", "gbp_a_year": 4000, "band": "Band C"},
            "£4,000 a year from the local authority (Band C).",
        ),
        ({"source": "local_authority"}, "From the local authority."),
    ],
)
def test_funding_is_a_sentence(funding: dict[str, Any], words: str) -> None:
    data = records()
    data["student"]["funding"] = funding
    assert said("plan/costs", data)["funding"] == words


def test_who_pays_is_said_where_nobody_has_said_what_an_hour_costs() -> None:
    """A reader may see a student's funding, and not what the campus reckons with."""
    here = replace(around(), of_kinds={})
    paid = {"funding": "£4,000 a year from the local authority.", "lines": [], "ended": [], "total": None}
    assert plain(show_costs(reading_of(projected(), here))) == paid
    data = plan(provision=[])
    assert plain(show_costs(reading_of(projected(data), here))) == paid
    del data["student"]["funding"]
    assert show_costs(reading_of(projected(data), here)) is None
    data = records()
    del data["student"]["funding"]
    assert show_costs(reading_of(projected(data), here)) is None
