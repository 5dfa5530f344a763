"""``sendbook schema`` and ``version``: every field of every kind in plain words, inside a campus and out of one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sendbook import __version__
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.strict_yaml import parse
from tests.campus import small_schemas
from tests.cli.kit import run, small_campus

KINDS = sorted(SchemaRegistry.load(schemas()).kinds)

OWN_KIND = """{
  "title": "Cookery", "description": "What is cooked.", "x-kind": "cookery", "x-path": "cookery/{id}.yml",
  "type": "object", "additionalProperties": false, "required": ["dish"],
  "properties": {"dish": {"title": "Dish", "description": "What it is [hot].", "type": "string", "x-part": "dish"}}
}"""


@pytest.fixture(autouse=True)
def _outside(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_stands_there_with_what_it_means(kind: str, registry: SchemaRegistry) -> None:
    told = run("schema", kind)
    assert told.code == 0
    words = " ".join(told.out.split())
    for name, field in registry.kinds[kind].root.properties.items():
        assert re.search(rf"^{name}( |$)", told.out, re.MULTILINE), name
        assert " ".join(field.description.split()) in words
    for path in registry.kinds[kind].paths:
        assert f"File: records/{path}" in told.out
    for part in registry.kinds[kind].parts:
        assert f"{part} {registry.kinds[kind].part_in_words(part)}" in words


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("profile", "When it was agreed. Not in the future, not before the date of birth."),
        ("profile", "At the latest. Not before “in_force_from”, at most 13 months ahead."),
        ("plan", "Sessions that took place. Not higher than “planned”."),
    ],
)
def test_what_is_believable_of_a_field_follows_what_it_means(kind: str, told: str) -> None:
    assert told in " ".join(run("schema", kind).out.split())


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (
            "plan",
            "Review the plan By the day in “review_due”. Owed by the person in “lead”. Source: SEND Code of Practice",
        ),
        ("plan", "By the day in “targets / by_date”, until “targets / result / on” is there."),
        ("report", "Within 5 school days of “received_on”, until “acknowledged_on” is there. Owed by the SENDCo."),
        (
            "intervention",
            "Again within 1 year of “reviewed_on”, while “status” is in_use or trial. Owed by the SENDCo.",
        ),
        ("accessibility_plan", "Within 1 year of the latest of “actions / start” and “actions / reviews / on”, while"),
        (
            "accessibility_plan",
            "“actions / status” is not_started, on_track or at_risk. Owed by the person in “actions /",
        ),
        ("accessibility_plan", "Source: Equality Act 2010 Sch 10 para 3(6) (law)."),
        (
            "accessibility_plan",
            "while “actions / status” is not_started. Owed by the person in “actions / owner”. A house",
        ),
        ("meeting", "A draft owes it as well."),
    ],
)
def test_what_is_owed_by_when_is_said_in_words(kind: str, told: str) -> None:
    assert told in " ".join(run("schema", kind).out.split())


def test_a_kind_that_owes_nothing_has_no_such_list() -> None:
    assert "owed" not in run("schema", "figures").out
    assert "What is owed by when:" in run("schema", "plan").out


@pytest.mark.parametrize(("kind", "told"), [("meeting", "In minutes."), ("campus", "In school days.")])
def test_a_number_says_what_it_counts(kind: str, told: str) -> None:
    assert told in " ".join(run("schema", kind).out.split())


def test_without_a_kind_all_are_listed() -> None:
    told = run("schema")
    assert [kind for kind in KINDS if not re.search(rf"^{kind}  \w", told.out, re.MULTILINE)] == []


def test_an_unknown_kind_is_refused_and_the_known_ones_named() -> None:
    sentence = run("schema", "timetable").sentence
    assert all(kind in sentence for kind in KINDS)


@pytest.mark.parametrize("kind", ["access-tests", "accessibility-plan"])
def test_a_kind_may_be_called_as_its_file_is(kind: str) -> None:
    assert run("schema", kind).out == run("schema", kind.replace("-", "_")).out != ""


def test_a_kind_of_the_campus_s_own_is_shown_too(tmp_path: Path) -> None:
    campus = small_campus(tmp_path / "campus")
    (campus / "schemas").mkdir()
    (campus / "schemas" / "cookery.schema.json").write_text(OWN_KIND, encoding="utf-8")
    told = run("schema", "cookery", "--campus", campus)
    assert "dish (must be there)" in told.out
    assert "What it is [hot]." in told.out
    assert "cookery/{id}.yml  ({id} is a name such as paired-reading)" in told.out  # it has no field “id”
    assert "cookery" in run("schema", "--campus", campus).out


def test_a_link_without_a_pattern_says_what_to_write_and_not_just_text(tmp_path: Path) -> None:
    campus = small_campus(tmp_path / "campus")
    log = small_schemas.kind(
        "log",
        "students/{student}/log.yml",
        {
            "with": small_schemas.field(**{"x-link": "person"}),
            "seen": small_schemas.field(type="array", items={"type": "string", "x-link": "person"}),
            "note": small_schemas.field(),
        },
    )
    small_schemas.write_schemas(campus / "schemas", {"log": log})
    told = " ".join(run("schema", "log", "--campus", campus).out.split())
    assert "with The name of the person's file in records/people, without .yml." in told
    assert "seen A list, each entry the name of the person's file in records/people, without .yml." in told
    assert "note Text." in told


def test_a_misspelt_kind_is_answered_with_the_one_that_was_meant() -> None:
    assert "There is no kind “meting”. Did you mean “meeting”? Kinds: access, " in run("schema", "meting").sentence
    assert "There is no kind “xyz”. Kinds: access, " in run("schema", "xyz").sentence


def test_a_folder_named_by_hand_must_be_a_campus(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no records/campus.yml" in run("schema", "--campus", tmp_path / "empty").sentence


def test_the_version_is_the_package_s() -> None:
    assert run("version").out == f"sendbook {__version__}\n"


def test_each_field_says_what_to_write_and_those_that_must_be_there_come_first(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    told = run("schema", "student").out
    assert "id (must be there)  Four capital letters and digits, at least one of each, such as 7Q4K; I, L, O" in told
    assert "K (SEN support), E (EHC plan)." in told
    assert "born (must be there)  A date as year-month-day, such as 2026-11-23." in told
    assert told.index("\nborn (must be there)") < told.index("\nsign_in  ")
    assert "File: records/students/{student}/student.yml  ({student} is the student's id, such as 7Q4K)" in told
    person = run("schema", "person").out
    assert (
        "id (must be there)  p- and four small letters or digits, such as p-3f8q; i, l, o and u are not used." in person
    )
    assert "One of: email, phone, letter, in_person." in person


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "figures"])
def test_the_shortest_record_that_is_shown_is_one(kind: str, registry: SchemaRegistry) -> None:
    shown = run("schema", kind).out.partition("to copy and change:\n\n")[2]
    parsed = parse(shown.encode(), "records/x.yml")
    assert parsed.problems == ()
    assert registry.kinds[kind].is_valid(parsed.data)


def test_the_questions_of_a_kind_are_read_out_as_a_form_would_ask_them(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    asked = run("schema", "meeting", "--questions")
    assert asked.code == 0
    lines = [line.rstrip() for line in asked.out.splitlines()]
    place = lines.index("2  What sort of meeting is it?")
    assert lines[place + 1].startswith("    Choose one: Review with the family; Team around the child; Annual review;")
    place = lines.index("7  Which members of staff were invited?")
    assert lines[place + 1 : place + 6] == [
        "    If there are any. For each one:",
        "    7.1  Who is it?",
        "        Choose a member of staff.",
        "    7.2  Did they send apologies?  (optional)",
        "        Yes or no.",
    ]
    place = lines.index("Not asked, because sendbook fills it in:")
    assert lines[place + 2 :] == [
        "    - “Short name”: a new one, which stays the same.",
        "    - “State”: “Draft” to begin with.",
        "    - “As” under “Member of the family”: how the person is related to the student, from the student's record.",
    ]


def test_a_kind_that_nobody_fills_in_asks_nothing() -> None:
    asked = run("schema", "figures", "--questions").out
    assert "All of it: it is worked out from your records." in asked
    assert "?" not in asked


def test_the_questions_of_a_campus_s_own_kind_come_from_its_schema_alone(tmp_path: Path) -> None:
    campus = small_campus(tmp_path / "campus")
    (campus / "schemas").mkdir()
    (campus / "schemas" / "cookery.schema.json").write_text(OWN_KIND, encoding="utf-8")
    asked = run("schema", "cookery", "--questions", "--campus", campus)
    assert asked.out.splitlines()[2:] == ["1  Dish", "    What it is [hot].", "    As many lines as you need."]


def test_questions_are_those_of_one_kind() -> None:
    assert "sendbook schema meeting --questions" in run("schema", "--questions").sentence


@pytest.mark.parametrize("kind", KINDS)
def test_no_pattern_is_shown(kind: str) -> None:
    assert "[0-9" not in run("schema", kind).out
