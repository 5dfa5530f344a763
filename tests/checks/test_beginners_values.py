"""What a check says to the values that beginners type: what is wanted, in words, and the line to write in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.strict_yaml import parse, positions
from sendbook.campus.verdict import compiled
from sendbook.campus.wanted import choices
from sendbook.checks.finding import Finding, from_problem
from sendbook.checks.meant import hint
from sendbook.checks.meant.days import day_meant, time_meant
from sendbook.checks.meant.numbers import number_meant
from sendbook.checks.shape import check_shape
from tests.fast_yaml import read_yaml

VALUES = read_yaml(Path(__file__).with_name("beginners_values.yml").read_text(encoding="utf-8"))
OWN = """{
  "title": "Reading log", "description": "What is read.", "x-kind": "reading_log",
  "x-path": "students/{student}/reading-log.yml", "type": "object", "additionalProperties": false,
  "properties": {
    "shelf": {"title": "Shelf", "description": "A letter and a digit.", "type": "string", "pattern": "^[A-Z][0-9]$",
              "x-part": "log"}
  }
}"""


def findings(registry: SchemaRegistry, kind: str, typed: str) -> list[Finding]:
    """What is found in a record that holds these lines and nothing else, but for what is missing from it."""
    source = typed.encode()
    parsed = parse(source, "records/x.yml")
    if parsed.data is None:
        return list(map(from_problem, parsed.problems))
    record = Record(id="x", kind=kind, student=None, path="records/x.yml", digest="", data=parsed.data)
    found = check_shape(record, registry.kinds[kind], registry.kinds, lambda: positions(source))
    return [one for one in found if one.code != "missing-field"]


@pytest.mark.parametrize("case", VALUES, ids=lambda case: f"{case['kind']}-{' '.join(case['typed'].split())}")
def test_each_value_is_told_with_what_is_wanted(case: Mapping[str, Any], registry: SchemaRegistry) -> None:
    assert list(map(in_full, findings(registry, case["kind"], case["typed"]))) == case["says"]


def in_full(finding: Finding) -> str:
    """The sentences, but for the titles and the meanings of codes that a schema may say in other words one day."""
    message = re.sub(r"^(This is not a field of )?“[^”]*”", r"\1“…”", finding.message)
    remedy = re.sub(r"(Fields that can be here:) .*\.", r"\1 …", finding.remedy)
    if "Choose one of: " in remedy:
        remedy = re.sub(r" \([^)]*\)", "", remedy)
    return f"{message} → {remedy} {finding.hint}".strip()


@pytest.mark.parametrize(
    ("kind", "typed", "offered"),
    [
        ("student", "born:\n", False),
        ("student", "home_language:\n", True),
        ("student", "status:\n", False),
        ("student", "name:\n  full:\n  known_as: Eli\n", False),
        ("student", "name:\n  full: Eli Student\n  known_as: Eli\n  pronouns:\n", True),
        ("student", "needs:\n  - id: a\n    type:\n    rank: 1\n", False),
        ("student", "needs:\n  - id: a\n    type: ASD\n    rank: 1\n    condition:\n", True),
    ],
)
def test_to_take_a_line_out_is_offered_where_the_field_may_be_left_out(
    kind: str, typed: str, offered: bool, registry: SchemaRegistry
) -> None:
    (found,) = findings(registry, kind, typed)
    assert ("take the line out" in found.remedy.lower()) is offered


def test_many_values_are_tried() -> None:
    assert len(VALUES) >= 130


def test_what_stands_in_the_record_is_in_the_hint_alone(registry: SchemaRegistry) -> None:
    """A log leaves the hint out, so nothing that was typed may be in the sentences."""
    for typed in (
        "born: 28/09/2014",
        "home_language: 'Zurgish '",
        "name: Zurg Zod",
        "year_group: Year 7",
        "zurgish: 1",
    ):
        (finding,) = findings(registry, "student", typed + "\n")
        assert not re.search("2014|[Zz]urg|Year 7", finding.message + finding.remedy)


def written(schema: Any) -> Iterator[Mapping[str, Any]]:
    """Every piece of a schema, each with all that is inside it."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from written(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from written(inner)


