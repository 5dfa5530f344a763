"""What a first campus reads: messages that say what is wrong there and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.kinds.rule_book import RULE_BOOK
from tests.cli.kit import DAY, run, small_campus

PRIMARY = ("--setting", "maintained", "--years", "R..6", "--phone", "020 7946 0018", "--name", "Little Bramley School")


@pytest.fixture(scope="module")
def primary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "primary"
    told = run("new", folder, *PRIMARY, *DAY)
    assert told.code == 0, told
    assert "Nothing is asked, because this is no terminal" in told.out
    return folder


def test_a_primary_school_has_classes_and_no_exams_officer(primary: Path) -> None:
    campus = (primary / "records/campus.yml").read_text(encoding="utf-8")
    assert "Acorn Class" in campus
    assert "7A" not in campus
    assert "duty_year_groups" not in campus
    assert "exams_officer" not in campus
    assert not (primary / "records/people/p-5exa.yml").exists()


def test_its_people_have_the_number_that_was_given_and_its_plan_its_own_body(primary: Path) -> None:
    people = [path.read_text(encoding="utf-8") for path in (primary / "records/people").glob("*.yml")]
    assert all("phone: 020 7946 0018" in person for person in people)
    plan = (primary / "records/accessibility-plan.yml").read_text(encoding="utf-8")
    assert "responsible_body: The governing body of Little Bramley School" in plan
    assert "start: 2026-04-01" in plan


def test_check_speaks_of_nothing_but_what_a_school_has_to_write(primary: Path) -> None:
    told = run("check", "--campus", primary, *DAY)
    assert told.code == 0, told
    assert "DOC-38" not in told.out
    assert "nobody has this number" in told.out or "nobody has this address" in told.out


def test_no_questions_says_nothing_of_questions(tmp_path: Path) -> None:
    assert "Nothing is asked" not in run("new", tmp_path / "x", "--no-questions", *DAY).out


def test_why_takes_a_students_id_and_shows_how_to_name_a_record(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    campus = small_campus(tmp_path / "campus")
    by_id = run("why", "p-1aaa", "2tst", "--campus", campus, *DAY)
    assert by_id.out == run("why", "p-1aaa", "students/2TST/student", "--campus", campus, *DAY).out
    assert "such as students/2TST/plan" in run("why", "p-1aaa", "2TSX", "--campus", campus, *DAY).sentence
    assert "Write people/p-1aaa." in run("why", "p-1aaa", "p-1aaa", "--campus", campus, *DAY).sentence


def test_a_rule_that_time_alone_can_break_says_so() -> None:
    (rule,) = (rule for rule in RULE_BOOK.every if rule.id == "STU-01")
    assert rule.severities == "error; warning where a date alone can bring it about"
