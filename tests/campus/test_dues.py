"""``x-due``: what is owed by when, as a schema says it, and what it can't say is refused when schemas load."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.dues import CONTACTS, RELATIONS, SETTINGS, Due, Period
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.terms import Terms
from sendbook.errors import SchemaError
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas

TERMS = Terms.from_campus(
    {"terms": [{"id": "a", "name": "A", "start": "2026-09-03", "end": "2026-12-17"}], "bank_holidays": []}
)
RULES = group({"days_to_answer": field(type="integer", default=10), "motto": field()})
CAMPUS = kind("campus", "campus.yml", {"house_rules": field(**RULES)})


def letters(due: Any = None, **on_fields: Any) -> Schema:
    """A kind with letters that are answered by a day; ``due`` is the x-due of each letter, the others of its fields."""
    entry = {
        "id": field(),
        "from": field(),
        "sent_on": field(format="date"),
        "answer_by": field(format="date", title="Answer by"),
        "answered_on": field(format="date", **{"x-part": "answers"}),
        "who": field(**{"x-link": "person"}),
        "secret": field(
            **group(
                {"on": field(format="date"), "by": field(**{"x-link": "person"})},
                **{"x-owner": {"by": "by", "also": ["senco"]}},
            )
        ),
        "pages": field(type="array", items=group({"on": field(format="date")})),
    }
    for name, said in on_fields.items():
        entry[name]["x-due"] = said
    more = {"x-due": due} if due is not None else {}
    properties = {
        "state": field(enum=["draft", "agreed"]),
        "review_by": field(format="date", title="Review by"),
        "letters": field(type="array", items=group(entry, **more), **{"x-key": "id"}),
    }
    return kind("letters", "students/{student}/letters.yml", properties)


def load(folder: Path, *states: Schema) -> Kind:
    """The kind as the last of these schemas describes it, the first standing for the shipped one."""
    folders = [
        write_schemas(folder / str(number), {"letters": one, **({"campus": CAMPUS} if not number else {})})
        for number, one in enumerate(states)
    ]
    return SchemaRegistry.load(*folders).kinds["letters"]


def due_of(folder: Path, due: Any = None, **on_fields: Any) -> Due:
    (found,) = load(folder, letters(due, **on_fields)).dues
    return found


ANSWER = {
    "what": "Answer {from}",
    "after": "/letters/-/sent_on",
    "within": "10 school days",
    "until": "/letters/-/answered_on",
}


def test_something_is_owed_within_a_time_after_a_date_until_another_date(tmp_path: Path) -> None:
    due = due_of(tmp_path, {**ANSWER, "by": "/letters/-/who", "source": "SEND Code of Practice 2015, 6.65"})
    assert (due.entry.way, due.since.way) == (("letters", "-"), ("letters", "-", "sent_on"))
    assert due.within == Period(written="10 school days", number=10, unit="school day")
    assert due.until is not None
    assert due.until.way == ("letters", "-", "answered_on")
    assert not isinstance(due.by, str)
    assert due.by.way == ("letters", "-", "who")
    assert (due.source, due.law, due.confirmed, due.binds) == ("SEND Code of Practice 2015, 6.65", False, False, None)
    assert due.parts == ("open", "answers")


def test_each_entry_can_be_owed_from_a_date_around_them(tmp_path: Path) -> None:
    due = due_of(tmp_path, {**ANSWER, "after": "/review_by"})
    assert (due.entry.way, due.since.way) == (("letters", "-"), ("review_by",))
    assert due.each is due.entry


def test_a_date_can_itself_be_the_day_by_which_something_is_owed(tmp_path: Path) -> None:
    due = due_of(tmp_path, answer_by={"what": "Answer {from}", "by": "key_adult"})
    assert (due.entry.way, due.since.way) == (("letters", "-"), ("letters", "-", "answer_by"))
    assert (due.within, due.until, due.by) == (None, None, "key_adult")


def test_an_entry_can_owe_several_things(tmp_path: Path) -> None:
    file = {"what": "File it", "after": "/letters/-/answered_on", "within": "1 week", "until": "/letters/-/answer_by"}
    kind_ = load(tmp_path, letters([ANSWER, file]))
    assert [one.what for one in kind_.dues] == ["Answer {from}", "File it"]


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("1 day", date(2026, 11, 21)),
        ("2 weeks", date(2026, 12, 4)),
        ("3 months", date(2027, 2, 20)),
        ("1 year", date(2027, 11, 20)),
        ("1 school day", date(2026, 11, 23)),
        ("{days_to_answer} school days", date(2026, 11, 27)),
        ("99 school days", None),
    ],
)
def test_a_period_ends_on_its_last_day(tmp_path: Path, written: str, last: date | None) -> None:
    """From a Friday; a house rule in braces is the campus's number, and past the last term nobody can say."""
    within = due_of(tmp_path, {**ANSWER, "within": written}).within
    assert within is not None
    assert within.last_day(date(2026, 11, 20), TERMS, {"days_to_answer": 5}) == last


