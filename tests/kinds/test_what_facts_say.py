"""What the facts of a student hold, of which lists and home pages are made: each value, nothing that has ended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kinds.saying import Records, plain
from tests.site.small_student import PARTS, facts, projected, records

ENDED = {"from": "2025-09-03", "until": "2026-07-17"}


def known(data: Records | None = None, **more: Any) -> dict[str, Any]:
    return plain(facts(projected(data, **more)))


def student(**changed: Any) -> Records:
    data = records()
    data["student"] |= changed
    return data


def plan(**changed: Any) -> Records:
    data = records()
    data["plan"] |= changed
    return data


def test_a_students_own_record() -> None:
    found = known()["student"]
    assert {key: found[key] for key in ("year", "tutor_group", "on_roll", "groups", "status", "support_until")} == {
        "year": "8",
        "tutor_group": "8a",
        "on_roll": {"from": "2024-09-04"},
        "groups": ["8-en"],
        "status": {"code": "K", "said": "SEN support", "since": "2025-01-06"},
        "support_until": None,
    }
    assert found["needs"] == ["Specific learning difficulty"]
    assert found["team"] == [{"person": "p-ass1", "name": "Ms Assistant", "as": "support_assistant", "note": "English"}]
    assert found["emergency"]["watch_for"] == "He goes grey and sweats"


def test_what_has_ended_in_a_students_record_is_left_out() -> None:
    gone = student(
        teaching_groups=[{"group": "8-en", **ENDED}],
        team=[{"id": "ka", "person": "p-ass1", "as": "support_assistant", **ENDED}],
        status=[{"id": "k", "code": "K", **ENDED}],
    )
    found = known(gone)["student"]
    assert (found["groups"], found["team"], found["status"], found["support_until"]) == ([], [], None, "2026-07-17")
    two = [{"id": "k", "code": "K", **ENDED}, {"id": "e", "code": "E", "from": "2026-07-18"}]
    assert known(student(status=two))["student"]["status"] == {"code": "E", "said": "EHC plan", "since": "2026-07-18"}


def test_a_plan_its_targets_and_its_help() -> None:
    found = known()["plan"]
    assert (found["sees_plan"], found["draft"]) == (True, False)
    assert found["current"] == {"state": "agreed", "review_due": "2026-12-11", "lead": "p-tut1"}
    assert found["targets"] == [
        {
            "id": "fluency",
            "title": "Reads a page aloud",
            "by_date": "2026-12-04",
            "owner": "p-tea1",
            "measured_on": "2026-11-12",
            "trend": "Now 72 words a minute (60 at the start). Goal: 75.",
            "student_action": "I read to my dog.",
            "family_action": "Ten minutes of reading at bedtime.",
        }
    ]
    assert found["lines"] == [
        {
            "id": "paired",
            "name": "Paired reading",
            "what": "Reads with an adult.",
            "how_much": "3 sessions of 20 minutes a week",
            "where": "Out of class, one to one",
            "who": "p-ass1",
            "towards": ["Reads a page aloud"],
            "planned": 20,
            "given": 15,
            "as_of": "2026-11-20",
        }
    ]


def test_a_target_with_a_result_and_help_that_has_ended_are_left_out() -> None:
    target, line = records()["plan"]["targets"][0], records()["plan"]["provision"][0]
    ended = plan(
        targets=[{**target, "result": {"outcome": "met", "on": "2026-11-20"}}],
        provision=[{**line, "end": "2026-09-02"}],
    )
    assert (known(ended)["plan"]["targets"], known(ended)["plan"]["lines"]) == ([], [])
    (towards,) = known(plan(provision=[{**line, "targets": ["gone", "fluency"]}]))["plan"]["lines"]
    assert towards["towards"] == ["Reads a page aloud"]


def test_a_next_plan_and_no_plan() -> None:
    assert known(records() | {"drafts/plan": plan(state="draft")["plan"]})["plan"]["draft"] is True
    without = {name: record for name, record in records().items() if name != "plan"}
    found = known(without, parts=PARTS - {("plan", "plan"), ("plan", "provision")})["plan"]
    assert (found["sees_plan"], found["current"], found["targets"], found["lines"]) == (False, None, [], [])


def test_a_profile_and_what_to_do_in_lessons() -> None:
    found = known()["profile"]
    assert found["help"] == ["Help line 1.", "Help line 2.", "Help line 3."]
    assert found["avoid"] == ["Do not rush me."]
    assert found["exams"] == ["Extra time."]
    assert found["advice"] == {"All lessons": ["Give time."], "English": ["Large print."]}


def test_meetings_with_the_family_and_what_is_open() -> None:
    found = known()["meeting"]
    assert (found["sees_meetings"], found["next_meeting"], found["draft_meetings"]) == (True, "2026-12-08", [])
    assert found["family_meetings"] == ["2026-09-24"]
    assert found["actions"] == [
        {
            "what": "Order the book.",
            "who": "p-tea1",
            "family": False,
            "by": "2026-11-02",
            "anchor": "meeting-2026-09-24",
        },
        {
            "what": "Find the reading lamp.",
            "who": "p-mum1",
            "family": True,
            "by": None,
            "anchor": "meeting-2026-09-24",
        },
    ]
    hidden = known(parts={part for part in PARTS if part[0] != "meeting"})
    assert hidden["meeting"]["sees_meetings"] is False


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("parent_review", True), ("team_around_the_child", True), ("annual_review", True), ("staff_planning", False)],
)
def test_only_some_meetings_are_with_the_family(kind: str, counts: bool) -> None:
    data = records()
    data["meetings/2026-09-24"]["type"] = kind
    assert known(data)["meeting"]["family_meetings"] == (["2026-09-24"] if counts else [])


MOTHER = {"person": "p-mum1", "as": "mother"}
DISCUSSED = [{"id": "a", "topic": "Reading", "text": "It goes well."}]


@pytest.mark.parametrize(
    ("state", "said", "present", "counts"),
    [
        ("agreed", {}, [MOTHER], True),
        ("agreed", {}, [], False),
        ("agreed", {}, [{**MOTHER, "apologies": True}], False),
        ("agreed", {}, [{**MOTHER, "apologies": True}, {**MOTHER, "person": "p-dad1"}], True),
        ("draft", {"discussed": DISCUSSED}, [MOTHER], True),
        ("draft", {}, [MOTHER], False),
    ],
    ids=["held", "nobody came", "apologies", "one came", "written up as a draft", "only planned"],
)
def test_the_family_was_met_where_a_meeting_was_held_and_somebody_of_them_was_there(
    state: str, said: dict[str, Any], present: list[dict[str, Any]], counts: bool
) -> None:
    data = records()
    meeting = {
        "id": "2026-09-24",
        "date": "2026-09-24",
        "type": "parent_review",
        "state": state,
        **said,
        "family_present": present,
    }
    parts = {*PARTS, ("meeting", "minutes"), ("meeting", "family_present")}
    found = known({**data, "meetings/2026-09-24": meeting}, parts=parts)["meeting"]["family_meetings"]
    assert found == (["2026-09-24"] if counts else [])


def test_who_may_not_know_who_was_there_is_told_of_the_meetings_that_were_held() -> None:
    data = records()
    held = {name: value for name, value in data["meetings/2026-09-24"].items() if name != "family_present"}
    assert known({**data, "meetings/2026-09-24": held})["meeting"]["family_meetings"] == ["2026-09-24"]
    planned = {"id": "2026-09-24", "date": "2026-09-24", "type": "parent_review", "state": "draft"}
    assert known({**data, "meetings/2026-09-24": planned})["meeting"]["family_meetings"] == []


def test_a_meeting_that_is_only_planned_is_no_draft_to_agree() -> None:
    data = records()
    later = {"state": "draft", "date": "2026-12-09", "type": "parent_review"}
    data |= {"meetings/a": {"id": "a", **later, "staff_notes": "A note."}, "meetings/b": {"id": "b", **later}}
    assert known(data)["meeting"]["draft_meetings"] == ["meeting-a"]