def test_every_pattern_of_a_shipped_schema_has_words(registry: SchemaRegistry) -> None:
    every = [*registry.kinds.values(), *registry.front_matter.values()]
    pieces = [piece for kind in every for piece in written(kind.schema)]
    asked = [piece for piece in pieces if isinstance(piece.get("pattern"), str) or piece.get("format")]
    assert len(asked) > 100
    for piece in asked:
        said = str(piece["x-written"])
        assert not re.search(r"[\\^$*]|\]\{", said), said
        example = re.search(r"such as \"?([^\s;\"]+(?: [^\s;\"]+)*)", said)
        if example and piece.get("pattern"):
            assert re.search(piece["pattern"], example[1]), (said, piece["pattern"])


def test_a_pattern_of_the_campus_s_own_is_never_shown(tmp_path: Path, registry: SchemaRegistry) -> None:
    (tmp_path / "reading-log.schema.json").write_text(OWN, encoding="utf-8")
    own = SchemaRegistry.load(registry.folders[0], tmp_path)
    (finding,) = findings(own, "reading_log", "shelf: top\n")
    assert finding.remedy == (
        "It is described so: “A letter and a digit.” See how it is written with sendbook schema reading_log."
    )
    (near,) = findings(own, "reading_log", "shelf: b4\n")
    assert near.hint == "Write “shelf: B4”."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/1/26", "2026-01-01"),
        ("31/12/2026", "2026-12-31"),
        ("29 Feb 2028", "2028-02-29"),
        ("3rd March 2027", "2027-03-03"),
        ("March 3, 2027", "2027-03-03"),
        ("Tues 1 Sept 2026", "2026-09-01"),
        ("2026/9/28", "2026-09-28"),
        ("28-Sep-26", "2026-09-28"),
        ("29 Feb 2027", None),
        ("0/1/2026", None),
        ("13/13/2026", None),
        ("28 Smarch 2026", None),
        ("room 12", None),
        ("12", None),
    ],
)
def test_dates_are_read_as_in_england_or_not_at_all(text: str, day: str | None) -> None:
    guess = day_meant(text)
    assert (guess.value if guess else None) == day


def test_a_day_that_can_be_read_two_ways_says_which_way_it_was() -> None:
    assert "5 June" in day_meant("05/06/2026").note  # type: ignore[union-attr]
    assert day_meant("06/06/2026").note == ""  # type: ignore[union-attr]
    assert day_meant("13/06/2026").note == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9.15", "09:15"),
        ("2pm", "14:00"),
        ("12am", "00:00"),
        ("0915", "09:15"),
        ("12.30 p.m.", "12:30"),
        ("25:00", None),
    ],
)
def test_times_are_read_on_the_clock_of_the_hall(text: str, time: str | None) -> None:
    guess = time_meant(text)
    assert (guess.value if guess else None) == time


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£6,000", 6000),
        ("6 000", 6000),
        ("£12.50", 12.5),
        ("½", 0.5),
        ("1½", 1.5),
        ("about 20", 20),
        ("x3", 3),
        ("ten", 10),
    ],
)
def test_numbers_are_read_with_what_people_write_round_them(text: str, value: float) -> None:
    assert next(number_meant(text)).value == value


@pytest.mark.parametrize("text", ["3-4", "a few", "6,00", "12 Acacia Avenue 4", "1.2.3"])
def test_no_number_is_made_up(text: str) -> None:
    assert all(guess.value is None for guess in number_meant(text))


