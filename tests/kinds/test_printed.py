"""What is printed follows from the projection, says what the site says, and leaves out what belongs on no table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from sendbook.kinds.page_order import BY_NAME, PAGES
from sendbook.kinds.plan.plan_sections import CYCLES
from sendbook.kinds.plan.print_plan import NOT_PRINTED, printed_plan
from sendbook.kinds.printed import documents_of, printed_as
from sendbook.pages.reading import Reading, reading_of
from tests.campus.test_codes_in_words import FIELDS
from tests.site.small_student import PARTS, around, pages, projected, records

PLAN = BY_NAME["plan"]


def _reading(data: dict[str, dict[str, Any]] | None = None, **more: Any) -> Reading:
    return reading_of(projected(data, **more), around())


def _plan(data: dict[str, dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    made = printed_as("plan", _reading(data, **more))
    assert made is not None
    whole = json.loads(made)
    return {**whole, **whole["said"]}


def _names(plan: dict[str, Any]) -> list[str]:
    return [section["name"] for section in plan["sections"]]


def _ended() -> dict[str, dict[str, Any]]:
    data = records()
    first = data["plan"]["targets"][0]
    result = {"outcome": "met", "value": 76, "on": "2026-11-20", "note": "He reads.", "next": "achieved"}
    data["plan"]["targets"] = [first, {**first, "id": "old", "behaviour": "reads a line", "result": result}]
    data["plan"]["cycles"][0]["review"] = {"on": "2026-11-20", "summary": "It went well.", "decision": "continue"}
    return data


def test_a_plan_seen_whole_has_every_section() -> None:
    assert _names(_plan(_ended())) == [section.name for section in printed_plan(PLAN.sections)]


def _titles_on_page(page: str, data: dict[str, dict[str, Any]]) -> list[str]:
    content = pages(projected(data)).fragments[f"/students/7Q4K/{page}"].content
    return [
        unescape(re.sub("<[^>]+>", "", title)).strip() for title in re.findall("<h[23][^>]*>(.*?)</h[23]>", content)
    ]


@pytest.mark.parametrize("page", ["plan/", "draft/"])
def test_a_paper_has_the_titles_of_its_page_in_the_page_s_order(page: str) -> None:
    """Those that the page lacks are at the end: what comes next, and the lines to sign on."""
    data = _ended()
    if page == "draft/":
        data["drafts/plan"] = data["plan"] | {"state": "draft"}
    on_paper = {CYCLES.title.staff: "How the last review went"}
    on_page = [on_paper.get(title, title) for title in _titles_on_page(page, data)]
    made = printed_as("draft-plan" if page == "draft/" else "plan", _reading(data))
    assert made is not None
    printed = [section["title"] for section in json.loads(made)["said"]["sections"] if section["title"]]
    assert len(printed) > 8
    shared = [title for title in printed if title in on_page]
    assert shared == [title for title in on_page if title in printed]
    assert set(printed) - set(shared) <= {"What comes next", "Agreed at the meeting"}
    assert printed[: len(shared)] == shared


def test_every_section_of_the_plan_s_page_is_printed_or_meant_not_to_be() -> None:
    assert len(printed_plan(PLAN.sections)) == len(PLAN.sections) - len(NOT_PRINTED) + 2


def test_a_printed_profile_has_the_order_of_the_student_s_first_page() -> None:
    data = records()
    data["profile"] |= {
        "interests": [{"id": "i", "text": "Moths."}],
        "goals": [{"id": "g", "text": "A dog."}],
        "signs": [{"id": "s", "text": "I go quiet."}],
    }
    on_page = _titles_on_page("", data)
    made = printed_as("profile", _reading(data))
    assert made is not None
    printed = [one["title"] for one in json.loads(made)["said"]["lists"]]
    shared = [title for title in printed if title in on_page]
    assert len(shared) > 6
    assert shared == [title for title in on_page if title in printed]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("needs", "needs"),
        ("outcomes", "aims"),
        ("targets", "targets"),
        ("provision", "provision"),
        ("strategies", "strategies"),
        ("student_voice", "student-voice"),
        ("family_voice", "family-voice"),
    ],
)
def test_a_section_falls_away_with_its_part(part: str, name: str) -> None:
    assert name not in _names(_plan(parts=PARTS - {("plan", part)}))


def test_a_reader_without_the_plan_has_no_plan_to_print() -> None:
    assert printed_as("plan", _reading(parts=PARTS - {("plan", "plan")})) is None
    assert printed_as("plan", _reading({"student": records()["student"]})) is None


def test_a_reader_without_the_profile_has_none_to_print() -> None:
    assert printed_as("profile", _reading(parts=PARTS - {("profile", "profile")})) is None
    assert printed_as("profile", _reading({"student": records()["student"]})) is None


def test_costs_and_the_sencos_notes_are_printed_for_nobody() -> None:
    said = json.dumps(_plan())
    assert "A note on the plan." not in said
    assert "£" not in said


def test_what_the_student_does_not_share_with_the_family_is_on_no_paper() -> None:
    data = records()
    secret = {"id": "s", "on": "2026-09-21", "text": "A secret.", "share_with_family": False}
    data["plan"]["student_voice"].append(secret)
    assert "A secret." not in json.dumps(_plan(data))
    assert "I like comics." in json.dumps(_plan(data))


def test_the_day_of_a_paper_is_not_that_of_something_said_in_confidence() -> None:
    data = records()
    data["plan"]["student_voice"].append(
        {"id": "s", "on": "2026-11-21", "text": "A secret.", "share_with_family": False}
    )
    assert _plan(data)["version"] == _plan()["version"]
    data["plan"]["student_voice"][-1]["share_with_family"] = True
    assert _plan(data)["version"]["day"] == "2026-11-21"


def test_the_last_review_and_what_has_ended_are_told() -> None:
    (review,) = [one["said"] for one in _plan(_ended())["sections"] if one["name"] == "review"]
    assert review["summary"] == ["It went well."]
    assert [row[0] for row in review["ended"]] == ["Reads a line"]
    assert review["ended"][0][2] == "He reads."


def test_the_next_meeting_and_the_review_stand_in_order() -> None:
    (dates,) = [one["said"] for one in _plan()["sections"] if one["name"] == "dates"]
    assert [what for _, what in dates["rows"]] == ["Next meeting", "Review of this plan, at the latest"]


def test_the_figures_of_a_drawing_stand_beside_it_as_rows() -> None:
    (target,) = next(one["said"]["targets"] for one in _plan()["sections"] if one["name"] == "targets")
    assert len(target["rows"]) == len(target["plot"]["points"]) == 3
    assert "Words read correctly in a minute" in target["plot"]["alt"]


def test_a_staff_copy_says_that_it_is_one_and_a_familys_does_not() -> None:
    assert _plan()["copy"].startswith("Copy for staff")
    assert _plan(manner="family")["copy"] == ""
    assert _plan(manner="student")["heading"] == "My plan"


def test_only_an_agreed_plan_is_signed() -> None:
    data = records()
    data["plan"]["state"] = "draft"
    assert "signatures" not in _names(_plan(data))


def _with_draft(**change: Any) -> dict[str, dict[str, Any]]:
    data = records()
    return data | {"drafts/plan": data["plan"] | {"state": "draft"} | change}


def test_a_draft_is_printed_beside_the_plan_in_force_and_says_what_it_is() -> None:
    """In its file's name, its title and its first lines; the paper marks every page by the same word of its data."""
    reading = _reading(_with_draft(summary="The coming plan."))
    path = "/students/7Q4K/draft-plan-7Q4K.pdf"
    assert path in documents_of(reading)
    made = json.loads(documents_of(reading)[path].content)
    assert made["title"] == "Draft provision plan 7Q4K"
    assert (made["said"]["draft"], made["said"]["heading"]) == (True, "Aaron's next plan (draft)")
    assert made["said"]["copy"].startswith("Draft for the meeting")
    assert "The coming plan." in json.dumps(made)
    assert "signatures" not in _names(made["said"])
    plan = documents_of(reading)["/students/7Q4K/plan-7Q4K.pdf"].content
    assert b"The coming plan." not in plan
    assert not json.loads(plan)["said"]["draft"]


