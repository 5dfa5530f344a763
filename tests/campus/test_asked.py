"""``x-form``: what it says becomes a form's words, and what it can't say is refused when schemas load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus import shipped
from sendbook.campus.asked import Form
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.ways import Way
from sendbook.errors import SchemaError
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas

PERSON = {"x-link": "person"}


def visits(path: str = "students/{student}/visits.yml", **forms: Any) -> Schema:
    """A kind of visits, with an ``x-form`` for each field, entry (``entry``) or group (``place``) that is named."""
    entry = {
        "id": field(),
        "on": field(format="date"),
        "by": field(**PERSON),
        "minutes": field(type="integer", **{"x-unit": "minutes"}),
        "score": field(type="number"),
        "as": field(),
        "text": field(),
        "place": group({"home": field(), "room": field(), "note": field()}, title="Place", description="Where."),
    }
    properties = {
        "state": field(enum=["draft", "agreed"]),
        "measure": field(),
        "visits": field(type="array", **{"x-key": "id"}, items=group(entry, title="Visit", required=["id", "text"])),
        "seen": field(type="array", items=field(**PERSON)),
    }
    for name, said in forms.items():
        where = properties["visits"]["items"] if name == "entry" else {**entry, **properties}[name.removesuffix("_")]
        where["x-form"] = said
    return kind("visits", path, properties)


def loaded(folder: Path, **forms: Any) -> Kind:
    return SchemaRegistry.load(write_schemas(folder, {"visits": visits(**forms)})).kinds["visits"]


def refused(folder: Path, **forms: Any) -> str:
    with pytest.raises(SchemaError) as caught:
        loaded(folder, **forms)
    return str(caught.value)


VISIT: Way = ("visits", "-")


@pytest.mark.parametrize(
    ("name", "said", "way", "form"),
    [
        ("on", {"ask": "When?", "default": "today"}, (*VISIT, "on"), Form(ask="When?", default="today")),
        ("by", {"pick": "team", "default": "me"}, (*VISIT, "by"), Form(pick="team", default="me")),
        ("by", {"made": "me"}, (*VISIT, "by"), Form(made="me")),
        ("as", {"made": "relation"}, (*VISIT, "as"), Form(made="relation")),
        ("score", {"unit_of": "measure"}, (*VISIT, "score"), Form(unit_of="measure")),
        ("score", {"unit_of": "as"}, (*VISIT, "score"), Form(unit_of="as")),
        ("seen", {"ask": "Who?", "answer": "One name a line"}, ("seen",), Form(ask="Who?", answer="One name a line")),
        ("entry", {"author": "by"}, VISIT, Form(author="by")),
        ("place", {"either": ["home", "room"]}, (*VISIT, "place"), Form(either=("home", "room"))),
        ("measure", {"made": "worked_out"}, ("measure",), Form(made="worked_out")),
        ("as", {"same_as": "text"}, (*VISIT, "as"), Form(same_as="text")),
    ],
)
def test_each_word_is_read(tmp_path: Path, name: str, said: Any, way: Way, form: Form) -> None:
    assert loaded(tmp_path, **{name: said}).forms[way] == form


def test_ids_and_the_state_are_made_without_a_word_about_them(tmp_path: Path) -> None:
    assert loaded(tmp_path).forms == {("state",): Form(made="state"), (*VISIT, "id"): Form(made="id")}


def test_the_day_that_tells_entries_apart_is_asked_for_next_to_an_id_that_is_not(tmp_path: Path) -> None:
    schema = visits(on={"ask": "When was it?"})
    schema["properties"]["visits"]["x-key"] = ["id", "on"]
    made = SchemaRegistry.load(write_schemas(tmp_path, {"visits": schema})).kinds["visits"].forms
    assert (made[*VISIT, "id"], made[*VISIT, "on"]) == (Form(made="id"), Form(ask="When was it?"))
    schema["properties"]["visits"]["items"]["properties"]["on"]["x-form"] = {"made": "id"}
    with pytest.raises(SchemaError, match="says “made: id” of something that is neither the record's id nor the x-key"):
        SchemaRegistry.load(write_schemas(tmp_path, {"visits": schema}))


def test_an_id_that_is_to_be_asked_for_says_so(tmp_path: Path) -> None:
    assert loaded(tmp_path, id={"ask": "Which number is on the card?"}).forms[(*VISIT, "id")].made == ""


@pytest.mark.parametrize(
    ("name", "said", "fault"),
    [
        ("on", "When?", 'is not written like {"ask": "Who leads the meeting?"}'),
        ("on", {}, 'is not written like {"ask": "Who leads the meeting?"}'),
        ("on", {"asks": "When?"}, "says “asks”; the words are ask, hint, answer, pick"),
        ("on", {"ask": "  "}, "has no words for “ask”, or more than one line"),
        ("on", {"hint": "One.\nTwo."}, "has no words for “hint”, or more than one line"),
        ("on", {"ask": 3}, "has no words for “ask”"),
        ("place", {"answer": "A room"}, "says “answer” of something that has questions of its own"),
        ("by", {"pick": "teachers"}, "says “pick: teachers”; it is one of staff, family, team"),
        ("as", {"pick": "staff"}, "says “pick” of something that is not a link to a person"),
        ("seen", {"pick": "staff"}, "says “pick” of something that is not a link to a person"),
        ("text", {"unit_of": "measure"}, "says “unit_of” of something that is not a number"),
        ("minutes", {"unit_of": "measure"}, "says “unit_of” next to an x-unit"),
        ("score", {"unit_of": "mesure"}, "says “unit_of: mesure”, which is no text or link next to the field"),
        ("score", {"unit_of": "minutes"}, "says “unit_of: minutes”, which is no text or link"),
        ("on", {"default": "now"}, "says “default: now”; it is one of today, me"),
        ("text", {"default": "today"}, "says “default: today” of something that is not a date"),
        ("text", {"default": "me"}, "says “default: me” of something that is not a link to a person"),
        ("text", {"made": "up"}, "says “made: up”; it is one of id, me, relation, state, worked_out"),
        (
            "text",
            {"made": "id"},
            "says “made: id” of something that is neither the record's id nor the x-key of its list",
        ),
        ("text", {"made": "me"}, "says “made: me” of something that is not a link to a person"),
        ("text", {"made": "state"}, "says “made: state” of something that is not the record's state"),
        (
            "measure",
            {"made": "relation"},
            "says “made: relation” of something that is not a text next to a link to a person",
        ),
        ("by", {"made": "me", "ask": "Who?"}, "says “ask” of something that is not asked"),
        (
            "as",
            {"same_as": "text", "hint": "It is the same.", "pick": "staff"},
            "says “pick” of something that is not asked",
        ),
        ("as", {"same_as": "as"}, "says “same_as: as”, which is no other field next to it"),
        ("as", {"same_as": "measure"}, "says “same_as: measure”, which is no other field next to it"),
        ("place", {"author": "home"}, "says “author” of something that is not an entry of a list"),
        ("entry", {"author": "text"}, "says “author: text”, which links to no person"),
        ("entry", {"author": "writer"}, "says “author: writer”, which links to no person"),
        ("place", {"either": ["home"]}, "needs two or more different fields for “either”"),
        ("place", {"either": ["home", "home"]}, "needs two or more different fields for “either”"),
        ("place", {"either": [{}, "home", "room"]}, "needs two or more different fields for “either”"),
        ("place", {"pick": ["staff"]}, "says “pick: ['staff']”; it is one of staff, family, team"),
        ("place", {"either": "home"}, "needs two or more different fields for “either”"),
        ("place", {"either": ["home", "house"]}, "says “either” with “house”, which is no field here"),
        ("entry", {"either": ["as", "text"]}, "says “either” with “text”, which must always be there"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, name: str, said: Any, fault: str) -> None:
    assert f"has an x-form that {fault}" in refused(tmp_path, **{name: said})


def test_a_fault_names_its_field_and_all_are_said_at_once(tmp_path: Path) -> None:
    said = refused(tmp_path, on={"default": "me"}, entry={"author": "text"})
    assert "/visits/-/on has an x-form that says “default: me”" in said
    assert "/visits/- has an x-form that says “author: text”" in said


@pytest.mark.parametrize("pick", ["family", "team"])
def test_only_a_student_has_a_family_and_a_team(tmp_path: Path, pick: str) -> None:
    schema = visits("visits.yml", by={"pick": pick})
    with pytest.raises(SchemaError, match=f"says “pick: {pick}” in a kind that belongs to no student"):
        SchemaRegistry.load(write_schemas(tmp_path, {"visits": schema}))


def both(folder: Path, theirs: Schema, ours: Schema) -> Kind:
    shipped = write_schemas(folder / "shipped", {"visits": theirs})
    own = write_schemas(folder / "own", {"visits": ours})
    return SchemaRegistry.load(shipped, own).kinds["visits"]


def test_a_copy_of_a_shipped_schema_takes_over_what_it_leaves_out(tmp_path: Path) -> None:
    theirs = visits(
        on={"ask": "When?", "default": "today"}, by={"ask": "Who?", "pick": "staff"}, entry={"author": "by"}
    )
    made = both(tmp_path, theirs, visits(by={"ask": "Who came?"}))
    assert made.forms[*VISIT, "on"] == Form(ask="When?", default="today")
    assert made.forms[*VISIT, "by"] == Form(ask="Who came?")
    assert made.forms[VISIT] == Form(author="by")


def test_what_no_longer_fits_a_copy_is_not_taken_over_and_stops_nothing(tmp_path: Path) -> None:
    """A copy may have made a text of a date: then the question holds still, and “today” no longer."""
    ours = visits()
    entry = ours["properties"]["visits"]["items"]
    entry["properties"]["on"] = field()
    del entry["properties"]["by"]
    made = both(tmp_path, visits(on={"ask": "When?", "default": "today"}, entry={"author": "by"}), ours)
    assert made.forms[*VISIT, "on"] == Form(ask="When?")
    assert VISIT not in made.forms


def test_a_copy_made_before_there_were_questions_asks_all_that_the_shipped_kinds_ask(tmp_path: Path) -> None:
    theirs = SchemaRegistry.load(shipped.schemas())
    for file in shipped.schemas().glob("*.schema.json"):
        copy = without_forms(json.loads(file.read_text(encoding="utf-8")))
        (tmp_path / file.name).write_text(json.dumps(copy), encoding="utf-8")
    ours = SchemaRegistry.load(shipped.schemas(), tmp_path)
    assert {name: one.forms for name, one in ours.kinds.items()} == {
        name: one.forms for name, one in theirs.kinds.items()
    }


def without_forms(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: without_forms(inner) for key, inner in said.items() if key != "x-form"}
    return [without_forms(inner) for inner in said] if isinstance(said, list) else said
