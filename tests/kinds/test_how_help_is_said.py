"""How a plan says what help there is, what came of it and whose words are whose, to families and to staff."""

from __future__ import annotations

from typing import Any

from sendbook.kinds.page_order import BY_NAME
from sendbook.pages.reading import reading_of
from sendbook.pages.sections import sections_of
from sendbook.pages.surroundings import surroundings_of
from tests.site.small_student import CAMPUS, PEOPLE, Outline, around, pages, projected, records

HOME = "/students/7Q4K/"


def _plan(manner: str, **line: Any) -> str:
    """The text of the plan's page with some fields of its one line of provision changed."""
    data = records()
    data["plan"]["provision"][0] |= line
    return Outline(pages(projected(data, manner=manner)).fragments[f"{HOME}plan/"].content).text


def test_a_review_still_to_come_is_not_said_to_be_done() -> None:
    assert "We will check if it helps11 December 2026" in _words(_plan("family", review_on="2026-12-11"))
    done = _words(_plan("family", review_on="2026-12-11", impact={"rating": "high", "decision": "stop"}))
    assert "Impact reviewed11 December 2026" in done
    assert "We will check" not in done


def test_a_line_of_an_ehc_plan_says_so_to_everybody() -> None:
    for manner in ("staff", "family", "student"):
        assert "Section F of the EHC planF3, line 2" in _words(_plan(manner, section_f="F3, line 2"))
    assert "Section F" not in _plan("family")


def test_families_read_how_their_child_gets_the_help_and_not_its_general_kind() -> None:
    assert "Kind of support" not in _plan("family", type="teaching_adaptation")
    assert "Kind of support" not in _plan("student", type="teaching_adaptation")
    assert "Adapted teaching" in _plan("staff", type="teaching_adaptation")


def test_a_kind_that_says_how_many_is_not_next_to_another_number() -> None:
    assert "Small group" not in _plan("staff", type="small_group", group_size=1)
    assert "one to one" in _plan("staff", type="small_group", group_size=1)


def test_a_line_says_who_was_trained() -> None:
    assert "TrainingMs Assistant was trained on 9 July 2026" in _words(_plan("family", trained_on="2026-07-09"))


def test_the_family_s_words_have_a_heading_that_says_whose_they_are() -> None:
    for manner, heading in (("family", "What your family says"), ("staff", "What the family says")):
        shown = sections_of(BY_NAME["plan"], reading_of(projected(manner=manner), around()))
        assert next(item.title for item in shown if item.section.name == "family-voice") == heading


def test_results_are_called_results_and_have_no_empty_cell() -> None:
    content = pages(projected()).fragments[f"{HOME}progress/"].content
    assert "measured by Mr Teacher" in content
    assert 'data-label="By"' not in content
    assert content.count(">Result</th>") == 1


def _words(text: str) -> str:
    return " ".join(text.split())


def test_somebody_who_is_several_things_to_a_student_is_one_person() -> None:
    data = records()
    for number, (person, what) in enumerate((("p-tut1", "key_adult"), ("p-ass1", "support_assistant"))):
        data["student"]["team"].insert(0, {"id": f"n{number}", "person": person, "as": what, "from": "2026-09-03"})
    content = pages(projected(data)).fragments[HOME].content
    people = _words(Outline(content[content.index('id="people"') :]).text)
    assert people.count("Ms Tutor") == 1
    assert "Ms Tutor Key adult; tutor" in people
    assert people.count("Ms Assistant") == 1


def test_two_people_of_one_name_stay_two() -> None:
    data = records()
    data["student"]["team"].append({"id": "n", "person": "p-tea2", "as": "key_adult", "from": "2026-09-03"})
    same = {"id": "p-tea2", "name": {"full": "Zed Teacher", "known_as": "Mr Teacher"}, "staff": {"job_title": "Tutor"}}
    here = surroundings_of(CAMPUS, [*PEOPLE, same], term_start="2026-09-03")
    made = pages(projected(data), here)
    people = made.fragments[HOME].content.partition('id="people"')[2]
    assert people.count("Mr Teacher") == 2


def test_staff_are_listed_by_the_surname_that_is_shown() -> None:
    named = [("p-1", "Zoe Adam", "Ms Adam"), ("p-2", "Adam Zola", "Mr Zola"), ("p-3", "Ben Marsh", "Mx Marsh")]
    staff = [
        {"id": one, "name": {"full": full, "known_as": known}, "staff": {"job_title": "Teacher"}}
        for one, full, known in named
    ]
    assert list(surroundings_of(CAMPUS, reversed(staff)).staff) == ["p-1", "p-3", "p-2"]
