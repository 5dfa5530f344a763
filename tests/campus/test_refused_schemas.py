"""A schema that sendbook can't work with is refused: with the reason, the line, and what to write instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.errors import SchemaError
from tests.campus.small_schemas import COMMON, Schema, field, group, kind, write_schemas
from tests.campus.test_schemas import one_field, registry_of

UNUSABLE: dict[str, tuple[Schema, str]] = {
    "a field that must be there, and isn't": (
        kind("note", "note.yml", {"a": field()}, required=["a", "b"]),
        "/ asks for “b”, which is no field of it: describe it under properties, or write one of a",
    ),
    "one that must be there beside another, and isn't": (
        kind("note", "note.yml", {"a": field()}, dependentRequired={"a": ["b"]}),
        "/ asks for “b”",
    ),
    "one that must be there on a condition, and isn't": (
        kind("note", "note.yml", {"a": field()}, **{"if": {"required": ["a"]}, "then": {"required": ["b"]}}),
        "/ asks for “b”",
    ),
    "a field whose name has a space": (
        kind("note", "note.yml", {"a b": field()}),
        "/a b has a name that no field can have",
    ),
    "words for what nothing checks": (one_field(**{"x-written": "three words"}), "x-written, and nothing that checks"),
    "a law that is a number": (one_field(**{"x-law": 5}), "has “x-law” with something that is not a text"),
    "a keyword that is nearly one": (one_field(**{"x-lw": "CoP"}), "Did you mean “x-law”"),
    "no part": (kind("note", "note.yml", {"text": field()}, **{"x-part": None}) | {"x-part": None}, "no x-part"),
    "no title": (kind("note", "note.yml", {"text": {"description": "d", "type": "string"}}), "/text has no title"),
    "no description": (kind("note", "note.yml", {"text": {"title": "t", "type": "string"}}), "has no description"),
    "no title deep": (
        kind("note", "note.yml", {"list": field(type="array", items=group({"a": {"type": "string"}}))}),
        "/list/-/a has no title",
    ),
    "open group": (kind("note", "note.yml", {"g": field(type="object", properties={"a": field()})}), "unknown fields"),
    "empty group": (kind("note", "note.yml", {"g": field(type="object")}), "does not say what it holds"),
    "empty list": (kind("note", "note.yml", {"g": field(type="array")}), "does not say what it holds"),
    "unknown annotation": (one_field(**{"x-colour": "red"}), "x-colour"),
    "unknown keyword": (one_field(requried=["a"]), "requried"),
    "unknown format": (one_field(format="hostname"), "hostname"),
    "unknown key": (
        kind("note", "note.yml", {"l": field(type="array", **{"x-key": "id"}, items=group({"a": field()}))}),
        "x-key",
    ),
    "several keys of entries with an owner": (
        kind(
            "note",
            "note.yml",
            {
                "l": field(
                    type="array",
                    items=group({"id": field(), "by": field()}, **{"x-owner": {"by": "by"}}),
                    **{"x-key": ["id", "by"]},
                )
            },
        ),
        "/l has an x-key of several fields",
    ),
    "words for no code": (one_field(enum=["a"], **{"x-words": {"b": "B"}}), "x-words for “b”, which is none"),
    "words without choices": (one_field(**{"x-words": {"a": "A"}}), "x-words for “a”, which is none"),
    "empty words": (one_field(enum=["a"], **{"x-words": {"a": " "}}), "without words for “a”"),
    "words that are a number": (one_field(enum=["a"], **{"x-words": {"a": 1}}), "without words for “a”"),
    "a list of words": (one_field(enum=["a"], **{"x-words": ["A"]}), "x-words that does not give"),
    "about nothing": (
        kind(
            "note", "note.yml", {"l": field(type="array", items=group({"a": field()}, **{"x-about": {"student": "s"}}))}
        ),
        "x-about",
    ),
    "owned by nothing": (
        kind("note", "note.yml", {"l": field(type="array", items=group({"a": field()}, **{"x-owner": {"by": "s"}}))}),
        "x-owner",
    ),
    "hidden in a condition": (
        kind("note", "note.yml", {"a": field()}, allOf=[{"properties": {"b": field()}}]),
        "condition",
    ),
    "no path": (kind("note", [], {"a": field()}), "no x-path"),
    "a path that is a number": (kind("note", 3, {"a": field()}), "neither a path nor a list of paths"),
    "properties that are a list": (
        one_field() | {"properties": []},
        "“properties” with something that is not an object",
    ),
    "choices that are no list": (one_field(enum=3), "“enum” with something that is not a list"),
    "a part that is a list": (one_field(**{"x-part": ["a"]}), "“x-part” with something that is not a text"),
    "a title that is a number": (one_field(title=3), "“title” with something that is not a text"),
    "about whom is a list": (
        one_field(**{"x-about": {"student": ["a"], "kind": "plan", "part": "a"}}),
        "x-about without student, kind and part",
    ),
    "an owner that is a list": (one_field(**{"x-owner": {"by": ["a"]}}), "x-owner without by"),
    "a name with a space": (kind("Home note", "note.yml", {"a": field()}), "small letters, digits and underscores"),
    "a unit of a text": (one_field(**{"x-unit": "minutes"}), "x-unit, which says in words what a number counts"),
    "a unit without a word": (one_field(type="integer", **{"x-unit": " "}), "x-unit, which says in words"),
    "an x-written that is no text": (one_field(**{"x-written": 4}), "x-written that is not in words"),
    "a place for drafts without a state": (
        kind("note", ["students/{student}/note.yml", "students/{student}/drafts/note.yml"], {"a": field()}),
        "a place for drafts in its x-path and no state “draft”",
    ),
    "a place for drafts and other states": (
        kind("note", ["students/{student}/n.yml", "students/{student}/drafts/n.yml"], {"state": field(enum=["open"])}),
        "a place for drafts in its x-path and no state “draft”",
    ),
    "a length in quotes": (one_field(minLength="3"), "“minLength” with something that is not a whole number"),
    "a bound in quotes": (one_field(type="number", maximum="3"), "“maximum” with something that is not a number"),
    "a multiple of nothing": (one_field(type="number", multipleOf=0), "/text has “multipleOf” 0"),
    "no choice": (one_field(enum=[]), "/text has an enum without a choice"),
    "an order that is a word": (one_field(**{"x-ordered": "yes"}), "x-ordered that is neither true nor false"),
    "a type in our words": (one_field(type="text"), "/text has the type “text”, which there isn't: write “string”"),
    "a date for a type": (one_field(type="date"), '“date”, which there isn\'t: write “string”, and "format": "date"'),
    "a type that is none": (one_field(type="colour"), "write one of string, integer, number, boolean, array, object"),
    "one type of several": (one_field(type=["string", "text"]), "/text has the type “text”"),
    "a pattern that is none": (one_field(pattern="[0-9"), "/text has a pattern that can't be read"),
    "a pattern that is a number": (one_field(pattern=4), "/text has a pattern that can't be read"),
    "an unknown field in x-say": (
        kind("note", "note.yml", {"l": field(type="array", items=group({"what": field()}, **{"x-say": "{waht}"}))}),
        "/l/- has an x-say that names “waht”, which is no field of it: write one of {what}",
    ),
    "a field in the x-say of a field": (
        one_field(**{"x-say": "it is {a}"}),
        "/text has an x-say that names “a”: a field by itself has only {value}",
    ),
    "odd path": (kind("note", "Notes/{name}.yml", {"a": field()}), "x-path"),
    "not yaml": (kind("note", "note.json", {"a": field()}), ".yml"),
    "both sides": (kind("note", ["note.yml", "students/{student}/note.yml"], {"a": field()}), "inside and outside"),
    "missing file": (one_field(**{"$ref": "other.schema.json#/$defs/a"}), "other.schema.json"),
    "missing definition": (one_field(**{"$ref": "common.schema.json#/$defs/nothing"}), "does not exist"),
    "no pointer": (one_field(**{"$ref": "common.schema.json"}), "write file#"),
    "other type": (one_field(**{"$ref": "common.schema.json#/$defs/need"}), "type"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_schema_we_can_not_work_with_is_refused_with_the_reason(tmp_path: Path, what: str) -> None:
    schema, reason = UNUSABLE[what]
    with pytest.raises(SchemaError, match=reason.replace(".", r"\.")) as refused:
        registry_of(tmp_path, note=schema, common=COMMON)
    assert "note.schema.json" in str(refused.value)


@pytest.mark.parametrize("steps", [1, 2])
def test_a_schema_that_refers_to_itself_is_refused(tmp_path: Path, steps: int) -> None:
    definitions = {f"d{n}": group({"in": field() | {"$ref": f"#/$defs/d{(n + 1) % steps}"}}) for n in range(steps)}
    for definition in definitions.values():
        del definition["properties"]["in"]["type"]
    note = kind("note", "note.yml", {"a": {"title": "A", "description": "a", "$ref": "#/$defs/d0"}})
    with pytest.raises(SchemaError, match="refers to itself"):
        registry_of(tmp_path, note={**note, "$defs": definitions})


def test_everything_wrong_with_a_file_is_told_at_once(tmp_path: Path) -> None:
    note = kind("note", "note.yml", {"a": {"type": "string"}, "b": {"type": "string", "title": "B"}})
    with pytest.raises(SchemaError) as refused:
        registry_of(tmp_path, note=note)
    assert all(fault in str(refused.value) for fault in ("/a has no title", "/a has no desc", "/b has no desc"))


@pytest.mark.parametrize("indent", [2, "\t"])
def test_each_fault_is_told_with_its_line_and_column(tmp_path: Path, indent: int | str) -> None:
    entry = group({"a": {"type": "string", "title": "A"}})
    note = kind("note", "note.yml", {"list": field(type="array", items=entry)})
    text = json.dumps(note, indent=indent)
    (tmp_path / "note.schema.json").write_text(text)
    with pytest.raises(SchemaError) as refused:
        SchemaRegistry.load(tmp_path)
    line = next(number for number, line in enumerate(text.splitlines(), start=1) if line.strip().startswith('"a":'))
    column = text.splitlines()[line - 1].index('"a"') + 1
    assert f"can't be used: line {line}, column {column}: /list/-/a has no description" in str(refused.value)


def test_a_fault_in_what_a_kind_refers_to_is_told_where_it_is(tmp_path: Path) -> None:
    note = kind("note", "note.yml", {"a": {"title": "A", "description": "a", "$ref": "common.schema.json#/$defs/odd"}})
    with pytest.raises(SchemaError, match=r"^common\.schema\.json uses “patern”.* \(line 1, column \d+\)"):
        registry_of(tmp_path, note=note, common={**COMMON, "$defs": {"odd": {"type": "string", "patern": "x"}}})


def test_what_a_condition_looks_at_need_not_be_asked_for(tmp_path: Path) -> None:
    unless = {"not": {"required": ["b"]}}
    assert registry_of(tmp_path, note=kind("note", "note.yml", {"a": field()}, **unless)).kinds["note"].is_valid({})


def test_a_faulty_place_is_told_before_the_links_that_it_breaks(tmp_path: Path) -> None:
    """Without its place a kind seems to have only one record, and it is not the link's fault."""
    trip = kind("trip", "trips/{id", {"on": field()})
    asks = kind("asks", "asks.yml", {"trip": field(**{"x-link": "trip"})})
    with pytest.raises(SchemaError, match=r"^trip\.schema\.json can't be used: line 1, column \d+: / x-path"):
        registry_of(tmp_path, asks=asks, trip=trip)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("note.json", "does not end in .yml"),
        (".yml", "does not begin below records/"),
        ("/note.yml", "does not begin below records/"),
        ("../note.yml", "does not begin below records/"),
        ("records/note.yml", "does not begin below records/"),
        ("a/../note.yml", "has “..” between its slashes"),
        ("a//note.yml", "has “” between its slashes"),
        ("trips/{student}{id}.yml", "has “{student}{id}” between its slashes"),
        ("trips/{id}/{id}.yml", "names the same thing twice"),
        ("trips/{student}.yml", "is not in one student's folder: begin it with students/{student}/"),
        ("students/{id}.yml", "is not in one student's folder: begin it with students/{student}/"),
        ("students/notes.yml", "is not in one student's folder: begin it with students/{student}/"),
        ("{id}.yml", "has no name of its own"),
        ("students/{student}.yml", "has no name of its own"),
        ("students/{student}/{id}.yml", "has no name of its own"),
    ],
)
def test_a_path_without_a_meaning_is_refused_in_its_line_with_what_to_write(
    tmp_path: Path, path: str, fault: str
) -> None:
    note = kind("note", ["note.yml", path], {"a": field()})
    text = json.dumps(note, indent=1)
    (tmp_path / "note.schema.json").write_text(text)
    with pytest.raises(SchemaError) as refused:
        SchemaRegistry.load(tmp_path)
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f'"{path}"')
    told = str(refused.value)
    assert f"can't be used: line {line}, column 3: / x-path: the path “{path}” {fault}" in told
    assert "begin it with students/{student}/" in told or "write one such as trips/{id}.yml" in told