def test_a_plan_that_is_itself_a_draft_is_marked_as_one() -> None:
    data = records()
    data["plan"]["state"] = "draft"
    assert _plan(data)["said"]["draft"]
    assert _plan(data)["copy"].startswith("Draft")


def test_who_has_no_draft_has_no_draft_to_print() -> None:
    assert printed_as("draft-plan", _reading()) is None
    assert printed_as("draft-plan", _reading(_with_draft(), parts=PARTS - {("plan", "plan")})) is None


def test_a_draft_is_of_no_day_that_is_still_to_come() -> None:
    made = printed_as("draft-plan", _reading(_with_draft(in_force_from="2027-01-11")))
    assert made is not None
    assert json.loads(made)["version"]["day"] < "2027"


def test_a_draft_that_names_no_day_yet_says_so() -> None:
    bare = {"state": "draft", "in_force_from": "2027-01-11", "summary": "A sketch."}
    made = printed_as("draft-plan", _reading(records() | {"drafts/plan": bare}))
    assert made is not None
    assert json.loads(made)["version"]["said"] == "No date yet."


def test_two_plans_that_say_the_same_have_one_code_and_one_changed_word_another() -> None:
    data = records()
    data["plan"]["strategies"][0]["text"] = "Give more time."
    assert _plan()["version"] == _plan()["version"]
    assert _plan()["version"]["code"] != _plan(data)["version"]["code"]


def test_the_version_is_said_as_a_day_and_its_code_apart() -> None:
    version = _plan()["version"]
    assert version["said"] == "Version of 20\xa0November\xa02026."
    assert re.fullmatch("[0-9a-f]{8}", version["code"])


def test_paths_and_titles_hold_the_id_and_never_a_name() -> None:
    for name, paper in ((paper.kind.name, paper) for page in PAGES for paper in page.papers):
        data = printed_as(name, _reading(_with_draft()))
        assert data is not None
        assert json.loads(data)["title"].endswith(" 7Q4K")
        assert paper.path_of(_reading()) == f"/students/7Q4K/{name}-7Q4K.pdf"


def test_no_code_of_a_plan_is_printed() -> None:
    """A text of the paper that is nothing but a code would be one that nobody put into words."""
    codes = {code for place, node in FIELDS.items() if place.startswith("plan/") for code in map(str, node.words)}
    made = _plan(_ended())
    assert "Out of class" in json.dumps(made)
    assert not codes & set(_texts(made))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)
