"""The questions of a form: those of every shipped kind read as questions, and a schema alone makes good ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus import shipped
from sendbook.campus.asked import EACH_ENTRY, EACH_NAME, Form
from sendbook.campus.nodes import Node
from sendbook.campus.questions import Question, paper_of
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.ways import EACH, Way
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas

SHIPPED = SchemaRegistry.load(shipped.schemas())
KINDS = sorted(SHIPPED.kinds.values(), key=lambda one: one.name)
#: Words of files and programs, and codes, pointers and addresses within a folder.
NOT_FOR_PEOPLE = re.compile(
    r"\b(?:array|object|string|boolean|integer|null|true|false|enum|pointer|JSON|YAML|id)\b"
    r"|\w_\w|[{}#]|\.yml|\.json|(?<![\w:/])/\w|\bx-\w|\[[^\]]*\]",
)
PERSON = {"x-link": "person"}


def all_of(questions: tuple[Question, ...]) -> Iterator[Question]:
    for one in questions:
        yield one
        yield from all_of(one.inside)


def asked_of(one: Kind) -> list[Question]:
    return list(all_of(paper_of(one, SHIPPED.kinds).questions))


def leaves(node: Node, way: Way = ()) -> Iterator[tuple[Way, Node]]:
    if node.is_leaf:
        yield way, node
    for name, inner in node.properties.items():
        yield from leaves(inner, (*way, name))
    for step, each in ((EACH_ENTRY, node.items), (EACH_NAME, node.values)):
        if each is not None:
            yield from leaves(each, (*way, step))


def is_not_asked(one: Kind, way: Way) -> bool:
    """Whether a field, or a group around it, is filled in by the program, or said by another field."""
    return any(not one.forms.get(way[:end], Form()).is_asked for end in range(len(way) + 1))


def shown(question: Question) -> str:
    return " ".join((question.ask, question.hint, question.answer))


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_each_question_of_a_shipped_kind_is_a_question(one: Kind) -> None:
    """A title such as “By” says nothing to somebody who fills it in: a field that is added needs an ``ask``."""
    bare = [(question.way, question.ask) for question in asked_of(one) if not question.ask.endswith("?")]
    assert bare == []


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_every_field_is_asked_or_said_not_to_be_and_never_both(one: Kind) -> None:
    questions = {question.way: question for question in asked_of(one)}
    assert [way for way in questions if is_not_asked(one, way)] == []
    for way, _ in leaves(one.root):
        # A list of values, or of entries with one field, has its question and answer by itself.
        around = (questions.get(way[:-number]) for number in (1, 2) if way[-number:][0] in EACH)
        with_it = any(each is not None and each.answer for each in around)
        assert way in questions or is_not_asked(one, way) or with_it, way


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_no_question_is_written_and_never_asked(one: Kind) -> None:
    asked = {question.way for question in asked_of(one)}
    assert [way for way, form in one.forms.items() if form.ask and way not in asked] == []


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_whatever_holds_no_other_questions_says_what_may_be_answered(one: Kind) -> None:
    assert [question.way for question in asked_of(one) if bool(question.answer) is bool(question.inside)] == []


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_each_choice_is_there_in_the_words_of_its_field(one: Kind) -> None:
    answers = {question.way: question.answer for question in asked_of(one)}
    for way, node in leaves(one.root):
        if "enum" in node.schema and not is_not_asked(one, way):
            offered = answers.get(way) or answers[way[:-1]]
            assert [code for code in node.schema["enum"] if node.said(code) not in offered] == []


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_no_question_shows_a_code_or_a_word_of_files(one: Kind) -> None:
    found = [(question.number, shown(question)) for question in asked_of(one)]
    assert [(number, text) for number, text in found if NOT_FOR_PEOPLE.search(text)] == []


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_numbers_are_used_once_and_a_question_that_is_named_is_there(one: Kind) -> None:
    questions = asked_of(one)
    numbers = [question.number for question in questions]
    assert len(set(numbers)) == len(numbers)
    named = {
        number for question in questions for number in re.findall(r"question ([0-9.]*[0-9][a-z]?)", shown(question))
    }
    assert named <= set(numbers)


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_no_help_is_said_twice(one: Kind) -> None:
    for question in asked_of(one):
        said = re.split(r"(?<=[.?!]) ", shown(question))
        assert len(set(said)) == len(said), question.number


def visits(**more: Any) -> Schema:
    """A kind that a campus might add: nothing but titles, descriptions and links."""
    visit = {
        "id": field(),
        "on": field(title="Visited on", format="date", **{"x-plausible": {"not_before": "/first"}}),
        "by": field(title="Visitor", **PERSON),
        "minutes": field(title="Length", type="integer", minimum=5, maximum=90, **{"x-unit": "minutes"}),
        "mood": field(title="Mood", enum=["very_good", "so_so"], **{"x-words": {"so_so": "Neither good nor bad"}}),
        "home": field(title="At home"),
        "room": field(title="In a room"),
        **more.pop("visit", {}),
    }
    properties = {
        "state": field(enum=["draft", "agreed"]),
        "first": field(title="First visit", description="When it began.", format="date"),
        "count": field(title="Count", type="integer", minimum=1),
        "share": field(title="Share", type="number", maximum=100, **{"x-unit": "%"}),
        "short": field(title="Nickname", maxLength=20),
        "people": field(title="People", type="array", items=field(**PERSON), maxItems=3),
        "office": group({"phone": field(title="Telephone")}, title="Office", description="Where to ring."),
        "visits": field(title="Visits", type="array", **{"x-key": "id"}, items=group(visit, title="Visit")),
        "goes_with": field(title="Goes with", type="array", items=field(**{"x-link": "#/visits"})),
        "pairs": field(title="Pairs", type="array", items=field(type="array", items=field(type="integer"))),
        "sums": group({}, title="Sums", description="By name.", additionalProperties=field(type="number")),
        **more,
    }
    return kind("visits", "students/{student}/visits.yml", properties, required=["first"])


def questions(folder: Path, **more: Any) -> dict[str, Question]:
    """Its questions by the last step of their way."""
    registry = SchemaRegistry.load(write_schemas(folder, {"visits": visits(**more)}))
    found = all_of(paper_of(registry.kinds["visits"], registry.kinds).questions)
    return {next(step for step in reversed(one.way) if step != EACH_ENTRY): one for one in found}


@pytest.mark.parametrize(
    ("name", "number", "ask", "answer"),
    [
        ("first", "1", "First visit", "A date, such as 23 November 2026."),
        ("count", "2", "Count", "A whole number, 1 or more."),
        ("share", "3", "Share", "A percentage, at most 100."),
        ("short", "4", "Nickname", "Up to 20 letters."),
        ("people", "5", "People", "Choose one or more people."),
        ("phone", "6", "Telephone", "As many lines as you need."),
        ("visits", "7", "Visits", ""),
        ("on", "7.1", "Visited on", "A date, such as 23 November 2026. Not before the date in question 1."),
        ("by", "7.2", "Visitor", "Choose a person."),
        ("minutes", "7.3", "Length", "A whole number of minutes from 5 to 90."),
        ("mood", "7.4", "Mood", "Choose one: Very good; Neither good nor bad."),
        ("goes_with", "8", "Goes with", "Choose one or more of your answers to question 7."),
        ("pairs", "9", "Pairs", "A whole number; as many as there are."),
        ("sums", "10", "Sums", "A number; as many as there are."),
    ],
)
def test_a_schema_alone_makes_questions(tmp_path: Path, name: str, number: str, ask: str, answer: str) -> None:
    one = questions(tmp_path)[name]
    assert (one.number, one.ask, one.answer) == (number, ask, answer)


@pytest.mark.parametrize(
    ("link", "answer"),
    [
        ("student", "Choose a student."),
        ("person", "Choose a person."),
        ("intervention", "Choose one of the records called “Intervention”."),
        ("campus#/cost_assumptions/hourly_rates", "Choose one of the school's hourly rates."),
        ("plan#/targets", "Choose one of the student's short-term targets."),
        ("#/office/rooms", "Choose one of your answers to question 2.2."),
    ],
)
def test_a_link_is_a_choice_of_what_it_leads_to(tmp_path: Path, link: str, answer: str) -> None:
    """It is called what its own schema calls it, wherever it is."""
    rooms = field(title="Rooms", type="array", items=group({"id": field(), "a": field(), "b": field()}))
    office = group({"phone": field(), "rooms": rooms}, title="Office", description="Where to ring.")
    schema = kind("visits", "students/{student}/visits.yml", {"to": field(**{"x-link": link}), "office": office})
    registry = SchemaRegistry.load(shipped.schemas(), write_schemas(tmp_path, {"visits": schema}))
    assert paper_of(registry.kinds["visits"], registry.kinds).questions[0].answer == answer


def test_a_description_is_the_help_under_a_title_and_not_under_a_question(tmp_path: Path) -> None:
    assert questions(tmp_path)["first"].hint == "When it began."
    more = {
        "first": field(
            title="First visit", description="When it began.", format="date", **{"x-form": {"ask": "When was it?"}}
        )
    }
    assert questions(tmp_path, **more)["first"].hint == ""


def test_how_many_a_list_takes_is_said(tmp_path: Path) -> None:
    assert "No more than 3." in questions(tmp_path)["people"].hint


def test_what_may_be_left_out_is_marked_and_a_group_of_one_question_is_that_question(tmp_path: Path) -> None:
    found = questions(tmp_path)
    assert not found["first"].optional
    assert found["phone"].optional
    assert "office" not in found


def test_a_list_of_entries_asks_its_questions_for_each(tmp_path: Path) -> None:
    found = questions(tmp_path)["visits"]
    assert found.several
    assert [one.number for one in found.inside] == ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6"]


def test_one_of_several_fields_is_answered(tmp_path: Path) -> None:
    schema = visits()
    schema["properties"]["visits"]["items"]["x-form"] = {"ask": "Where was it?", "either": ["home", "room"]}
    registry = SchemaRegistry.load(write_schemas(tmp_path, {"visits": schema}))
    found = [one for one in all_of(paper_of(registry.kinds["visits"], {}).questions) if one.alternatives]
    assert [(one.number, one.ask) for one in found] == [("7.5", "Where was it?")]
    assert [(one.number, one.ask, one.optional) for one in found[0].inside] == [
        ("7.5a", "At home", False),
        ("7.5b", "In a room", False),
    ]


def test_what_is_filled_in_to_begin_with_is_said(tmp_path: Path) -> None:
    on = field(format="date", **{"x-form": {"default": "today"}})
    by = field(**PERSON, **{"x-form": {"default": "me", "pick": "team"}})
    found = questions(tmp_path, visit={"on": on, "by": by})
    assert "Today is filled in: change it if it was another day." in found["on"].answer
    assert "one of the adults who work with the student. Your name is filled in" in found["by"].answer


def test_what_a_number_is_if_it_is_left_out_is_said(tmp_path: Path) -> None:
    found = questions(tmp_path, count=field(title="Count", type="integer", minimum=1, default=4))
    assert found["count"].answer == "A whole number, 1 or more. If you leave this out, it is 4."


def test_the_author_of_an_entry_is_filled_in_for_their_own_words(tmp_path: Path) -> None:
    schema = visits()
    schema["properties"]["visits"]["items"]["x-form"] = {"author": "by"}
    registry = SchemaRegistry.load(write_schemas(tmp_path, {"visits": schema}))
    found = {one.way[-1]: one for one in all_of(paper_of(registry.kinds["visits"], {}).questions)}
    assert found["by"].answer == "Choose a person. Your name is filled in if the words are yours."


def test_a_number_is_in_the_unit_that_another_answer_says(tmp_path: Path) -> None:
    found = questions(tmp_path, visit={"minutes": field(type="number", **{"x-form": {"unit_of": "room"}})})
    assert found["minutes"].answer == "A number in the unit of your answer to question 7.6."


def test_of_two_ways_to_write_the_same_one_is_asked_and_has_to_be_there(tmp_path: Path) -> None:
    """The schema needs “home” unless “room” is there, and a form never asks for “room”."""
    schema = visits()
    visit = schema["properties"]["visits"]["items"]
    visit["properties"]["room"]["x-form"] = {"same_as": "home"}
    visit |= {"if": {"required": ["room"]}, "then": {"required": ["minutes"]}, "else": {"required": ["home"]}}
    registry = SchemaRegistry.load(write_schemas(tmp_path, {"visits": schema}))
    found = {one.way[-1]: one for one in all_of(paper_of(registry.kinds["visits"], registry.kinds).questions)}
    assert "room" not in found
    assert (found["home"].optional, found["minutes"].optional) == (False, True)


def test_what_is_made_is_named_and_not_asked(tmp_path: Path) -> None:
    schema = visits()
    schema["properties"]["visits"]["items"]["properties"]["by"]["x-form"] = {"made": "me"}
    registry = SchemaRegistry.load(write_schemas(tmp_path, {"visits": schema}))
    paper = paper_of(registry.kinds["visits"], {})
    assert ("visits", EACH_ENTRY, "by") not in {one.way for one in all_of(paper.questions)}
    assert [(one.title, one.within, one.made) for one in paper.made] == [
        ("Field", "", "state"),
        ("Field", "Visit", "id"),
        ("Visitor", "Visit", "me"),
    ]
