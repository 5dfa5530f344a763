"""``sendbook check``: everything wrong in one run, exit code 1 only for errors, and no value of a record as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from tests.cli.kit import DAY, Told, run, small_campus

SECRET = "Quixotic"


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    return small_campus(tmp_path / "a campus")


def spoiled(campus: Path) -> Path:
    """Gives a field a value that no schema takes and nobody should read in a log."""
    student = next(campus.glob("records/students/*/student.yml"))
    student.write_text(student.read_text() + f"favourite: {SECRET}\n", encoding="utf-8")
    profile = student.with_name("profile.yml")
    profile.write_text(profile.read_text() + "\t", encoding="utf-8")
    return campus


def check(campus: Path, *more: str) -> Told:
    return run("check", "--campus", campus, *DAY, *more)


def test_the_example_campus_is_clean(example_site) -> None:
    told = check(example_site.root)
    assert told.code == 0, told.out
    assert told.out.splitlines()[-1].startswith("No errors to fix")


def test_a_sound_campus_is_told_to_be_so_even_where_its_path_has_a_space(campus: Path) -> None:
    told = check(campus)
    assert told == Told(code=0, out="All is well: nothing to fix, nothing overdue.\n", err="")


def test_every_error_is_told_in_one_run_with_file_line_and_remedy(campus: Path) -> None:
    told = check(spoiled(campus))
    assert told.code == 1
    assert "student.yml" in told.out
    assert "profile.yml" in told.out
    assert told.out.count("→") >= 2
    assert told.out.splitlines()[-1].startswith("2 errors to fix")


def test_json_holds_the_same_findings_and_no_value_from_a_record(campus: Path) -> None:
    told = check(spoiled(campus), "--format", "json")
    findings = json.loads(told.out)
    assert told.code == 1
    assert {"unknown-field", "tab"} <= {finding["code"] for finding in findings}
    assert all(finding["path"].startswith("records/") and finding["remedy"] for finding in findings)
    assert SECRET not in told.out


def test_json_of_a_clean_campus_is_an_empty_list(campus: Path) -> None:
    assert json.loads(check(campus, "--format", "json").out) == []


def test_an_unknown_format_is_refused_and_the_known_ones_named(campus: Path) -> None:
    assert "text, json" in check(campus, "--format", "xml").sentence


def test_what_was_found_is_shown_to_a_person_as_it_stands_and_never_to_a_log(
    campus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Brackets and colons are what the record holds; the screen must not make colours or pictures of them."""
    plan = next(campus.glob("records/students/*/plan.yml"))
    plan.write_text(plan.read_text().replace("state: agreed", 'state: "[red]:cat:[/red]"'), encoding="utf-8")
    assert "cat" not in check(campus).out
    monkeypatch.setattr(Console, "is_terminal", True)
    assert "[red]:cat:[/red]" in check(campus).out


@pytest.mark.parametrize("day", ["2015-01-05", "2040-06-01"])
def test_a_day_outside_all_terms_gives_findings_or_none_but_never_fails(campus: Path, day: str) -> None:
    told = run("check", "--campus", campus, "--as-of", day)
    assert told.code in (0, 1)
    assert told.err == ""
    assert "to fix" in told.out or "All is well" in told.out


def test_the_day_asked_for_decides_what_is_overdue(campus: Path) -> None:
    then, later = check(campus).out, run("check", "--campus", campus, "--as-of", "2028-11-23").out
    assert later.count("warning") > then.count("warning")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "23/11/2026"])
def test_a_day_that_is_none_is_a_wrong_call(campus: Path, day: str) -> None:
    told = run("check", "--campus", campus, "--as-of", day)
    assert told.code == 2
    assert "--as-of" in told.err