@pytest.mark.parametrize(
    "path",
    ["note.yml", "trips/{id}.yml", "trips/{id}/note.yml", "students/{student}/a.yml", "students/{student}/a/{id}.yml"],
)
def test_a_path_with_a_meaning_is_taken(tmp_path: Path, path: str) -> None:
    assert registry_of(tmp_path, note=kind("note", path, {"a": field()})).kinds["note"].paths == (path,)


@pytest.mark.parametrize(
    ("by", "fault"),
    [
        ("text", 'has an x-owner by “text”, which is no link to a person: give it "x-link": "person", or name “who”'),
        ("where", 'has an x-owner by “where”, which is no link to a person: give it "x-link": "person", or name “who”'),
        ("who", ""),
        ("@student", ""),
    ],
)
def test_an_entry_is_owned_by_a_person_and_by_nothing_else(tmp_path: Path, by: str, fault: str) -> None:
    person = kind("person", "people/{id}.yml", {"a": field()})
    fields = {"text": field(), "who": field(**{"x-link": "person"}), "where": field(**{"x-link": "room"})}
    entries = field(type="array", items=group(fields, **{"x-owner": {"by": by}}))
    schemas = {"person": person, "room": kind("room", "rooms/{id}.yml", {"a": field()})}
    note = kind("note", "students/{student}/note.yml", {"l": entries})
    if not fault:
        assert "note" in registry_of(tmp_path, note=note, **schemas).kinds
        return
    with pytest.raises(SchemaError, match=r"line 1, column \d+: /l/- has an x-owner") as refused:
        registry_of(tmp_path, note=note, **schemas)
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("spoilt", "at"),
    [
        ({"x-kind": "Home note"}, '"x-kind"'),
        ({"type": "array"}, '"type"'),
        ({"description": ""}, "{"),
        ({"x-path": 3}, '"x-path"'),
        ({"required": ["b"]}, "{"),
    ],
)
def test_a_fault_of_the_whole_has_the_line_of_what_is_wrong_or_the_first(
    tmp_path: Path, spoilt: Schema, at: str
) -> None:
    text = json.dumps({**kind("note", "note.yml", {"a": field()}), **spoilt}, indent=1)
    (tmp_path / "note.schema.json").write_text(text)
    with pytest.raises(SchemaError) as refused:
        SchemaRegistry.load(tmp_path)
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith(at))
    assert f"line {line}, column {1 if at == '{' else 2}: / " in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"title": "whole \\ud83d\\ude00",\n "x": "\\\\ud800 \\ud800"}', "line 2, column 16: it has half a character"),
        ("[" * 100_000 + "]" * 100_000, "line 1, column 201: its brackets are nested more than 200 deep"),
        ('{"a":\n' + '{"a":' * 100_000 + "1" + "}" * 100_001, "line 2, column 996: its brackets are nested"),
    ],
)
def test_half_a_character_or_endless_brackets_have_their_line(tmp_path: Path, text: str, told: str) -> None:
    (write_schemas(tmp_path) / "odd.schema.json").write_text(text)
    with pytest.raises(SchemaError) as refused:
        SchemaRegistry.load(tmp_path)
    assert told in str(refused.value)


