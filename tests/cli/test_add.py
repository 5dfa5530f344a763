"""``sendbook add KIND``: the beginning of a record, which a check leads through to its end."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.skeleton import Known, skeleton
from sendbook.campus.strict_yaml import parse
from tests.campus.small_schemas import field, write_schemas
from tests.campus.small_schemas import kind as schema_of
from tests.cli.kit import DAY, run, small_campus

KNOWN = Known(
    id="x-1",
    on=date(2026, 11, 23),
    starts=date(2026, 11, 23),
    term_ends=date(2026, 12, 17),
    linked={"person": "p-1aaa"},
)


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    return small_campus(tmp_path / "campus")


def begun(campus: Path, *arguments: str) -> Path:
    """The file that the command made."""
    told = run("add", *arguments, "--campus", campus, *DAY)
    assert told.code == 0, told
    return campus / told.out.partition(" is begun.")[0]


def test_every_kind_has_a_beginning_that_reads_well_and_loses_nothing(registry: SchemaRegistry) -> None:
    for kind in registry.kinds.values():
        for also in ((), tuple(kind.root.properties)):
            source = skeleton(kind.schema, KNOWN, also).encode()
            parsed = parse(source, "records/x.yml")
            assert parsed.problems == parsed.lost == (), kind.name
            assert list(parsed.data or ()) == [
                name for name in kind.root.properties if name in also or name in kind.schema.get("required", ())
            ]
            assert max(map(len, source.decode().splitlines())) <= 110


def test_what_is_empty_is_all_that_a_check_finds_in_a_record_that_was_begun(campus: Path) -> None:
    """And every place of it in one run, with what to write there."""
    person = begun(campus, "person", "--with", "staff")
    empty = [number for number, line in enumerate(person.read_text().splitlines(), 1) if re.search(r"\w:$", line)]
    found = json.loads(run("check", "--campus", campus, *DAY, "--format", "json").out)
    told = {one["line"] for one in found if one["path"].startswith("records/people/") and one["severity"] == "error"}
    fields = [
        line
        for line in empty
        if person.read_text().splitlines()[line - 1].strip() not in ("name:", "staff:", "duties:")
    ]
    assert told == set(fields)
    assert len(told) == 4
    filled = person.read_text().replace("full:", "full: Ina New").replace("known_as:", "known_as: Ms New")
    person.write_text(filled.replace("job_title:", "job_title: Teacher").replace("role:", "role: teacher"))
    assert run("check", "--campus", campus, *DAY).code == 0


def test_a_student_gets_a_folder_with_an_id_that_is_free_and_means_nothing(campus: Path) -> None:
    made = {begun(campus, "student").parent.name for _ in range(5)}
    assert len(made) == 5
    assert all(re.fullmatch(r"(?=.*\d)(?=.*[A-Z])[0-9A-HJKMNP-TV-Z]{4}", one) for one in made)


def test_a_plan_begins_with_what_follows_from_the_campus(campus: Path) -> None:
    student = begun(campus, "student").parent.name
    text = begun(campus, "plan", student).read_text(encoding="utf-8")
    assert "\nstate: draft\n" in text
    assert "\nlead: p-1aaa\n" in text
    assert "    term: 2026-autumn\n" in text
    assert "    by_date: 2026-12-17\n" in text
    assert "list of measures in records/campus.yml" in " ".join(text.replace("#", " ").split())
    assert begun(campus, "meeting", student).name == "2026-11-23.yml"


def test_a_meeting_of_another_day_has_that_day_as_its_files_name(campus: Path) -> None:
    made = begun(campus, "meeting", "2TST", "--on", "2026-11-11")
    assert made.name == "2026-11-11.yml"
    assert "\ndate: 2026-11-11\n" in made.read_text(encoding="utf-8")
    told = run("add", "meeting", "2TST", "--campus", campus, *DAY)
    assert "The file's name is the day of the meeting; for another day" in told.out
    again = run("add", "meeting", "2TST", "--campus", campus, *DAY).sentence
    assert "For another of the same day copy it as 2026-11-23-2.yml, and write that under “id:”" in again


def test_nobody_is_said_to_have_agreed_that_a_report_is_kept(campus: Path) -> None:
    """Pages for the family show who agreed and when: a name or a day that was filled in would be read as a fact."""
    report = begun(campus, "report", "2TST").read_text(encoding="utf-8")
    assert "\n  on:\n" in report
    assert "given_by: p-" not in report
    assert "by_student: true" not in report


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("plan",), "Name the student's id as well."),
        (("plan", "Maya"), "“Maya” is no student's id."),
        (("student", "Maya"), "“Maya” can't be a student's id: write four capital letters and digits, at least one of"),
        (("student", "2TST"), "student.yml is there already. Leave the id out: sendbook makes one that is free."),
        (("intervention", "paired-reading"), "“paired-reading” is taken; “paired-reading-2”, for example, is free."),
        (("student", "../2TST"), "“../2TST” can't be a student's id: "),
        (("intervention",), "Name the record as well."),
        (("intervention", "Paired reading"), "“Paired reading” can't be the name of a record."),
        (("timetable",), "There is no kind “timetable”."),
        (("person", "--with", "wings"), "“wings” is no field of this kind."),
        (("plan", "2TST"), "records/students/2TST/plan.yml is there already."),
        (("campus",), "records/campus.yml is there already."),
    ],
)
def test_what_can_not_be_begun_is_one_sentence(arguments: tuple[str, ...], sentence: str, campus: Path) -> None:
    assert sentence in run("add", *arguments, "--campus", campus, *DAY).sentence


def test_an_entry_of_the_library_is_called_what_it_was_named(campus: Path) -> None:
    made = begun(campus, "intervention", "lego-club")
    assert made == campus / "records/interventions/lego-club.yml"
    assert parsed(made)["id"] == "lego-club"


def test_a_kind_of_the_campus_s_own_gets_ids_as_its_schema_says(campus: Path) -> None:
    for name, id_of in (("visit", "{year}-{name}"), ("report", "r-{random}"), ("call", "{day}")):
        path = f"students/{{student}}/{name}s/{{id}}.yml"
        schema = schema_of(name, path, {"text": field()}, **{"x-id": id_of, "required": ["text"]})
        write_schemas(campus / "schemas", {name: schema})
    assert begun(campus, "visit", "2TST", "--id", "whitby").name == "2026-whitby.yml"
    assert "Name the record as well with --id." in run("add", "visit", "2TST", "--campus", campus, *DAY).sentence
    made = {begun(campus, "report", "2TST").name for _ in range(3)}
    assert len(made) == 3
    assert all(re.fullmatch(r"r-(?=.*\d)(?=.*[a-z])[0-9a-z]{4}\.yml", one) for one in made)
    assert begun(campus, "call", "2TST", "--on", "2026-11-11").name == "2026-11-11.yml"


def test_a_day_is_part_of_a_name_and_a_name_is_refused_where_none_is_asked_for(campus: Path) -> None:
    path, said = "students/{student}/reports/{id}.yml", {"title": "EP report", "x-id": "{day}-{name}"}
    write_schemas(campus / "schemas", {"report": schema_of("report", path, {"text": field()}, **said)})
    told = run("add", "report", "2TST", "--id", "first", "--campus", campus, *DAY)
    assert "2026-11-23-first.yml is begun" in told.out
    assert "The file's name has the day of the EP report; for another day" in told.out
    for kind, name in (("meeting", "2TST"), ("plan", "2TST"), ("intervention", "paired-reading")):
        refused = run("add", kind, name, "--id", "first", "--campus", campus, *DAY)
        assert (refused.code, refused.sentence) == (
            2,
            "A record of this kind is not named with --id. Leave it out.",
        )


SUNDAY = ("--as-of", "2026-11-22")


def test_nothing_is_guessed_that_only_the_school_and_the_family_know(campus: Path) -> None:
    """A day of agreeing or sharing, the end of an outcome, who spoke for the family: empty, so that a check asks."""
    student = begun(campus, "student").parent
    written = parsed(student / "student.yml")
    assert [written["on_roll"]["from"], written["status"][0]["from"], written["rights"][0]["from"]] == [None] * 3
    plan = parsed(begun(campus, "plan", student.name, *_each("agreed_on", "in_force_from", "family_voice")))
    assert [plan["agreed_on"], plan["in_force_from"], plan["outcomes"][0]["by_date"]] == [None] * 3
    assert plan["family_voice"][0]["from"] is None
    profile = parsed(begun(campus, "profile", student.name, *_each("agreed_on", "review_by")))
    assert [profile["agreed_on"], profile["review_by"]] == [None] * 2
    meeting = parsed(begun(campus, "meeting", student.name, *_each("shared_with_family_on", "family_voice", "actions")))
    assert [meeting["shared_with_family_on"], meeting["actions"][0]["by"]] == [None] * 2
    assert meeting["family_voice"][0]["from"] is None


def test_nothing_begins_on_a_sunday(campus: Path) -> None:
    """Lessons begin on the next school day."""
    told = run("add", "plan", begun(campus, "student").parent.name, "--campus", campus, *SUNDAY)
    plan = parsed(campus / told.out.partition(" is begun.")[0])
    assert {plan[name][0]["start"] for name in ("targets", "provision", "cycles")} == {"2026-11-23"}


def parsed(path: Path) -> dict[str, Any]:
    return dict(parse(path.read_bytes(), path.name).data or {})


def _in_one_line(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").replace("#", "").split())


def _each(*fields: str) -> list[str]:
    return [word for field in fields for word in ("--with", field)]


def test_what_there_is_to_choose_from_is_listed_above_the_field(campus: Path) -> None:
    student = begun(campus, "student")
    assert "Type the quotation marks too." in _in_one_line(student)
    text = _in_one_line(begun(campus, "plan", student.parent.name))
    assert "Type the quotation marks too." not in text
    assert "in the list of measures in records/campus.yml: times-out (" in text
    assert "words-a-minute (Words read correctly in a minute)" in text


def test_a_plan_asks_what_the_help_is_called_and_who_gives_it(campus: Path) -> None:
    plan = begun(campus, "plan", begun(campus, "student").parent.name)
    assert {"name": None, "delivered_by": None}.items() <= parsed(plan)["provision"][0].items()
    assert plan.read_text(encoding="utf-8").count("(optional)") >= 2
    assert "write | after the colon" in plan.read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", ["terms: [", "colour: green"])
def test_nothing_is_begun_while_the_campus_record_has_errors(campus: Path, broken: str) -> None:
    """Its dates and ids would be left out or guessed without a word."""
    with (campus / "records/campus.yml").open("a", encoding="utf-8") as file:
        file.write(f"{broken}\n")
    told = run("add", "person", "--campus", campus, *DAY)
    assert told.code == 2
    assert told.sentence.startswith("records/campus.yml has errors, and a new record takes dates and ids from it.")


def test_an_empty_choice_is_called_empty_like_any_other_field(campus: Path) -> None:
    begun(campus, "person", "--with", "staff")
    found = json.loads(run("check", "--campus", campus, *DAY, "--format", "json").out)
    (duty,) = [one for one in found if one["pointer"].endswith("/role")]
    assert duty["message"] == "“Duty” is empty: nothing is written here."
    assert "Choose one of" in duty["remedy"]
