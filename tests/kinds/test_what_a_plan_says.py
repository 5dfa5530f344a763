"""What a plan's pages say: targets and help that go on and that have ended, needs, aims, reviews and costs."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.kinds.page_order import PAGES
from sendbook.kinds.profile.profile_sections import Advice
from sendbook.pages.sections import sections_of
from tests.kinds.saying import plan, reading, said
from tests.site.small_student import records

RESULT = {"outcome": "met", "value": 76, "on": "2026-11-20", "note": "He reads.", "next": "achieved"}


def two_targets() -> dict[str, dict[str, Any]]:
    """A target that has ended, and after it one that goes on."""
    live = records()["plan"]["targets"][0]
    return plan(targets=[{**live, "id": "old", "behaviour": "reads a line.", "result": RESULT}, live])


def test_a_target_that_has_ended_is_worked_on_no_more() -> None:
    data = two_targets()
    assert [card.id for card in said("overview/now", data)["targets"]] == ["fluency"]
    assert [one["id"] for one in said("progress/live", data)["targets"]] == ["target-fluency"]
    assert [one["id"] for one in said("progress/ended", data)["targets"]] == ["target-old"]
    assert said("progress/live", data)["headings"] == [("target-fluency", "Reads a page aloud")]
    assert said("progress/ended") is None
    ended = plan(targets=[two_targets()["plan"]["targets"][0]])
    assert said("overview/now", ended) is None
    assert said("progress/live", ended) is None


def test_a_plan_lists_what_is_worked_on_before_what_has_ended() -> None:
    shown = said("plan/targets", two_targets())
    assert shown["headings"] == [("target-fluency", "Reads a page aloud"), ("target-old", "Reads a line")]
    live, old = shown["targets"]
    assert (live.result, live.learned) == (None, None)
    assert (old.result, old.learned) == (("Met, 20 November 2026", "good"), "He reads.")
    assert said("plan/targets", plan(targets=[])) is None


@pytest.mark.parametrize(
    ("outcome", "words", "tone"),
    [
        ("met", "Met", "good"),
        ("exceeded", "Exceeded", "good"),
        ("partly_met", "Partly met", ""),
        ("not_met", "Not met", ""),
    ],
)
def test_only_a_target_that_was_met_is_shown_as_good(outcome: str, words: str, tone: str) -> None:
    (target,) = (records()["plan"]["targets"],)[0]
    data = plan(targets=[{**target, "result": {"outcome": outcome, "on": "2026-11-20", "next": "carried_forward"}}])
    (shown,) = said("progress/ended", data)["targets"]
    assert shown["result"] == (f"{words}, 20 November 2026", tone)
    assert shown["learned"] is None
    assert shown["next"] == "Carried on in the next plan"


def test_a_card_says_what_the_target_is_and_who_does_what() -> None:
    (card,) = said("plan/targets")["targets"]
    assert card._replace(chart="") == (
        "fluency",
        "Reads a page aloud",
        "From the class book",
        "So that I can read the rules of the game.",
        "Goal: at least 75 words a minute by 4 December 2026",
        "Now 72 words a minute (60 at the start).",
        "",
        [("What Aaron does", "I read to my dog."), ("At home", "Ten minutes of reading at bedtime.")],
        [
            ("Measured by", "Words read correctly in a minute"),
            ("Started", "14 September 2026"),
            ("Led by", "Mr Teacher"),
        ],
        None,
        None,
    )
    (mine,) = said("plan/targets", manner="student")["targets"]
    assert mine.actions[0] == ("What I do", "I read to my dog.")
    assert mine.facts[2] == ("Who is responsible", "Mr Teacher")
    (short,) = said("overview/now")["targets"]
    assert short.facts == []


def test_a_target_with_a_method_says_how_it_is_measured() -> None:
    (target,) = records()["plan"]["targets"]
    del target["student_action"], target["family_action"]
    (card,) = said("plan/targets", plan(targets=[{**target, "method": "One minute, a new text"}]))["targets"]
    assert card.facts[0] == ("Measured by", "Words read correctly in a minute. One minute, a new text")
    assert card.actions == []


def test_progress_lists_each_result_with_who_measured_it() -> None:
    (shown,) = said("progress/live")["targets"]
    assert shown["rows"] == [
        ("10 September 2026", "60 words a minute", "Mr Teacher", "Where we started"),
        ("8 October 2026", "66 words a minute", "", ""),
        ("12 November 2026", "72 words a minute", "", "A good day"),
    ]
    assert (shown["title"], shown["context"]) == ("Reads a page aloud", "From the class book")
    assert shown["measure"] == "Words read correctly in a minute (words a minute)"
    assert (shown["result"], shown["learned"], shown["next"]) == (None, None, None)


def test_a_plan_in_short() -> None:
    assert said("plan/in-short", plan(agreed_on="2026-09-11", layer="targeted", reason="A new need.")) == {
        "summary": "First paragraph.\n\nSecond paragraph.",
        "draft": False,
        "said": [
            ("Starts", "14 September 2026"),
            ("Agreed", "11 September 2026"),
            ("Review by", "11 December 2026"),
            ("Plan lead", "Ms Tutor"),
            ("Level of support", "Targeted"),
        ],
        "reason": "A new need.",
    }
    assert ("Who to ask about this plan", "Ms Tutor") in said("plan/in-short", manner="family")["said"]


def test_a_plan_that_is_a_draft_says_so_unless_its_page_does_at_the_top() -> None:
    first = plan(state="draft")
    shown = said("plan/in-short", first)
    assert shown["draft"] is True
    assert shown["said"][0] == ("To start", "14 September 2026")
    following = next(page for page in PAGES if page.name == "draft")
    own = sections_of(following, reading(records() | {"drafts/plan": first["plan"]}))
    assert [one.values["draft"] for one in own if one.section.name == "in-short" and one.values] == [False]
    assert said("plan/in-short", {"student": records()["student"]}) is None


def test_needs_say_their_area_and_what_to_build_on() -> None:
    need = records()["plan"]["needs"][0] | {"strengths": "Listens well.", "known_from": "A test in May."}
    assert said("plan/needs", plan(needs=[need])) == {
        "needs": [
            {
                "id": "need-reading",
                "name": "Reading",
                "area": "Cognition and learning",
                "description": "Reads slowly.",
                "strengths": "Listens well.",
                "known_from": "A test in May.",
            }
        ]
    }
    assert said("plan/needs", plan(needs=[])) is None


def test_the_thread_joins_an_outcome_to_its_own_needs_targets_and_help_only() -> None:
    outcome = records()["plan"]["outcomes"][0]
    data = two_targets()
    other = {**outcome, "id": "calm", "statement": "Aaron is calm.", "needs": ["nowhere"], "why": "He asked."}
    data["plan"] |= {
        "outcomes": [{**outcome, "adulthood": "employment"}, other],
        "strategies": [
            {"id": "s", "subject": "English", "text": "Give time.", "targets": ["fluency"]},
            {"id": "t", "subject": "English", "text": "Sit near.", "targets": ["fluency"]},
            {"id": "u", "subject": "Maths", "text": "Squared paper."},
        ],
    }
    first, second = said("plan/aims", data)["outcomes"]
    assert first["targets"] == [
        ("target-old", "Reads a line", False, []),
        (
            "target-fluency",
            "Reads a page aloud",
            True,
            [("provision-paired", "Paired reading"), ("strategies", "what teachers do (English)")],
        ),
    ]
    assert (first["needs"], first["by"], first["why"]) == (["Reading"], "7 July 2028", None)
    assert first["adulthood"]
    assert (second["needs"], second["targets"], second["why"], second["adulthood"]) == ([], [], "He asked.", None)
    assert said("plan/aims", plan(outcomes=[])) is None


def test_what_teachers_do_is_by_subject_all_lessons_first() -> None:
    items = [
        {"id": "a", "subject": "Art", "text": "A quiet seat.", "source": "His profile"},
        {"id": "b", "subject": "All lessons", "text": "Give time."},
        {"id": "c", "subject": "Art", "text": "Warn before noise."},
    ]
    assert said("plan/strategies", plan(strategies=items)) == {
        "subjects": [
            ("All lessons", [Advice("Give time.", None)]),
            ("Art", [Advice("A quiet seat.", "His profile"), Advice("Warn before noise.", None)]),
        ]
    }
    assert said("plan/strategies", plan(strategies=[])) is None


def test_cycles_have_the_newest_first_and_say_what_was_decided() -> None:
    first = records()["plan"]["cycles"][0]
    review = {
        "on": "2026-10-20",
        "led_by": "p-tut1",
        "summary": "It went well.",
        "impact": "as_expected",
        "decision": "continue",
    }
    reviewed = {
        **first,
        "id": "early",
        "start": "2026-09-03",
        "assess": {"summary": "Slow.", "sources": ["A test"]},
        "plan": {"summary": "Pairs.", "staff_informed_on": "2026-09-04"},
        "do": {"summary": "Three times a week."},
        "review": review,
    }
    shown = said("plan/cycles", plan(cycles=[reviewed, first]))
    newest, before = shown["cycles"]
    assert shown["headings"] == [
        ("cycle-autumn", "Autumn term 2026, from 7 September 2026"),
        ("cycle-early", "Autumn term 2026, from 3 September 2026"),
    ]
    assert newest == {
        "id": "cycle-autumn",
        "term": "Autumn term 2026, from 7 September 2026",
        "when": "From 7 September 2026; review due by 11 December 2026",
        "assess": "Slow.",
        "sources": [],
        "plan": "Paired reading.",
        "informed": None,
        "do": None,
        "review": None,
        "reviewed": None,
        "decision": None,
    }
    assert (before["sources"], before["informed"], before["do"]) == (
        ["A test"],
        "4 September 2026",
        "Three times a week.",
    )
    assert before["review"] == "It went well."
    assert before["reviewed"].startswith("20 October 2026, led by Ms Tutor. ")
    assert before["decision"][0].islower()
    assert said("plan/cycles")["cycles"][0]["term"] == "Autumn term 2026"
    assert said("plan/cycles", plan(cycles=[])) is None


def test_the_words_of_the_family_and_the_student() -> None:
    data = plan(
        student_voice=[
            {"id": "v", "on": "2026-09-20", "text": "I like comics.", "share_with_family": True, "how": "By note"},
            {"id": "w", "on": "2026-09-21", "text": "I am tired.", "share_with_family": False},
        ]
    )
    first, second = said("plan/student-voice", data)["said"]
    assert (first.text, first.by, first.mark) == ("I like comics.", "Aaron, 20 September 2026 (by note)", "")
    assert (second.by, bool(second.mark)) == ("Aaron, 21 September 2026", True)
    assert said("plan/student-voice", data, manner="student")["said"][1].by == "Me, 21 September 2026"
    (family,) = said("plan/family-voice")["said"]
    assert (family.text, family.by, family.mark) == ("He hides his book.", "Mother, 20 September 2026", "")
    empty = plan(student_voice=[], family_voice=[])
    assert (said("plan/student-voice", empty), said("plan/family-voice", empty)) == (None, None)


def test_the_sendco_s_notes_are_on_the_plan_s_page_where_there_are_some() -> None:
    assert said("plan/notes") == {"text": "A note on the plan."}
    assert said("plan/notes", plan(senco_notes="")) is None