def test_references_that_are_nested_without_an_end_in_sight_are_refused(tmp_path: Path) -> None:
    definitions: Schema = {"d0": group({"a": field()}, title="D", description="d")}
    for number in range(1, 400):
        below = {"title": "D", "description": "d", "$ref": f"#/$defs/d{number - 1}"}
        definitions[f"d{number}"] = group({"a": below}, title="D", description="d")
    note = kind("note", "note.yml", {"a": {"title": "A", "description": "a", "$ref": "#/$defs/d399"}})
    with pytest.raises(SchemaError, match=r"line 1, column 1: / has groups and references that are nested too deep"):
        registry_of(tmp_path, note={**note, "$defs": definitions})


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1, "a": 2}', "{}", '{"$defs": {}, "x-path": "a.yml"}'])
def test_a_file_that_is_no_schema_is_refused(tmp_path: Path, text: str) -> None:
    (write_schemas(tmp_path) / "odd.schema.json").write_text(text)
    with pytest.raises(SchemaError, match=r"odd\.schema\.json"):
        SchemaRegistry.load(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1,}', "line 1, column 9: look there, and just before, for a comma, quote or bracket"),
        (b"{\n  // why\n}", "line 2, column 3: look there"),
        (b"", "line 1, column 1: look there"),
        (b'{"title": "\xe4"}', "it is not text in UTF-8"),
        (b'{"title": "\\ud800"}', "line 1, column 12: it has half a character"),
        (b"[" * 100_000, "line 1, column 201: its brackets are nested more than 200 deep"),
        (b'{"maximum": ' + b"9" * 5000 + b"}", "it has a number that is far too long"),
        (b'{"a": 1, "a": 2}', "the key “a” is there twice in one object"),
    ],
    ids=["comma", "comment", "empty", "not UTF-8", "half a character", "deep", "long number", "twice"],
)
def test_a_file_that_is_no_json_is_told_in_plain_words(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "note.schema.json").write_bytes(content)
    with pytest.raises(SchemaError) as refused:
        SchemaRegistry.load(tmp_path)
    assert str(refused.value).startswith(f"note.schema.json can't be read as JSON: {said}")