@pytest.mark.parametrize("text", ["9" * 400, "9" * 5000 + "/3", "9" * 400 + " hours", "1" + ",000" * 150, "\u00b2½"])
@pytest.mark.parametrize("minutes", [False, True])
def test_a_number_that_nothing_can_count_with_stops_no_check(text: str, minutes: bool) -> None:
    """A key that stuck, or a digit that is none: the check goes on, and nothing is offered."""
    assert list(number_meant(text, minutes=minutes)) == []
    assert hint(10**400, {"type": "number", "maximum": 1}, "share") == ""


def test_how_often_in_a_week_is_not_guessed_from_a_month() -> None:
    assert [one.value for one in number_meant("once a fortnight", weekly=True)] == [0.5]
    assert list(number_meant("twice a month", weekly=True)) == []


def test_one_letter_means_different_things_in_different_lists(registry: SchemaRegistry) -> None:
    fields = registry.kinds["student"].root
    status, english = (fields.at(place) for place in ("status/code", "eal/proficiency"))
    assert status is not None
    assert english is not None
    assert choices(status.schema) == ["N (No SEN support)", "K (SEN support)", "E (EHC plan)"]
    assert choices(english.schema)[-1] == "E (Fluent)"
    assert hint("fluent", english.schema, "proficiency") == "Write “proficiency: E”."
    assert hint("fluent", status.schema, "code") == ""


def test_the_choices_of_a_list_are_shown_as_they_are_typed() -> None:
    assert choices({"enum": ["7", True, 2], "x-words": {"2": "Second"}})[2] == "2 (Second)"
    assert choices({"enum": ["small_group"], "x-words": {"small_group": "Small groups"}}) == ["small_group"]
    assert choices({"enum": ["7", True, 2]}) == ['"7"', "true", "2"]


ODD = (
    *("28/09/2026", "1/2/3", "99/99/9999", "0", "-1", "£", "%", "1e5", "½", "½ hour", "h", "1h", "25h61", "∞", "٣"),
    *("“”", "''", "p-", "p-ilou", "ILOU", "a@", "@b.c", "www.", "http://", "N/A", "n/a", "None", "-", ".", "x" * 400),
    *(
        "yes",
        "NO",
        "Year",
        "Year 99",
        "wave",
        "1:",
        "a: b",
        "- a",
        "# a",
        "a # b",
        "[a",
        "{a",
        "\\",
        '"',
        "a\nb",
        "a\tb",
    ),
    *(0, 7, -7, 1.5, 10**15, True, False, None, [], [""], ["a", "b"], [[1]], [None], {}, {"a": 1}, {"a": {"b": 1}}),
    *(
        {"a": None},
        {"a": [1]},
        [{"a": 1}],
        "2026-02-30",
        20260230,
        "28 Foo 2026",
        "Sept",
        "80%",
        "6,000",
        "1/0",
        "1 / 2",
    ),
)


@pytest.mark.sample(1)
@pytest.mark.parametrize("fourth", range(4))
def test_whatever_is_typed_something_is_said_and_what_is_offered_is_taken(
    registry: SchemaRegistry, fourth: int
) -> None:
    """Each field, with what nobody would think of: a line that is offered reads back as one that fits."""
    every = {
        json.dumps(piece, sort_keys=True): piece for kind in registry.kinds.values() for piece in written(kind.schema)
    }
    fields = [
        piece
        for piece in every.values()
        if isinstance(piece.get("type"), str) or (isinstance(piece.get("enum"), list) and "x-kind" not in piece)
    ]
    offered = 0
    for schema in fields[fourth::4]:
        fits = compiled(schema)
        for value in ODD:
            said = "" if fits(value) else hint(value, schema, "field")
            line = re.match(r"(?:Write|Did you mean) “(field: .*)”[.?]", said)
            if line:
                parsed = parse(f"{line[1]}\n".encode(), "x")
                assert parsed.problems == parsed.lost == ()
                assert fits((parsed.data or {})["field"]), (schema, value, said)
                offered += 1
    assert offered > 100