def test_a_period_is_said_with_the_campus_s_own_number() -> None:
    assert Period(written="", unit="week", house_rule="x").in_words({"x": 1}) == "1 week"
    assert Period(written="", unit="school day", number=10).in_words({}) == "10 school days"


def test_a_copy_of_a_schema_owes_what_the_shipped_one_says_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert [one.what for one in load(tmp_path / "a", letters(ANSWER), letters()).dues] == ["Answer {from}"]
    other = {**ANSWER, "what": "Write back"}
    assert [one.what for one in load(tmp_path / "b", letters(ANSWER), letters(other)).dues] == ["Write back"]
    assert load(tmp_path / "c", letters(ANSWER), letters([])).dues == ()
    without = letters()
    del without["properties"]["letters"]["items"]["properties"]["answered_on"]
    assert load(tmp_path / "d", letters(ANSWER), without).dues == ()


def test_a_registry_is_another_when_a_taken_over_due_is(tmp_path: Path) -> None:
    copy = write_schemas(tmp_path / "copy", {"letters": letters()})
    digests = {
        SchemaRegistry.load(
            write_schemas(tmp_path / what, {"letters": letters({**ANSWER, "what": what}), "campus": CAMPUS}), copy
        ).digest
        for what in ("One", "Two")
    }
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": ""}, "does not say what is owed"),
        ({"whom": "senco"}, "says “whom”; the words are what, after, within"),
        ({"what": "Answer {form}"}, "names “form”, which is no field of the entry"),
        ({"what": "Answer {from"}, "has a brace that is alone"),
        ({"after": "/letters/-/from"}, "for “after”, which is no date"),
        ({"after": "/letters/-/pages/-/on"}, "in a list of its own"),
        ({"within": "soon"}, "needs “within” with a number"),
        ({"within": "0 weeks"}, "needs “within” with a number"),
        ({"within": "{days_to_reply} school days"}, "“{days_to_reply}”, which is no house rule with a number"),
        ({"within": "{motto} days"}, "“{motto}”, which is no house rule with a number"),
        ({"until": "/letters/-/from"}, "for “until”, which is no other date"),
        ({"until": "/letters/-/sent_on"}, "for “until”, which is no other date"),
        ({"until": "/letters/-/gone"}, "leads to no field of this kind"),
        ({"until": "/letters/-/pages/-/on"}, "which is in another list"),
        ({"until": "/letters/-/secret/on"}, "which some may not see who see the day it counts from"),
        ({"by": "headteacher"}, "says “headteacher” for “by”"),
        ({"by": "/letters/-/from"}, "which is no link to a person"),
        ({"source": " "}, "has a “source” that is not in words"),
        ({"law": True}, "names no “source”"),
        ({"source": "Act", "law": "yes"}, "has a “law” that is neither true nor false"),
        ({"drafts": "yes"}, "has a “drafts” that is neither true nor false"),
        ({"source": "Act", "binds": ["nursery"]}, "has a “binds” that is not a list of some of maintained"),
    ],
)
def test_what_can_not_be_meant_is_refused_with_its_place(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(SchemaError) as error:
        load(tmp_path, letters({**ANSWER, **change}))
    assert re.search(
        r"letters\.schema\.json can't be used: line \d+, column \d+: /letters/- has an x-due", str(error.value)
    )
    assert said in str(error.value)


def test_what_counts_from_a_date_needs_one_that_says_it_was_done(tmp_path: Path) -> None:
    """Else it would be late for ever."""
    with pytest.raises(SchemaError, match="needs “until”, the date that says it was done"):
        load(tmp_path, letters({key: said for key, said in ANSWER.items() if key != "until"}))


def test_a_text_and_a_date_that_counts_from_another_are_no_places_for_it(tmp_path: Path) -> None:
    """Both are told at once."""
    with pytest.raises(SchemaError) as error:
        load(tmp_path, letters(**{"from": {"what": "Answer"}, "answer_by": {"what": "Answer", "within": "1 day"}}))
    assert "/letters/-/from has an x-due that stands next to no date" in str(error.value)
    assert "/letters/-/answer_by has an x-due that counts from another date" in str(error.value)


def test_a_kind_that_belongs_to_no_student_has_no_key_adult(tmp_path: Path) -> None:
    due = {"what": "Renew", "by": "key_adult"}
    trip = kind("trip", "trips/{id}.yml", {"on": field(format="date", **{"x-due": due})})
    with pytest.raises(SchemaError, match="“key_adult” for “by”; write a field with a person, or one of senco"):
        SchemaRegistry.load(write_schemas(tmp_path, {"trip": trip}))


def test_the_words_for_people_and_schools_are_those_of_the_schemas() -> None:
    kinds = SchemaRegistry.load(schemas()).kinds
    campus, student = kinds["campus"].root, kinds["student"].root
    assert tuple(campus.properties["contacts"].properties) == CONTACTS
    setting = campus.at("setting/type")
    assert setting is not None
    assert tuple(setting.schema["enum"]) == SETTINGS
    team = student.at("team/as")
    assert team is not None
    assert set(RELATIONS) - {"tutor"} <= set(team.schema["enum"])
